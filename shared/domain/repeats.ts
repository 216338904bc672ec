import { addSpan, weekdayOf } from './dates.ts';
import type { LocalDate, RepeatRule } from './vocabulary.ts';

/** How an event repeats after its first date. Without an end it does not. */
export type Repeat = {
  readonly every: RepeatRule;
  /** The last date it may fall on. */
  readonly until?: LocalDate | undefined;
  /** How often in all, the first among them. */
  readonly count?: number | undefined;
  /** Dates on which it does not take place. They count towards `count`. */
  readonly except?: readonly LocalDate[] | undefined;
};

export type RepeatFault = {
  readonly path: 'every' | 'until' | 'count' | 'except';
  readonly why: 'no-end' | 'two-ends' | 'too-many' | 'too-early' | 'not-last' | 'not-allowed';
};
export type Repeated =
  | { readonly ok: true; readonly dates: readonly LocalDate[] }
  | { readonly ok: false; readonly faults: readonly RepeatFault[] };

/** Nobody knows further ahead what goes on where. */
const MOST_SPAN = { value: 1, unit: 'year' } as const;

/**
 * The dates after the first on which an event repeats. Months that have no such weekday, a fifth Saturday, are passed over.
 * Only dates: the wall times of the event are the same on each, whatever clocks do in between.
 */
export function repeatDates(first: LocalDate, { every, until, count, except = [] }: Repeat): Repeated {
  if (until === undefined && count === undefined) return refused('until', 'no-end');
  if (until !== undefined && count !== undefined) return refused('count', 'two-ends');
  if (until !== undefined && until <= first) return refused('until', 'too-early');
  if (every === 'month-last' && !isLastOfMonth(first)) return refused('every', 'not-last');
  const end = addSpan(first, MOST_SPAN);
  const dates: LocalDate[] = [];
  for (const date of dateAfterDate(first, every)) {
    if (until !== undefined && date > until) break;
    if (count !== undefined && dates.length >= count - 1) break;
    if (date > end) return refused(until === undefined ? 'count' : 'until', 'too-many');
    dates.push(date);
  }
  if (except.some((date) => !dates.includes(date))) return refused('except', 'not-allowed');
  const left = dates.filter((date) => !except.includes(date));
  return left.length === 0 ? refused(until === undefined ? 'count' : 'until', 'too-early') : { ok: true, dates: left };
}

const refused = (path: RepeatFault['path'], why: RepeatFault['why']): Repeated => ({
  ok: false,
  faults: [{ path, why }],
});

function* dateAfterDate(first: LocalDate, every: RepeatRule): Generator<LocalDate> {
  if (every === 'week' || every === 'two-weeks') {
    const weeks = every === 'week' ? 1 : 2;
    for (let n = 1; ; n += 1) yield addSpan(first, { value: n * weeks, unit: 'week' });
  }
  const nth = nthOfMonth(first);
  for (let n = 1; ; n += 1) {
    const month = addSpan(`${first.slice(0, MONTH_LENGTH)}-01`, { value: n, unit: 'month' });
    const date =
      every === 'month-last' ? lastWeekday(month, weekdayOf(first)) : nthWeekday(month, weekdayOf(first), nth);
    if (date) yield date;
  }
}

const MONTH_LENGTH = 'YYYY-MM'.length;
const DAYS = 7;
const dayOf = (date: LocalDate): number => Number(date.slice(MONTH_LENGTH + 1));
const isSameMonth = (a: LocalDate, b: LocalDate): boolean => a.slice(0, MONTH_LENGTH) === b.slice(0, MONTH_LENGTH);
const later = (date: LocalDate, days: number): LocalDate => addSpan(date, { value: days, unit: 'day' });

/** The how-manieth of its weekday a date is in its month, from 1 to 5. */
export const nthOfMonth = (date: LocalDate): number => Math.ceil(dayOf(date) / DAYS);
/** Whether no later day of its month is the same weekday. */
export const isLastOfMonth = (date: LocalDate): boolean => !isSameMonth(date, later(date, DAYS));

/** Of a month by its first day; undefined where it has no so-manieth. */
function nthWeekday(month: LocalDate, weekday: number, nth: number): LocalDate | undefined {
  const date = later(month, ((weekday - weekdayOf(month) + DAYS) % DAYS) + (nth - 1) * DAYS);
  return isSameMonth(date, month) ? date : undefined;
}

const lastWeekday = (month: LocalDate, weekday: number): LocalDate | undefined =>
  nthWeekday(month, weekday, 5) ?? nthWeekday(month, weekday, 4);
