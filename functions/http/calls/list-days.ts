import type { calls } from '../../../shared/contract/calls.ts';
import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import type { SlotWithFree } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { CallsDeps } from './deps.ts';

type Routes = (typeof calls)['routes'];

/** Two weeks: later, people still book by themselves. */
const DAYS = 14;
const AT_ONCE = 7;

export const listDays: RouteHandler<Routes['GET /api/calls/days'], CallsDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const now = nowOf(deps);
  const today = localDateOf(now, site.zone);
  const running = (await deps.calls.ofSite(site.siteId)).filter(({ status }) => status === 'running');
  const dates = Array.from({ length: DAYS }, (_, n) => addSpan(today, { value: n, unit: 'day' }));
  const days = new Map<string, SlotWithFree[]>();
  await inParallel(dates, AT_ONCE, async (date) => days.set(date, await deps.slots.day(site.siteId, date)));
  return {
    items: dates.flatMap((date) =>
      site.procedures.flatMap((procedure) => {
        const open = (days.get(date) ?? []).filter(
          ({ slot }) => !slot.block && slot.procedure === procedure && slot.status === 'open' && slot.startsAt > now,
        );
        const calling = running.some((call) => call.procedure === procedure && call.from <= date && date <= call.to);
        const places = open.reduce((sum, { slot }) => sum + slot.places, 0);
        const free = open.reduce((sum, each) => sum + each.free, 0);
        return places > 0 ? [{ date, procedure, places, free, calling }] : [];
      }),
    ),
  };
};
