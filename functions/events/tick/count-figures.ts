import { countNext, recount } from '../../../shared/store/figures/count.ts';
import { createFigures } from '../../../shared/store/figures/figures.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { TickDeps } from './deps.ts';

/** Days that are counted again in one run, and new ones of a site, so that it fits a function's time. */
const RECOUNTS_A_RUN = 40;
const DATES_A_RUN = 8;

/**
 * Keeps each site's figures: of a day once it is over, and again when something of it changed afterwards. Killed anywhere, the next
 * run goes on; two at once count the same to the same.
 */
export async function countFigures(deps: TickDeps): Promise<void> {
  const sites = await deps.sites();
  const failures: unknown[] = [];
  for (const mark of await createFigures(deps.store).recounts(RECOUNTS_A_RUN)) {
    const site = sites.find(({ siteId }) => siteId === mark.siteId);
    await recount(deps, site, mark, nowOf(deps)).catch((error: unknown) => failures.push(error));
  }
  for (const site of sites) {
    try {
      for (let n = 0; n < DATES_A_RUN && (await countNext(deps, site, nowOf(deps))); n += 1);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the figures of some days could not be counted');
}
