import { addMinutes, endingPass, localDateOf, localTimeCode, toInstant } from './local-time.ts';
import type { EventStatus, Instant, LocalDate, Localized } from './vocabulary.ts';

/** Which states a step of an event's life may leave, and where it leads: the store's conditions are made from this. */
export const EVENT_TRANSITIONS = {
  edit: { from: ['draft'], to: 'draft' },
  publish: { from: ['draft'], to: 'published' },
  /** A draft nobody has seen. */
  withdraw: { from: ['draft'], to: 'cancelled' },
  cancel: { from: ['published'], to: 'cancelling' },
  finish: { from: ['cancelling'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly EventStatus[]; to: EventStatus }>;
export type EventAction = keyof typeof EVENT_TRANSITIONS;

/** What is wrong with an event, at which field of its input. */
export type EventFault = {
  readonly path: string;
  readonly why: 'missing' | 'malformed' | 'not-allowed' | 'repeated' | 'too-early' | 'too-late' | 'no-such-time';
};

export type ShiftPlan = {
  readonly shiftId: string;
  readonly role: Localized;
  readonly startsAtLocal: string;
  readonly endsAtLocal: string;
  readonly places: number;
  readonly minAge?: number | undefined;
};

export type PlannedShift = {
  readonly shiftId: string;
  readonly role: Localized;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly date: LocalDate;
  /** Wall-clock start as in a slot's id. */
  readonly time: string;
  readonly places: number;
  readonly minAge?: number;
};

export type Planned =
  | { readonly ok: true; readonly shifts: readonly PlannedShift[] }
  | { readonly ok: false; readonly faults: readonly EventFault[] };

/** Longer than this is a slip of the pen: an event of several days has a shift for each. */
const LONGEST_SHIFT_MINUTES = 24 * 60;

/**
 * The shifts of an event as instants. A wall time that clocks jump over is refused; one that they repeat means its first
 * pass for a start, and its last for an end (see `endingPass`).
 */
export function planShifts(zone: string, shifts: readonly ShiftPlan[]): Planned {
  if (!isZone(zone)) return { ok: false, faults: [{ path: 'zone', why: 'not-allowed' }] };
  const faults: EventFault[] = [];
  const seen = new Set<string>();
  const planned = shifts.flatMap((shift, n): PlannedShift[] => {
    const fault = (field: keyof ShiftPlan, why: EventFault['why']) =>
      faults.push({ path: `shifts.${n}.${field}`, why });
    if (seen.has(shift.shiftId)) fault('shiftId', 'repeated');
    seen.add(shift.shiftId);
    const startsAt = wallInstant(shift.startsAtLocal, zone, 'start');
    const endsAt = wallInstant(shift.endsAtLocal, zone, 'end');
    if ('fault' in startsAt) fault('startsAtLocal', startsAt.fault);
    if ('fault' in endsAt) fault('endsAtLocal', endsAt.fault);
    if ('fault' in startsAt || 'fault' in endsAt) return [];
    if (endsAt.instant <= startsAt.instant) fault('endsAtLocal', 'too-early');
    if (endsAt.instant > addMinutes(startsAt.instant, LONGEST_SHIFT_MINUTES)) fault('endsAtLocal', 'too-late');
    return [
      {
        shiftId: shift.shiftId,
        role: shift.role,
        startsAt: startsAt.instant,
        endsAt: endsAt.instant,
        date: localDateOf(startsAt.instant, zone),
        time: localTimeCode(startsAt.instant, zone),
        places: shift.places,
        ...(shift.minAge !== undefined && { minAge: shift.minAge }),
      },
    ];
  });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, shifts: planned };
}

/** A recruitment notice also states conditions, risks and support, and may only call people to what is still to come. */
export function publishFaults(
  event: {
    readonly conditions?: Localized;
    readonly risks?: Localized;
    readonly support?: Localized;
    readonly shifts: readonly { readonly startsAt: Instant }[];
  },
  now: Instant,
): readonly EventFault[] {
  return [
    ...(['conditions', 'risks', 'support'] as const)
      .filter((field) => !event[field])
      .map((path): EventFault => ({ path, why: 'missing' })),
    ...event.shifts.flatMap(({ startsAt }, n): EventFault[] =>
      startsAt <= now ? [{ path: `shifts.${n}.startsAtLocal`, why: 'too-early' }] : [],
    ),
  ];
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    // An offset such as +08:00 is accepted there, but knows no daylight saving: a zone is a place.
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

function wallInstant(
  local: string,
  zone: string,
  side: 'start' | 'end',
): { instant: Instant } | { fault: EventFault['why'] } {
  const result = toInstant(local, zone);
  if (result.ok) return { instant: result.instant };
  if (result.why === 'repeated') {
    return { instant: side === 'start' ? result.instants[0] : endingPass(result.instants, zone) };
  }
  return { fault: result.why === 'skipped' ? 'no-such-time' : 'malformed' };
}
