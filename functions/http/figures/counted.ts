import { addSpan, daysBetween } from '../../../shared/domain/dates.ts';
import { countReasons, type DayCells, type ReasonCount, usedBetween } from '../../../shared/domain/figures.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { LocalDate, Procedure } from '../../../shared/domain/vocabulary.ts';
import { visitsOf } from '../../../shared/store/figures/count.ts';
import { figuresJob } from '../../../shared/store/figures/figures.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { FiguresDeps } from './deps.ts';

export type Range = {
  readonly siteId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly procedure?: Procedure | undefined;
  readonly stop?: string | undefined;
};

const MOST_DAYS = 366;
/** Days counted while somebody waits: today, and those that the clock has not come to. */
const LIVE_DAYS = 3;
/** No unit is used later after its donation than this. */
const KEPT_DAYS = 400;

export async function coveredSite(deps: FiguresDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

export type Counted = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly days: readonly DayCells[];
  readonly reasons: readonly ReasonCount[];
  readonly loaded: number;
  readonly pending: readonly LocalDate[];
};

/** Days of a range as they were counted, and those that are not over, or were not counted yet, as they are now. */
export async function countedDays(deps: FiguresDeps, site: SiteItem, asked: Range): Promise<Counted> {
  const today = localDateOf(nowOf(deps), site.zone);
  const { from } = asked;
  const to = asked.to < today ? asked.to : today;
  if (asked.to < from) throw new ProblemError('invalid-input', { fields: [{ path: 'to', why: 'too-small' }] });
  if (daysBetween(from, asked.to) >= MOST_DAYS) throw new ProblemError('range-too-long');
  if (to < from) return { from, to: from, days: [], reasons: [], loaded: 0, pending: [] };
  // The job first: a day that it has counted meanwhile is looked at once more, and never missed.
  const job = await deps.jobs.get(figuresJob(site.siteId));
  const kept = new Map((await deps.figures.days(site.siteId, from, to)).map((day) => [day.date, day]));
  const dates = Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addSpan(from, { value: n, unit: 'day' }));
  const open = dates.filter((date) => !kept.has(date) && date > (job?.watermark ?? ''));
  const live = open.slice(-LIVE_DAYS).filter((date) => date > addSpan(today, { value: -LIVE_DAYS, unit: 'day' }));
  const counted = new Map(
    await Promise.all(live.map(async (date) => [date, await visitsOf(deps.store, site, date)] as const)),
  );
  const all = dates.flatMap((date) => {
    const day = kept.get(date) ?? counted.get(date);
    return day ? [day] : [];
  });
  return {
    from,
    to,
    days: dates.map((date) => ({ date, cells: (kept.get(date) ?? counted.get(date))?.cells ?? [] })),
    reasons: countReasons(
      all.flatMap(({ reasons }) => reasons).filter((it) => !asked.procedure || it.procedure === asked.procedure),
    ),
    loaded: all.reduce((sum, { loaded }) => sum + loaded, 0),
    pending: open.filter((date) => !counted.has(date)),
  };
}

/** How long what was used on these days had been there; of a site that keeps its units elsewhere too, as it reports their use. */
export async function useOf(deps: FiguresDeps, site: SiteItem, { from, to, procedure }: Range) {
  const given = await unitsFor(deps, site, { from, to });
  return usedBetween(given, { from, to, procedure }, (date, days) => addSpan(date, { value: days, unit: 'day' }));
}

/** What has become of the units of every donation that may have been used on these days. */
export const unitsFor = async (deps: FiguresDeps, site: SiteItem, { from, to }: Pick<Range, 'from' | 'to'>) =>
  await deps.figures.units(site.siteId, { from: addSpan(from, { value: -KEPT_DAYS, unit: 'day' }), to });
