import { createHmac } from 'node:crypto';
import { accountChangeUntil, approveFault } from '../../domain/roles.ts';
import type { AccountChange } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { asRead } from '../as-read.ts';
import type { DraftItem } from '../client.ts';
import { endFactorSessions } from '../factors.ts';
import type { AccountChangeItem, FactorItem, ProfileItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { newMessage } from '../messages.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createRoles } from '../roles.ts';
import { lastFourDigest } from '../second-fact.ts';
import { forgetAfter } from '../ttl.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { movePhone } from './move-phone.ts';
import { resetSecondFact } from './reset-second-fact.ts';

export type ChangeAnswer =
  | { readonly kind: 'done'; readonly change: AccountChangeItem }
  | { readonly kind: 'own-request' | 'changed-meanwhile' | 'wrong-state' | 'same-number' | 'not-found' | 'key-reused' };

/** What was asked is remembered for so long, to be looked at. */
const KEPT_DAYS = 30;

/** What is asked: exactly what staff write of somebody without a role at once. */
export type AccountChangeWish = { knownBy: 'document' | 'known'; reason: string } & (
  | { what: 'phone'; phone: string; was: string; besides: readonly string[] }
  | { what: 'second-fact'; birthDate: string; lastFour: string }
  | { what: 'second-factor' }
);

/** What remembers calls is not where so few digits may be tried out. */
const blind = (idempotency: Idempotency, key: string): Idempotency => ({
  ...idempotency,
  input: createHmac('sha256', key).update(idempotency.input).digest('base64url').slice(0, 22),
});

/** Asks for a change of what lets somebody with a role in. Nothing changes before another admin approves. */
export async function askAccountChange(
  deps: EngineDeps,
  input: {
    changeId: string;
    personId: string;
    by: string;
    wish: AccountChangeWish;
    /** The key of the digests of second facts. */
    key: string;
    audit: DraftItem;
    idempotency: Idempotency;
  },
): Promise<ChangeAnswer> {
  const { changeId, personId, by, wish } = input;
  const roles = createRoles(deps.store);
  const idempotency = blind(input.idempotency, input.key);
  return await withRetries<ChangeAnswer>(async () => {
    const before = await roles.change(changeId);
    const known = before && wasAccepted(before.accepted, idempotency);
    if (before) return known === 'same' ? { kind: 'done', change: before } : { kind: 'key-reused' };
    if (by === personId) return { kind: 'own-request' };
    // Of somebody without a role, staff at the desk change it by themselves.
    if ((await roles.of(personId)).length === 0) return { kind: 'wrong-state' };
    const now = nowOf(deps);
    const change: AccountChangeItem = {
      kind: 'account-change',
      changeId,
      personId,
      what: wish.what,
      ...(wish.what === 'phone'
        ? { phone: wish.phone, was: wish.was, besides: [...wish.besides], phoneLast4: wish.phone.slice(-4) }
        : wish.what === 'second-fact'
          ? { birthDate: wish.birthDate, lastFour: lastFourDigest(input.key, personId, wish.lastFour) }
          : {}),
      knownBy: wish.knownBy,
      reason: wish.reason,
      askedBy: by,
      askedAt: now,
      until: accountChangeUntil(now),
      status: 'asked',
      accepted: accept([], idempotency),
      version: 1,
    };
    const result = await deps.store.transact([changeWrite(change, undefined), input.audit]);
    return result.ok ? { kind: 'done', change } : AGAIN;
  }, deps);
}

/** Whose number is given to whoever did not ask for it. */
type TellingSite = { readonly siteId: string; readonly zone: string; readonly phone: string };

type Decision = { changeId: string; by: string; version: number; audit: DraftItem; idempotency: Idempotency };

/** Another admin's yes: with it, in the same transaction, it is done. */
export async function approveAccountChange(
  deps: EngineDeps,
  input: Decision & {
    key: string;
    site: TellingSite;
  },
): Promise<ChangeAnswer> {
  const { changeId, by, site, key, idempotency } = input;
  const asked = await createRoles(deps.store).change(changeId);
  if (!asked) return { kind: 'not-found' };
  const { personId } = asked;
  let decided: AccountChangeItem = asked;
  /** The request as it is when all else is written: still open, still this one. */
  const approved = async (): Promise<DraftItem[] | 'changed-meanwhile'> => {
    const before = await createRoles(deps.store).change(changeId);
    if (before?.version !== input.version || approveFault(before, by, nowOf(deps))) return 'changed-meanwhile';
    decided = afterwards(before, 'approved', by, nowOf(deps), idempotency);
    return [changeWrite(decided, before)];
  };
  const known = wasAccepted(asked.accepted, idempotency);
  if (known) return known === 'same' ? { kind: 'done', change: asked } : { kind: 'key-reused' };
  const fault = approveFault(asked, by, nowOf(deps));
  if (fault) return { kind: fault };
  if (asked.version !== input.version) return { kind: 'changed-meanwhile' };
  const common = { personId, site, audit: input.audit, idempotency, approved };
  if (asked.what === 'second-factor') return await forgetFactor(deps, input, asked);
  const answer =
    asked.what === 'phone'
      ? await movePhone(deps, {
          ...common,
          phone: asked.phone ?? '',
          was: asked.was ?? '',
          besides: asked.besides ?? [],
        })
      : await resetSecondFact(deps, {
          ...common,
          fact: { birthDate: asked.birthDate ?? '', digest: asked.lastFour ?? '' },
          key,
        });
  if (answer.kind === 'done') return { kind: 'done', change: decided };
  const now = await createRoles(deps.store).change(changeId);
  // Another admin was first.
  if (now?.status !== 'asked') return { kind: 'wrong-state' };
  // With an approval nothing is refused for a role.
  return { kind: answer.kind === 'has-roles' ? 'wrong-state' : answer.kind };
}

/**
 * What was lost lets nobody in any more, wherever it was shown; its owner sets up another at their next sign-in, and is told, should
 * they not have asked for it.
 */
async function forgetFactor(
  deps: EngineDeps,
  input: Decision & { site: TellingSite },
  asked: AccountChangeItem,
): Promise<ChangeAnswer> {
  const { changeId, by, version, site, audit, idempotency } = input;
  const { personId } = asked;
  return await withRetries<ChangeAnswer>(async () => {
    const before = await createRoles(deps.store).change(changeId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', change: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const fault = approveFault(before, by, now);
    if (fault) return { kind: fault };
    if (before.version !== version) return { kind: 'changed-meanwhile' };
    // Before the sessions: whoever shows theirs in between changes it, and then this begins anew.
    const factor = await deps.store.get<FactorItem>(keys.factor(personId), { consistent: true, table: 'private' });
    const profile = await deps.store.get<ProfileItem>(keys.profile(personId), { consistent: true });
    const message = newMessage({
      personId,
      template: 'second-factor-reset',
      subject: changeId,
      version: 'once',
      scope: site.siteId,
      zone: site.zone,
      params: { phone: site.phone },
      // To the number that was theirs when it was done, should that be moved meanwhile.
      ...(profile?.phone && { to: profile.phone }),
      now,
    });
    const change = afterwards(before, 'approved', by, now, idempotency);
    const result = await deps.store.transact([
      changeWrite(change, before),
      { Delete: { Key: keys.factor(personId), table: 'private', ...asRead(factor) } },
      { Delete: { Key: keys.factorTries(personId), table: 'private' } },
      ...(await endFactorSessions(deps.store, personId)),
      {
        Put: {
          Item: { ...keys.message(personId, message.messageId), ...message },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      audit,
    ]);
    return result.ok ? { kind: 'done', change } : AGAIN;
  }, deps);
}

/** An admin's no: any but whom it is about, and who asked may think better of it. */
export async function rejectAccountChange(deps: EngineDeps, input: Decision): Promise<ChangeAnswer> {
  const { changeId, by, idempotency } = input;
  return await withRetries<ChangeAnswer>(async () => {
    const before = await createRoles(deps.store).change(changeId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', change: before } : { kind: 'key-reused' };
    if (before.status !== 'asked') return { kind: 'wrong-state' };
    if (before.version !== input.version) return { kind: 'changed-meanwhile' };
    const change = afterwards(before, 'rejected', by, nowOf(deps), idempotency);
    const result = await deps.store.transact([changeWrite(change, before), input.audit]);
    return result.ok ? { kind: 'done', change } : AGAIN;
  }, deps);
}

/** Decided: what was to be written is forgotten. */
function afterwards(
  { phone: _phone, besides: _besides, birthDate: _birthDate, lastFour: _lastFour, ...kept }: AccountChangeItem,
  status: 'approved' | 'rejected',
  decidedBy: string,
  decidedAt: string,
  idempotency: Idempotency,
): AccountChangeItem {
  const accepted = accept(kept.accepted, idempotency);
  return { ...kept, status, decidedBy, decidedAt, accepted, version: kept.version + 1 };
}

const changeWrite = (change: AccountChangeItem, before: AccountChangeItem | undefined): DraftItem => ({
  Put: {
    Item: { ...change, ...keys.accountChange(change.changeId), ...forgetAfter(change.askedAt, KEPT_DAYS) },
    table: 'private',
    ...asRead(before),
  },
});

const ACTIONS = {
  phone: 'phone-move',
  'second-fact': 'second-fact-reset',
  'second-factor': 'second-factor-reset',
} as const satisfies Record<AccountChange, string>;

/** What a request is of, for the record. */
export const accountAction = (what: AccountChange, done: 'asked' | 'approved' | 'rejected'): string =>
  `${ACTIONS[what]}-${done}`;
