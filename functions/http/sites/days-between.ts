import { dayOffer } from '../../../shared/domain/availability.ts';
import { addSpan, daysBetween as count } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { Instant, LocalDate, Procedure } from '../../../shared/domain/vocabulary.ts';
import type { OfferedSlot } from '../../../shared/store/drives.ts';
import type { SiteItem, SiteScheduleItem } from '../../../shared/store/items/index.ts';
import { DAYS_AHEAD } from '../../../shared/store/schedules.ts';

import { ProblemError } from '../../runtime/problem.ts';

export type DayReads = {
  readonly site: (siteId: string) => Promise<SiteItem | undefined>;
  readonly day: (siteId: string, date: LocalDate) => Promise<OfferedSlot[]>;
  readonly schedules: (siteId: string) => Promise<readonly SiteScheduleItem[]>;
};

/** How much is free each day, in a few bytes a day, so that a month fits one request on a bad line. */
export async function daysBetween(
  reads: DayReads,
  asked: { siteId: string; from: LocalDate; to: LocalDate; procedure: Procedure; now: Instant },
) {
  const site = await reads.site(asked.siteId);
  if (!site) throw new ProblemError('not-found');
  const today = localDateOf(asked.now, site.zone);
  const last = addSpan(today, { value: DAYS_AHEAD, unit: 'day' });
  const dates = Array.from({ length: count(asked.from, asked.to) + 1 }, (_, n) =>
    addSpan(asked.from, { value: n, unit: 'day' }),
  );
  const [schedules, ...days] = await Promise.all([
    reads.schedules(site.siteId),
    ...dates.map((date) => reads.day(site.siteId, date)),
  ]);
  const rules = { procedure: asked.procedure, now: asked.now, today, last, schedules };
  return {
    items: days.map((day, n) => {
      const offer = dayOffer({ date: dates[n] ?? '', slots: day.map(({ slot, free }) => ({ ...slot, free })) }, rules);
      const waits = day.some(
        ({ slot, drive }) =>
          slot.procedure === asked.procedure && slot.startsAt > asked.now && (drive?.heldBack ?? 0) > 0,
      );
      return { ...offer, ...(offer.free === 0 && waits && { isShort: true }) };
    }),
  };
}
