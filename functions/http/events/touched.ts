import { isToldElse, shiftChanges } from '../../../shared/domain/events.ts';
import type { Commitment } from '../../../shared/domain/refusal.ts';
import { isInLine } from '../../../shared/domain/waitlist.ts';
import { rosterOf, suits } from '../../../shared/store/event-changes.ts';
import type { BookingItem, LockItem, SlotItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { commitmentOf, unpackLock } from '../../../shared/store/lock.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Target } from './changing.ts';
import type { EventsDeps } from './deps.ts';
import { datesOf, fillOf } from './taken.ts';

export type Touched = {
  moved: number;
  lose: number;
  told: number;
  stay: number;
  waiting: number;
  /** Shifts, by their place in the input, for which more are signed up than they would take. */
  below: { index: number; taken: number }[];
};

/** Whom a change of one event touches, as its job would find them now. */
export async function touchedBy(deps: EventsDeps, { event, plan }: Target): Promise<Touched> {
  const touched: Touched = { moved: 0, lose: 0, told: 0, stay: 0, waiting: 0, below: [] };
  if (!plan || event.status !== 'published') return touched;
  const [rosters, lines, fill] = await Promise.all([
    Promise.all(datesOf(event).map(async (date) => await rosterOf(deps.store, event.eventId, date))),
    Promise.all(datesOf(event).map(async (date) => await deps.waits.ofDay({ containerId: event.eventId, date }))),
    fillOf(deps, event),
  ]);
  const booked = rosters.flat().filter(({ status }) => status === 'booked');
  const waits = lines.flatMap((line) => line.waits).filter(({ status }) => isInLine(status));
  const changes = shiftChanges(event.shifts, plan.shifts);
  const leaving = new Set(
    changes.flatMap((it) => (it.kind === 'moved' || it.kind === 'removed' ? it.before.slotId : [])),
  );
  /** By person, where those of them who come along are then. */
  const come = new Map<string, Commitment[]>();
  for (const change of changes) {
    if (change.kind === 'added') continue;
    const { slotId, role } = change.before;
    const there = booked.filter((booking) => booking.slotId === slotId);
    if (change.kind !== 'kept') touched.waiting += waits.filter((wait) => wait.slotId === slotId).length;
    if (change.kind === 'removed') {
      touched.lose += there.length;
      continue;
    }
    const index = plan.shifts.findIndex(({ shiftId }) => shiftId === change.after.shiftId);
    const { taken = 0, kept = 0 } = fill.get(slotId) ?? {};
    const held = taken + kept;
    if (held > change.after.places) touched.below.push({ index, taken: held });
    if (change.kind === 'kept') {
      const isTold = isToldElse({ ...event, role }, { ...plan.text, role: change.after.role });
      touched[isTold ? 'told' : 'stay'] += there.length;
      continue;
    }
    const { restMinutes } = plan.text;
    const time = {
      ...change.after,
      zone: event.zone,
      containerId: event.eventId,
      ...(restMinutes !== undefined && { restMinutes }),
    };
    const fits = await suiting(deps, there, time, { leaving, come });
    touched.moved += fits;
    touched.lose += there.length - fits;
  }
  return touched;
}

type NewTime = Pick<SlotItem, 'startsAt' | 'endsAt' | 'date' | 'zone'> &
  Partial<Pick<SlotItem, 'containerId' | 'minAge' | 'maxAge' | 'needs' | 'restMinutes'>>;

/** How many of those signed up could come at the new time. */
async function suiting(
  deps: EventsDeps,
  bookings: readonly BookingItem[],
  time: NewTime,
  { leaving, come }: { readonly leaving: ReadonlySet<string>; readonly come: Map<string, Commitment[]> },
): Promise<number> {
  const locks = (await deps.store.batchGet(bookings.map(({ personId }) => keys.lock(personId)))) as (
    | LockItem
    | undefined
  )[];
  const now = nowOf(deps);
  return bookings.filter((booking, n) => {
    const item = locks[n];
    if (!item) return false;
    const before = unpackLock(item);
    const there = come.get(booking.personId) ?? [];
    const lock = { ...before, commitments: [...before.commitments, ...there] };
    // It has no slot yet, and so is in none that is being left.
    const slot = { ...time, slotId: '', slotKind: 'shift' } as SlotItem;
    const fits = suits(lock, booking, slot, leaving, now);
    if (fits) come.set(booking.personId, [...there, commitmentOf(booking.bookingId, slot)]);
    return fits;
  }).length;
}
