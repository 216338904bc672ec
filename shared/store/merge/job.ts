import type { EngineDeps } from '../transactions/deps.ts';
import { createMerges } from './merges.ts';
import { STEPS } from './steps.ts';

/** Takes every merge that was approved as far as it goes now. One that fails keeps no other from its turn. */
export async function goOnMerging(deps: EngineDeps): Promise<void> {
  const failures: unknown[] = [];
  for (const { siteId, mergeId } of await createMerges(deps.store).unfinished()) {
    await merge(deps, siteId, mergeId).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some records could not be joined yet');
}

/**
 * Every step in its order, from the beginning: what a run before this one did finds nothing left to do. False where something
 * has to end by itself first (a text in a sender's hands, a visit under way); the next run goes on.
 */
export async function merge(deps: EngineDeps, siteId: string, mergeId: string): Promise<boolean> {
  const item = await createMerges(deps.store).get(siteId, mergeId);
  if (item?.status !== 'applying') return item?.status === 'done';
  for (const step of STEPS) if (!(await step(deps, item))) return false;
  return true;
}
