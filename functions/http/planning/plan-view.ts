import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { CN_HOLIDAYS } from '../../../shared/policy/cn-holidays.ts';
import { isInForce } from '../../../shared/store/closures.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { DAYS_AHEAD, standingDay } from '../../../shared/store/schedules.ts';
import { weekVersion } from '../../../shared/store/transactions/change-week.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PlanningDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: PlanningDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/** Everything that the page needs to show what a change would do, while it is typed. */
export async function planView(deps: PlanningDeps, site: SiteItem) {
  const today = localDateOf(nowOf(deps), site.zone);
  const dates = Array.from({ length: DAYS_AHEAD + 1 }, (_, n) => addSpan(today, { value: n, unit: 'day' }));
  const [weeks, closures, ...days] = await Promise.all([
    deps.schedules.ofSite(site.siteId),
    deps.closures.ofSite(site.siteId),
    ...dates.map((date) => deps.slots.dayNow(site.siteId, date)),
  ]);
  return {
    siteId: site.siteId,
    zone: site.zone,
    today,
    procedures: site.procedures,
    bus: site.siteKind === 'bus',
    weeks: weeks.map((week) => ({
      ...week,
      hours: [...week.hours],
      closedOn: [...week.closedOn],
      otherHours: (week.otherHours ?? []).map(({ on, hours }) => ({ on, hours: [...hours] })),
      stops: [...week.stops],
      version: weekVersion(week),
    })),
    days: days.map((day, n) => ({ date: dates[n] ?? '', slots: standingDay(day) })),
    closings: closures.filter((closure) => isInForce(closure) && closure.to >= today),
    // The only calendar we have: sites elsewhere are told of none.
    holidays: site.pack === 'cn' ? CN_HOLIDAYS.map((year) => ({ ...year, holidays: copied(year.holidays) })) : [],
  };
}

const copied = (holidays: (typeof CN_HOLIDAYS)[number]['holidays']) =>
  holidays?.map((holiday) => ({ ...holiday, worked: [...holiday.worked] }));
