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

export const FIGURE_TABLES = ['days', 'hours', 'reasons', 'use', 'stock'] as const;

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
});
