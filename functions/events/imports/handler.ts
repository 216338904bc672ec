import type { Context } from 'aws-lambda';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { ImportsDeps } from './deps.ts';
import { discardUpload, goOnWithImport } from './go-on.ts';

/** What is left of a run in which no new piece of a file is begun. */
const SPARE_MS = 20_000;
const SHORTEST_MS = 5_000;

/**
 * Goes on with every file that is being read, for as long as a run may take; the next run goes on from there. Asked by the table's
 * stream when an import changes, and by the clock for whatever that has missed. What staff have thrown away, or left for too long, is
 * deleted. One that fails keeps no other from its turn.
 */
export const importsHandler =
  (getDeps: () => Promise<ImportsDeps>) =>
  async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const deps = await getDeps();
    const until = deps.clock.now() + Math.max(SHORTEST_MS, context.getRemainingTimeInMillis() - SPARE_MS);
    const failures: unknown[] = [];
    const failed = (importId: string) => (error: unknown) => {
      // The name alone: a message may quote a row.
      deps.log.error('an import failed', { importId, error: (error as Error).name });
      failures.push(error);
    };
    for (const { siteId, importId, status } of await deps.imports.open()) {
      const turn =
        status === 'discarding'
          ? discardUpload(deps, { siteId, importId })
          : goOnWithImport(deps, { siteId, importId }, until);
      await turn.catch(failed(importId));
    }
    for (const { siteId, importId } of await deps.imports.overdue(nowOf(deps))) {
      await discardUpload(deps, { siteId, importId }).catch(failed(importId));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'an import failed');
  };
