import type { MessageItem } from '../../../shared/store/items/index.ts';
import { createJobs } from '../../../shared/store/jobs.ts';
import { DUE_SHARDS, minuteOf } from '../../../shared/store/messages.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { TickDeps } from './deps.ts';

const JOB = 'due';
const MINUTE_MS = 60_000;
/** The index is a moment behind and clocks differ: the last minutes are read again before they are left for good. */
const SETTLES_MINUTES = 5;
/** Minutes read in one run, so that catching up after a long halt fits a function's time. */
const MOST_MINUTES = 240;

/**
 * Queues every message that is due by now and every one whose sender's lease ran out, minute by minute from the stored
 * watermark. The watermark moves only past minutes that were queued whole and are old enough to be complete.
 */
export async function queueDue(deps: TickDeps): Promise<void> {
  const jobs = createJobs(deps.store);
  const job = await jobs.get(JOB);
  const now = deps.clock.now();
  // The first run begins where it could have left off: nothing is older than the deployment.
  const from = job ? Date.parse(`${job.watermark}:00.000Z`) : now - SETTLES_MINUTES * MINUTE_MS;
  const last = Math.min(now, from + MOST_MINUTES * MINUTE_MS);
  for (let at = from; at <= last; at += MINUTE_MS) {
    const minute = minuteOf(new Date(at).toISOString());
    await Promise.all(Array.from({ length: DUE_SHARDS }, async (_, shard) => await queueShard(deps, minute, shard)));
  }
  const reached = Math.min(last, now - SETTLES_MINUTES * MINUTE_MS);
  const watermark = minuteOf(new Date(reached).toISOString());
  // Another run may have moved it meanwhile: then theirs stands, and reading some minutes twice does no harm.
  if (watermark > (job?.watermark ?? '')) await jobs.move(JOB, job, watermark);
}

async function queueShard(deps: TickDeps, minute: string, shard: number): Promise<void> {
  const now = nowOf(deps);
  const due = (await deps.messages.due(minute, shard)).filter((message) => isDue(message, now));
  await deps.queue(due.map(({ personId, messageId }) => ({ personId, messageId })));
}

const isDue = ({ status, dueAt, leaseUntil }: MessageItem, now: string): boolean =>
  status === 'claimed' ? (leaseUntil ?? '') <= now : dueAt <= now;
