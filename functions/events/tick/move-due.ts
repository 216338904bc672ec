import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { announceOffers, moveWaits } from '../common/announce-wait.ts';
import type { TickDeps } from './deps.ts';

/**
 * Moves on every waiting list in which something is due: an offer that has lapsed, a morning that has come, a step that was
 * begun and not ended. A list stays in the index until it rests. One that fails does not keep the others waiting.
 */
export async function moveDue(deps: TickDeps): Promise<void> {
  const failures: unknown[] = [];
  for (const line of await deps.waits.due(nowOf(deps))) {
    try {
      await moveWaits(deps, line);
      await announceOffers(deps, line);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some waiting lists could not be moved on');
}
