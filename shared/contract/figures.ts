import * as z from 'zod';
import { EXPIRY_SPANS } from '../domain/figures.ts';
import { COMPONENTS, UNIT_MASTERS } from '../domain/vocabulary.ts';
import { DateInput, Instant, LocalDate, Localized, Procedure, SiteId, Zone } from './common.ts';
import { area } from './define.ts';

const n = z.number().int();

/** What visits came to. */
export const FigureCounts = z.object({
  places: n.meta({ description: 'Places there were; of a time that was closed, those held all the same' }),
  booked: n.meta({ description: 'Held to the last: whoever came, and whoever did not; walk-ins too' }),
  came: n,
  given: n,
  noShows: n,
  deferred: n.meta({ description: 'Came, and were asked to wait' }),
  walkIns: n,
  first: n.meta({ description: 'Of those who gave, for the first time' }),
  gaveUp: n.meta({ description: 'Cancelled by their person beforehand' }),
});

export const UseSpread = z.object({
  component: z.enum(COMPONENTS),
  n: n.meta({ description: 'Units used' }),
  least: n.meta({ description: 'Days from the donation to the use' }),
  quarter: n,
  median: n,
  threeQuarters: n,
  most: n,
  days: z.array(z.object({ days: n, n })),
});

export const DeferralCount = z.object({
  procedure: Procedure,
  code: z.string(),
  label: Localized.optional().meta({ description: 'As the pack names it; absent for measures and the permanent' }),
  n,
});

const range = {
  siteId: SiteId,
  from: DateInput,
  to: DateInput.meta({ description: 'At most 366 days; what lies ahead is left out' }),
  procedure: Procedure.optional(),
  stop: z.string().min(1).max(80).optional().meta({ description: 'A stop of a bus, by its Chinese name' }),
};

export const Figures = z.object({
  siteId: SiteId,
  zone: Zone,
  from: LocalDate,
  to: LocalDate,
  stops: z.array(Localized).meta({ description: 'Every stop there was on these days' }),
  total: FigureCounts,
  days: z.array(FigureCounts.extend({ date: LocalDate })),
  hours: z
    .array(FigureCounts.extend({ hour: n }))
    .meta({ description: 'By hour of the clock on the wall, all days together' }),
  procedures: z.array(FigureCounts.extend({ procedure: Procedure })),
  reasons: z.array(DeferralCount).meta({ description: 'Of the whole site: which stop is not kept with a reason' }),
  use: z
    .array(UseSpread)
    .meta({ description: 'Of what was used on these days, whenever it was given; of the whole site' }),
  loaded: n.meta({ description: 'Donations of these days that were loaded from files, and are in no count' }),
  pending: z.array(LocalDate).meta({ description: 'Days that are over and not counted yet' }),
});

/** What one of several sites came to, beside the others. */
export const SiteFigures = FigureCounts.extend({
  siteId: SiteId,
  name: Localized,
  loaded: n,
  pending: n.meta({ description: 'Days that are over and not counted yet' }),
});

/** The same of several sites together, each by its own calendar. */
export const FiguresOfSites = Figures.omit({ siteId: true, zone: true, stops: true }).extend({
  sites: z.array(SiteFigures),
});

export const StockLine = z.object({
  component: z.enum(COMPONENTS),
  group: z.string().optional().meta({ description: 'ABO and RhD; absent: not known' }),
  ready: n.meta({ description: 'Released, and not expired' }),
  notReady: n.meta({ description: 'Not released yet' }),
  aside: n.meta({ description: 'Put aside, on hold or called back' }),
  expiry: z
    .record(z.enum(EXPIRY_SPANS), n)
    .meta({ description: 'Those ready, by how many days their end is away; and those that have expired' }),
});

export const Stock = z.object({
  siteId: SiteId,
  master: z.enum(UNIT_MASTERS).meta({ description: '`other`: the blood bank’s own system knows the stock' }),
  system: z.string().optional(),
  countedAt: Instant.optional().meta({ description: 'When anything of it was last counted' }),
  lines: z.array(StockLine),
});

export const StockOfSite = Stock.extend({ name: Localized, zone: Zone });

export const FIGURE_TABLES = ['days', 'hours', 'reasons', 'use', 'stock'] as const;

const { from, to, procedure } = range;
const several = {
  sites: z
    .string()
    .max(4_000)
    .transform((list) => list.split(','))
    .pipe(z.array(SiteId).min(1))
    .optional()
    .meta({ description: 'Ids with commas between them; absent: every site of the caller’s' }),
};
const together = { ...several, from, to, procedure };

export const figures = area('figures', {
  'GET /api/figures': {
    roles: ['staff'],
    summary:
      'A site’s figures over a range of dates: fill, no-shows, first donors, deferrals, time to use; names nobody',
    query: z.strictObject(range),
    status: 200,
    output: Figures,
  },
  'GET /api/figures/stock': {
    roles: ['staff'],
    summary: 'A site’s stock by component and group with what expires when, where this system is master of its units',
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: Stock,
  },
  'GET /api/figures/table.csv': {
    roles: ['staff'],
    summary: 'The same as a table: of days, by procedure, stop and hour; of hours, reasons, time to use or stock',
    query: z.strictObject({ ...range, table: z.enum(FIGURE_TABLES) }),
    status: 200,
    file: { type: 'text/csv', name: 'figures.csv' },
    output: z.string(),
  },
  'GET /api/figures/sites': {
    roles: ['staff', 'admin'],
    summary:
      'The figures of several sites together and side by side: those the caller works at, every one for an admin; names nobody',
    query: z.strictObject(together),
    status: 200,
    output: FiguresOfSites,
  },
  'GET /api/figures/sites/stock': {
    roles: ['staff', 'admin'],
    summary: 'The stock of each of several sites, where this system is master of its units',
    query: z.strictObject(several),
    status: 200,
    output: z.object({ sites: z.array(StockOfSite) }),
  },
  'GET /api/figures/sites/table.csv': {
    roles: ['staff', 'admin'],
    summary: 'The same as a table, each row with its site; `sites`: a row a site',
    query: z.strictObject({ ...together, table: z.enum(['sites', ...FIGURE_TABLES]) }),
    status: 200,
    file: { type: 'text/csv', name: 'figures.csv' },
    output: z.string(),
  },
});
