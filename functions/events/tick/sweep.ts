import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { BookingItem, DinItem } from '../../../shared/store/items/index.ts';
import { createJobs } from '../../../shared/store/jobs.ts';
import { messageId } from '../../../shared/store/keys.ts';
import type { MessageRef } from '../../../shared/store/messages.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { announceAgain } from '../common/announce-again.ts';
import { announceBooking, bookingMessage } from '../common/announce-booking.ts';
import { announceUse } from '../common/announce-use.ts';
import { remindersWanted } from '../common/booking-reminders.ts';
import type { TickDeps } from './deps.ts';
import { DATES_AHEAD, everyPage, PAGE } from './pages.ts';

const JOB = 'sweep';
/** Sorts after every site and event. */
const ALL_DONE = '~';
const STARTS_AT_HOUR_UTC = 18;
const DAY_MS = 24 * 60 * 60_000;
/** What changed longer ago was looked at on earlier nights. */
const CHANGED_WITHIN_DAYS = 7;
const DATES_BACK = 2;
/** Red cells keep for five or six weeks; plasma keeps longer, and rests on the stream alone. */
const DONATED_WITHIN_DAYS = 45;
/** A message this long past its time was lost on the way to a sender. */
const OVERDUE_MS = 15 * 60_000;
const AT_ONCE = 8;

type Container = { readonly id: string; readonly zone: string; readonly kind: 'site' | 'event' };

/**
 * Once a night, looks for bookings, uses and fresh donations whose messages are missing and for messages that nobody took,
 * and mends both.
 * Each run does one site or event and notes it, so a night's sweep goes on where it stopped, whatever stopped it.
 */
export async function sweepStep(deps: TickDeps): Promise<void> {
  const jobs = createJobs(deps.store);
  const job = await jobs.get(JOB);
  const tonight = new Date(deps.clock.now() - STARTS_AT_HOUR_UTC * 60 * 60_000).toISOString().slice(0, 10);
  // Nothing can be missing before the first night.
  if (!job) return void (await jobs.move(JOB, undefined, watermark(tonight, ALL_DONE)));
  const [night = '', done = ''] = job.watermark.split(' ');
  const underWay = done !== ALL_DONE;
  if (!underWay && night >= tonight) return;
  const after = underWay ? done : '';
  const next = (await containers(deps)).filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  if (next) await sweepContainer(deps, next);
  await jobs.move(JOB, job, watermark(underWay ? night : tonight, next?.id ?? ALL_DONE));
}

const watermark = (night: LocalDate, done: string): string => `${night} ${done}`;

async function containers(deps: TickDeps): Promise<Container[]> {
  const sites = await deps.sites();
  const since = new Date(deps.clock.now() - DATES_BACK * DAY_MS).toISOString();
  const events = await everyPage((start) => deps.events.published(since, { limit: PAGE, ...start }));
  return [
    ...sites.map(({ siteId, zone }): Container => ({ id: siteId, zone, kind: 'site' })),
    ...events.map(({ eventId, zone }): Container => ({ id: eventId, zone, kind: 'event' })),
  ];
}

async function sweepContainer(deps: TickDeps, { id, zone, kind }: Container): Promise<void> {
  const today = localDateOf(nowOf(deps), zone);
  const since = new Date(deps.clock.now() - CHANGED_WITHIN_DAYS * DAY_MS).toISOString();
  for (let n = -DATES_BACK; n <= DATES_AHEAD; n += 1) {
    const date = addSpan(today, { value: n, unit: 'day' });
    const roster = await everyPage<BookingItem>((start) => deps.donations.roster(id, date, { limit: PAGE, ...start }));
    const recent = roster.filter(({ changedAt }) => changedAt > since);
    await inParallel(recent, AT_ONCE, async (booking) => await mendBooking(deps, booking));
  }
  if (kind === 'event') return;
  for (let n = 0; n < DONATED_WITHIN_DAYS; n += 1) {
    const date = addSpan(today, { value: -n, unit: 'day' });
    const taken = await everyPage<DinItem>((start) => deps.donations.takenOn(id, date, { limit: PAGE, ...start }));
    await inParallel(taken, AT_ONCE, async (din) => await mendUse(deps, din, since));
  }
}

async function mendBooking(deps: TickDeps, seen: BookingItem): Promise<void> {
  const message = bookingMessage(seen, deps.publicUrl, nowOf(deps));
  const wanted = [...(message ? [message] : []), ...(await remindersWanted(deps, seen, seen.changedAt))];
  for (const each of wanted) {
    if (await deps.messages.get(each)) await queueOverdue(deps, each);
    else {
      deps.log.warn('a booking had no message', { template: each.template });
      return await announceBooking(deps, seen.bookingId);
    }
  }
}

async function mendUse(
  deps: TickDeps,
  { din, personId, historical, collectedAt }: DinItem,
  since: string,
): Promise<void> {
  if (historical) return;
  if (collectedAt > since) await announceAgain(deps, personId, 'lock');
  const chain = await deps.donations.chain(din);
  if (!chain?.units.some(({ stage, changedAt }) => changedAt > since && stage !== 'collected')) return;
  await announceUse(deps, din);
  await queueOverdue(deps, { personId, messageId: messageId('blood-used', din, 'once') });
  await queueOverdue(deps, { personId, messageId: messageId('blood-used-correction', din, 'once') });
}

async function queueOverdue(deps: TickDeps, { personId, messageId }: MessageRef): Promise<void> {
  const message = await deps.messages.get({ personId, messageId });
  const late = new Date(deps.clock.now() - OVERDUE_MS).toISOString();
  const waitsSince =
    message?.status === 'due' ? message.dueAt : message?.status === 'claimed' ? message.leaseUntil : undefined;
  if (!waitsSince || waitsSince > late) return;
  deps.log.warn('a message was overdue', { template: message?.template });
  await deps.queue([{ personId, messageId }]);
}
