import { quietUntil } from '../../../shared/domain/quiet-hours.ts';
import { goOnCalling } from '../../../shared/store/calls/go-on-calling.ts';
import type { TickDeps } from './deps.ts';

/** Asks the next donors of every call that runs, outside the quiet hours, or ends it. */
export async function goOnWithCalls(deps: TickDeps): Promise<void> {
  const quiet = (at: string, zone: string) => quietUntil(at, zone, deps.quiet);
  await goOnCalling({ ...deps.engine, quiet }, await deps.sites());
}
