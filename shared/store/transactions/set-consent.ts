import type { EligibilityFacts } from '../../domain/refusal.ts';
import type { ConsentPurpose } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import { createHealthAnswers, removal, replacement } from '../health-answers.ts';
import type { ConsentItem, LockItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { factsWrite } from './redecide.ts';

export type ConsentInput = {
  readonly personId: string;
  readonly purpose: ConsentPurpose;
  readonly given: boolean;
  readonly wording: string;
  /** The version this was said over; 0 where nothing was said yet. */
  readonly version: number;
  readonly idempotency: Idempotency;
};

/**
 * Notes that somebody agrees, or no longer does. Withdrawing deletes what was kept for the purpose, and the dates that
 * followed from it, in the same transaction.
 */
export async function setConsent(
  deps: EngineDeps,
  input: ConsentInput,
): Promise<'done' | 'changed-meanwhile' | 'key-reused' | 'not-found'> {
  const { personId, purpose, given, wording } = input;
  const key = keys.consent(personId, purpose);
  return await withRetries(async () => {
    const before = await createHealthAnswers(deps.store).consent(personId, purpose);
    const known = before && wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? 'done' : 'key-reused';
    if ((before?.version ?? 0) !== input.version) return 'changed-meanwhile';
    const others = given ? [stillHere(personId)] : await withdrawal(deps, personId);
    if (!others) return 'not-found';
    const after: ConsentItem = {
      kind: 'consent',
      personId,
      purpose,
      given,
      wording,
      at: nowOf(deps),
      history: before
        ? [...before.history, { given: before.given, wording: before.wording, at: before.at }].slice(-MOST_KEPT)
        : [],
      accepted: accept(before?.accepted ?? [], input.idempotency),
      version: input.version + 1,
    };
    const result = await deps.store.transact([replacement(key, after), ...others]);
    if (result.ok) return 'done';
    return given && result.reasons[1]?.code === 'ConditionalCheckFailed' ? 'not-found' : AGAIN;
  }, deps);
}

/** More changes of mind than this are nobody's: the oldest go. */
const MOST_KEPT = 50;

/** Nothing is kept of somebody who is being erased. */
const stillHere = (personId: string): DraftItem => ({
  ConditionCheck: {
    Key: keys.lock(personId),
    ConditionExpression: '#status = :active',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':active': 'active' },
  },
});

/** Deletes the answers, and takes what followed from them out of the lock; undefined for a person there is not. */
async function withdrawal(deps: EngineDeps, personId: string): Promise<DraftItem[] | undefined> {
  // In this order: what is deleted must not be newer than the lock, or the dates of answers just kept would stay in it.
  const answers = await createHealthAnswers(deps.store).answers(personId);
  const item = await deps.store.get<LockItem>(keys.lock(personId), { consistent: true });
  if (!item) return undefined;
  const lock = unpackLock(item);
  const { declared: _, ...facts }: EligibilityFacts = lock.facts;
  return [removal(keys.answers(personId), answers?.version), ...(await factsWrite(deps, lock, facts))];
}
