import { goOnErasing } from '../../../shared/store/erase/job.ts';
import { resumeChanges } from '../../../shared/store/event-changes.ts';
import { resumeCancellations } from '../../../shared/store/events.ts';
import { goOnMerging } from '../../../shared/store/merge/job.ts';
import { resumeMaking } from '../../../shared/store/series.ts';
import { resumeRecalls } from '../../../shared/store/transactions/recall.ts';
import { releaseDue } from '../../../shared/store/transactions/release-block.ts';
import { lapseTeams } from '../../../shared/store/transactions/team.ts';
import { resumeAllClosures } from '../common/announce-closure.ts';
import { resumeNotes } from '../common/announce-note.ts';
import { applySettings } from './apply-settings.ts';
import { closeAttendance, markMissing } from './close-attendance.ts';
import { countFigures } from './count-figures.ts';
import type { TickDeps } from './deps.ts';
import { goOnWithCalls } from './go-on-with-calls.ts';
import { markNoShows } from './mark-no-shows.ts';
import { mendCalls } from './mend-calls.ts';
import { moveDue } from './move-due.ts';
import { queueDue } from './queue-due.ts';
import { sweepStep } from './sweep.ts';

/** What is done every minute. One task that fails keeps no other from its turn; the failures are thrown at the end. */
export const tickHandler = (getDeps: () => Promise<TickDeps>) => async (): Promise<void> => {
  const deps = await getDeps();
  const tasks = {
    'queue due messages': async () => await queueDue(deps),
    'resume cancellations': async () => await resumeCancellations(deps.store, deps),
    'go on making series': async () => await resumeMaking(deps),
    'go on with changed events': async () => await resumeChanges(deps),
    'go on telling notes': async () => await resumeNotes(deps),
    'go on erasing': async () => await goOnErasing(deps.engine),
    'go on joining records': async () => await goOnMerging(deps.engine),
    'go on with closures': async () => await resumeAllClosures(deps),
    'go on with recalls': async () => await resumeRecalls(deps.engine),
    'release places kept for units': async () => await releaseDue(deps.engine),
    'give back places kept for teams': async () => await lapseTeams(deps.engine),
    'move waiting lists': async () => await moveDue(deps),
    'apply settings': async () => await applySettings(deps),
    'check volunteers out': async () => await closeAttendance(deps),
    'mark missing volunteers': async () => await markMissing(deps),
    'mark no-shows': async () => await markNoShows(deps),
    'make texts of calls that were lost': async () => await mendCalls(deps),
    'call donors': async () => await goOnWithCalls(deps),
    'count figures': async () => await countFigures(deps),
    'nightly sweep': async () => await sweepStep(deps),
  };
  const failures: unknown[] = [];
  for (const [task, run] of Object.entries(tasks)) {
    await run().catch((error: unknown) => {
      deps.log.error('task failed', { task, error: (error as Error).name });
      failures.push(error);
    });
  }
  if (failures.length > 0) throw new AggregateError(failures, 'a task of the tick failed');
};
