import { type HttpJob, runHttp } from './sides/http.ts';
import type { Timed } from './sides/lanes.ts';
import { type RawJob, runRaw } from './sides/raw.ts';
import { runSender, type SenderJob } from './sides/sender.ts';
import { runStore, type StoreJob } from './sides/store.ts';

/** One side's client, in a process of its own that stays warm from one repetition to the next. */
export type Job = HttpJob | RawJob | StoreJob | SenderJob;
export type Answer = { readonly timed: Timed } | { readonly failed: string };

async function run(job: Job): Promise<Timed> {
  if (job.side === 'http') return await runHttp(job);
  if (job.side === 'sender') return await runSender(job);
  return job.side === 'store' ? await runStore(job) : await runRaw(job);
}

process.on('message', (job: Job) => {
  void run(job)
    .then((timed): Answer => ({ timed }))
    .catch((error: unknown): Answer => ({ failed: String(error instanceof Error ? error.stack : error) }))
    .then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));
