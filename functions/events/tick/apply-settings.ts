import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { BookingItem, SiteItem } from '../../../shared/store/items/index.ts';
import { createJobs } from '../../../shared/store/jobs.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { changeCutoff, createSlots } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { alignReminders } from '../common/booking-reminders.ts';
import { SITES_MS } from '../common/site-list.ts';
import type { TickDeps } from './deps.ts';
import { DATES_AHEAD, everyPage, PAGE } from './pages.ts';

/** By then nobody works with the site as it was before: not those who remember it, nor who read it from them a moment ago. */
const SETTLES_MS = 2 * SITES_MS;
/** Dates of a site that are gone through in one run, so that it fits a function's time. */
const DATES_A_RUN = 12;
const AT_ONCE = 8;
/** Sorts after every date. */
const ALL_DONE = '~';

/**
 * Brings what rests on a site's settings in line once its staff have changed them: slots of the coming weeks take the new
 * cut-off, and the reminders of those who have booked already come when the site says now. A booking keeps the cut-off its
 * donor was told. Goes date by date and notes each, so that it goes on where it stopped; a later change begins anew.
 */
export async function applySettings(deps: TickDeps): Promise<void> {
  const failures: unknown[] = [];
  let left = DATES_A_RUN;
  for (const site of await deps.sites()) {
    try {
      left -= await applyTo(deps, site, left);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the settings of some sites could not be applied');
}

/** How many dates were gone through. */
async function applyTo(deps: TickDeps, site: SiteItem, most: number): Promise<number> {
  const { siteId, zone, version, settingsAt } = site;
  if (version === undefined || !settingsAt || deps.clock.now() < Date.parse(settingsAt) + SETTLES_MS) return 0;
  const jobs = createJobs(deps.store);
  const name = `settings.${siteId}`;
  let job = await jobs.get(name);
  const [of = '', done = ''] = job?.watermark.split(' ') ?? [];
  // A run elsewhere may have read the site since we did.
  if (Number(of) > version || (Number(of) === version && done === ALL_DONE)) return 0;
  const today = localDateOf(nowOf(deps), zone);
  const dates = Array.from({ length: DATES_AHEAD + 1 }, (_, n) => addSpan(today, { value: n, unit: 'day' }));
  const open = dates.filter((date) => Number(of) !== version || date > done);
  const turn = open.slice(0, most);
  for (const date of turn) {
    await applyOn(deps, site, date);
    const isLast = date === dates.at(-1);
    if (!(await jobs.move(name, job, `${version} ${isLast ? ALL_DONE : date}`))) return turn.length;
    job = await jobs.get(name);
  }
  return turn.length;
}

async function applyOn(deps: TickDeps, { siteId, cutoffMinutes }: SiteItem, date: LocalDate): Promise<void> {
  const now = nowOf(deps);
  const slots = (await createSlots(deps.store).day(siteId, date)).map(({ slot }) => slot);
  const other = slots.filter((slot) => slot.startsAt > now && slot.cutoffMinutes !== cutoffMinutes);
  await inParallel(other, AT_ONCE, async ({ slotId }) => {
    await withRetries(async () => {
      const { ok } = await deps.store.transact([changeCutoff(slotId, cutoffMinutes)]);
      return ok ? 'done' : AGAIN;
    }, deps);
  });
  const roster = await everyPage<BookingItem>((start) =>
    deps.donations.roster(siteId, date, { limit: PAGE, ...start }),
  );
  const coming = roster.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
  await inParallel(coming, AT_ONCE, async ({ bookingId }) => await alignReminders(deps, bookingId));
}
