import type { Instant, LocalDate, Localized, Qualification } from './vocabulary.ts';

/** What somebody looks for; what is absent may be anything. Names are the Chinese ones, so that an address outlives a change of language. */
export type Wanted = {
  readonly district?: string | undefined;
  readonly community?: string | undefined;
  readonly role?: string | undefined;
  /** A skill or training that a shift asks for. */
  readonly need?: Qualification | undefined;
  /** Somebody of this age on the shift's date. */
  readonly age?: number | undefined;
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
  /** Only these shifts: those that somebody may sign up for now. */
  readonly slots?: ReadonlySet<string> | undefined;
};

export type SoughtShift = {
  readonly slotId: string;
  readonly date: LocalDate;
  readonly startsAt: Instant;
  readonly role: Localized;
  readonly needs?: readonly Qualification[] | undefined;
  readonly minAge?: number | undefined;
  readonly maxAge?: number | undefined;
};
export type SoughtEvent<Shift extends SoughtShift = SoughtShift> = {
  readonly district: Localized;
  readonly community: Localized;
  readonly shifts: readonly Shift[];
};
export type Found<Event, Shift> = { readonly event: Event; readonly shifts: readonly Shift[] };

const suits = (shift: SoughtShift, wanted: Wanted): boolean =>
  (wanted.role === undefined || shift.role.zh === wanted.role) &&
  (wanted.need === undefined || (shift.needs?.includes(wanted.need) ?? false)) &&
  (wanted.age === undefined || ((shift.minAge ?? 0) <= wanted.age && wanted.age <= (shift.maxAge ?? wanted.age))) &&
  (wanted.from === undefined || shift.date >= wanted.from) &&
  (wanted.to === undefined || shift.date <= wanted.to) &&
  (wanted.slots?.has(shift.slotId) ?? true);

/** The events that have a shift still to come which is all of what is wanted, each with the shifts that are. */
export const findShifts = <Shift extends SoughtShift, Event extends SoughtEvent<Shift>>(
  events: readonly Event[],
  wanted: Wanted,
  now: Instant,
): Found<Event, Shift>[] =>
  events
    .filter(
      ({ district, community }) =>
        (wanted.district === undefined || district.zh === wanted.district) &&
        (wanted.community === undefined || community.zh === wanted.community),
    )
    .map((event) => ({ event, shifts: event.shifts.filter((shift) => shift.startsAt > now && suits(shift, wanted)) }))
    .filter(({ shifts }) => shifts.length > 0);

/** When an event is, for whoever looks down a list: this weekend where any of its dates lies in it. */
export function whenFound(
  dates: readonly LocalDate[],
  weekend: { readonly from: LocalDate; readonly to: LocalDate },
): 'soon' | 'weekend' | 'later' {
  if (dates.some((date) => weekend.from <= date && date <= weekend.to)) return 'weekend';
  return dates.some((date) => date < weekend.from) ? 'soon' : 'later';
}
