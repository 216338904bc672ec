import { isAtRest } from './closures.ts';
import type { SiteSchedule } from './site-schedule.ts';
import type { Instant, LocalDate, Procedure, SlotStatus } from './vocabulary.ts';
import type { DayHours, PlannedSlot } from './weekly-hours.ts';

/** A slot that is there already. */
export type StandingSlot = Omit<PlannedSlot, 'places'> & {
  readonly places: number;
  /** Places that somebody holds. */
  readonly taken: number;
  /** Somebody waits for a place. */
  readonly waited: boolean;
  readonly status: SlotStatus;
};

/** What a week makes of a date: what it adds to what stands, what goes, and what only a closure or a cut can end. */
export type DayChange = {
  readonly added: readonly PlannedSlot[];
  /** Of the week, and there already: as it is. */
  readonly stays: readonly StandingSlot[];
  /** Of no part of the week, and nobody's. */
  readonly goes: readonly StandingSlot[];
  /** Of no part of the week, but somebody's. */
  readonly toClose: readonly StandingSlot[];
  /** With more places than the week has. */
  readonly toCut: readonly { readonly slot: StandingSlot; readonly places: number }[];
  /** Of the week, but in the way of one that is somebody's: added once that has ended. */
  readonly blocked: readonly PlannedSlot[];
};

const isSame = (a: PlannedSlot | StandingSlot, b: PlannedSlot | StandingSlot): boolean =>
  a.procedure === b.procedure && a.time === b.time && a.endsAt === b.endsAt;

const overlap = (a: PlannedSlot | StandingSlot, b: PlannedSlot | StandingSlot): boolean =>
  a.procedure === b.procedure && a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Nobody's, and no job is at it: it can go as if it had never been. */
const isLoose = ({ taken, waited, status }: StandingSlot): boolean => taken === 0 && !waited && isAtRest(status);

/**
 * A date under a week. What has begun is left out. Who holds a place keeps it: a slot of another rhythm that somebody holds stays,
 * and what the week has at its time waits for it, so that no chair is promised twice.
 */
export function planDay(wanted: readonly PlannedSlot[], standing: readonly StandingSlot[], now: Instant): DayChange {
  const live = standing.filter(({ startsAt }) => startsAt > now);
  const part = live.filter((slot) => wanted.some((planned) => isSame(planned, slot)));
  const rest = live.filter((slot) => !part.includes(slot));
  const goes = rest.filter(isLoose);
  const kept = rest.filter((slot) => !isLoose(slot));
  const missing = wanted.filter((planned) => planned.startsAt > now && !part.some((slot) => isSame(planned, slot)));
  const blocked = missing.filter((planned) => kept.some((slot) => overlap(planned, slot)));
  const toCut = part.flatMap((slot) => {
    const places = wanted.find((planned) => isSame(planned, slot))?.places ?? slot.places;
    return slot.places > places && slot.status === 'open' ? [{ slot, places }] : [];
  });
  return {
    added: missing.filter((planned) => !blocked.includes(planned)),
    stays: part,
    goes,
    toClose: kept,
    toCut,
    blocked,
  };
}

/** Places that people can book on a date as it stands, and as a change leaves it before any closure or cut. */
export function placesOf(standing: readonly StandingSlot[], change: DayChange, now: Instant) {
  const sum = (slots: readonly { readonly places: number }[]): number =>
    slots.reduce((all, { places }) => all + places, 0);
  const open = standing.filter(({ startsAt, status }) => startsAt > now && status === 'open');
  const left = open.filter((slot) => !change.goes.includes(slot));
  return { before: sum(open), after: sum(left) + sum(change.added) };
}

export type WeekFault = {
  readonly path: string;
  readonly why: 'malformed' | 'too-early' | 'repeated' | 'not-allowed' | 'too-small' | 'too-big';
};

const MINUTES = { least: 5, most: 8 * 60 } as const;
const MOST_PLACES = 500;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What of a week cannot be, field by field, in the order of the form. */
export function weekFaults(
  week: SiteSchedule,
  site: { readonly procedures: readonly Procedure[]; readonly today: LocalDate; readonly isNew: boolean },
): WeekFault[] {
  const faults: WeekFault[] = [];
  if (site.isNew && week.effectiveFrom < site.today) faults.push({ path: 'effectiveFrom', why: 'too-early' });
  if (week.effectiveTo !== undefined && week.effectiveTo < week.effectiveFrom)
    faults.push({ path: 'effectiveTo', why: 'too-early' });
  for (const [n, hours] of week.hours.entries()) {
    const others = week.hours.filter((other, m) => m < n && other.weekday === hours.weekday);
    faults.push(...hourFaults(`hours.${n}`, hours, others, site.procedures));
  }
  for (const [n, { on, hours }] of (week.otherHours ?? []).entries()) {
    const twice = week.closedOn.includes(on) || week.otherHours?.some((other, m) => m < n && other.on === on);
    if (twice) faults.push({ path: `otherHours.${n}.on`, why: 'repeated' });
    for (const [m, each] of hours.entries()) {
      faults.push(...hourFaults(`otherHours.${n}.hours.${m}`, each, hours.slice(0, m), site.procedures));
    }
  }
  return faults;
}

function hourFaults(
  path: string,
  hours: DayHours,
  others: readonly DayHours[],
  procedures: readonly Procedure[],
): WeekFault[] {
  const { from, to, slotMinutes, places, procedure } = hours;
  const at = (field: string): string => `${path}.${field}`;
  const faults: WeekFault[] = [];
  if (!procedures.includes(procedure)) faults.push({ path: at('procedure'), why: 'not-allowed' });
  if (!TIME.test(from)) faults.push({ path: at('from'), why: 'malformed' });
  if (!TIME.test(to) && to !== '24:00') faults.push({ path: at('to'), why: 'malformed' });
  else if (minuteOf(to) - minuteOf(from) < slotMinutes) faults.push({ path: at('to'), why: 'too-early' });
  if (!Number.isInteger(slotMinutes) || slotMinutes < MINUTES.least)
    faults.push({ path: at('slotMinutes'), why: 'too-small' });
  if (slotMinutes > MINUTES.most) faults.push({ path: at('slotMinutes'), why: 'too-big' });
  if (!Number.isInteger(places) || places < 1) faults.push({ path: at('places'), why: 'too-small' });
  if (places > MOST_PLACES) faults.push({ path: at('places'), why: 'too-big' });
  if (others.some((other) => other.procedure === procedure && other.from < to && from < other.to))
    faults.push({ path: at('from'), why: 'repeated' });
  return faults;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
