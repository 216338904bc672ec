import type { DoubtVerdict } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { createDoubts, doubtWrite } from '../doubts.ts';
import type { DinItem, DoubtItem } from '../items/index.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type SettleAnswer =
  | { readonly kind: 'done'; readonly doubt: DoubtItem }
  | { readonly kind: 'not-found' | 'wrong-state' | 'changed-meanwhile' | 'key-reused' };

/**
 * Explains a doubt, or confirms it, with a reason. What was said may be said otherwise later, and is kept all the same; one that
 * closed by itself is nobody's to settle.
 */
export async function settleDoubt(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: {
    donation: DinItem;
    doubtId: string;
    verdict: DoubtVerdict;
    reason: string;
    /** The version the caller saw. */
    version: number;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<SettleAnswer> {
  const { donation, verdict, reason, by } = input;
  return await withRetries<SettleAnswer>(async () => {
    const before = await createDoubts(deps.store).get(donation.siteId, donation.din, input.doubtId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', doubt: before } : { kind: 'key-reused' };
    if (before.version !== input.version) return { kind: 'changed-meanwhile' };
    if (before.status === 'closed') return { kind: 'wrong-state' };
    const now = nowOf(deps);
    const { doubt, write } = doubtWrite(
      {
        ...before,
        status: verdict,
        changedAt: now,
        verdicts: [...before.verdicts, { verdict, reason, by, at: now }],
        accepted: accept(before.accepted, input.idempotency),
      },
      before,
    );
    const result = await deps.store.transact([
      write,
      {
        Put: auditItem({
          by,
          action: 'doubt-settled',
          scope: donation.siteId,
          zone: donation.zone,
          at: now,
          subjects: [donation.personId],
          change: { din: donation.din, doubt: before.doubt, verdict },
          id: input.auditId,
        }),
      },
    ]);
    return result.ok ? { kind: 'done', doubt } : AGAIN;
  }, deps);
}
