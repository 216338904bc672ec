import { decide } from '../domain/decide.ts';
import { dateOf, type EventInput, isToldElse, onDate, planEvent, shiftChanges } from '../domain/events.ts';
import type { Instant, LocalDate } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import { bookingWrite, createBookings, placeOf } from './bookings.ts';
import type { DraftItem, Store } from './client.ts';
import { driveAfter } from './drives.ts';
import {
  cancelEvent,
  contentOf,
  createEvents,
  defined,
  type EventAnswer,
  type EventDeps,
  type EventPlan,
  poolsOf,
  slotOfShift,
  slotStatus,
} from './events.ts';
import { withEach } from './every.ts';
import type {
  BookingItem,
  EventChangeItem,
  EventItem,
  LockItem,
  PoolItem,
  ShiftDefinition,
  SlotItem,
} from './items/index.ts';
import { indexes, keys, slotId } from './keys.ts';
import { commitmentOf, keptCommitments, type Lock, lockWrite, unpackLock } from './lock.ts';
import { inParallel } from './parallel.ts';
import { AGAIN, withRetries } from './retry.ts';
import {
  createSlots,
  newSlotItems,
  openPool,
  ownFacts,
  placesMoved,
  takenOf,
  takePlace,
  type WholeSlot,
} from './slots.ts';
import { createTeams } from './teams.ts';
import { cancel } from './transactions/cancel.ts';
import { placesItems } from './transactions/change-places.ts';
import { type EngineDeps, nowOf } from './transactions/deps.ts';
import { NO_PLACE } from './transactions/reschedule.ts';
import { returnPlaces } from './transactions/return-places.ts';
import { endSeats } from './transactions/team.ts';

export type ChangeAnswer =
  | EventAnswer
  /** More are signed up than the shifts would then take. */
  | { readonly kind: 'below-taken'; readonly shifts: readonly { readonly shiftId: string; readonly taken: number }[] }
  | { readonly kind: 'too-many' };

const MAX_ITEMS = 100;
/** An index may be this far behind before we trust that it shows every booking. */
const INDEX_SETTLES_MS = 60_000;
const AT_ONCE = 8;
/** Steps taken in one run, so that it ends whatever is in its way; the minute's clock goes on. */
const MOST_STEPS = 200;

/**
 * Changes a published event in one transaction: what it says, its shifts' slots, and what is still to be done for those
 * signed up, which `settleChange` does one person at a time. A shift that is on at another time gets a slot of its own, which nobody else
 * can take a place in before those who come with it have theirs.
 */
export async function changeEvent(
  deps: EventDeps,
  eventId: string,
  input: {
    readonly plan: EventPlan;
    /** Absent: whatever it is by now, for those of a series that follow. */
    readonly version?: number;
    readonly idempotency: Idempotency;
    readonly also?: readonly DraftItem[];
  },
): Promise<ChangeAnswer> {
  const slots = createSlots(deps.store);
  return await withRetries<ChangeAnswer>(async () => {
    const before = await createEvents(deps.store).get(eventId);
    if (!before) return { kind: 'wrong-state' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', event: before } : { kind: 'key-reused' };
    if (before.status !== 'published' && before.status !== 'draft') return { kind: 'wrong-state' };
    if (input.version !== undefined && before.version !== input.version) return { kind: 'changed' };
    if (before.changing && before.changing.from.length > 0) return { kind: 'under-way' };
    const now = nowOf(deps);
    const organisation = {
      kind: 'organisation' as const,
      organisationId: before.organisationId,
      name: before.organisation,
    };
    const content = contentOf(eventId, organisation, input.plan);
    const after = defined<EventItem>({
      ...before,
      ...content,
      changedAt: before.changedAt,
      accepted: accept(before.accepted, input.idempotency),
      version: before.version + 1,
    });
    const items: DraftItem[] = [];
    if (before.status === 'published') {
      const slotsNow = new Map<string, WholeSlot>();
      for (const { slotId: id } of before.shifts) {
        const whole = await slots.whole(id);
        if (whole) slotsNow.set(id, whole);
      }
      const changed = await changedShifts(deps, before, after, slotsNow);
      if ('kind' in changed) return changed;
      after.shifts = changed.shifts;
      if (changed.changing) after.changing = { ...changed.changing, at: now };
      else delete after.changing;
      after.gsi1sk = indexes.eventSort(after.endsAt, eventId);
      items.push(...changed.items, ...driveAfter(before, after));
    }
    const all = [
      { Put: { Item: { ...after, ...keys.event(eventId) }, ...asRead(before) } },
      ...items,
      ...(input.also ?? []),
    ];
    if (all.length > MAX_ITEMS) return { kind: 'too-many' };
    const result = await deps.store.transact(all);
    return result.ok ? { kind: 'done', event: after } : AGAIN;
  }, deps);
}

type Changed = {
  readonly shifts: ShiftDefinition[];
  readonly items: DraftItem[];
  readonly changing?: Omit<NonNullable<EventItem['changing']>, 'at'>;
};

async function changedShifts(
  deps: EventDeps,
  before: EventItem,
  after: EventItem,
  slotsNow: ReadonlyMap<string, WholeSlot>,
): Promise<Changed | Extract<ChangeAnswer, { kind: 'below-taken' }>> {
  const items: DraftItem[] = [];
  const from: NonNullable<EventItem['changing']>['from'] = [];
  const shifts = new Map<string, ShiftDefinition>();
  const below: { shiftId: string; taken: number }[] = [];
  const close = ({ slotId: id, date, ...shift }: ShiftDefinition, to?: string): void => {
    items.push(slotStatus(id, 'open', 'closing'));
    for (let k = 0; k < poolsOf(shift); k += 1) items.push(openPool(id, k, false));
    from.push({ slotId: id, date, ...(to && { to }) });
  };
  for (const change of shiftChanges(before.shifts, after.shifts)) {
    if (change.kind === 'removed') {
      close(change.before);
      continue;
    }
    const shift = change.after;
    const whole = change.kind === 'added' ? undefined : slotsNow.get(change.before.slotId);
    const taken = whole ? takenOf(whole.pools) : 0;
    if (taken > shift.places) {
      below.push({ shiftId: shift.shiftId, taken });
      continue;
    }
    if (change.kind === 'kept') {
      const kept = { ...shift, slotId: change.before.slotId };
      const written = whole && (await keptItems(deps, after, kept, whole));
      if (!written) below.push({ shiftId: shift.shiftId, taken });
      else {
        items.push(...written.items);
        shifts.set(shift.shiftId, { ...kept, pools: written.pools });
      }
      continue;
    }
    // An id that no slot of this event ever had: the same time may have been closed before.
    const [, date = '', time = ''] = shift.slotId.split('_');
    const fresh = { ...shift, slotId: slotId(after.eventId, date, time, `${shift.shiftId}-${after.version}`) };
    items.push(...newSlotItems(slotOfShift(after, fresh), change.kind === 'moved' ? 'settling' : 'open'));
    if (change.kind === 'moved') close(change.before, fresh.slotId);
    shifts.set(shift.shiftId, fresh);
  }
  if (below.length > 0) return { kind: 'below-taken', shifts: below };
  const tell = before.changing?.tell === true || saysElse(before, after);
  return {
    shifts: after.shifts.flatMap(({ shiftId }) => shifts.get(shiftId) ?? []),
    items,
    ...((from.length > 0 || tell) && { changing: { from, tell } }),
  };
}

/** Whether those who are signed up were told something else of where they go. */
const saysElse = (before: EventItem, after: EventItem): boolean =>
  before.shifts.some((shift) => {
    const now = after.shifts.find(({ shiftId }) => shiftId === shift.shiftId);
    return now !== undefined && isToldElse({ ...before, role: shift.role }, { ...after, role: now.role });
  });

/** Undefined where places were taken meanwhile that a cut would take away. */
async function keptItems(
  deps: EventDeps,
  event: EventItem,
  shift: ShiftDefinition,
  whole: WholeSlot,
): Promise<{ items: DraftItem[]; pools: number } | undefined> {
  const moved = placesMoved(whole.pools, shift.places);
  if (!moved) return undefined;
  const { items } = await placesItems(deps, whole, moved, { open: true, places: shift.places });
  const pools = Math.max(whole.pools.length, ...moved.map(({ k }) => k + 1));
  const slot = defined<SlotItem>({
    ...whole.slot,
    minAge: undefined,
    maxAge: undefined,
    needs: undefined,
    restMinutes: undefined,
    mostShifts: undefined,
    opensAt: undefined,
    closesAt: undefined,
    ...slotOfShift(event, shift),
    pools,
    version: whole.slot.version + 1,
  });
  return {
    items: [{ Put: { Item: { ...slot, ...keys.slot(slot.slotId) }, ...asRead(whole.slot) } }, ...items],
    pools,
  };
}

/** Every booking of an event on a local date, from an index that may be a moment behind. */
export async function rosterOf(store: Store, eventId: string, date: LocalDate): Promise<BookingItem[]> {
  const all: BookingItem[] = [];
  let start: Record<string, string> | undefined;
  do {
    const page = await createEvents(store).roster(eventId, date, start ? { start } : {});
    all.push(...page.items);
    start = page.next as Record<string, string> | undefined;
  } while (start);
  return all;
}

/**
 * Moves whoever is signed up for a shift that is on at another time, releases those of one that is no longer or whom it no
 * longer suits, and tells who stays where they go now; the stream tells each. May be stopped anywhere and run again, by
 * several at once. Answers whether nothing is left to do.
 */
export async function settleChange(deps: EventDeps, eventId: string): Promise<boolean> {
  const event = await createEvents(deps.store).get(eventId);
  if (!event?.changing) return true;
  const engine: EngineDeps = { ...deps, packOf: () => undefined };
  const { from, tell, at } = event.changing;
  const leaving = new Set(from.map(({ slotId: old }) => old));
  // Whom a team keeps places for has said nothing yet to this time, and is asked anew for the other.
  for (const team of await createTeams(deps.store).ofEvent(eventId)) {
    if (leaving.has(team.slotId)) await endSeats(engine, team, 'move');
  }
  let left = 0;
  for (const { slotId: old, date, to } of from) {
    const there = (await rosterOf(deps.store, eventId, date)).filter(({ slotId: id }) => id === old);
    const live = there.filter(({ status }) => status === 'booked');
    await inParallel(
      live,
      AT_ONCE,
      async ({ bookingId }) => await leave(engine, bookingId, { old, to, leaving }, eventId),
    );
    const whole = await createSlots(deps.store).whole(old);
    const held = whole?.pools.reduce((sum, pool) => sum + (pool.held ?? 0), 0) ?? 0;
    // Whoever has checked in stays where they are.
    const here = there.filter(({ status }) => status !== 'booked' && status !== 'cancelled').length;
    left += whole ? Math.max(0, takenOf(whole.pools) - held - here) : 0;
  }
  if (tell && event.status === 'published') await tellWhoStays(engine, event);
  // Who signed up at that very moment may be missing from the index yet.
  const isSettled = !tell || event.status !== 'published' || deps.clock.now() - Date.parse(at) >= INDEX_SETTLES_MS;
  if (left > 0 || !isSettled) return false;
  const { changing: _, ...rest } = event;
  const fresh = from.flatMap(({ to }) => (to ? [to] : []));
  const result = await deps.store.transact([
    { Put: { Item: { ...rest, ...keys.event(eventId), version: event.version + 1 }, ...asRead(event) } },
    ...from.map(({ slotId: old }) => slotStatus(old, 'closing', 'closed')),
    ...fresh.map((id) => slotStatus(id, 'settling', 'open')),
    ...event.shifts
      .filter(({ slotId: id }) => fresh.includes(id))
      .flatMap((shift) => Array.from({ length: poolsOf(shift) }, (__, k) => openPool(shift.slotId, k, true))),
  ]);
  return result.ok;
}

/** Moves one booking to the shift's new time, or ends it where that does not suit, or there is none. */
async function leave(
  deps: EngineDeps,
  bookingId: string,
  { old, to, leaving }: { old: string; to: string | undefined; leaving: ReadonlySet<string> },
  eventId: string,
): Promise<void> {
  await withRetries(async () => {
    const before = await createBookings(deps.store).get(bookingId);
    if (before?.status !== 'booked' || before.slotId !== old) return true;
    const item = await deps.store.get<LockItem>(keys.lock(before.personId), { consistent: true });
    const whole = to === undefined ? undefined : await createSlots(deps.store).whole(to);
    const lock = item && unpackLock(item);
    const now = nowOf(deps);
    const pool =
      lock && whole && suits(lock, before, whole.slot, leaving, now) ? withRoom(whole.pools, deps) : undefined;
    if (!lock || !whole || !pool) {
      await cancel(deps, { bookingId, cause: 'event-changed', at: eventId });
      return true;
    }
    const { slot } = whole;
    const result = await deps.store.transact([
      takePlace(slot.slotId, pool.k, false),
      lockWrite(lock, {
        commitments: [...others(lock, before, now), commitmentOf(bookingId, slot)],
      }),
      bookingWrite(before, 'reschedule', { now, change: { ...NO_PLACE, ...placeOf(slot, bookingId), pool: pool.k } }),
      ...(await returnPlaces(deps, [before])),
    ]);
    return result.ok ? true : AGAIN;
  }, deps);
}

const others = (lock: Lock, { bookingId }: BookingItem, now: Instant) =>
  keptCommitments(lock, now).filter((held) => held.bookingId !== bookingId);

const withRoom = (pools: readonly PoolItem[], { random }: Pick<EngineDeps, 'random'>): PoolItem | undefined => {
  const found = pools.filter(({ free }) => free > 0);
  return found[Math.floor(random() * found.length)];
};

/**
 * Whether somebody who has a place may have it at another time: it is no shift more, so that how many they may take is not asked,
 * and what they hold in slots that are being left too is judged where it comes to be.
 */
export function suits(
  lock: Lock,
  booking: BookingItem,
  slot: SlotItem,
  leaving: ReadonlySet<string>,
  now: Instant,
): boolean {
  const commitments = others(lock, booking, now).filter((held) => !leaving.has(held.slotId));
  return decide({ ...lock, commitments }, ownFacts(slot), undefined, now).ok;
}

/** What a booking keeps of its event is brought in line where it says something else: with each, its person is told once. */
async function tellWhoStays(deps: EngineDeps, event: EventItem): Promise<void> {
  for (const date of new Set(event.shifts.map((shift) => shift.date))) {
    const roster = await rosterOf(deps.store, event.eventId, date);
    await inParallel(
      roster.filter(({ status }) => status === 'booked'),
      AT_ONCE,
      async ({ bookingId }) => await bringInLine(deps, bookingId, event),
    );
  }
}

async function bringInLine(deps: EngineDeps, bookingId: string, event: EventItem): Promise<void> {
  await withRetries(async () => {
    const before = await createBookings(deps.store).get(bookingId);
    const shift = event.shifts.find(({ slotId: id }) => id === before?.slotId);
    if (before?.status !== 'booked' || !shift) return true;
    const change = { place: event.title, address: event.address, role: shift.role };
    if (!isToldElse({ ...before, title: before.place }, { ...event, role: shift.role })) return true;
    const result = await deps.store.transact([bookingWrite(before, 'reschedule', { now: nowOf(deps), change })]);
    return result.ok ? true : AGAIN;
  }, deps);
}

/** The item of a change of events, written with the first of them. */
export const newChange = (
  input: Pick<EventChangeItem, 'changeId' | 'input' | 'targets' | 'by'> & { readonly at: Instant },
): DraftItem => {
  const item: EventChangeItem = {
    kind: 'event-change',
    ...input,
    changed: 1,
    status: 'applying',
    version: 1,
    gsi1pk: indexes.changing(),
    gsi1sk: indexes.changingSort(input.at, input.changeId),
  };
  return {
    Put: { Item: { ...defined<EventChangeItem>(item), ...keys.eventChange(input.changeId) }, ...asRead(undefined) },
  };
};

/**
 * Takes a change as far as it goes now: every event that follows is changed, or cancelled, as the first was; then people are
 * moved. May be stopped anywhere and run again, by several at once: a step done twice is done once.
 */
export async function goOnChanging(deps: EventDeps, changeId: string): Promise<void> {
  for (let n = 0; n < MOST_STEPS; n += 1) {
    const change = await deps.store.get<EventChangeItem>(keys.eventChange(changeId), { consistent: true });
    if (change?.status !== 'applying') return;
    const target = change.targets[change.changed];
    if (target) await applyTo(deps, change, target);
    else if (!(await allSettled(deps, change))) return;
    const { gsi1pk: _, gsi1sk: __, ...rest } = change;
    const after: EventChangeItem = target
      ? { ...change, changed: change.changed + 1, version: change.version + 1 }
      : { ...rest, status: 'done', version: change.version + 1 };
    await deps.store.transact([{ Put: { Item: { ...after, ...keys.eventChange(changeId) }, ...asRead(change) } }]);
  }
}

async function allSettled(deps: EventDeps, { targets }: EventChangeItem): Promise<boolean> {
  let isSettled = true;
  for (const { eventId } of targets) isSettled = (await settleChange(deps, eventId)) && isSettled;
  return isSettled;
}

/** The same change to another event of the series: what no longer can be, as when too many have signed up, is left as it is. */
async function applyTo(
  deps: EventDeps,
  { changeId, input, targets }: EventChangeItem,
  { eventId, date }: EventChangeItem['targets'][number],
): Promise<void> {
  const idempotency = { key: changeId, input: changeId };
  const event = await createEvents(deps.store).get(eventId);
  if (!event || (event.status !== 'draft' && event.status !== 'published')) return;
  if (!input) {
    await cancelEvent(deps, event, { version: event.version, idempotency });
    return;
  }
  const plan = planOn(input, targets[0]?.date ?? date, date);
  if (plan) await changeEvent(deps, eventId, { plan, idempotency });
}

/** An input on another date, or undefined where it cannot be on it. */
export function planOn(input: EventInput, from: LocalDate, to: LocalDate): EventPlan | undefined {
  const moved = onDate(input, from, to);
  const plan = planEvent(input.zone, moved.shifts, moved);
  return plan.ok ? { text: input, shifts: plan.shifts, signUp: plan.signUp } : undefined;
}

/** Those of a series that come after an event and still stand. */
export const following = (event: EventItem, series: readonly EventItem[]): EventItem[] =>
  series.filter(
    (each) =>
      each.eventId !== event.eventId &&
      dateOf(each) > dateOf(event) &&
      (each.status === 'draft' || each.status === 'published'),
  );

/** Goes on with every change that is not finished. One that fails keeps no other from its turn. */
export async function resumeChanges(deps: EventDeps): Promise<void> {
  await withEach<EventChangeItem>(
    deps.store,
    { pk: indexes.changing(), index: 'gsi1' },
    async ({ changeId }) => await goOnChanging(deps, changeId),
    'some changes of events could not be gone on with',
  );
}
