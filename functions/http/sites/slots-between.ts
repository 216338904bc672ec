import { addSpan, daysBetween } from '../../../shared/domain/dates.ts';
import type { Instant, LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { OfferedSlot } from '../../../shared/store/drives.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { slotView } from './views.ts';

type Reads = {
  readonly site: (siteId: string) => Promise<SiteItem | undefined>;
  readonly day: (siteId: string, date: LocalDate) => Promise<OfferedSlot[]>;
};

/** One Query a day; days are read side by side. Slots that have begun are left out: nobody can take them. */
export async function slotsBetween(
  reads: Reads,
  asked: { siteId: string; from: LocalDate; to: LocalDate; procedure: string; now: Instant },
) {
  const site = await reads.site(asked.siteId);
  if (!site) throw new ProblemError('not-found');
  const days = daysBetween(asked.from, asked.to) + 1;
  const dates = Array.from({ length: days }, (_, n) => addSpan(asked.from, { value: n, unit: 'day' }));
  const found = (await Promise.all(dates.map((date) => reads.day(site.siteId, date)))).flat();
  return {
    items: found
      .filter(({ slot }) => slot.startsAt > asked.now)
      .filter(({ slot }) => asked.procedure === '' || slot.procedure === asked.procedure)
      .map(slotView),
  };
}
