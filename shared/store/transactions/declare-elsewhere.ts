import { pruneDonations } from '../../domain/eligibility.ts';
import type { PolicyPack } from '../../domain/policy-pack.ts';
import type { EligibilityFacts, PastDonation } from '../../domain/refusal.ts';
import type { LocalDate, Procedure } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import { createHealthAnswers, removal, replacement } from '../health-answers.ts';
import type { ElsewhereItem, LockItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { type Lock, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { redecide } from './redecide.ts';

/** As many as somebody remembers. */
const MOST_DECLARED = 40;
/** Those that still matter, with those made here: more than anybody may give in a year, and the lock stays below 1 KB. */
const MOST_THAT_MATTER = 30;

export type Declaration = {
  readonly date: LocalDate;
  readonly procedure: Procedure;
  readonly volumeMl: number;
  readonly platelets?: 1 | 2 | undefined;
  readonly place?: string | undefined;
};

type Who = {
  readonly personId: string;
  /** The rules and the local date by which older ones no longer matter. */
  readonly pack: PolicyPack;
  readonly on: LocalDate;
  readonly idempotency: Idempotency;
};

export type DeclareAnswer =
  | 'done'
  | 'changed-meanwhile'
  | 'key-reused'
  | 'not-found'
  /** Another donation of that day is known. */
  | 'same-day'
  | 'too-many';

/** Declares a donation made elsewhere. Its id comes from the idempotency key, so that a repeat meets its own. */
export async function declareElsewhere(
  deps: EngineDeps,
  input: Who & { donation: Declaration },
): Promise<DeclareAnswer> {
  const declaredId = idOf(input.idempotency);
  return await change(deps, input, (all) => {
    const own = all.find((it) => it.declaredId === declaredId);
    if (own) return wasAccepted(own.accepted, input.idempotency) === 'same' ? 'done' : 'key-reused';
    if (all.length >= MOST_DECLARED) return 'too-many';
    const item: ElsewhereItem = {
      kind: 'elsewhere',
      personId: input.personId,
      declaredId,
      ...plain(input.donation),
      declaredAt: nowOf(deps),
      accepted: accept([], input.idempotency),
      version: 1,
    };
    return {
      after: [...all, item],
      write: replacement(keys.elsewhere(input.personId, declaredId), item),
      changed: item,
    };
  });
}

/** Corrects a declaration made from `version`. */
export async function correctElsewhere(
  deps: EngineDeps,
  input: Who & { declaredId: string; version: number; donation: Declaration },
): Promise<DeclareAnswer> {
  const { personId, declaredId } = input;
  return await change(deps, input, (all) => {
    const own = all.find((it) => it.declaredId === declaredId);
    if (!own) return 'not-found';
    const known = wasAccepted(own.accepted, input.idempotency);
    if (known) return known === 'same' ? 'done' : 'key-reused';
    if (own.version !== input.version) return 'changed-meanwhile';
    const item: ElsewhereItem = {
      kind: 'elsewhere',
      personId,
      declaredId,
      ...plain(input.donation),
      declaredAt: own.declaredAt,
      accepted: accept(own.accepted, input.idempotency),
      version: own.version + 1,
    };
    const after = all.map((it) => (it.declaredId === declaredId ? item : it));
    return { after, write: replacement(keys.elsewhere(personId, declaredId), item), changed: item };
  });
}

/** Takes a declaration back. One that is gone stays gone: the repeat of a removal finds nothing left to do. */
export async function removeElsewhere(
  deps: EngineDeps,
  input: Who & { declaredId: string; version: number },
): Promise<DeclareAnswer> {
  const { personId, declaredId } = input;
  return await change(deps, input, (all) => {
    const own = all.find((it) => it.declaredId === declaredId);
    if (!own) return 'done';
    if (own.version !== input.version) return 'changed-meanwhile';
    const after = all.filter((it) => it.declaredId !== declaredId);
    return { after, write: removal(keys.elsewhere(personId, declaredId), own.version), changed: undefined };
  });
}

const plain = ({ date, procedure, volumeMl, platelets, place }: Declaration) => ({
  date,
  procedure,
  volumeMl,
  ...(platelets && { platelets }),
  ...(place && { place }),
});

/** Hexadecimal, of the key's digest. */
const idOf = ({ key }: Idempotency): string => Buffer.from(key, 'base64url').toString('hex').slice(0, 24);

type Changed = { after: readonly ElsewhereItem[]; write: DraftItem; changed: ElsewhereItem | undefined };

/**
 * One change of the list. The lock is read before the list and always written, so that of two changes at once the second
 * is decided again on what the first has made; live bookings that no longer hold are released with it.
 */
async function change(
  deps: EngineDeps,
  { personId, pack, on }: Who,
  decideOn: (all: readonly ElsewhereItem[]) => DeclareAnswer | Changed,
): Promise<DeclareAnswer> {
  return await withRetries<DeclareAnswer>(async () => {
    const item = await deps.store.get<LockItem>(keys.lock(personId), { consistent: true });
    // Nothing is kept of somebody who is being erased.
    if (item?.status !== 'active') return 'not-found';
    const lock = unpackLock(item);
    const decided = decideOn(await createHealthAnswers(deps.store).elsewhere(personId));
    if (typeof decided === 'string') return decided;
    if (decided.changed && isKnown(lock, decided.after, decided.changed)) return 'same-day';
    const { elsewhere: _, ...rest }: EligibilityFacts = lock.facts;
    const matter = pruneDonations(pack, decided.after.map(pastOf), on);
    if (decided.changed && matter.length + lock.facts.donations.length > MOST_THAT_MATTER) return 'too-many';
    const facts = matter.length > 0 ? { ...rest, elsewhere: matter } : rest;
    const { keep, release } = await redecide(deps, lock, facts);
    const result = await deps.store.transact([
      decided.write,
      lockWrite(lock, { facts, commitments: keep }),
      ...release,
    ]);
    return result.ok ? 'done' : AGAIN;
  }, deps);
}

/** Nobody gives twice on one day. */
const isKnown = (lock: Lock, all: readonly ElsewhereItem[], changed: ElsewhereItem): boolean =>
  lock.facts.donations.some(({ date }) => date === changed.date) ||
  all.some((it) => it.declaredId !== changed.declaredId && it.date === changed.date);

const pastOf = ({ date, procedure, volumeMl, platelets }: ElsewhereItem): PastDonation => ({
  date,
  procedure,
  volumeMl,
  ...(platelets && { platelets }),
});
