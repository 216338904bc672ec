import type * as z from 'zod';
import type { figures, Stock } from '../../../shared/contract/figures.ts';
import { daysBetween } from '../../../shared/domain/dates.ts';
import { stockOf } from '../../../shared/domain/figures.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { UNIT_SETTINGS } from '../../../shared/domain/unit-settings.ts';
import { COMPONENTS } from '../../../shared/domain/vocabulary.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './counted.ts';
import type { FiguresDeps } from './deps.ts';

type Routes = (typeof figures)['routes'];

export const getStock: RouteHandler<Routes['GET /api/figures/stock'], FiguresDeps> = async ({ actor, query }, deps) =>
  await stockView(deps, await coveredSite(deps, actor, query.siteId));

/** What a site has, counted of every day whose donations were not all used up; nothing where another system says where its units stand. */
export async function stockView(deps: FiguresDeps, site: SiteItem): Promise<z.input<typeof Stock>> {
  const { siteId, zone } = site;
  const { master, system } = site.units ?? UNIT_SETTINGS;
  if (master === 'other') return { siteId, master, system, lines: [] };
  const today = localDateOf(nowOf(deps), zone);
  const days = await deps.figures.units(siteId);
  const lines = stockOf(
    days.flatMap(({ stock }) => stock),
    (date) => daysBetween(today, date),
  );
  const order = (component: (typeof COMPONENTS)[number]): number => COMPONENTS.indexOf(component);
  return {
    siteId,
    master,
    countedAt: days
      .map((day) => day.countedAt)
      .sort()
      .at(-1),
    lines: lines.sort(
      (a, b) => order(a.component) - order(b.component) || ((a.group ?? '~') < (b.group ?? '~') ? -1 : 1),
    ),
  };
}
