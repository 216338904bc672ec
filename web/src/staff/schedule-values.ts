import { leftOf } from '../../../shared/domain/closures.ts';
import { type DayChange, placesOf, planDay, type StandingSlot, weekFaults } from '../../../shared/domain/plan-week.ts';
import { type SiteSchedule, siteDay } from '../../../shared/domain/site-schedule.ts';
import type { DayHours, OpeningHours, PlannedSlot } from '../../../shared/domain/weekly-hours.ts';
import type { CallOutput } from '../api/types.ts';

export type Plan = CallOutput<'GET /api/planning/{siteId}'>;
export type Week = Plan['weeks'][number];

/** Hours as they are typed: the same on several days are one row. */
export type HoursRow = {
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly slotMinutes: string;
  readonly places: string;
  readonly procedure: OpeningHours['procedure'];
};
/** A day that differs: closed, or with hours of its own. */
export type DateRow = { readonly on: string; readonly closed: boolean; readonly hours: readonly HoursRow[] };
export type StopRow = { readonly weekday: string; readonly date: string; readonly zh: string; readonly en: string };

export type WeekValues = {
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
  readonly rows: readonly HoursRow[];
  readonly dates: readonly DateRow[];
  readonly stops: readonly StopRow[];
};

export const NEW_ROW: HoursRow = {
  weekdays: [1, 2, 3, 4, 5],
  from: '09:00',
  to: '17:00',
  slotMinutes: '60',
  places: '4',
  procedure: 'whole-blood',
};

const rowOf = ({ from, to, slotMinutes, places, procedure }: DayHours, weekdays: readonly number[] = []): HoursRow => ({
  weekdays,
  from,
  to,
  slotMinutes: String(slotMinutes),
  places: String(places),
  procedure,
});

/** Hours that differ in their weekday only, as one row. */
export function rowsOf(hours: readonly OpeningHours[]): HoursRow[] {
  const rows = new Map<string, HoursRow>();
  for (const { weekday, ...rest } of hours) {
    const row = rowOf(rest);
    const name = JSON.stringify(row);
    const weekdays = [...(rows.get(name)?.weekdays ?? []), weekday].toSorted((a, b) => a - b);
    rows.set(name, { ...row, weekdays });
  }
  return [...rows.values()];
}

export const weekValues = (week: Week): WeekValues => ({
  effectiveFrom: week.effectiveFrom,
  effectiveTo: week.effectiveTo ?? '',
  rows: rowsOf(week.hours),
  dates: [
    ...week.closedOn.map((on) => ({ on, closed: true, hours: [] })),
    ...week.otherHours.map(({ on, hours }) => ({ on, closed: false, hours: hours.map((each) => rowOf(each)) })),
  ].toSorted((a, b) => (a.on < b.on ? -1 : 1)),
  stops: week.stops.map(({ on, stop }) => ({
    weekday: typeof on === 'number' ? String(on) : '',
    date: typeof on === 'number' ? '' : on,
    ...stop,
  })),
});

const count = (typed: string): number => {
  const text = typed.normalize('NFKC').trim();
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
};

const hoursOf = ({ from, to, slotMinutes, places, procedure }: HoursRow): DayHours => ({
  from,
  // The end of the day, which a time field cannot hold.
  to: to === '00:00' ? '24:00' : to,
  slotMinutes: count(slotMinutes),
  places: count(places),
  procedure,
});

/** The week that is typed, and of each of its hours the row that it came from. */
export function weekOf(values: WeekValues): { week: SiteSchedule; origin: readonly number[] } {
  const all = values.rows.flatMap((row, n) =>
    row.weekdays.map((weekday) => ({ n, hours: { weekday, ...hoursOf(row) } })),
  );
  return {
    week: {
      effectiveFrom: values.effectiveFrom,
      ...(values.effectiveTo && { effectiveTo: values.effectiveTo }),
      hours: all.map(({ hours }) => hours),
      closedOn: values.dates.filter(({ closed }) => closed).map(({ on }) => on),
      otherHours: values.dates
        .filter(({ closed }) => !closed)
        .map(({ on, hours }) => ({ on, hours: hours.map(hoursOf) })),
      stops: values.stops.map(({ weekday, date, zh, en }) => ({
        on: date || Number(weekday),
        stop: { zh: zh.trim(), en: en.trim() },
      })),
    },
    origin: all.map(({ n }) => n),
  };
}

export type WeekProblem = {
  readonly field: string;
  readonly why:
    | 'effectiveFrom'
    | 'taken'
    | 'effectiveTo'
    | 'days'
    | 'times'
    | 'repeated'
    | 'slotMinutes'
    | 'places'
    | 'date'
    | 'stop';
};

const WORD: Record<string, WeekProblem['why']> = {
  effectiveFrom: 'effectiveFrom',
  effectiveTo: 'effectiveTo',
  from: 'times',
  to: 'times',
  slotMinutes: 'slotMinutes',
  places: 'places',
  procedure: 'times',
  on: 'date',
};

/** What cannot be, each with the id of its field. */
export function weekProblems(values: WeekValues, plan: Plan, isNew: boolean): WeekProblem[] {
  const problems: WeekProblem[] = [];
  if (!values.effectiveFrom) problems.push({ field: 'effectiveFrom', why: 'effectiveFrom' });
  if (isNew && plan.weeks.some(({ effectiveFrom }) => effectiveFrom === values.effectiveFrom))
    problems.push({ field: 'effectiveFrom', why: 'taken' });
  for (const [n, row] of values.rows.entries()) {
    if (row.weekdays.length === 0) problems.push({ field: `rows-${n}-day-1`, why: 'days' });
  }
  for (const [n, { on }] of values.dates.entries()) {
    if (!on || values.dates.some((other, m) => m < n && other.on === on))
      problems.push({ field: `dates-${n}-on`, why: 'date' });
  }
  for (const [n, { weekday, date, zh, en }] of values.stops.entries()) {
    if (!(weekday || date) || !zh.trim() || !en.trim()) problems.push({ field: `stops-${n}-zh`, why: 'stop' });
  }
  const { week, origin } = weekOf(values);
  const others = values.dates.flatMap(({ closed }, n) => (closed ? [] : [n]));
  for (const { path, why } of weekFaults(week, { procedures: plan.procedures, today: plan.today, isNew })) {
    const [part = '', at = '', third = '', m = '', last = ''] = path.split('.');
    const word = why === 'repeated' && part !== 'effectiveFrom' ? 'repeated' : WORD[last || third || part];
    if (!word || third === 'on') continue;
    const field =
      part === 'hours'
        ? `rows-${origin[Number(at)]}-${third}`
        : part === 'otherHours'
          ? `dates-${others[Number(at)]}-hours-${m}-${last}`
          : part;
    if (!problems.some((known) => known.field === field)) problems.push({ field, why: word });
  }
  return problems;
}

export type PreviewDay = {
  readonly date: string;
  readonly before: number;
  readonly after: number;
  readonly change: DayChange;
  /** People who hold a place that the week does not have. */
  readonly people: number;
};

/** What the typed week makes of each day that is open for booking. */
export function previewOf(values: WeekValues, plan: Plan, now: string): PreviewDay[] {
  const { week } = weekOf(values);
  const others = plan.weeks.filter(({ effectiveFrom }) => effectiveFrom !== week.effectiveFrom);
  const schedules = [...others.map(asSchedule), week];
  const closings = plan.closings.map(({ procedure, fromTime, toTime, ...rest }) => ({
    ...rest,
    ...(procedure && { procedure }),
    ...(fromTime && { fromTime }),
    ...(toTime && { toTime }),
  }));
  return plan.days.map(({ date, slots }) => {
    const standing: readonly StandingSlot[] = slots;
    const asked = siteDay(schedules, date, plan.zone).slots;
    const own = asked.map((slot) => ({ ...slot, date, zone: plan.zone }));
    const made = new Set(leftOf(own, closings, now).map(({ procedure, time }) => `${procedure} ${time}`));
    const all = planDay(asked, standing, now);
    // What a closure keeps from being made is neither added nor in anybody's way.
    const isMade = ({ procedure, time }: PlannedSlot): boolean => made.has(`${procedure} ${time}`);
    const change = { ...all, added: all.added.filter(isMade), blocked: all.blocked.filter(isMade) };
    const people = change.toClose.reduce((sum, { taken }) => sum + taken, 0);
    return { date, ...placesOf(standing, change, now), change, people };
  });
}

const asSchedule = ({ effectiveTo, ...week }: Week): SiteSchedule => ({
  ...week,
  ...(effectiveTo && { effectiveTo }),
});

export const isChanged = ({ change: { added, goes, toClose, toCut, blocked } }: PreviewDay): boolean =>
  added.length + goes.length + toClose.length + toCut.length + blocked.length > 0;
