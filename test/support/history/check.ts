import { bookingMessage } from '../../../functions/events/common/announce-booking.ts';
import { reminderMessages } from '../../../functions/events/common/booking-reminders.ts';
import { addSpan } from '../../../shared/domain/dates.ts';
import { applyDeferral, applyDonation, decideDonation } from '../../../shared/domain/eligibility.ts';
import { REMINDERS } from '../../../shared/domain/reminders.ts';
import { isAllowed, stageAfter } from '../../../shared/domain/unit-stages.ts';
import { render } from '../../../shared/notify/templates.ts';
import { packFor } from '../../../shared/policy/index.ts';
import type {
  BookingItem,
  DinItem,
  EventItem,
  LockItem,
  MessageItem,
  PoolItem,
  ProfileItem,
  SlotItem,
  UnitItem,
  UnitStepItem,
  WaitItem,
} from '../../../shared/store/items/index.ts';
import { keys, messageId } from '../../../shared/store/keys.ts';
import { unpackLock } from '../../../shared/store/lock.ts';
import type { Changed } from './changes.ts';
import { type Entry, isDone, mayHaveDone, type Op, type SeenBooking } from './entry.ts';
import { heldStays } from './held.ts';
import { type LinesSeen, linesHold } from './lines.ts';
import { poolsAgree, slotHistory, slotStands, versionsDuring } from './places.ts';
import type { World, WorldSlot } from './world.ts';

/** What may never happen, each named so that a failure says which promise broke. The numbers are those of the design. */
export const INVARIANTS = {
  capacity: '1: a slot held more bookings than it has places',
  'places-lost': '1: places held and places free do not make up the pool',
  'full-with-room': '1: somebody was told it is full, or closed, while there was room',
  'taken-while-closed': '1: a place was taken in a slot that was closed',
  overlap: '2: a person held two bookings that overlap',
  'two-donations': '2: a person held two live donation bookings',
  lock: '2: what a person’s lock says is not what the person holds',
  'refused-date': '3: a donation booking stood on a date on which the policy refuses the person',
  'reschedule-lost': '4: a rescheduled booking is not where it was acknowledged to be',
  'din-once': '5: a donation number stands for two donations',
  'din-check': '5: a donation number with a wrong check character was taken',
  'unit-stages': '6: a unit took a step that the table of stages does not know',
  'use-without-record': '6: a unit was used without the hospital’s record',
  'issued-on-hold': '6: something of a donation on hold came nearer to a patient',
  'hold-alert':
    '6: staff were called about a donation on hold of which nothing was out, or not called though something was',
  'one-text': '6: a donor was told of a use more often, or less, than once',
  'stale-text': '7: a text was claimed for a booking that had changed before',
  'waits-in-vain': '7: a reminder still waits for a booking that has changed',
  'offer-unheld': '8: the place of an offer was not held',
  'two-offers': '8: a person had two offers of one day’s list at once',
  'offer-order': '8: a place was offered past somebody who came earlier and qualified',
  'offer-unqualified': '8: a place was offered to somebody who did not wait for it or may not have it',
  'offered-back': '8: a place was offered to the one who had given it up',
  'accepted-once': '8: an accepted offer is not exactly one booking',
  'place-idle': '8: a place is nobody’s while somebody who qualifies waits, or is held for nobody',
  lost: '9: something acknowledged is not there',
  doubled: '9: something was done twice',
  unannounced: '9: something acknowledged was never announced',
  'text-repeated': '9: a text was sent more often than it was attempted',
  'key-reused': 'the contract: a key that was accepted for one thing was accepted for another',
  'wrong-answer': 'the contract: a call was answered as it never should be',
} as const;
export type Invariant = keyof typeof INVARIANTS;
export type Violation = { readonly invariant: Invariant; readonly detail: string };

export type History = {
  readonly world: World;
  readonly entries: readonly Entry[];
  /** Both tables, whole. */
  readonly items: readonly object[];
  /** Every state the items of bookings, places, lists and units had, in order. */
  readonly changes: readonly Changed[];
  /** What the phones received. */
  readonly texts: readonly { readonly number: string; readonly body: string }[];
  /** When the table was read. */
  readonly now: number;
  readonly publicUrl: string;
  /** Whether a text may still be in the hands of a sender that died. */
  readonly leasesMayRun: boolean;
};

const HOLDING = new Set(['booked', 'arrived', 'screened', 'giving', 'fulfilled', 'noshow']);
const LIVE = new Set(['booked', 'arrived', 'screened', 'giving']);

/** Holds a recorded history and what it left in the table against every invariant. */
export function check(history: History): Violation[] {
  return judge(history).violations;
}

/** The same, with what was seen of the waiting lists. */
export function judge(history: History): { violations: Violation[]; waits: LinesSeen['counts'] } {
  const violations: Violation[] = [];
  const report: Report = (invariant, detail) => violations.push({ invariant, detail });
  const { accepted, counts } = linesHold(history.changes, history.now, report);
  heldStays(history.changes, history.items, report);
  const facts = { ...prepare(history), accepted };
  for (const rule of [
    answers,
    keysMeanOneThing,
    placesAddUp,
    capacityAtEveryMoment,
    fullOnlyWhenFull,
    closedSlotsTakeNobody,
    slotsStand,
    peopleHoldNoTwo,
    datesAreAllowed,
    acknowledgedStands,
    waitsStand,
    donationNumbers,
    stages,
    eventsClosed,
    textsMatch,
    remindersStopped,
    everythingAnnounced,
  ]) {
    rule(facts, report);
  }
  return { violations, waits: counts };
}

type Report = (invariant: Invariant, detail: string) => void;
type Facts = ReturnType<typeof prepare> & Pick<LinesSeen, 'accepted'>;
type Observed = { readonly entry: Entry; readonly seen: SeenBooking };

function prepare(history: History) {
  const of = <T>(kind: string): T[] => history.items.filter((item) => (item as { kind?: string }).kind === kind) as T[];
  const bookings = of<BookingItem>('booking');
  const pools = of<PoolItem>('pool');
  const storedSlots = new Map(of<SlotItem>('slot').map((it) => [it.slotId, it]));
  const observed = new Map<string, Observed[]>();
  for (const entry of history.entries) {
    for (const seen of entry.bookings ?? []) push(observed, seen.bookingId, { entry, seen });
  }
  const byBooking = new Map<string, Entry[]>();
  const byPerson = new Map<string, Entry[]>();
  for (const entry of history.entries) {
    if (entry.bookingId) push(byBooking, entry.bookingId, entry);
    const about = entry.person ?? (entry.bookingId ? ownerOf(entry.bookingId) : entry.by);
    push(byPerson, about, entry);
  }
  return {
    ...history,
    slots: new Map(history.world.slots.map((slot) => [slot.slotId, slot])),
    people: new Map(history.world.people.map((person) => [person.personId, person])),
    bookings: new Map(bookings.map((it) => [it.bookingId, it])),
    locks: of<LockItem>('lock'),
    pools,
    histories: new Map(
      history.world.slots.map((slot) => [
        slot.slotId,
        slotHistory(slot, history.entries, storedSlots.get(slot.slotId)),
      ]),
    ),
    dins: new Map(of<DinItem>('din').map((it) => [it.din, it])),
    units: of<UnitItem>('unit'),
    steps: of<UnitStepItem>('unit-step'),
    messages: of<MessageItem>('message'),
    profiles: new Map(of<ProfileItem>('profile').map((it) => [it.personId, it])),
    waits: new Map(of<WaitItem>('wait').map((it) => [`${it.personId} ${it.waitId}`, it])),
    events: new Map(of<EventItem>('event').map((it) => [it.eventId, it])),
    observed,
    byBooking,
    byPerson,
    closings: history.entries.filter(({ op }) => op === 'close'),
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const ownerOf = (bookingId: string): string => bookingId.slice(0, bookingId.lastIndexOf('_'));
const quote = (entry: Entry): string => `${entry.id} ${entry.op} by ${entry.by} (${entry.status})`;

const EXPECTED: Record<Op, readonly number[]> = {
  book: [201, 409, 422],
  list: [200],
  cancel: [200, 409, 422],
  // 400: a donation cannot become a shift.
  reschedule: [200, 400, 409, 422],
  // 404: a shift is not checked in at the station.
  'check-in': [200, 404, 409, 422],
  complete: [201, 409, 422],
  defer: [201, 409, 422],
  step: [200, 400, 409, 422],
  edit: [200, 409, 422],
  close: [200, 409, 422],
  day: [200],
  places: [200, 409, 422],
  shut: [200, 409, 422],
  reopen: [200, 409, 422],
  join: [201, 409, 422],
  waits: [200],
  leave: [200, 409, 422],
  // 404: the code is that of an offer that is over.
  accept: [200, 404, 409, 422],
  decline: [200, 404, 409, 422],
  chain: [200],
  hold: [200, 422],
  lift: [200, 409, 422],
};

function answers({ entries }: Facts, report: Report): void {
  for (const entry of entries) {
    if (entry.status !== 0 && !EXPECTED[entry.op].includes(entry.status)) {
      report('wrong-answer', `${quote(entry)} ${entry.code ?? ''}`);
    }
  }
}

function keysMeanOneThing({ entries }: Facts, report: Report): void {
  const first = new Map<string, Entry>();
  for (const entry of entries.filter((it) => it.op === 'book' && isDone(it)).sort((a, b) => a.until - b.until)) {
    const id = `${entry.by} ${entry.key}`;
    const before = first.get(id);
    if (!before) first.set(id, entry);
    else if (before.input !== entry.input && before.until < entry.at)
      report('key-reused', `${quote(before)}, ${quote(entry)}`);
    else if (before.bookings?.[0]?.bookingId !== entry.bookings?.[0]?.bookingId) {
      report('doubled', `one key made two bookings: ${quote(before)}, ${quote(entry)}`);
    }
  }
}

function placesAddUp({ bookings, pools, slots, histories }: Facts, report: Report): void {
  const held = new Map<string, number>();
  const heldOfSlot = new Map<string, number>();
  for (const { slotId, pool, status } of bookings.values()) {
    if (!HOLDING.has(status)) continue;
    held.set(`${slotId} ${pool}`, (held.get(`${slotId} ${pool}`) ?? 0) + 1);
    heldOfSlot.set(slotId, (heldOfSlot.get(slotId) ?? 0) + 1);
  }
  for (const { slotId, places: first } of slots.values()) {
    const count = heldOfSlot.get(slotId) ?? 0;
    const places = histories.get(slotId)?.stored?.places ?? first;
    if (count > places) report('capacity', `${slotId}: ${count} bookings on ${places} places`);
  }
  for (const { slotId, k, free, places, held: offered = 0 } of pools) {
    const count = held.get(`${slotId} ${k}`) ?? 0;
    if (count + free + offered !== places || free < 0 || offered < 0) {
      report('places-lost', `${slotId} pool ${k}: ${count} booked, ${offered} offered and ${free} free of ${places}`);
    }
  }
}

type Span = { readonly bookingId: string; readonly slotId: string; readonly from: number; readonly to: number };

/** Entries that may move or end a booking: its own, and those that change what its person may hold. */
function mayEnd({ byBooking, byPerson, closings, slots }: Facts, bookingId: string, slotId: string): Entry[] {
  const own = (byBooking.get(bookingId) ?? []).filter(({ op }) => op !== 'check-in');
  const persons = (byPerson.get(ownerOf(bookingId)) ?? []).filter(
    ({ op, bookingId: other }) => other !== bookingId && (op === 'edit' || op === 'complete' || op === 'defer'),
  );
  const event = slots.get(slotId)?.containerId;
  return [...own, ...persons, ...closings.filter(({ eventId }) => eventId === event)];
}

/** Stretches of time during which a booking surely held a place in a slot: from when it was shown to until it might end. */
function sureSpans(facts: Facts): Span[] {
  const spans: Span[] = [];
  for (const [bookingId, list] of facts.observed) {
    const bySlot = new Map<string, { from: number; to: number }[]>();
    for (const { entry, seen } of list) {
      if (!LIVE.has(seen.status) || !seen.slotId) continue;
      const ends = mayEnd(facts, bookingId, seen.slotId)
        // A repeat of the same call changes nothing.
        .filter((other) => other.until >= entry.at && other.key !== entry.key)
        .map(({ at }) => at);
      const to = ends.length > 0 ? Math.min(...ends) : Number.POSITIVE_INFINITY;
      if (to > entry.until) push(bySlot, seen.slotId, { from: entry.until, to });
    }
    for (const [slotId, parts] of bySlot) {
      parts.sort((a, b) => a.from - b.from);
      let open: { from: number; to: number } | undefined;
      for (const part of parts) {
        if (open && part.from <= open.to) open = { from: open.from, to: Math.max(open.to, part.to) };
        else {
          if (open) spans.push({ bookingId, slotId, ...open });
          open = part;
        }
      }
      if (open) spans.push({ bookingId, slotId, ...open });
    }
  }
  return spans;
}

function capacityAtEveryMoment(facts: Facts, report: Report): void {
  const spans = sureSpans(facts);
  const bySlot = new Map<string, Span[]>();
  const byPerson = new Map<string, Span[]>();
  for (const span of spans) {
    push(bySlot, span.slotId, span);
    push(byPerson, ownerOf(span.bookingId), span);
  }
  for (const [slotId, list] of bySlot) {
    const history = facts.histories.get(slotId);
    if (!history) continue;
    // The count grows only where somebody comes, and the places grow fewer only where a version ends.
    const moments = [...list.map(({ from }) => from), ...history.versions.map(({ to }) => to).filter(Number.isFinite)];
    for (const moment of moments) {
      // Only what surely was together counts, and the most places there can have been.
      const count = list.filter(({ from, to }) => from <= moment && to > moment).length;
      const places = Math.max(...versionsDuring(history, moment, moment).map(({ most }) => most));
      if (count > places) {
        report('capacity', `${slotId}: ${count} at one moment on ${places} places`);
        break;
      }
    }
  }
  for (const list of byPerson.values()) {
    for (const [n, a] of list.entries()) {
      for (const b of list.slice(n + 1)) {
        if (a.bookingId === b.bookingId || a.from >= b.to || b.from >= a.to) continue;
        together(facts.slots.get(a.slotId), facts.slots.get(b.slotId), `${a.bookingId} and ${b.bookingId}`, report);
      }
    }
  }
}

function together(a: WorldSlot | undefined, b: WorldSlot | undefined, which: string, report: Report): void {
  if (!a || !b) return;
  if (a.startsAt < b.endsAt && b.startsAt < a.endsAt) report('overlap', which);
  if (a.slotKind === 'donation' && b.slotKind === 'donation') report('two-donations', which);
}

/** When a call was first sent under its key: a repeat is answered as done long after it was. */
function firstAsked(entries: readonly Entry[]): (entry: Entry) => number {
  const first = new Map<string, number>();
  for (const { by, key, at } of entries) first.set(`${by} ${key}`, Math.min(first.get(`${by} ${key}`) ?? at, at));
  return ({ by, key, at }) => first.get(`${by} ${key}`) ?? at;
}

function fullOnlyWhenFull({ entries, histories, slots }: Facts, report: Report): void {
  const lineOf = (slotId = '') => `${slots.get(slotId)?.containerId} ${slots.get(slotId)?.date}`;
  /** When somebody may first have waited on a day: from then on places are held that nobody has. */
  const waitedFrom = new Map<string, number>();
  for (const { op, slotId, at, status } of entries) {
    if (op !== 'join' || status >= 400) continue;
    waitedFrom.set(lineOf(slotId), Math.min(waitedFrom.get(lineOf(slotId)) ?? at, at));
  }
  const firstAskedAt = firstAsked(entries);
  const takes = new Map<string, Entry[]>();
  const leaves = new Map<string, Entry[]>();
  for (const entry of entries) {
    if ((entry.op === 'book' || entry.op === 'reschedule') && entry.slotId && mayHaveDone(entry))
      push(takes, entry.slotId, entry);
    if ((entry.op === 'cancel' || entry.op === 'reschedule') && entry.bookingId && isDone(entry)) {
      push(leaves, entry.bookingId, { ...entry, at: firstAskedAt(entry) });
    }
  }
  for (const told of entries) {
    const history = histories.get(told.slotId ?? '');
    if (!history || !told.slotId) continue;
    const then = versionsDuring(history, told.at, told.until);
    const isDonation = history.slot.slotKind === 'donation';
    if (told.reasons?.includes('slot-closed') && isDonation && !then.some(({ mayBeClosed }) => mayBeClosed)) {
      report('full-with-room', `${quote(told)}: ${told.slotId} was open, and not closed`);
    }
    if (!told.reasons?.includes('slot-full') || (waitedFrom.get(lineOf(told.slotId)) ?? told.until) < told.until)
      continue;
    const places = Math.min(...then.map(({ least }) => least));
    const holders = new Set<string>();
    for (const take of takes.get(told.slotId) ?? []) {
      if (take.at > told.until) continue;
      const bookingId = take.bookings?.[0]?.bookingId ?? take.bookingId;
      const gone = (leaves.get(bookingId ?? '') ?? []).some(
        (leave) => leave.slotId !== told.slotId && leave.at > take.until && leave.until < told.at,
      );
      if (!gone) holders.add(bookingId ?? `${take.by} ${take.key}`);
    }
    if (holders.size < places) {
      report(
        'full-with-room',
        `${quote(told)}: at most ${holders.size} of ${places} places of ${told.slotId} were taken`,
      );
    }
  }
}

function closedSlotsTakeNobody({ entries, histories }: Facts, report: Report): void {
  const firstAskedAt = firstAsked(entries);
  for (const entry of entries) {
    // A move to where one is already is answered as done: moves are judged by what was written.
    if (entry.op !== 'book' || !isDone(entry) || !entry.slotId) continue;
    const history = histories.get(entry.slotId);
    const from = firstAskedAt(entry);
    if (history?.slot.slotKind !== 'donation') continue;
    if (!versionsDuring(history, from, entry.until).some(({ mayBeOpen }) => mayBeOpen)) {
      report('taken-while-closed', `${quote(entry)} in ${entry.slotId}`);
    }
  }
}

function slotsStand({ histories, pools }: Facts, report: Report): void {
  const bySlot = new Map<string, PoolItem[]>();
  for (const pool of pools) push(bySlot, pool.slotId, pool);
  for (const history of histories.values()) {
    if (history.slot.slotKind === 'donation') slotStands(history, report);
    poolsAgree(history, bySlot.get(history.slot.slotId) ?? [], report);
  }
}

function peopleHoldNoTwo({ bookings, locks, slots, people }: Facts, report: Report): void {
  const live = new Map<string, BookingItem[]>();
  for (const it of bookings.values()) if (LIVE.has(it.status)) push(live, it.personId, it);
  for (const list of live.values()) {
    for (const [n, a] of list.entries()) {
      for (const b of list.slice(n + 1)) {
        together(slots.get(a.slotId), slots.get(b.slotId), `${a.bookingId} and ${b.bookingId} in the table`, report);
      }
    }
  }
  for (const item of locks) {
    if (!people.has(item.personId)) continue;
    const said = unpackLock(item)
      .commitments.map(({ bookingId, slotId }) => `${bookingId} at ${slotId}`)
      .sort();
    const held = (live.get(item.personId) ?? []).map(({ bookingId, slotId }) => `${bookingId} at ${slotId}`).sort();
    if (said.join() !== held.join()) report('lock', `${item.personId}: lock [${said}], bookings [${held}]`);
  }
}

function datesAreAllowed(facts: Facts, report: Report): void {
  const { bookings, locks, slots, people, byPerson } = facts;
  const lockOf = new Map(locks.map((item) => [item.personId, item]));
  for (const { bookingId, personId, status, slotId } of bookings.values()) {
    const slot = slots.get(slotId);
    const lock = lockOf.get(personId);
    if (status !== 'booked' || !slot?.procedure || !lock) continue;
    const { procedure, date } = slot;
    const decision = decideDonation(packFor('cn', date), unpackLock(lock).facts, { procedure, date });
    if (!decision.ok)
      report('refused-date', `${bookingId} stands on ${date}: ${decision.reasons.map(({ code }) => code)}`);
  }
  for (const [personId, list] of byPerson) {
    const person = people.get(personId);
    if (!person) continue;
    for (const entry of list) {
      const seen = entry.op === 'book' || entry.op === 'reschedule' ? entry.bookings?.[0] : undefined;
      const slot = seen && slots.get(seen.slotId);
      if (seen?.status !== 'booked' || !slot?.procedure) continue;
      const { procedure, date } = slot;
      const decision = decideDonation(packFor('cn', date), factsBefore(facts, personId, entry.at), { procedure, date });
      const edited = list.some((it) => it.op === 'edit' && mayHaveDone(it) && it.at < entry.until);
      const surely = decision.ok
        ? []
        : decision.reasons.filter(({ code }) => !edited || (code !== 'too-light' && code !== 'profile-incomplete'));
      if (surely.length > 0) report('refused-date', `${quote(entry)} on ${date}: ${surely.map(({ code }) => code)}`);
    }
  }
}

/** What the rules surely knew of a person at a moment: what was there first, and what was acknowledged since. */
function factsBefore({ people, byPerson, bookings, slots }: Facts, personId: string, at: number) {
  let facts = people.get(personId)?.facts ?? {
    donations: [],
    repeatDonor: false,
    reactionRecorded: false,
    wantsExtendedAge: false,
  };
  for (const entry of byPerson.get(personId) ?? []) {
    if (!isDone(entry) || entry.until >= at || !entry.bookingId) continue;
    const slot = slots.get(bookings.get(entry.bookingId)?.slotId ?? '');
    if (!slot?.procedure) continue;
    if (entry.op === 'complete') {
      const drawn = slot.procedure === 'whole-blood' ? { volumeMl: 400 } : { volumeMl: 250, platelets: 1 as const };
      facts = applyDonation(
        packFor('cn', slot.date),
        facts,
        { date: slot.date, procedure: slot.procedure, ...drawn },
        false,
      );
    }
    if (entry.op === 'defer') {
      facts = applyDeferral(facts, { until: addSpan(slot.date, { value: 1, unit: 'week' }) });
    }
  }
  return facts;
}

/** A check-in's answer does not say where the booking is. */
const differs = (a: string, b: string): boolean => a !== '' && b !== '' && a !== b;

function acknowledgedStands(facts: Facts, report: Report): void {
  const { bookings, observed, byBooking, byPerson, entries, closings, slots, accepted } = facts;
  for (const [bookingId, list] of observed) {
    const stored = bookings.get(bookingId);
    if (!stored) {
      report('lost', `${bookingId} was acknowledged by ${quote((list[0] as Observed).entry)} and is nowhere`);
      continue;
    }
    const states = new Map<number, SeenBooking>();
    for (const { entry, seen } of list) {
      const lost = entry.op === 'reschedule' ? 'reschedule-lost' : 'lost';
      if (seen.version > stored.version)
        report(lost, `${bookingId} is at version ${stored.version}, but ${quote(entry)} saw ${seen.version}`);
      if (seen.version === stored.version && (differs(seen.slotId, stored.slotId) || seen.status !== stored.status)) {
        report(
          lost,
          `${bookingId} is ${stored.status} at ${stored.slotId}, but ${quote(entry)} saw ${seen.status} at ${seen.slotId}`,
        );
      }
      const same = states.get(seen.version);
      if (same && (differs(same.slotId, seen.slotId) || same.status !== seen.status)) {
        report('doubled', `${bookingId} was seen in two states at version ${seen.version}, one by ${quote(entry)}`);
      }
      if (!same?.slotId) states.set(seen.version, seen);
    }
    const keysOf = (op: Op, which = isDone) =>
      new Set((byBooking.get(bookingId) ?? []).filter((it) => it.op === op && which(it)).map(({ key }) => key)).size;
    for (const op of ['cancel', 'check-in', 'complete', 'defer'] as const) {
      if (keysOf(op) > 1) report('doubled', `${bookingId}: ${op} was acknowledged ${keysOf(op)} times`);
    }
    if (stored.status === 'cancelled') {
      const owner = byPerson.get(ownerOf(bookingId)) ?? [];
      const changedFacts = owner.some((it) => ['edit', 'complete', 'defer'].includes(it.op) && mayHaveDone(it));
      const explained =
        stored.cancelCause === 'person'
          ? keysOf('cancel', mayHaveDone) > 0
          : stored.cancelCause === 'no-longer-eligible'
            ? changedFacts
            : closings.some((it) => mayHaveDone(it) && it.eventId === slots.get(stored.slotId)?.containerId);
      if (!explained) report('lost', `${bookingId} was cancelled (${stored.cancelCause}) and nobody asked for it`);
    }
    const asked = (['cancel', 'reschedule', 'check-in', 'complete', 'defer'] as const).reduce(
      (sum, op) => sum + keysOf(op, mayHaveDone),
      1,
    );
    const released = stored.status === 'cancelled' && stored.cancelCause !== 'person' ? 1 : 0;
    if (stored.version > asked + released) {
      report('doubled', `${bookingId} is at version ${stored.version} after at most ${asked + released} changes`);
    }
  }
  const made = new Map<string, number>();
  for (const { personId } of bookings.values()) made.set(personId, (made.get(personId) ?? 0) + 1);
  for (const [personId, count] of made) {
    const asked = new Set(
      (byPerson.get(personId) ?? []).filter((it) => it.op === 'book' && mayHaveDone(it)).map(({ key }) => key),
    ).size;
    const ofOffers = [...accepted.keys()].filter((bookingId) => ownerOf(bookingId) === personId).length;
    if (count > asked + ofOffers) {
      report('doubled', `${personId} has ${count} bookings after asking for ${asked} and accepting ${ofOffers}`);
    }
  }
  const acknowledged = entries.filter((it) => it.op === 'book' && isDone(it));
  for (const list of entries.filter((it) => it.op === 'list' && isDone(it))) {
    const shown = new Map((list.bookings ?? []).map((it) => [it.bookingId, it]));
    if (shown.size >= 100) continue;
    for (const { by, until, bookings: [booking] = [] } of acknowledged) {
      if (by === list.by && until < list.at && booking && !shown.has(booking.bookingId)) {
        report('lost', `${booking.bookingId} is missing from ${quote(list)}`);
      }
    }
  }
}

/** What was acknowledged of a waiting list was so at some moment; an accepted offer is the booking that was shown. */
function waitsStand({ entries, changes, bookings, accepted }: Facts, report: Report): void {
  const states = new Map<string, WaitItem[]>();
  for (const it of changes) if (it.kind === 'wait') push(states, `${it.personId} ${it.waitId}`, it);
  const WAS: Partial<Record<Op, (wait: WaitItem) => boolean>> = {
    join: () => true,
    leave: ({ status }) => status === 'left',
    accept: ({ status }) => status === 'accepted',
    decline: ({ status, notSlots }) => status === 'declined' || notSlots.length > 0,
  };
  for (const entry of entries) {
    const was = WAS[entry.op];
    if (!was || !isDone(entry)) continue;
    const id = `${entry.person ?? entry.by} ${entry.waitId}`;
    if (!states.get(id)?.some(was)) report('lost', `${quote(entry)}: the wait ${id} never came to that`);
    if (entry.op === 'accept' && !(entry.made && bookings.has(entry.made) && accepted.has(entry.made))) {
      report('accepted-once', `${quote(entry)}: ${entry.made ?? 'no booking'} is not there`);
    }
  }
}

function donationNumbers({ entries, dins, bookings }: Facts, report: Report): void {
  const taken = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.op !== 'complete' || !isDone(entry) || !entry.din || !entry.bookingId) continue;
    if (entry.badDin) report('din-check', quote(entry));
    taken.set(entry.din, (taken.get(entry.din) ?? new Set()).add(entry.bookingId));
    const booking = bookings.get(entry.bookingId);
    if (
      booking?.status !== 'fulfilled' ||
      booking.din !== entry.din ||
      dins.get(entry.din)?.bookingId !== entry.bookingId
    ) {
      report('lost', `${quote(entry)}: donation ${entry.din} is not recorded as acknowledged`);
    }
  }
  for (const [din, by] of taken) if (by.size > 1) report('din-once', `${din} was acknowledged for ${[...by]}`);
  const fulfilled = new Map<string, string>();
  for (const { bookingId, status, din } of bookings.values()) {
    if (status !== 'fulfilled' || !din) continue;
    const other = fulfilled.get(din);
    if (other) report('din-once', `${din} stands for ${other} and ${bookingId}`);
    fulfilled.set(din, bookingId);
    if (dins.get(din)?.bookingId !== bookingId) report('din-once', `${bookingId} has ${din}, which is not its own`);
  }
}

function stages({ units, steps, entries }: Facts, report: Report): void {
  const byUnit = new Map<string, UnitStepItem[]>();
  for (const step of steps) push(byUnit, `${step.din} ${step.unitId}`, step);
  const stored = new Map(units.map((unit) => [`${unit.din} ${unit.unitId}`, unit]));
  for (const [id, unit] of stored) {
    const taken = (byUnit.get(id) ?? []).sort((a, b) => a.version - b.version);
    let stage: string | undefined;
    for (const [n, { action, from, to, version, hospital, hospitalRecord }] of taken.entries()) {
      const begins = n === 0;
      const known =
        begins || action === 'collect'
          ? begins && (action === 'collect' || action === 'process')
          : action !== 'mirror' &&
            action !== 'correct' &&
            from === stage &&
            from !== undefined &&
            isAllowed(action, from) &&
            // Where a hold leads it, which is its own to judge.
            [false, true].some((held) => stageAfter(action, held, from) === to);
      if (!known || version !== n + 1)
        report('unit-stages', `${id}: ${action} from ${from} to ${to} as step ${version}`);
      if (action === 'use' && !(hospital && hospitalRecord)) report('use-without-record', id);
      stage = to;
    }
    if (unit.stage !== stage || unit.version !== taken.length) {
      report(
        'unit-stages',
        `${id} is ${unit.stage} at version ${unit.version} after ${taken.length} steps to ${stage}`,
      );
    }
  }
  for (const entry of entries) {
    if (entry.op !== 'step' || !isDone(entry)) continue;
    if (entry.noRecord) report('use-without-record', quote(entry));
    for (const { unitId, version } of entry.units ?? []) {
      const unit = stored.get(`${entry.din} ${unitId}`);
      if (!unit || unit.version < version)
        report('lost', `${entry.din} ${unitId} at version ${version}, as ${quote(entry)} saw it`);
    }
  }
}

function eventsClosed({ closings, events, bookings }: Facts, report: Report): void {
  for (const entry of closings) {
    const event = events.get(entry.eventId ?? '');
    if (!isDone(entry)) continue;
    if (event?.status !== 'cancelling' && event?.status !== 'cancelled')
      report('lost', `${quote(entry)}: event is ${event?.status}`);
  }
  for (const { bookingId, containerId, status } of bookings.values()) {
    const event = events.get(containerId);
    if (status === 'booked' && event && event.status !== 'published') {
      report('unannounced', `${bookingId} is still booked for an event that is ${event.status}`);
    }
  }
}

const USED = '您的血液已用于临床';
const MOST_ATTEMPTS = 2;

function textsMatch({ messages, texts, profiles, units, observed, dins, steps }: Facts, report: Report): void {
  const received = new Map<string, number>();
  for (const { number, body } of texts) received.set(`${number} ${body}`, (received.get(`${number} ${body}`) ?? 0) + 1);
  const attempted = new Map<string, { attempts: number; sent: number }>();
  for (const message of messages) {
    const { phone = '', language = 'zh' } = profiles.get(message.personId) ?? {};
    const id = `${phone} ${render(message.template, language, message.params, { signature: '' })}`;
    const { attempts, sent } = attempted.get(id) ?? { attempts: 0, sent: 0 };
    attempted.set(id, { attempts: attempts + message.attempts, sent: sent + (message.status === 'sent' ? 1 : 0) });
    if (message.attempts > MOST_ATTEMPTS) report('text-repeated', `${message.messageId}: ${message.attempts} attempts`);

    const { lastAttemptAt, bound } = message;
    const claimedAt = lastAttemptAt ? Date.parse(lastAttemptAt) : Number.NEGATIVE_INFINITY;
    if (!bound) continue;
    const bookingId = `${bound.pk.slice(bound.pk.indexOf('#') + 1)}_${bound.sk}`;
    for (const { entry, seen } of observed.get(bookingId) ?? []) {
      if (seen.version > bound.version && entry.until < claimedAt) {
        report('stale-text', `${message.messageId} was claimed after ${quote(entry)} had seen version ${seen.version}`);
        break;
      }
    }
  }
  for (const [id, count] of received) {
    const { attempts = 0 } = attempted.get(id) ?? {};
    if (count > attempts) report('text-repeated', `${count} of “${id}” after ${attempts} attempts`);
  }
  for (const [id, { sent }] of attempted) {
    if ((received.get(id) ?? 0) < sent) report('unannounced', `“${id}” is noted as sent ${sent} times and was not`);
  }

  const everUsed = new Set(steps.filter(({ action }) => action === 'use').map(({ din }) => din));
  const stands = new Set(units.filter(({ stage }) => stage === 'used').map(({ din }) => din));
  const told = new Map<string, number>();
  for (const { number, body } of texts) if (body.includes(USED)) told.set(number, (told.get(number) ?? 0) + 1);
  const owed = new Map<string, { least: number; most: number }>();
  for (const { din, personId } of dins.values()) {
    const phone = profiles.get(personId)?.phone ?? '';
    const text = messages.find((it) => it.messageId === messageId('blood-used', din, 'once'));
    const sum = owed.get(phone) ?? { least: 0, most: 0 };
    owed.set(phone, {
      least: sum.least + (stands.has(din) && text?.status === 'sent' ? 1 : 0),
      most: sum.most + (everUsed.has(din) ? (text?.attempts ?? 0) : 0),
    });
  }
  for (const [phone, count] of told) {
    const { most = 0 } = owed.get(phone) ?? {};
    if (count > most) report('one-text', `${phone} was told ${count} times of a use, ${most} at most being due`);
  }
  for (const [phone, { least }] of owed) {
    if ((told.get(phone) ?? 0) < least) report('one-text', `${phone} was told too seldom of a use`);
  }
}

/** Reminders that should have been sent by now. One whose time is yet to come is owed nobody, made or not. */
function dueReminders(booking: BookingItem, publicUrl: string, now: number): MessageItem[] {
  if (booking.status !== 'booked') return [];
  const at = new Date(now).toISOString();
  // A deployment under test has no quiet hours.
  const input = { toldAt: booking.changedAt, settings: REMINDERS, quiet: undefined, publicUrl, now: at };
  return reminderMessages(booking, input).filter(({ dueAt }) => dueAt <= at);
}

function remindersStopped({ messages, bookings }: Facts, report: Report): void {
  const byKey = new Map([...bookings.values()].map((it) => [JSON.stringify(keys.booking(it.bookingId)), it]));
  for (const { messageId: id, status, bound } of messages) {
    if (!bound) continue;
    const booking = byKey.get(JSON.stringify({ pk: bound.pk, sk: bound.sk }));
    if (status === 'due' && booking && bound.version < booking.version) {
      report('waits-in-vain', `${id} waits, but the booking is at version ${booking.version}`);
    }
  }
}

function everythingAnnounced(
  { bookings, messages, now, publicUrl, units, waits, leasesMayRun }: Facts,
  report: Report,
): void {
  const byId = new Map(messages.map((message) => [`${message.personId} ${message.messageId}`, message]));
  const settled = (message: MessageItem | undefined, what: string): void => {
    if (!message) {
      report('unannounced', `${what} has no message`);
      return;
    }
    // In the hands of a sender that died, or put off to its second attempt.
    const again = message.status === 'claimed' ? message.leaseUntil : message.attempts > 0 ? message.dueAt : undefined;
    const inLease = leasesMayRun && again !== undefined && Date.parse(again) > now;
    if (!inLease && ['due', 'claimed', 'void'].includes(message.status)) {
      report('unannounced', `${what}: its message is ${message.status} (${message.reason ?? ''})`);
    }
  };
  for (const booking of bookings.values()) {
    const wanted = bookingMessage(booking, publicUrl, new Date(now).toISOString());
    if (wanted)
      settled(
        byId.get(`${wanted.personId} ${wanted.messageId}`),
        `${booking.bookingId} ${booking.status} v${booking.version}`,
      );
  }
  for (const booking of bookings.values()) {
    for (const { personId, messageId: id } of dueReminders(booking, publicUrl, now)) {
      settled(byId.get(`${personId} ${id}`), `${id}, which is due,`);
    }
  }
  for (const { waitId, personId, slotKind, status, version, offer } of waits.values()) {
    if (status !== 'offered' || !offer || Date.parse(offer.until) <= now) continue;
    settled(byId.get(`${personId} ${messageId(`${slotKind}-offered`, waitId, version)}`), `the offer of ${waitId}`);
  }
  for (const { din, personId, stage, unitId } of units) {
    if (stage === 'used')
      settled(byId.get(`${personId} ${messageId('blood-used', din, 'once')}`), `the use of ${din} ${unitId}`);
  }
}
