import type { PolicyPack } from '../../domain/policy-pack.ts';
import { declaredWaits, type PrecheckAnswer, withDeclared } from '../../domain/precheck.ts';
import type { LocalDate } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { createHealthAnswers, replacement } from '../health-answers.ts';
import type { AnswersItem, LockItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { factsWrite } from './redecide.ts';

export type SaveAnswersInput = {
  readonly personId: string;
  readonly pack: PolicyPack;
  /** The version they were made from; 0 where none are kept. */
  readonly version: number;
  readonly answers: readonly PrecheckAnswer[];
  /** The local date they are given on. */
  readonly on: LocalDate;
  readonly idempotency: Idempotency;
};

/**
 * Keeps somebody's answers for a pack in place of those before, provided they agree to that. The dates that follow go into
 * the lock in the same transaction, and a live booking that no longer holds is released with it.
 */
export async function saveAnswers(
  deps: EngineDeps,
  input: SaveAnswersInput,
): Promise<'done' | 'changed-meanwhile' | 'key-reused' | 'no-consent' | 'not-found'> {
  const { personId, pack } = input;
  const declared = createHealthAnswers(deps.store);
  return await withRetries(async () => {
    const [before, consent] = await Promise.all([
      declared.answers(personId),
      declared.consent(personId, 'health-answers'),
    ]);
    // After the answers: a lock older than they are would bring back dates that they have replaced.
    const item = await deps.store.get<LockItem>(keys.lock(personId), { consistent: true });
    if (!item) return 'not-found';
    const known = before && wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? 'done' : 'key-reused';
    if (!consent?.given) return 'no-consent';
    if ((before?.version ?? 0) !== input.version) return 'changed-meanwhile';

    const lock = unpackLock(item);
    const facts = withDeclared(lock.facts, pack.id, declaredWaits(pack, input.answers, input.on));
    const after: AnswersItem = {
      kind: 'answers',
      personId,
      packs: { ...before?.packs, [pack.id]: input.answers },
      changedAt: nowOf(deps),
      accepted: accept(before?.accepted ?? [], input.idempotency),
      version: input.version + 1,
    };
    const result = await deps.store.transact([
      {
        ConditionCheck: {
          table: 'private',
          Key: keys.consent(personId, 'health-answers'),
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': consent.version },
        },
      },
      replacement(keys.answers(personId), after),
      ...(await factsWrite(deps, lock, facts)),
    ]);
    return result.ok ? 'done' : AGAIN;
  }, deps);
}
