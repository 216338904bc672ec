import { UNDO_MINUTES } from '../../domain/booking-states.ts';
import { addMinutes, localDateOf, localOf } from '../../domain/local-time.ts';
import {
  type Attendance,
  believe,
  closedAt,
  creditedMinutes,
  hasJustCome,
  isAttendanceAllowed,
  leaving,
  leftByRule,
  type SheetFault,
  sheetFaults,
} from '../../domain/service.ts';
import type { Instant, ServiceWay } from '../../domain/vocabulary.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { attendanceWrite, createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { bookAsRead, bookWrite, createHours, supersededWrites } from '../hours.ts';
import type { BookingItem, EventItem, ServiceItem } from '../items/index.ts';
import { indexes } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createService, serviceIdOf, serviceOf, serviceRemoval, serviceWrite } from '../service.ts';
import { activeCheck, isActive } from './check-in.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type AttendAnswer =
  /** As it stands now; where somebody else was first, what they did stands. */
  | { readonly kind: 'done'; readonly booking: BookingItem }
  /** Two people have corrected by hand what the step would record otherwise. */
  | { readonly kind: 'hours-corrected' }
  | { readonly kind: 'wrong-state' | 'changed' | 'too-early' | 'too-late' | 'undo-over' | 'not-found' | 'key-reused' }
  | { readonly kind: 'bad-times'; readonly faults: readonly SheetFault[] };

type Common = {
  readonly bookingId: string;
  readonly by: string;
  readonly auditId: string;
  readonly idempotency: Idempotency;
};

type Stepping = {
  readonly before: BookingItem;
  readonly now: Instant;
};
type Written = {
  readonly items: readonly [DraftItem, ...DraftItem[]];
  readonly action: string;
  readonly change?: Record<string, string | number>;
};

/** One step with a booking of an event: read, decided, and written with the record of who did it in one transaction. */
async function attending(
  deps: EngineDeps,
  event: EventItem,
  { bookingId, by, auditId, idempotency }: Omit<Common, 'idempotency'> & { idempotency?: Idempotency },
  decide: (seen: Stepping) => Promise<Written | AttendAnswer | typeof AGAIN>,
): Promise<AttendAnswer> {
  return await withRetries<AttendAnswer>(async () => {
    const before = await createBookings(deps.store).get(bookingId);
    if (before?.slotKind !== 'shift' || before.containerId !== event.eventId) return { kind: 'not-found' };
    const known = idempotency && wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const written = await decide({ before, now });
    if (written === AGAIN) return AGAIN;
    if ('kind' in written) return written;
    const audit = auditItem({
      by,
      action: written.action,
      scope: event.eventId,
      zone: event.zone,
      at: now,
      subjects: [before.personId],
      ...(written.change && { change: written.change }),
      id: auditId,
    });
    const { ok } = await deps.store.transact([...written.items, { Put: audit }]);
    return ok ? { kind: 'done', booking: (written.items[0] as { Put: { Item: BookingItem } }).Put.Item } : AGAIN;
  }, deps);
}

/** A booking whose volunteer is here no longer, or not yet: no rule looks after it. */
function unwatched({ gsi2pk: _pk, gsi2sk: _sk, ...booking }: BookingItem): BookingItem {
  return booking;
}

const watched = (booking: BookingItem) => ({
  gsi2pk: indexes.attending(),
  gsi2sk: indexes.attendingSort(closedAt(booking), booking.bookingId),
});

type Step = Common & { readonly at: Instant; readonly way: ServiceWay };

/**
 * Notes that a volunteer has come, at the instant the device says, as far as that is believed. Whoever is here already stays as
 * they were noted first: two organisers who tap the same name agree.
 */
export async function checkInVolunteer(deps: EngineDeps, event: EventItem, input: Step): Promise<AttendAnswer> {
  return await attending(deps, event, input, async ({ before, now }) => {
    if (before.status === 'arrived' || before.status === 'fulfilled') return { kind: 'done', booking: before };
    if (!isAttendanceAllowed('in', before.status)) return { kind: 'wrong-state' };
    const said = believe('in', before, { ...input, now });
    if (!said.ok) return { kind: said.why };
    // Being joined with another, or being forgotten.
    if (!(await isActive(deps.store, before.personId))) return { kind: 'wrong-state' };
    const attended: Attendance = { startedAt: said.at, in: said.way };
    return {
      action: 'volunteer-checked-in',
      change: { way: said.way, at: said.at },
      items: [
        attendanceWrite(
          before,
          { action: 'check-in', to: 'arrived' },
          {
            now,
            idempotency: input.idempotency,
            step: { by: input.by, at: said.at },
            change: { attended, ...watched(before) },
          },
        ),
        activeCheck(before.personId),
      ],
    };
  });
}

/**
 * Notes that a volunteer has left, and with it what they worked. What a rule closed gives way to whoever saw them go, also when that
 * is heard of late.
 */
export async function checkOutVolunteer(deps: EngineDeps, event: EventItem, input: Step): Promise<AttendAnswer> {
  return await attending(deps, event, input, async ({ before, now }) => {
    const { attended } = before;
    const byRule = before.status === 'fulfilled' && attended?.out === 'rule';
    if (before.status === 'fulfilled' && !byRule) return { kind: 'done', booking: before };
    // Pressed once more because the answer was lost, or scanned twice: their own code has nobody leave who has just come.
    if (input.way === 'code' && before.status === 'arrived' && attended && hasJustCome(attended.startedAt, input.at))
      return { kind: 'done', booking: before };
    if (!attended || !(byRule || isAttendanceAllowed('out', before.status))) return { kind: 'wrong-state' };
    const said = believe('out', before, { ...input, now });
    // As late as that the rule is right.
    if (!said.ok) return byRule && said.why === 'too-late' ? { kind: 'done', booking: before } : { kind: said.why };
    const left = leaving(before, attended, said.at, said.way);
    const record = await recordItems(deps, before, serviceOf(before, event, left), now);
    // As right as that is what was corrected since.
    if (record === AGAIN) return AGAIN;
    if ('kind' in record) return { kind: 'done', booking: before };
    return {
      action: 'volunteer-checked-out',
      change: { way: said.way, at: said.at, minutes: left.minutes },
      items: [leftWrite(before, left, { now, ...input, at: said.at }), ...record],
    };
  });
}

/** The booking of somebody who has left. */
const leftWrite = (
  before: BookingItem,
  left: Required<Attendance>,
  { now, by, at, idempotency }: { now: Instant; by?: string; at: Instant; idempotency?: Idempotency },
): DraftItem =>
  attendanceWrite(
    unwatched(before),
    { action: 'complete', to: 'fulfilled' },
    { now, ...(idempotency && { idempotency }), step: { ...(by && { by }), at }, change: { attended: left } },
  );

/**
 * The record of what somebody worked, or that there is none any more (`after`: undefined), with what that does to what else is kept of
 * their hours: certificates that count what is replaced, taken back, or gives way to it, are marked. What was corrected by hand has been
 * seen by two people and stays: a correction says what a record comes to, and must not be applied to another one.
 */
async function recordItems(
  deps: EngineDeps,
  { personId, bookingId, status, zone }: BookingItem,
  after: Omit<ServiceItem, 'version'> | undefined,
  now: Instant,
): Promise<DraftItem[] | { readonly kind: 'hours-corrected' } | typeof AGAIN> {
  const { book, added, corrections, certified } = await createHours(deps.store).byHand(personId);
  const serviceId = serviceIdOf({ bookingId });
  const record = await createService(deps.store).get(personId, serviceId);
  // It follows its booking into the record that is kept of two: what is written before it has come would bar its way.
  if (!record && status === 'fulfilled') return AGAIN;
  if (!after && !record) return [];
  if (record && corrections.some((each) => each.of === serviceId)) return { kind: 'hours-corrected' };
  const write = after ? serviceWrite(after, record) : serviceRemoval(record as ServiceItem);
  const records = record
    ? after && isCountedAlike(record, after)
      ? []
      : [{ ...record, recordId: serviceId }]
    : added.filter((each) => each.isWholeShift && each.bookingId === bookingId);
  if (records.length === 0) return [write, bookAsRead(personId, book)];
  return [
    write,
    bookWrite(personId, book),
    ...(await supersededWrites(deps.store, certified, { records, on: localDateOf(now, zone) })),
  ];
}

const isCountedAlike = (a: Omit<ServiceItem, 'version'>, b: Omit<ServiceItem, 'version'>): boolean =>
  a.minutes === b.minutes && a.date === b.date && a.category === b.category;

/** Closes what somebody forgot to, once the shift is well over. Done again, or after somebody else did, it does nothing. */
export async function closeForgotten(
  deps: EngineDeps,
  event: EventItem,
  { bookingId, auditId }: { bookingId: string; auditId: string },
): Promise<void> {
  await attending(deps, event, { bookingId, auditId, by: BY_RULE }, async ({ before, now }) => {
    const { attended } = before;
    if (before.status !== 'arrived' || !attended || closedAt(before) > now) return { kind: 'wrong-state' };
    const left = leftByRule(before, attended);
    const record = await recordItems(deps, before, serviceOf(before, event, left), now);
    if (record === AGAIN) return AGAIN;
    if ('kind' in record) return record;
    return {
      action: 'volunteer-checked-out',
      change: { way: 'rule', at: left.endedAt, minutes: left.minutes },
      items: [leftWrite(before, left, { now, at: left.endedAt }), ...record],
    };
  });
}
const BY_RULE = 'rule';

/** Takes back the last coming or going that the caller saw (`version`), for a few minutes after it was written. */
export async function undoAttendance(
  deps: EngineDeps,
  event: EventItem,
  input: Common & { readonly version: number },
): Promise<AttendAnswer> {
  return await attending(deps, event, input, async ({ before, now }) => {
    if (before.version !== input.version) return { kind: 'changed' };
    const { step, attended, ...rest } = before;
    const isIn = step?.action === 'check-in' && before.status === 'arrived';
    const isOut = step?.action === 'complete' && step.from === 'arrived' && attended?.out !== 'rule';
    if (!attended || !step || !(isIn || isOut)) return { kind: 'wrong-state' };
    if (now > addMinutes(before.changedAt, UNDO_MINUTES)) return { kind: 'undo-over' };
    const record = isOut ? await recordItems(deps, before, undefined, now) : [];
    if (record === AGAIN) return AGAIN;
    if ('kind' in record) return record;
    const { startedAt, in: way } = attended;
    const back = { now, idempotency: input.idempotency, step: { by: input.by } };
    return {
      action: 'step-undone',
      change: { undone: step.action },
      items: [
        isIn
          ? attendanceWrite(unwatched(rest), { action: 'undo', to: step.from }, back)
          : attendanceWrite(
              rest,
              { action: 'undo', to: 'arrived' },
              { ...back, change: { attended: { startedAt, in: way }, ...watched(before) } },
            ),
        ...record,
      ],
    };
  });
}

/** What a sheet of paper says of somebody, or whoever puts right what was recorded. */
export type Sheet =
  | { readonly kind: 'came'; readonly startedAt: Instant; readonly endedAt: Instant }
  | { readonly kind: 'absent' };

/**
 * Enters a line of a sheet, or puts right what was recorded (`version`: as the caller saw it), marked as paper with who did it; what
 * was there before is in the record of changes.
 */
export async function enterSheet(
  deps: EngineDeps,
  event: EventItem,
  input: Common & { readonly version: number; readonly sheet: Sheet },
): Promise<AttendAnswer> {
  const { by, idempotency, sheet } = input;
  return await attending(deps, event, input, async ({ before, now }) => {
    if (before.version !== input.version) return { kind: 'changed' };
    if (!isAttendanceAllowed(sheet.kind === 'came' ? 'paper' : 'absent', before.status)) return { kind: 'wrong-state' };
    const { attended: was, ...rest } = before;
    const old = was ? { was: `${was.startedAt} ${was.in} ${was.endedAt ?? ''} ${was.out ?? ''}`.trim() } : {};
    const late = { at: now, by };
    if (sheet.kind === 'absent') {
      // Whose time is not over may still come.
      if (before.endsAt > now) return { kind: 'too-early' };
      const record = await recordItems(deps, before, undefined, now);
      if (record === AGAIN) return AGAIN;
      if ('kind' in record) return record;
      return {
        action: 'attendance-entered',
        change: { what: 'absent', ...old },
        items: [
          attendanceWrite(
            unwatched(rest),
            { action: 'no-show', to: 'noshow' },
            { now, idempotency, step: { by }, late },
          ),
          ...record,
        ],
      };
    }
    // What stays as it was timed stays so: who puts one time right reads the other back as the clock showed it, without its seconds.
    const startedAt = asTimed(sheet.startedAt, was?.startedAt, before.zone);
    const endedAt = asTimed(sheet.endedAt, was?.endedAt, before.zone);
    const faults = sheetFaults(before, { startedAt, endedAt }, now);
    if (faults.length > 0) return { kind: 'bad-times', faults };
    const left = {
      startedAt,
      in: was?.startedAt === startedAt ? was.in : ('paper' as const),
      endedAt,
      out: was?.endedAt === endedAt && was.out ? was.out : ('paper' as const),
      minutes: creditedMinutes(before, startedAt, endedAt),
    };
    const record = await recordItems(deps, before, serviceOf(before, event, left), now);
    if (record === AGAIN) return AGAIN;
    if ('kind' in record) return record;
    return {
      action: 'attendance-entered',
      change: { what: 'came', from: startedAt, to: endedAt, minutes: left.minutes, ...old },
      items: [
        attendanceWrite(
          unwatched(before),
          { action: 'complete', to: 'fulfilled' },
          { now, idempotency, step: { by, at: endedAt }, late, change: { attended: left } },
        ),
        ...record,
      ],
    };
  });
}

/** The instant that was timed, where it is the wall time that is said. */
const asTimed = (said: Instant, timed: Instant | undefined, zone: string): Instant =>
  timed !== undefined && localOf(said, zone) === localOf(timed, zone) ? timed : said;
