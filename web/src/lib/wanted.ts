import type { Wanted } from '../../../shared/domain/find-events.ts';
import { QUALIFICATIONS } from '../../../shared/domain/vocabulary.ts';
import { dateOf } from './params.ts';
import { addDays, weekendOf } from './time.ts';

/** What an address of the events page says is looked for, read with care: people edit and share addresses. */

export const WHEN = ['weekend', 'next'] as const;
export type When = (typeof WHEN)[number];
export const whenOf = (search: URLSearchParams): When | undefined => WHEN.find((each) => each === search.get('when'));

/** The first and last date of a weekend that is looked for. */
export function weekend(when: When, today: string): { from: string; to: string } {
  const this_ = weekendOf(today);
  if (when === 'weekend') return this_;
  const next = addDays(this_.to, 1);
  return weekendOf(next);
}

const OLDEST = 120;
export function ageOf(value: string | null): number | undefined {
  const age = value && /^\d{1,3}$/.test(value) ? Number(value) : undefined;
  return age !== undefined && age <= OLDEST ? age : undefined;
}

/** Filters that are chosen from lists, by their names in the address. */
export const MORE = ['district', 'community', 'role', 'need', 'age'] as const;

export function wantedOf(search: URLSearchParams, today: string, slots?: ReadonlySet<string>): Wanted {
  const when = whenOf(search);
  const text = (name: string): string | undefined => search.get(name) || undefined;
  return {
    district: text('district'),
    community: text('community'),
    role: text('role'),
    need: QUALIFICATIONS.find((each) => each === search.get('need')),
    age: ageOf(search.get('age')),
    ...(when && weekend(when, today)),
    slots,
  };
}

/** Whether a list is read on by itself: not past what could not be read, or it would be asked for without end. */
export const goesOnBy = (list: {
  readonly items: readonly unknown[];
  readonly hasNextPage: boolean;
  readonly isError: boolean;
  readonly most: number;
}): boolean => list.hasNextPage && !list.isError && list.items.length < list.most;

/** The month a calendar shows, `YYYY-MM`. */
export const monthOf = (value: string | null): string | undefined =>
  value && dateOf(`${value}-01`) ? value : undefined;

export function addMonths(month: string, by: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
}

/** A month in weeks that begin on Monday; undefined for days of other months. */
export function weeksOf(month: string): (string | undefined)[][] {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days: (string | undefined)[] = Array.from({ length: before }, () => undefined);
  for (let date = first; date.startsWith(month); date = addDays(date, 1)) days.push(date);
  while (days.length % 7 !== 0) days.push(undefined);
  return Array.from({ length: days.length / 7 }, (_, n) => days.slice(n * 7, n * 7 + 7));
}
