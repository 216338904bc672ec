import type { BookingStatus, Component, LocalDate, Localized, Procedure, SlotStatus, UnitStage } from './vocabulary.ts';

/**
 * A site's figures, counted a day at a time: what a day came to is kept, and days are added up. Nothing here names anybody.
 * Fill is told against places; who did not come against who had a place beforehand.
 */
export const COUNTED = [
  'places',
  'booked',
  'came',
  'given',
  'noShows',
  'deferred',
  'walkIns',
  'first',
  'gaveUp',
] as const;
export type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;

export const NOTHING: Counts = {
  places: 0,
  booked: 0,
  came: 0,
  given: 0,
  noShows: 0,
  deferred: 0,
  walkIns: 0,
  first: 0,
  gaveUp: 0,
};

/** The counts of one procedure, at one stop, in one hour of the clock on the wall. */
export type Cell = Counts & {
  readonly procedure: Procedure;
  /** 0 to 23. */
  readonly hour: number;
  /** Where the bus stood; absent at a site that stays where it is. */
  readonly stop?: Localized;
};

export type CountedSlot = {
  readonly slotId: string;
  readonly procedure: Procedure;
  readonly hour: number;
  readonly stop?: Localized;
  readonly status: SlotStatus;
  readonly places: number;
};

export type CountedBooking = {
  readonly slotId: string;
  readonly procedure: Procedure;
  readonly hour: number;
  readonly status: BookingStatus;
  /** It ended at the station, with a deferral. */
  readonly deferred: boolean;
  /** Its person gave it up beforehand, and nobody else ended it. */
  readonly gaveUp: boolean;
  readonly walkIn: boolean;
  readonly firstTime: boolean;
  /** What it ended in was put right since: nothing was given. */
  readonly withdrawn: boolean;
};

const CAME: readonly BookingStatus[] = ['arrived', 'screened', 'giving', 'fulfilled'];

function countsOf(booking: CountedBooking): Counts {
  const { status, deferred, walkIn, firstTime, withdrawn } = booking;
  const given = status === 'fulfilled' && !withdrawn;
  const one = (is: boolean): number => (is ? 1 : 0);
  return {
    places: 0,
    booked: one(status !== 'cancelled' || deferred),
    came: one(CAME.includes(status) || deferred),
    given: one(given),
    noShows: one(status === 'noshow'),
    deferred: one(deferred),
    walkIns: one(walkIn && (status !== 'cancelled' || deferred)),
    first: one(given && firstTime),
    gaveUp: one(status === 'cancelled' && booking.gaveUp),
  };
}

export const add = (a: Counts, b: Counts): Counts =>
  Object.fromEntries(COUNTED.map((name) => [name, a[name] + b[name]])) as Record<(typeof COUNTED)[number], number>;

const cellKey = ({ procedure, hour, stop }: Pick<Cell, 'procedure' | 'hour' | 'stop'>): string =>
  JSON.stringify([procedure, hour, stop?.zh ?? '']);

/**
 * What a day comes to. A slot that was closed had the places that somebody held all the same, so that nothing is ever fuller
 * than full; who has a place in a slot that is there no more is counted by what their booking says of it.
 */
export function countDay(slots: readonly CountedSlot[], bookings: readonly CountedBooking[]): Cell[] {
  const cells = new Map<string, Cell>();
  const put = (at: Pick<Cell, 'procedure' | 'hour' | 'stop'>, counts: Counts): void => {
    const key = cellKey(at);
    const { procedure, hour, stop } = at;
    const before = cells.get(key);
    cells.set(key, { procedure, hour, ...(stop && { stop }), ...add(before ?? NOTHING, counts) });
  };
  const bySlot = new Map(slots.map((slot) => [slot.slotId, slot]));
  const taken = new Map<string, number>();
  for (const booking of bookings) {
    const counts = countsOf(booking);
    taken.set(booking.slotId, (taken.get(booking.slotId) ?? 0) + counts.booked);
    put(bySlot.get(booking.slotId) ?? booking, counts);
  }
  for (const slot of slots) {
    const held = taken.get(slot.slotId) ?? 0;
    const places = slot.status === 'closed' ? held : Math.max(slot.places, held);
    put(slot, { ...NOTHING, places });
  }
  return [...cells.values()]
    .filter((cell) => COUNTED.some((name) => cell[name] > 0))
    .sort((a, b) => a.hour - b.hour || (cellKey(a) < cellKey(b) ? -1 : 1));
}

/** A reason for which people were deferred on a day, in the pack's own code. */
export type ReasonCount = { readonly procedure: Procedure; readonly code: string; readonly n: number };

/** Reasons added up, the most frequent first. */
export function countReasons(
  found: readonly { readonly procedure: Procedure; readonly code: string; readonly n?: number }[],
): ReasonCount[] {
  const sums = new Map<string, ReasonCount>();
  for (const { procedure, code, n = 1 } of found) {
    const key = JSON.stringify([code, procedure]);
    sums.set(key, { procedure, code, n: (sums.get(key)?.n ?? 0) + n });
  }
  return [...sums].sort(([a, one], [b, other]) => other.n - one.n || (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** What is looked at of days: everything, or one procedure, or what was done at one stop. */
export type FigureFilter = { readonly procedure?: Procedure | undefined; readonly stop?: string | undefined };

const fits = ({ procedure, stop }: FigureFilter, cell: Pick<Cell, 'procedure' | 'stop'>): boolean =>
  (procedure === undefined || cell.procedure === procedure) && (stop === undefined || cell.stop?.zh === stop);

export type DayCells = { readonly date: LocalDate; readonly cells: readonly Cell[] };

/** Days added up: in all, day by day, hour by hour and by procedure. */
export function sumUp(days: readonly DayCells[], filter: FigureFilter) {
  const chosen = days.map(({ date, cells }) => ({ date, cells: cells.filter((cell) => fits(filter, cell)) }));
  const all = chosen.flatMap(({ cells }) => cells);
  const by = <K>(keyOf: (cell: Cell) => K): [K, Counts][] => {
    const sums = new Map<K, Counts>();
    for (const cell of all) sums.set(keyOf(cell), add(sums.get(keyOf(cell)) ?? NOTHING, cell));
    return [...sums];
  };
  return {
    total: all.reduce<Counts>(add, NOTHING),
    days: chosen.map(({ date, cells }) => ({ date, ...cells.reduce<Counts>(add, NOTHING) })),
    hours: by(({ hour }) => hour)
      .map(([hour, counts]) => ({ hour, ...counts }))
      .sort((a, b) => a.hour - b.hour),
    procedures: by(({ procedure }) => procedure)
      .map(([procedure, counts]) => ({ procedure, ...counts }))
      .sort((a, b) => b.places - a.places),
  };
}

/** Every stop at which something was done, in order of name. */
export const stopsOf = (days: readonly DayCells[]): Localized[] =>
  [...new Map(days.flatMap(({ cells }) => cells.flatMap(({ stop }) => (stop ? [[stop.zh, stop]] : [])))).values()].sort(
    (a, b) => (a.zh < b.zh ? -1 : 1),
  );

// Blood, by the day on which it was given.

/** What has become of the units of one donation. */
export type UnitNow = {
  readonly component: Component;
  readonly stage: UnitStage;
  readonly expiresOn?: LocalDate;
  readonly usedOn?: LocalDate;
};

/** Units of a component that a patient had so many days after they were given. */
export type UseCount = {
  readonly procedure: Procedure;
  readonly component: Component;
  readonly days: number;
  readonly n: number;
};

/** Units still at the station. `ready`: they may go to a hospital; the others are not released yet, or kept back. */
export type StockCount = {
  readonly component: Component;
  /** ABO and RhD, where it is known. */
  readonly group?: string;
  readonly ready: boolean;
  /** Nothing of them may go out until somebody decides. */
  readonly aside: boolean;
  readonly expiresOn?: LocalDate;
  readonly n: number;
};

const AT_HAND: readonly UnitStage[] = ['collected', 'tested', 'quarantined', 'released', 'stored'];
const READY: readonly UnitStage[] = ['released', 'stored'];

export type CountedUnits = {
  readonly procedure: Procedure;
  readonly group?: string | undefined;
  /** On hold or called back: nothing of it goes out. */
  readonly kept: boolean;
  readonly units: readonly UnitNow[];
};

/** What has been used of the donations of a day, after how many days, and what of them is still there. */
export function countUnits(
  donations: readonly CountedUnits[],
  daysTo: (usedOn: LocalDate) => number,
): { readonly used: UseCount[]; readonly stock: StockCount[] } {
  const used = new Map<string, UseCount>();
  const stock = new Map<string, StockCount>();
  for (const { procedure, group, kept, units } of donations) {
    for (const { component, stage, expiresOn, usedOn } of units) {
      if (stage === 'used' && usedOn) {
        const entry = { procedure, component, days: Math.max(0, daysTo(usedOn)) };
        const key = JSON.stringify(entry);
        used.set(key, { ...entry, n: (used.get(key)?.n ?? 0) + 1 });
      }
      if (!AT_HAND.includes(stage)) continue;
      const aside = kept || stage === 'quarantined';
      const entry = {
        component,
        ...(group && { group }),
        ready: !aside && READY.includes(stage),
        aside,
        ...(expiresOn && { expiresOn }),
      };
      const key = JSON.stringify(entry);
      stock.set(key, { ...entry, n: (stock.get(key)?.n ?? 0) + 1 });
    }
  }
  return { used: [...used.values()], stock: [...stock.values()] };
}

/** The middle of so many days, and how far they spread: half lie from `quarter` to `threeQuarters`. */
export type Spread = {
  readonly n: number;
  readonly least: number;
  readonly quarter: number;
  readonly median: number;
  readonly threeQuarters: number;
  readonly most: number;
};

/** Undefined of nothing. A quantile is a value that occurs: the least that so much of the whole does not exceed. */
export function spreadOf(counts: readonly { readonly days: number; readonly n: number }[]): Spread | undefined {
  const sorted = counts.filter(({ n }) => n > 0).toSorted((a, b) => a.days - b.days);
  const total = sorted.reduce((sum, { n }) => sum + n, 0);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return undefined;
  const at = (part: number): number => {
    let seen = 0;
    for (const { days, n } of sorted) {
      seen += n;
      if (seen >= part * total) return days;
    }
    return last.days;
  };
  return {
    n: total,
    least: first.days,
    quarter: at(1 / 4),
    median: at(1 / 2),
    threeQuarters: at(3 / 4),
    most: last.days,
  };
}

/** What was used on days of a range, whenever it was given. */
export function usedBetween(
  given: readonly { readonly date: LocalDate; readonly used: readonly UseCount[] }[],
  {
    from,
    to,
    procedure,
  }: { readonly from: LocalDate; readonly to: LocalDate; readonly procedure?: Procedure | undefined },
  usedOn: (date: LocalDate, days: number) => LocalDate,
): { readonly component: Component; readonly spread: Spread; readonly days: readonly { days: number; n: number }[] }[] {
  const by = new Map<Component, Map<number, number>>();
  for (const { date, used } of given) {
    for (const each of used) {
      if (procedure !== undefined && each.procedure !== procedure) continue;
      const on = usedOn(date, each.days);
      if (on < from || on > to) continue;
      const days = by.get(each.component) ?? new Map<number, number>();
      days.set(each.days, (days.get(each.days) ?? 0) + each.n);
      by.set(each.component, days);
    }
  }
  return [...by].flatMap(([component, found]) => {
    const days = [...found].map(([d, n]) => ({ days: d, n })).sort((a, b) => a.days - b.days);
    const spread = spreadOf(days);
    return spread ? [{ component, spread, days }] : [];
  });
}

/** How near its end a unit is, in days from today. `none`: nobody has said when it ends. */
export const EXPIRY_SPANS = ['expired', 'in-3', 'in-7', 'in-30', 'later', 'none'] as const;
export type ExpirySpan = (typeof EXPIRY_SPANS)[number];

/** `expiresOn` is the last day on which a unit may be used. */
export function expirySpan(expiresOn: LocalDate | undefined, daysTo: (date: LocalDate) => number): ExpirySpan {
  if (expiresOn === undefined) return 'none';
  const days = daysTo(expiresOn);
  if (days < 0) return 'expired';
  if (days <= 3) return 'in-3';
  if (days <= 7) return 'in-7';
  return days <= 30 ? 'in-30' : 'later';
}

export type StockRow = {
  readonly component: Component;
  /** Absent: not known. */
  readonly group?: string;
  readonly ready: number;
  readonly notReady: number;
  readonly aside: number;
  /** Of those that are ready, by how near their end is; what has expired is ready for nobody. */
  readonly expiry: Readonly<Record<ExpirySpan, number>>;
};

/** The stock by component and group, from what is left of each day's donations. */
export function stockOf(left: readonly StockCount[], daysTo: (date: LocalDate) => number): StockRow[] {
  const rows = new Map<string, { -readonly [K in keyof StockRow]: StockRow[K] }>();
  for (const { component, group, ready, aside, expiresOn, n } of left) {
    const key = JSON.stringify([component, group ?? '']);
    const row = rows.get(key) ?? {
      component,
      ...(group && { group }),
      ready: 0,
      notReady: 0,
      aside: 0,
      expiry: Object.fromEntries(EXPIRY_SPANS.map((span) => [span, 0])) as Record<ExpirySpan, number>,
    };
    const span = expirySpan(expiresOn, daysTo);
    if (aside) row.aside += n;
    else if (span === 'expired') row.expiry = { ...row.expiry, expired: row.expiry.expired + n };
    else if (ready) {
      row.ready += n;
      row.expiry = { ...row.expiry, [span]: row.expiry[span] + n };
    } else row.notReady += n;
    rows.set(key, row);
  }
  return [...rows.values()];
}
