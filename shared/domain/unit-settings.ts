import type { Component, DonationTestCode, UnitMaster } from './vocabulary.ts';

/** How a site follows its units: all of it the station's own word, and none of it a rule. */
export type UnitSettings = {
  readonly master: UnitMaster;
  /** What its people call the blood bank's system, where that is the master. */
  readonly system?: string;
  /** Days for which the station keeps a component, counted from the donation's; one without a figure gets no date by itself. */
  readonly shelfLifeDays: Readonly<Partial<Record<Component, number>>>;
  /** Whom it issues to, and where they are called. */
  readonly hospitals: readonly Hospital[];
  /** What the product codes of its labels stand for. */
  readonly products: Readonly<Record<string, Component>>;
  /** A use is told of by text while the donation is younger than so many months; absent: USED_WITHIN_MONTHS. */
  readonly usedWithinMonths?: number;
  /** The numbers that its donations may have; none: any. */
  readonly numbers?: readonly DinRange[];
  /** What it tests each donation for besides what its pack asks. */
  readonly tests?: readonly DonationTestCode[];
};
/**
 * Numbers that begin with anything from `from` to `to`, both as long: a facility's code (`N7001` to `N7001`), or a run of a station's own.
 */
export type DinRange = { readonly from: string; readonly to: string };
export type Hospital = { readonly name: string; readonly phone: string };

/** A site that has chosen nothing. */
export const UNIT_SETTINGS: UnitSettings = { master: 'nuanliu', shelfLifeDays: {}, hospitals: [], products: {} };

/** Of ours: whoever gave longer ago hardly waits for it any more, and may have another number by now. */
export const USED_WITHIN_MONTHS = 24;

export const UNIT_BOUNDS = {
  shelfLifeDays: [1, 3660],
  hospitals: 100,
  products: 200,
  numbers: 20,
  usedWithinMonths: [1, 120],
} as const;

/** Whether a number is one of a site's; where it has named no range, every number is. */
export const isInRange = (din: string, ranges: readonly DinRange[] = []): boolean =>
  ranges.length === 0 ||
  ranges.some(({ from, to }) => din.length >= from.length && isBetween(din.slice(0, from.length), from, to));

/** By their characters, as numbers of one length sort. */
const isBetween = (start: string, from: string, to: string): boolean => start >= from && start <= to;

/** A range as it is typed; undefined for one that is none. */
export function readRange({ from, to }: DinRange): DinRange | undefined {
  const [first, last] = [from, to].map((text) => text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase());
  if (!first || !last || first.length !== last.length || first > last) return undefined;
  return /^[A-Z0-9]{2,20}$/.test(first) && /^[A-Z0-9]+$/.test(last) ? { from: first, to: last } : undefined;
}
