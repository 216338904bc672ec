import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { noShowsAt } from '../../../shared/domain/no-shows.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { BookingItem, SiteItem } from '../../../shared/store/items/index.ts';
import { createJobs } from '../../../shared/store/jobs.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { markNoShow } from '../../../shared/store/transactions/take-step.ts';
import type { TickDeps } from './deps.ts';
import { everyPage, PAGE } from './pages.ts';

/** Days that a site's first run looks back on. */
const DATES_BACK = 7;
/** Days of a site that are gone through in one run, so that catching up after a long halt fits a function's time. */
const DATES_A_RUN = 8;
const AT_ONCE = 8;

/**
 * Marks those who did not come, once their site's day is over in its own zone. Where a site stands is its job's watermark: the
 * last date that is settled, and when to look next. A run that was stopped is begun again and finds what is left; two at once
 * mark everybody once.
 */
export async function markNoShows(deps: TickDeps): Promise<void> {
  const failures: unknown[] = [];
  for (const site of await deps.sites()) {
    try {
      for (let n = 0; n < DATES_A_RUN && (await markNext(deps, site)); n += 1);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the no-shows of some sites could not be marked');
}

/** Whether a date was settled, so that the next may be looked at. */
async function markNext(deps: TickDeps, { siteId, zone }: SiteItem): Promise<boolean> {
  const jobs = createJobs(deps.store);
  const name = `no-shows.${siteId}`;
  const job = await jobs.get(name);
  const now = nowOf(deps);
  const today = localDateOf(now, zone);
  const [settled = '', lookAt = ''] = (job?.watermark ?? daysFrom(today, -DATES_BACK - 1)).split(' ');
  if (lookAt > now || settled >= today) return false;
  const date = daysFrom(settled, 1);
  const ends = (await createSlots(deps.store).day(siteId, date)).map(({ slot }) => slot.endsAt);
  const { first, last } = noShowsAt(date, zone, ends.toSorted().at(-1));
  if (first > now) {
    await jobs.move(name, job, `${settled} ${first}`);
    return false;
  }
  await markDate(deps, siteId, date);
  const isOver = last <= now;
  return (await jobs.move(name, job, isOver ? date : `${settled} ${last}`)) && isOver;
}

const daysFrom = (date: LocalDate, value: number): LocalDate => addSpan(date, { value, unit: 'day' });

async function markDate(deps: TickDeps, siteId: string, date: LocalDate): Promise<void> {
  const now = nowOf(deps);
  const roster = await everyPage<BookingItem>((start) =>
    deps.donations.roster(siteId, date, { limit: PAGE, ...start }),
  );
  const missing = roster.filter(
    ({ slotKind, status, endsAt }) => slotKind === 'donation' && status === 'booked' && endsAt <= now,
  );
  await inParallel(missing, AT_ONCE, async ({ bookingId }) => {
    await markNoShow(deps.engine, { bookingId, auditId: deps.newId() });
  });
}
