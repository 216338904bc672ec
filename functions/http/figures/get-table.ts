import type { figures } from '../../../shared/contract/figures.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { COUNTED, type Counts, EXPIRY_SPANS, sumUp } from '../../../shared/domain/figures.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { countedDays, coveredSite, useOf } from './counted.ts';
import type { FiguresDeps } from './deps.ts';
import { reasonLabels } from './get-figures.ts';
import { stockView } from './get-stock.ts';
import { FIGURE_WORDS } from './words.ts';

type Routes = (typeof figures)['routes'];
type Rows = (string | number)[][];

/** A table of the figures as a file: the same that the page draws, of days as finely as they are counted. */
export const getTable: RouteHandler<Routes['GET /api/figures/table.csv'], FiguresDeps> = async (
  { actor, query, language },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const words = FIGURE_WORDS[language];
  const counts = (of: Counts): number[] => COUNTED.map((name) => of[name]);
  const heads = COUNTED.map((name) => words.counts[name]);

  const tables: Record<typeof query.table, () => Promise<Rows>> = {
    days: async () => {
      const { days } = await countedDays(deps, site, query);
      const rows = days.flatMap(({ date, cells }) =>
        cells
          .filter(
            ({ procedure, stop }) =>
              (!query.procedure || procedure === query.procedure) && (!query.stop || stop?.zh === query.stop),
          )
          .map((cell) => [
            date,
            clock(cell.hour),
            words.procedure[cell.procedure],
            cell.stop?.[language] ?? '',
            ...counts(cell),
          ]),
      );
      return [[words.date, words.hour, words.procedureHead, words.stop, ...heads], ...rows];
    },
    hours: async () => {
      const { hours } = sumUp((await countedDays(deps, site, query)).days, query);
      return [[words.hour, ...heads], ...hours.map(({ hour, ...of }) => [clock(hour), ...counts(of)])];
    },
    reasons: async () => {
      const { reasons, to } = await countedDays(deps, site, query);
      const label = reasonLabels(site.pack, to);
      return [
        [words.procedureHead, words.reason, words.n],
        ...reasons.map(({ procedure, code, n }) => [
          words.procedure[procedure],
          label(code)?.[language] ?? words.own[code] ?? code,
          n,
        ]),
      ];
    },
    use: async () => {
      const use = await useOf(deps, site, { ...query, to: (await countedDays(deps, site, query)).to });
      return [
        [words.component, words.days, words.n],
        ...use.flatMap(({ component, days }) => days.map((it) => [words.components[component], it.days, it.n])),
      ];
    },
    stock: async () => {
      const { lines } = await stockView(deps, site);
      return [
        [
          words.component,
          words.group,
          words.ready,
          ...EXPIRY_SPANS.map((span) => words.expiry[span]),
          words.notReady,
          words.aside,
        ],
        ...lines.map(({ component, group, ready, notReady, aside, expiry }) => [
          words.components[component],
          group ?? words.unknown,
          ready,
          ...EXPIRY_SPANS.map((span) => expiry[span]),
          notReady,
          aside,
        ]),
      ];
    },
  };
  return csvText(await tables[query.table]());
};

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
