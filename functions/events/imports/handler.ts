import type { Context } from 'aws-lambda';
import type { ImportsDeps } from './deps.ts';
import { goOnWithImport } from './go-on.ts';

/** What is left of a run in which no new piece of a file is begun. */
const SPARE_MS = 20_000;
const SHORTEST_MS = 5_000;

/**
 * Goes on with every file that is being read, for as long as a run may take; the next run goes on from there. Asked by the table's
 * stream when an import changes, and by the clock for whatever that has missed. One that fails keeps no other from its turn.
 */
export const importsHandler =
  (getDeps: () => Promise<ImportsDeps>) =>
  async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const deps = await getDeps();
    const until = deps.clock.now() + Math.max(SHORTEST_MS, context.getRemainingTimeInMillis() - SPARE_MS);
    const failures: unknown[] = [];
    for (const { siteId, importId } of await deps.imports.open()) {
      await goOnWithImport(deps, { siteId, importId }, until).catch((error: unknown) => {
        // The name alone: a message may quote a row.
        deps.log.error('an import failed', { importId, error: (error as Error).name });
        failures.push(error);
      });
    }
    if (failures.length > 0) throw new AggregateError(failures, 'an import failed');
  };
