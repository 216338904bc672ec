import { addMinutes } from '../../../shared/domain/local-time.ts';
import { CLOSED_AFTER_MINUTES } from '../../../shared/domain/service.ts';
import type { Instant } from '../../../shared/domain/vocabulary.ts';
import { rosterOf } from '../../../shared/store/event-changes.ts';
import { queryAll, withEach } from '../../../shared/store/every.ts';
import type { BookingItem, EventItem } from '../../../shared/store/items/index.ts';
import { createJobs } from '../../../shared/store/jobs.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { closeForgotten } from '../../../shared/store/transactions/attend.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { markNoShow } from '../../../shared/store/transactions/take-step.ts';
import type { TickDeps } from './deps.ts';

const AT_ONCE = 8;
const JOB = 'volunteers-missing';
/** How far the first run looks back. */
const FIRST_MINUTES = 60;

/**
 * Closes what volunteers and organisers forgot to: whoever is still noted as here, a good while after their shift. Those are in an
 * index by when that is, so that somebody whose coming was heard of late, from a device without a line, is not overlooked; whoever
 * is closed leaves it.
 */
export async function closeAttendance(deps: TickDeps): Promise<void> {
  const events = new Map<string, Promise<EventItem | undefined>>();
  await withEach<BookingItem>(
    deps.store,
    { pk: indexes.attending(), index: 'gsi2', skBetween: ['0', nowOf(deps)] },
    async ({ bookingId, containerId }) => {
      const asked = events.get(containerId) ?? deps.events.get(containerId);
      events.set(containerId, asked);
      const event = await asked;
      if (event) await closeForgotten(deps.engine, event, { bookingId, auditId: deps.newId() });
    },
    'some volunteers could not be checked out',
  );
}

/**
 * Marks the volunteers who did not come, once an event is over. How far it has come is the instant until which events have ended;
 * an event that could not be gone through whole is gone through again.
 */
export async function markMissing(deps: TickDeps): Promise<void> {
  const jobs = createJobs(deps.store);
  const job = await jobs.get(JOB);
  const now = nowOf(deps);
  const until = addMinutes(now, -CLOSED_AFTER_MINUTES);
  const from = job?.watermark ?? addMinutes(until, -FIRST_MINUTES);
  if (from >= until) return;
  const over = await queryAll<EventItem>(deps.store, {
    pk: indexes.published(),
    index: 'gsi1',
    skBetween: [from, until],
  });
  for (const event of over) await markOf(deps, event);
  await jobs.move(JOB, job, until);
}

async function markOf(deps: TickDeps, { eventId, shifts }: EventItem): Promise<void> {
  const now: Instant = nowOf(deps);
  for (const date of new Set(shifts.map((shift) => shift.date))) {
    const missing = (await rosterOf(deps.store, eventId, date)).filter(
      ({ status, endsAt }) => status === 'booked' && endsAt <= now,
    );
    await inParallel(missing, AT_ONCE, async ({ bookingId }) => {
      await markNoShow(deps.engine, { bookingId, auditId: deps.newId() });
    });
  }
}
