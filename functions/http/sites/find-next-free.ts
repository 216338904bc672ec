import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { Instant, LocalDate, Procedure } from '../../../shared/domain/vocabulary.ts';
import type { OfferedSlot } from '../../../shared/store/drives.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { DAYS_AHEAD } from '../../../shared/store/schedules.ts';
import { slotView } from './views.ts';

export type NextFreeReads = {
  readonly sites: () => Promise<readonly SiteItem[]>;
  readonly day: (siteId: string, date: LocalDate) => Promise<OfferedSlot[]>;
  /** Where a search from a date last ended, as of a few seconds ago. */
  readonly hint: (siteId: string, procedure: Procedure, from: LocalDate) => Promise<LocalDate | undefined>;
};

/** How many days are read side by side, after the first, which mostly has room. */
const STRIDE = 4;

/** A site's first slot with room on or after a date, by reading one day after another. */
export async function firstFree(
  reads: Pick<NextFreeReads, 'day'>,
  asked: { siteId: string; procedure: Procedure; from: LocalDate; last: LocalDate; now: Instant },
): Promise<OfferedSlot | undefined> {
  let stride = 1;
  for (let from = asked.from; from <= asked.last; stride = STRIDE) {
    const dates = Array.from({ length: stride }, (_, n) => addSpan(from, { value: n, unit: 'day' }));
    from = addSpan(from, { value: stride, unit: 'day' });
    const days = await Promise.all(
      dates.filter((date) => date <= asked.last).map((date) => reads.day(asked.siteId, date)),
    );
    const found = days
      .flat()
      .filter(({ slot, free }) => slot.procedure === asked.procedure && slot.status === 'open' && free > 0)
      .filter(({ slot }) => slot.startsAt > asked.now)
      .toSorted((a, b) => (a.slot.startsAt < b.slot.startsAt ? -1 : 1))[0];
    if (found) return found;
  }
  return undefined;
}

/**
 * Every site's next free slot for each procedure it takes, soonest first; those that have none for four weeks come last,
 * without one. Where everything is full, days known to be so a few seconds ago are not read again: what is given back on
 * one of them is seen that much later, and a slot that is named has room as of a moment ago.
 */
export async function nextFree(reads: NextFreeReads, asked: { from: LocalDate; now: Instant }) {
  const wanted = (await reads.sites()).flatMap((site) => site.procedures.map((procedure) => ({ site, procedure })));
  const found = await Promise.all(
    wanted.map(async ({ site, procedure }) => {
      const today = localDateOf(asked.now, site.zone);
      const last = addSpan(today, { value: DAYS_AHEAD, unit: 'day' });
      const begin = asked.from > today ? asked.from : today;
      const hint = begin > last ? undefined : await reads.hint(site.siteId, procedure, begin);
      const slot =
        hint && (await firstFree(reads, { siteId: site.siteId, procedure, from: hint, last, now: asked.now }));
      return { siteId: site.siteId, procedure, ...(slot && { slot: slotView(slot) }) };
    }),
  );
  const order = (it: (typeof found)[number]): string => it.slot?.startsAt ?? '~';
  return { items: found.toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)) };
}
