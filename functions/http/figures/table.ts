import type { FIGURE_TABLES } from '../../../shared/contract/figures.ts';
import { COUNTED, type Counts, EXPIRY_SPANS, sumUp } from '../../../shared/domain/figures.ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { countedDays, type Range, useOf } from './counted.ts';
import type { FiguresDeps } from './deps.ts';
import { reasonLabels } from './get-figures.ts';
import { stockView } from './get-stock.ts';
import { FIGURE_WORDS } from './words.ts';

export type FigureTable = (typeof FIGURE_TABLES)[number];
export type Row = (string | number)[];

/** How counts stand in a table, and what its columns are called. */
export const countColumns = (language: Language) => ({
  counts: (of: Counts): number[] => COUNTED.map((name) => of[name]),
  heads: COUNTED.map((name) => FIGURE_WORDS[language].counts[name]),
});

/** A table of one site's figures. */
export async function tableOf(
  deps: FiguresDeps,
  site: SiteItem,
  query: Range & { readonly table: FigureTable },
  language: Language,
): Promise<{ readonly head: Row; readonly rows: readonly Row[] }> {
  const words = FIGURE_WORDS[language];
  const { counts, heads } = countColumns(language);

  const tables: Record<FigureTable, () => Promise<[head: Row, ...rows: Row[]]>> = {
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
  const [head, ...rows] = await tables[query.table]();
  return { head, rows };
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
