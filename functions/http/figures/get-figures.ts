import type { figures } from '../../../shared/contract/figures.ts';
import { stopsOf, sumUp } from '../../../shared/domain/figures.ts';
import type { Localized } from '../../../shared/domain/vocabulary.ts';
import { packFor } from '../../../shared/policy/index.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { countedDays, coveredSite, useOf } from './counted.ts';
import type { FiguresDeps } from './deps.ts';

type Routes = (typeof figures)['routes'];

export const getFigures: RouteHandler<Routes['GET /api/figures'], FiguresDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const counted = await countedDays(deps, site, query);
  const { days, reasons, ...rest } = counted;
  const label = reasonLabels(site.pack, counted.to);
  const use = await useOf(deps, site, { ...query, to: counted.to });
  return {
    siteId: site.siteId,
    zone: site.zone,
    ...rest,
    pending: [...rest.pending],
    stops: stopsOf(days),
    ...sumUp(days, query),
    reasons: reasons.map((it) => ({ ...it, label: label(it.code) })),
    use: use.map(({ component, spread, days: found }) => ({ component, ...spread, days: [...found] })),
  };
};

/** How a pack names its reasons. */
export const reasonLabels = (pack: string, date: string): ((code: string) => Localized | undefined) => {
  const labels = new Map(packFor(pack, date).deferrals.map(({ code, label }) => [code, label]));
  return (code) => labels.get(code);
};
