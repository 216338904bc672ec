import { addSpan, earlierFirst } from './dates.ts';
import { localDateOf } from './local-time.ts';
import { componentsFrom } from './unit-stages.ts';
import type { Component, Instant, LocalDate, Procedure, UnitAction, UnitNote, UnitStage } from './vocabulary.ts';

/** What a donor may be shown of a donation's way, in its order; see docs/adr/0012. */
export const JOURNEY_STAGES = ['collected', 'tests-finished', 'in-use', 'used', 'not-needed'] as const;
export type JourneyStage = (typeof JOURNEY_STAGES)[number];

/**
 * All that a chain may ever tell its donor. None of it is true of a chain with a quarantine or a discard and false of the
 * same chain without: `handled` is true after any step at all.
 */
export type Told = {
  /** Something was done with it after it was collected. */
  readonly handled: boolean;
  /** A hospital had some part of it. It stays true when that part comes back. */
  readonly inUse: boolean;
  /** Local date of the first use that stands. */
  readonly usedOn?: LocalDate;
};

type Unit = { readonly stage: UnitStage; readonly changedAt: Instant; readonly usedOn?: LocalDate };
type Step = { readonly action: UnitAction | UnitNote | 'collect' | 'mirror' | 'correct'; readonly to?: UnitStage };

/**
 * What the units and their steps tell the donor, the components folded into one. A use that is doubtful tells nothing: the donor is
 * shown what a chain without it would show.
 */
export function toldBy(
  units: readonly Unit[],
  steps: readonly Step[],
  zone: string,
  { doubtful = false }: { readonly doubtful?: boolean } = {},
): Told {
  const uses = doubtful ? [] : units.filter(({ stage }) => stage === 'used');
  const used = uses
    // The day of the hospital's report, where it names one; else the day on which it was recorded.
    .map(({ changedAt, usedOn }) => usedOn ?? localDateOf(changedAt, zone))
    .toSorted(earlierFirst)[0];
  const out = uses.length > 0 || units.some(({ stage }) => stage === 'issued');
  return {
    handled: out || steps.some(({ action }) => action !== 'collect' && action !== 'correct'),
    inUse: out || steps.some(({ action, to }) => action === 'issue' || (action === 'mirror' && to === 'issued')),
    ...(used && { usedOn: used }),
  };
}

/** Days for which a component ordinarily keeps: recalled (R), figures of ours and no rule's, which only say when waiting ends. */
export const KEEPS_DAYS: Readonly<Record<Component, number>> = {
  'whole-blood': 35,
  'red-cells': 42,
  plasma: 365,
  platelets: 5,
  cryoprecipitate: 365,
};

/** So many days after it was given, whoever gave it is told that the tests are finished, however they ended. */
const TESTS_SHOWN_AFTER_DAYS = 7;
/** Hospitals record late: so long after the last part has expired a use may still come. */
const RECORDS_LATE_MONTHS = 1;

/** The longest that anything made of a donation keeps, whether or not it was made: what was made is told to nobody. */
function keepsAtMost(procedure: Procedure): number {
  const seen = new Set<Component>();
  const waiting: Component[] = [procedure];
  for (let component = waiting.pop(); component; component = waiting.pop()) {
    if (seen.has(component)) continue;
    seen.add(component);
    waiting.push(...componentsFrom(component));
  }
  return Math.max(...[...seen].map((component) => KEEPS_DAYS[component]));
}

/**
 * From when a donation that was not used is "not needed this time": the first of a month, when everything that could have
 * been made of it has long expired. It follows from what was given and when, and from nothing that happened since.
 */
export function notNeededFrom({ date, procedure }: { date: LocalDate; procedure: Procedure }): LocalDate {
  const expired = addSpan(date, { value: keepsAtMost(procedure), unit: 'day' });
  const month = addSpan(expired, { value: RECORDS_LATE_MONTHS + 1, unit: 'month' });
  return `${month.slice(0, 7)}-01`;
}

/** A donation as its donor's record keeps it. */
export type Given = Partial<Told> & {
  readonly date: LocalDate;
  readonly procedure: Procedure;
  /** From before opening: its way was not followed here, unless the record says something of it. */
  readonly historical?: boolean | undefined;
};

export type Journey = {
  /** Stages reached, in their order. Only the day of giving and the day of use are dated. */
  readonly stages: readonly { readonly stage: JourneyStage; readonly on?: LocalDate }[];
  /** Whether another stage may still follow. */
  readonly open: boolean;
};

/** What a donor is shown of a donation on a date. */
export function journey(given: Given, today: LocalDate): Journey {
  const collected = { stage: 'collected', on: given.date } as const;
  const tested = { stage: 'tests-finished' } as const;
  const inUse = { stage: 'in-use' } as const;
  if (given.usedOn) return { stages: [collected, tested, inUse, { stage: 'used', on: given.usedOn }], open: false };
  if (!given.handled) return { stages: [collected], open: !given.historical };
  const shown = addSpan(given.date, { value: TESTS_SHOWN_AFTER_DAYS, unit: 'day' }) <= today;
  const way = [collected, ...(shown || given.inUse ? [tested] : []), ...(given.inUse ? [inUse] : [])];
  if (today < notNeededFrom(given)) return { stages: way, open: true };
  return { stages: [...way, { stage: 'not-needed' }], open: false };
}
