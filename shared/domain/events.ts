import { addSpan, daysBetween, earlierFirst } from './dates.ts';
import { addMinutes, endingPass, localDateOf, localOf, localTimeCode, toInstant } from './local-time.ts';
import { COUNTED_DAYS } from './rest.ts';
import type { EventStatus, Instant, LocalDate, Localized, Qualification, ServiceCategory } from './vocabulary.ts';

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

/** What an organiser writes of an event; the rest follows from it. */
export type EventText = {
  readonly title: Localized;
  readonly content: Localized;
  readonly community: Localized;
  readonly district: Localized;
  readonly address: Localized;
  readonly contactPhone: string;
  readonly conditions?: Localized | undefined;
  readonly howToApply?: Localized | undefined;
  readonly risks?: Localized | undefined;
  readonly support?: Localized | undefined;
  /** What its hours count as; absent: as usual. */
  readonly category?: ServiceCategory | undefined;
  readonly zone: string;
  /** How long somebody rests between a shift of this event and any other, and how many of its shifts one person may take. */
  readonly restMinutes?: number | undefined;
  readonly mostShifts?: number | undefined;
  /** How many may sign up as one team, its lead counted; absent: everybody signs up alone. */
  readonly mostTeam?: number | undefined;
  /** Its volunteers are insured, for which their identity numbers are asked. */
  readonly insures?: true | undefined;
};

/** The same with its times, as the clocks there show them. */
export type EventInput = EventText & SignUpPlan & { readonly shifts: readonly ShiftPlan[] };

/** What is wrong with an event, at which field of its input. */
export type EventFault = {
  readonly path: string;
  readonly why:
    | 'missing'
    | 'malformed'
    | 'not-allowed'
    | 'repeated'
    | 'too-small'
    | 'too-big'
    | 'too-early'
    | 'too-late'
    | 'ends-before'
    | 'has-begun'
    | 'no-such-time';
};

/** What a shift asks of who takes a place in it, and how many it takes for it to go ahead. */
export type ShiftNeeds = {
  readonly minAge?: number | undefined;
  readonly maxAge?: number | undefined;
  readonly needs?: readonly Qualification[] | undefined;
  /** With fewer it does not go ahead; absent: with anybody. */
  readonly minimum?: number | undefined;
};

export type ShiftPlan = ShiftNeeds & {
  readonly shiftId: string;
  readonly role: Localized;
  readonly startsAtLocal: string;
  readonly endsAtLocal: string;
  readonly places: number;
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
} & { readonly [K in keyof ShiftNeeds]?: NonNullable<ShiftNeeds[K]> };

/** From when, and until when, people may sign up; absent: from its publishing on, and until each shift begins. */
export type SignUp = { readonly opensAt?: Instant; readonly closesAt?: Instant };
export type SignUpPlan = {
  readonly opensAtLocal?: string | undefined;
  readonly closesAtLocal?: string | undefined;
};

export type Planned<More = object> =
  | ({ readonly ok: true; readonly shifts: readonly PlannedShift[] } & More)
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
    if ((shift.minimum ?? 0) > shift.places) fault('minimum', 'too-big');
    if ((shift.maxAge ?? Infinity) < (shift.minAge ?? 0)) fault('maxAge', 'too-small');
    if (new Set(shift.needs).size < (shift.needs?.length ?? 0)) fault('needs', 'repeated');
    const startsAt = wallInstant(shift.startsAtLocal, zone, 'start');
    const endsAt = wallInstant(shift.endsAtLocal, zone, 'end');
    if ('fault' in startsAt) fault('startsAtLocal', startsAt.fault);
    if ('fault' in endsAt) fault('endsAtLocal', endsAt.fault);
    if ('fault' in startsAt || 'fault' in endsAt) return [];
    if (endsAt.instant <= startsAt.instant) fault('endsAtLocal', 'ends-before');
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
        ...(shift.maxAge !== undefined && { maxAge: shift.maxAge }),
        ...(shift.needs && shift.needs.length > 0 && { needs: shift.needs }),
        ...(shift.minimum !== undefined && { minimum: shift.minimum }),
      },
    ];
  });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, shifts: planned };
}

/** The same with the time of sign-up: it opens before the last shift begins, and closes after it opens and before all is over. */
export function planEvent(
  zone: string,
  shifts: readonly ShiftPlan[],
  { opensAtLocal, closesAtLocal, mostShifts }: SignUpPlan & { readonly mostShifts?: number | undefined },
): Planned<{ readonly signUp: SignUp }> {
  const plan = planShifts(zone, shifts);
  if (!plan.ok && plan.faults.some(({ path }) => path === 'zone')) return plan;
  const faults: EventFault[] = plan.ok ? [] : [...plan.faults];
  const read = (path: keyof SignUpPlan, local: string | undefined): Instant | undefined => {
    if (local === undefined) return undefined;
    const at = wallInstant(local, zone, 'start');
    if ('instant' in at) return at.instant;
    faults.push({ path, why: at.fault });
    return undefined;
  };
  const opensAt = read('opensAtLocal', opensAtLocal);
  const closesAt = read('closesAtLocal', closesAtLocal);
  const starts = plan.ok ? plan.shifts.map(({ startsAt }) => startsAt).sort(earlierFirst) : [];
  const last = starts.at(-1);
  const [first] = starts;
  if (mostShifts !== undefined && first && last && last > addMinutes(first, COUNTED_DAYS * 24 * 60)) {
    faults.push({ path: 'mostShifts', why: 'not-allowed' });
  }
  if (opensAt && last && opensAt >= last) faults.push({ path: 'opensAtLocal', why: 'too-late' });
  if (closesAt && last && closesAt > last) faults.push({ path: 'closesAtLocal', why: 'too-late' });
  if (opensAt && closesAt && closesAt <= opensAt) faults.push({ path: 'closesAtLocal', why: 'ends-before' });
  if (!plan.ok || faults.length > 0) return { ok: false, faults };
  return { ok: true, shifts: plan.shifts, signUp: { ...(opensAt && { opensAt }), ...(closesAt && { closesAt }) } };
}

/** What a recruitment notice states beside what a draft must have anyway (C: the rules for recruiting volunteers). */
export const NOTICE_FIELDS = ['conditions', 'howToApply', 'risks', 'support'] as const;
export type NoticeField = (typeof NOTICE_FIELDS)[number];

/** A notice states all of it before anybody sees it, and may only call people to what is still to come. */
export function publishFaults(
  event: { readonly [K in NoticeField]?: Localized } & SignUp & {
      readonly shifts: readonly { readonly startsAt: Instant }[];
    },
  now: Instant,
): readonly EventFault[] {
  return [
    ...NOTICE_FIELDS.filter((field) => !event[field]).map((path): EventFault => ({ path, why: 'missing' })),
    ...event.shifts.flatMap(({ startsAt }, n): EventFault[] =>
      startsAt <= now ? [{ path: `shifts.${n}.startsAtLocal`, why: 'too-early' }] : [],
    ),
    ...(event.closesAt !== undefined && event.closesAt <= now
      ? [{ path: 'closesAtLocal', why: 'too-early' } as const]
      : []),
  ];
}

/** What was planned of an event, in wall times again: what a copy on another date is made from. */
export function planOf(event: {
  readonly zone: string;
  readonly shifts: readonly (Omit<PlannedShift, 'time'> & { readonly time?: string })[];
  readonly opensAt?: Instant;
  readonly closesAt?: Instant;
}): SignUpPlan & { readonly shifts: readonly ShiftPlan[] } {
  const local = (at: Instant): string => localOf(at, event.zone);
  return {
    ...(event.opensAt && { opensAtLocal: local(event.opensAt) }),
    ...(event.closesAt && { closesAtLocal: local(event.closesAt) }),
    shifts: event.shifts.map(({ startsAt, endsAt, date: _, time: __, ...shift }) => ({
      ...shift,
      startsAtLocal: local(startsAt),
      endsAtLocal: local(endsAt),
    })),
  };
}

/** The local date that an event is on: that of its first shift. */
export const dateOf = ({ shifts }: { readonly shifts: readonly { readonly date: LocalDate }[] }): LocalDate =>
  shifts.map(({ date }) => date).sort(earlierFirst)[0] ?? '';

const isSame = (a: Localized | undefined, b: Localized | undefined): boolean => a?.zh === b?.zh && a?.en === b?.en;

/** What somebody who signed up was told of where they go. */
export type Told = { readonly title: Localized; readonly address: Localized; readonly role?: Localized | undefined };
/** Whether they would be told something else now. */
export const isToldElse = (before: Told, now: Told): boolean =>
  !(isSame(before.title, now.title) && isSame(before.address, now.address) && isSame(before.role, now.role));

type Timed = { readonly shiftId: string; readonly startsAt: Instant; readonly endsAt: Instant };
export type ShiftChange<Before extends Timed, After extends Timed> =
  | { readonly kind: 'added'; readonly after: After }
  | { readonly kind: 'removed'; readonly before: Before }
  /** At another time: those signed up move with it where they can. */
  | { readonly kind: 'moved'; readonly before: Before; readonly after: After }
  | { readonly kind: 'kept'; readonly before: Before; readonly after: After };

/** What becomes of each shift of an event, told apart by its id. */
export function shiftChanges<Before extends Timed, After extends Timed>(
  before: readonly Before[],
  after: readonly After[],
): readonly ShiftChange<Before, After>[] {
  const isAt = (a: Timed, b: Timed) => a.startsAt === b.startsAt && a.endsAt === b.endsAt;
  return [
    ...after.map((shift): ShiftChange<Before, After> => {
      const was = before.find(({ shiftId }) => shiftId === shift.shiftId);
      if (!was) return { kind: 'added', after: shift };
      return { kind: isAt(was, shift) ? 'kept' : 'moved', before: was, after: shift };
    }),
    ...before
      .filter(({ shiftId }) => after.every((shift) => shift.shiftId !== shiftId))
      .map((was): ShiftChange<Before, After> => ({ kind: 'removed', before: was })),
  ];
}

/**
 * Why a published event cannot become this: what volunteers were shown stays complete, what has begun stays as it was, and
 * nobody is called to what is past.
 */
export function changeFaults(
  before: { readonly shifts: readonly Timed[]; readonly closesAt?: Instant },
  input: { readonly [K in NoticeField]?: Localized | undefined },
  plan: { readonly shifts: readonly PlannedShift[]; readonly signUp: SignUp },
  now: Instant,
): readonly EventFault[] {
  const at = (shift: Timed): number => plan.shifts.findIndex(({ shiftId }) => shiftId === shift.shiftId);
  return [
    ...NOTICE_FIELDS.filter((field) => !input[field]).map((path): EventFault => ({ path, why: 'missing' })),
    ...shiftChanges(before.shifts, plan.shifts).flatMap((change): EventFault[] => {
      if (change.kind === 'kept') return [];
      if (change.kind === 'removed') {
        return change.before.startsAt <= now ? [{ path: 'shifts', why: 'has-begun' }] : [];
      }
      const path = `shifts.${at(change.after)}.startsAtLocal`;
      if (change.kind === 'moved' && change.before.startsAt <= now) return [{ path, why: 'has-begun' }];
      return change.after.startsAt <= now ? [{ path, why: 'too-early' }] : [];
    }),
  ];
}

/** A wall time as many days later by the calendar: whatever clocks do in between, it is the same time of day. */
export const shiftLocal = (local: string, days: number): string =>
  `${addSpan(local.slice(0, DATE_LENGTH), { value: days, unit: 'day' })}${local.slice(DATE_LENGTH)}`;
const DATE_LENGTH = 'YYYY-MM-DD'.length;

/** An event's plan for another date: every wall time of it as many days later. */
export function onDate<Plan extends SignUpPlan & { readonly shifts: readonly ShiftPlan[] }>(
  plan: Plan,
  from: LocalDate,
  to: LocalDate,
): Plan {
  const days = daysBetween(from, to);
  const { opensAtLocal, closesAtLocal } = plan;
  return {
    ...plan,
    ...(opensAtLocal !== undefined && { opensAtLocal: shiftLocal(opensAtLocal, days) }),
    ...(closesAtLocal !== undefined && { closesAtLocal: shiftLocal(closesAtLocal, days) }),
    shifts: plan.shifts.map((shift) => ({
      ...shift,
      startsAtLocal: shiftLocal(shift.startsAtLocal, days),
      endsAtLocal: shiftLocal(shift.endsAtLocal, days),
    })),
  };
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

/** The instant of a wall time: of one that clocks repeat, the first pass begins and the last ends (see `endingPass`). */
export function wallInstant(
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
