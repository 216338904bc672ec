import { enrolmentUntil, factorUntil, pressInStep } from '../domain/factor.ts';
import { joinUntil } from '../domain/station.ts';
import type { Instant } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { deriveKey, openSealed, sealText } from './envelope.ts';
import { queryAll } from './every.ts';
import type { FactorItem, FactorSessionItem, SealedText } from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { sessionDigest } from './people.ts';
import { AGAIN, withRetries } from './retry.ts';
import { createRoles, rolesAsRead } from './roles.ts';
import { type EngineDeps, nowOf } from './transactions/deps.ts';
import { createTries } from './tries.ts';
import { forgetAfter } from './ttl.ts';

type Deps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;

/** A token's subject in one browser; without one, of the local deployment's own tokens. */
export type FactorSession = { readonly iss: string; readonly sub: string; readonly device: string | undefined };

export type FactorAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'code-wrong' | 'codes-used-up' | 'wrong-state' | 'key-reused' };

/** Which step's code was shown at that time, or undefined: wrong, or not after the last one taken. */
export type CheckCode = (secret: string, code: string, now: number, lastStep: number | undefined) => number | undefined;

const wrapKey = (secret: string): Buffer => deriveKey(secret, 'nuanliu second factor wrap');

export const sealFactor = (secret: string, personId: string, totp: string): SealedText =>
  sealText(wrapKey(secret), totp, personId);
export const openFactor = (secret: string, personId: string, sealed: SealedText): string =>
  openSealed(wrapKey(secret), sealed, personId);

/** That a second factor was shown here, until then. */
export function factorSessionItem(
  at: FactorSession,
  personId: string,
  until: Instant,
  station?: FactorSessionItem['station'],
): Extract<DraftItem, { Put: unknown }> {
  const session = sessionDigest(at, at.device);
  const item: FactorSessionItem = { kind: 'factor-session', personId, session, until, ...(station && { station }) };
  return { Put: { Item: { ...keys.factorSession(personId, session), ...item, ...forgetAfter(until, 1) } } };
}

/** That what was shown in a browser is as it was read: neither ended, locked nor unlocked since. */
function sessionAsRead(here: FactorSessionItem | undefined) {
  if (!here) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const ExpressionAttributeNames = { '#station': 'station' };
  return here.station
    ? {
        ConditionExpression: '#station.openUntil = :openUntil',
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ':openUntil': here.station.openUntil },
      }
    : { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#station)', ExpressionAttributeNames };
}

/** What ends every browser in which somebody has shown their second factor, but for one that is kept. */
export async function endFactorSessions(store: Store, personId: string, kept?: string): Promise<DraftItem[]> {
  const sessions = await queryAll<FactorSessionItem>(store, {
    ...partitions.factorSessions(personId),
    consistent: true,
  });
  return sessions
    .filter(({ session }) => session !== kept)
    .map(({ session }) => ({ Delete: { Key: keys.factorSession(personId, session) } }));
}

/** The second factors of those who have a role. `secret`: of which the key that seals them is derived. */
export function createFactors(deps: Deps, secret: () => Promise<string>, check: CheckCode) {
  const { store } = deps;
  const tries = createTries(deps);
  const roles = createRoles(store);
  const get = async (personId: string): Promise<FactorItem | undefined> =>
    await store.get<FactorItem>(keys.factor(personId), { consistent: true, table: 'private' });

  /**
   * One press of a code. Counted and checked at one and the same time, so that no repeat of it is held against a code it was not counted
   * for; a wrong one is recorded in the write that counts it, and so by no repeat either.
   */
  const pressOf = (input: { personId: string; code: string; idempotency: Idempotency; refused: DraftItem }) => {
    let wasRight = false;
    return async (
      totp: string,
      lastStep: number | undefined,
    ): Promise<{ readonly kind: 'right'; readonly step: number } | Exclude<FactorAnswer, { kind: 'done' }>> => {
      const now = deps.clock.now();
      const { key, input: asked } = input.idempotency;
      const press = { key: pressInStep(key, now), input: asked };
      const step = check(totp, input.code, now, lastStep);
      const also = step === undefined ? [input.refused] : [];
      const may = await tries.mayTry(keys.factorTries(input.personId), press, undefined, also);
      if (may !== 'yes') return { kind: may === 'used-up' ? 'codes-used-up' : may };
      if (step !== undefined) {
        wasRight = true;
        return { kind: 'right', step };
      }
      // Another press has taken the code since this one was counted.
      if (wasRight) await store.transact([input.refused]);
      return { kind: 'code-wrong' };
    };
  };

  const write = (before: FactorItem | undefined, after: Omit<FactorItem, 'kind' | 'version'>): DraftItem => {
    const item: FactorItem = { kind: 'factor', ...after, version: (before?.version ?? 0) + 1 };
    return { Put: { Item: { ...keys.factor(after.personId), ...item }, table: 'private', ...asRead(before) } };
  };

  return {
    get,

    /**
     * A secret to put into an authenticator: the one it is given, or on a repeat the one it was given first. Nothing changes before
     * it is confirmed. Whoever has an authenticator shows its code, and so moves to another by themselves.
     */
    async begin(input: {
      personId: string;
      totp: string;
      code: string | undefined;
      audit: DraftItem;
      /** Written where the code was wrong. */
      refused: DraftItem;
      idempotency: Idempotency;
    }): Promise<FactorAnswer | { readonly kind: 'begun'; readonly totp: string; readonly until: Instant }> {
      const { personId, code, idempotency } = input;
      const key = await secret();
      const tried = code === undefined ? undefined : pressOf({ ...input, code });
      return await withRetries(async () => {
        const before = await get(personId);
        const known = wasAccepted(before?.accepted ?? [], idempotency);
        if (known === 'other-input') return { kind: 'key-reused' };
        if (known && before?.pending) {
          const { sealed, until } = before.pending;
          return { kind: 'begun', totp: openFactor(key, personId, sealed), until };
        }
        let live = before?.live;
        if (known || (live && !tried)) return { kind: 'wrong-state' };
        if (live && tried) {
          const answer = await tried(openFactor(key, personId, live.sealed), live.lastStep);
          if (answer.kind !== 'right') return answer;
          live = { ...live, lastStep: answer.step };
        }
        const until = enrolmentUntil(nowOf(deps));
        const result = await store.transact([
          write(before, {
            personId,
            ...(live && { live }),
            pending: { sealed: sealFactor(key, personId, input.totp), until },
            accepted: accept(before?.accepted ?? [], idempotency),
          }),
          // A right code is not held against anybody.
          ...(live ? [{ Delete: { Key: keys.factorTries(personId), table: 'private' } } as const] : []),
          input.audit,
        ]);
        return result.ok ? { kind: 'begun', totp: input.totp, until } : AGAIN;
      }, deps);
    },

    /**
     * Takes a code: of the secret that waits to be confirmed, which from then on is the only one and ends what was shown with the one
     * before; or of the one in force. What it proves holds in this browser alone; at a shared station, for a seat to be taken there. Whoever
     * is at theirs stays so for as long as before.
     */
    async show(input: {
      what: 'confirm' | 'show';
      at: FactorSession;
      personId: string;
      code: string;
      /** Of the shared station that the browser is. */
      stationId?: string | undefined;
      audit: DraftItem;
      /** Written where the code was wrong. */
      refused: DraftItem;
      idempotency: Idempotency;
    }): Promise<FactorAnswer> {
      const { what, personId, idempotency } = input;
      const key = await secret();
      const tried = pressOf(input);
      return await withRetries<FactorAnswer>(async () => {
        const before = await get(personId);
        const known = wasAccepted(before?.accepted ?? [], idempotency);
        if (known) return { kind: known === 'same' ? 'done' : 'key-reused' };
        const now = nowOf(deps);
        const asked = what === 'confirm' ? before?.pending : before?.live;
        if (!before || !asked || ('until' in asked && asked.until <= now)) return { kind: 'wrong-state' };
        // How long it holds is their roles' to say: whoever gives or takes one meanwhile changes the book, or finds what was shown.
        const book = await roles.book(personId);
        const held = await roles.of(personId);
        if (held.length === 0) return { kind: 'wrong-state' };
        const last = 'lastStep' in asked ? asked.lastStep : undefined;
        const answer = await tried(openFactor(key, personId, asked.sealed), last);
        if (answer.kind !== 'right') return answer;
        const live = { sealed: asked.sealed, since: 'since' in asked ? asked.since : now, lastStep: answer.step };
        const pending = what === 'show' ? before.pending : undefined;
        const own = sessionDigest(input.at, input.at.device);
        const here = await store.get<FactorSessionItem>(keys.factorSession(personId, own), { consistent: true });
        const { stationId } = input;
        const joining = stationId === undefined ? undefined : { stationId, openUntil: now, joinUntil: joinUntil(now) };
        const station = here?.station && here.station.openUntil > now ? here.station : joining;
        const others = what === 'confirm' ? await endFactorSessions(store, personId, own) : [];
        const result = await store.transact([
          write(before, {
            personId,
            live,
            ...(pending && { pending }),
            accepted: accept(before.accepted, idempotency),
          }),
          ...others,
          {
            Put: {
              ...factorSessionItem(input.at, personId, factorUntil(held, now), station).Put,
              ...sessionAsRead(here),
            },
          },
          rolesAsRead(personId, book),
          { Delete: { Key: keys.factorTries(personId), table: 'private' } },
          input.audit,
        ]);
        return result.ok ? { kind: 'done' } : AGAIN;
      }, deps);
    },
  };
}
