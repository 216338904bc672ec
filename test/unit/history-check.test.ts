import { describe, expect, it } from 'vitest';
import { bookingMessage } from '../../functions/events/common/announce-booking.ts';
import { reminderMessages } from '../../functions/events/common/booking-reminders.ts';
import { REMINDERS } from '../../shared/domain/reminders.ts';
import { render } from '../../shared/notify/templates.ts';
import { newBooking } from '../../shared/store/bookings.ts';
import type {
  BookingItem,
  DinItem,
  LockItem,
  MessageItem,
  PoolItem,
  SlotItem,
  UnitItem,
  UnitStepItem,
  WaitItem,
  WaitLineItem,
} from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { type Lock, packLock } from '../../shared/store/lock.ts';
import { asClaimed, asEnded, boundTo } from '../../shared/store/messages.ts';
import { newPersonItems } from '../../shared/store/people.ts';
import { HEALTHY } from '../builders/people.ts';
import type { Changed } from '../support/history/changes.ts';
import { check, type History, INVARIANTS, type Invariant } from '../support/history/check.ts';
import type { Entry, SeenSlot } from '../support/history/entry.ts';
import type { World, WorldSlot } from '../support/history/world.ts';

const NOW = Date.parse('2026-12-01T00:00:00.000Z');
const URL = 'https://nuanliu.example';
const at = (n: number): number => NOW + n;
const iso = (n: number): string => new Date(at(n)).toISOString();

const slot = (code: string, hour: number, more: Partial<WorldSlot> = {}): WorldSlot => ({
  slotId: `central_2026-12-05_${String(hour).padStart(2, '0')}00_${code}`,
  slotKind: 'donation',
  containerId: 'central',
  procedure: 'whole-blood',
  startsAt: `2026-12-05T${String(hour).padStart(2, '0')}:00:00.000Z`,
  endsAt: `2026-12-05T${String(hour + 1).padStart(2, '0')}:00:00.000Z`,
  date: '2026-12-05',
  zone: 'Etc/GMT',
  places: 1,
  ...more,
});
const A = slot('a', 9);
const B = slot('b', 14);
const SHIFT = slot('s', 9, { slotKind: 'shift', containerId: 'event', procedure: undefined as never });

const facts = { donations: [], repeatDonor: false, reactionRecorded: false, wantsExtendedAge: false, ...HEALTHY };
const PEOPLE = ['p1', 'p2'].map((personId, n) => ({ personId, phone: `+861380000000${n}`, facts }));
const WORLD: World = {
  seed: 1,
  zone: 'Etc/GMT',
  people: PEOPLE,
  slots: [A, B, SHIFT],
  events: ['event'],
  staff: { personId: 'staff', phone: '+8613800000008', facts },
  organiser: { personId: 'organiser', phone: '+8613800000009', facts },
};

type Draft = { -readonly [K in keyof History]: History[K] } & {
  entries: Entry[];
  items: object[];
  changes: Changed[];
  texts: { number: string; body: string }[];
};

let keyed = 0;
const entry = (op: Entry['op'], from: number, more: Partial<Entry> = {}): Entry => {
  keyed += 1;
  const status = op === 'book' || op === 'complete' ? 201 : 200;
  return {
    id: `e${keyed}`,
    op,
    by: 'p1',
    key: `key-${keyed}`,
    input: `input-${keyed}`,
    at: at(from),
    until: at(from + 5),
    sent: 1,
    status,
    ...more,
  };
};

const slotItem = (where: WorldSlot, more: Partial<SlotItem> = {}): SlotItem => ({
  ...where,
  kind: 'slot',
  place: { zh: '站', en: 'P' },
  address: { zh: '路', en: 'R' },
  pools: 1,
  cutoffMinutes: 120,
  status: 'open',
  version: 1,
  pack: 'cn',
  ...more,
});
const bookingOf = (personId: string, suffix: string, where: WorldSlot): BookingItem =>
  newBooking({
    bookingId: `${personId}_${suffix}`,
    personId,
    slot: slotItem(where),
    pool: 0,
    firstTime: true,
    now: iso(0),
    idempotency: { key: suffix, input: suffix },
  });
const seenOf = ({ bookingId, slotId, status, version }: BookingItem) => ({ bookingId, slotId, status, version });

/** The text about a booking as it is, and its message, sent. */
function told(draft: Draft, booking: BookingItem): MessageItem {
  const due = bookingMessage(booking, URL, iso(0)) as MessageItem;
  const sent = asEnded(asClaimed(due, 'claim', iso(6), iso(60_000)), 'sent', { sentAt: iso(7) });
  draft.items.push(sent);
  const number = PEOPLE.find(({ personId }) => personId === booking.personId)?.phone ?? '';
  draft.texts.push({ number, body: render(sent.template, 'zh', sent.params, { signature: '' }) });
  return sent;
}

function lockOf(personId: string, bookings: readonly BookingItem[], more: Partial<Lock['facts']> = {}): LockItem {
  return packLock({
    personId,
    status: 'active',
    facts: { ...facts, ...more },
    version: 1 + bookings.length,
    commitments: bookings.map((it) => ({
      bookingId: it.bookingId,
      slotId: it.slotId,
      kind: it.slotKind,
      startsAt: it.startsAt,
      endsAt: it.endsAt,
    })),
  });
}
const poolOf = ({ slotId, places }: WorldSlot, free: number): PoolItem => ({
  kind: 'pool',
  slotId,
  k: 0,
  places,
  free,
  open: true,
});
const profiles = PEOPLE.flatMap(({ personId, phone }) =>
  newPersonItems({ personId, phone, language: 'zh', now: iso(0), facts })
    .map((it) => (it as { Put: { Item: { kind: string } } }).Put.Item)
    .filter(({ kind }) => kind === 'profile'),
);

/** A history in which all is well: p1 booked A, was told, and nobody did anything else. */
function good(): Draft & { booking: BookingItem; message: MessageItem } {
  const booking = bookingOf('p1', 'one', A);
  const draft: Draft = {
    world: WORLD,
    entries: [entry('book', 0, { slotId: A.slotId, bookings: [seenOf(booking)] })],
    items: [
      booking,
      lockOf('p1', [booking]),
      lockOf('p2', []),
      ...[A, B, SHIFT].map((it) => slotItem(it)),
      poolOf(A, 0),
      poolOf(B, 1),
      poolOf(SHIFT, 1),
      ...profiles,
    ],
    changes: [],
    texts: [],
    now: at(100),
    publicUrl: URL,
    leasesMayRun: false,
  };
  const message = told(draft, booking);
  return { ...draft, booking, message };
}

const found = (history: History): Invariant[] => [...new Set(check(history).map(({ invariant }) => invariant))];
const without = (draft: Draft, ...kinds: string[]) => {
  draft.items = draft.items.filter((it) => !kinds.includes((it as { kind: string }).kind));
};

/** Another person's booking in the table, with all that belongs to it. */
function also(draft: Draft, personId: string, suffix: string, where: WorldSlot): BookingItem {
  const booking = bookingOf(personId, suffix, where);
  draft.items.push(booking);
  draft.entries.push(entry('book', 20, { by: personId, slotId: where.slotId, bookings: [seenOf(booking)] }));
  told(draft, booking);
  return booking;
}

/** The reminder of the evening before. */
function reminder(booking: BookingItem): MessageItem {
  const input = { toldAt: iso(0), settings: REMINDERS, quiet: undefined, publicUrl: URL, now: iso(0) };
  return reminderMessages(booking, input)[0] as MessageItem;
}

const DIN = 'G123426100001';
function donation(draft: Draft & { booking: BookingItem }, suffix = 'one'): BookingItem {
  const done: BookingItem = { ...draft.booking, bookingId: `p1_${suffix}`, status: 'fulfilled', din: DIN, version: 3 };
  draft.items = draft.items.filter((it) => it !== draft.booking && (it as { kind: string }).kind !== 'lock');
  const din = { kind: 'din', din: DIN, personId: 'p1', bookingId: done.bookingId } as DinItem;
  const unit = { kind: 'unit', din: DIN, unitId: 'wb', personId: 'p1', stage: 'collected', version: 1 } as UnitItem;
  const step = {
    kind: 'unit-step',
    din: DIN,
    unitId: 'wb',
    version: 1,
    action: 'collect',
    to: 'collected',
  } as UnitStepItem;
  draft.items.push(done, din, unit, step, lockOf('p1', []), lockOf('p2', []));
  draft.entries.push(
    entry('check-in', 10, { by: 'staff', bookingId: done.bookingId }),
    entry('complete', 20, { by: 'staff', bookingId: done.bookingId, din: DIN }),
  );
  told(draft, done);
  return done;
}

/** What a slot is in the end, and how its one pool is. */
function become(draft: Draft, where: WorldSlot, more: Partial<SlotItem>, free: number): SeenSlot {
  draft.items = draft.items.filter(
    (it) =>
      (it as { slotId?: string; kind: string }).slotId !== where.slotId || (it as { kind: string }).kind === 'booking',
  );
  const now = slotItem(where, { version: 2, ...more });
  draft.items.push(now, { ...poolOf(now, free), open: now.status === 'open' });
  return { slotId: where.slotId, places: now.places, status: now.status, version: now.version };
}
function shut(draft: Draft, where: WorldSlot, from: number): void {
  const seen = become(draft, where, { status: 'closed' }, where.places);
  draft.entries.push(entry('shut', from, { by: 'staff', slotId: where.slotId, from: 1, slots: [seen] }));
}
/** Staff changed the places of a slot, and it is so in the end. */
function places(
  draft: Draft,
  where: WorldSlot,
  from: number,
  to: number,
  free: number,
  more: Partial<Entry> = {},
): void {
  const seen = become(draft, where, { places: to }, free);
  const about = { by: 'staff', slotId: where.slotId, from: 1, to };
  draft.entries.push(entry('places', from, { ...about, slots: [seen], ...more }));
}

/** A place of slot A, one of two, that p1 gave up and p2, who had waited longest, was offered. */
const WIDE_A = { ...A, places: 2 };
const LINE: WaitLineItem = { kind: 'wait-line', containerId: 'central', date: A.date, version: 1 };
function waitOf(personId: string, joined: number, more: Partial<WaitItem> = {}): WaitItem {
  return {
    ...slotItem(WIDE_A),
    kind: 'wait',
    waitId: A.slotId,
    slotId: A.slotId,
    procedure: 'whole-blood',
    personId,
    status: 'waiting',
    notSlots: [],
    joinedAt: iso(joined),
    changedAt: iso(joined),
    accepted: [],
    version: 1,
    gsi1pk: '',
    gsi1sk: '',
    ...more,
  };
}
const ANY_TIME = { waitId: `central_${A.date}_any_whole-blood`, slotId: undefined as never };
const offeredTo = (wait: WaitItem, n: number): WaitItem => ({
  ...wait,
  status: 'offered',
  version: wait.version + 1,
  offer: {
    slotId: A.slotId,
    pool: 0,
    startsAt: A.startsAt,
    endsAt: A.endsAt,
    at: iso(n),
    until: iso(7_200_000),
    code: '1',
  },
});
const goneOf = (booking: BookingItem): BookingItem => ({
  ...booking,
  status: 'cancelled',
  cancelCause: 'person',
  version: booking.version + 1,
});
const withHeld = (free: number, held: number): PoolItem => ({ ...poolOf(WIDE_A, free), held, waits: true });

/** Two places held by two people; p1 leaves, and `who` are in line by then, p2 before p3. */
function line(who: readonly WaitItem[], more: { lock?: Partial<Lock['facts']> } = {}): Changed[] {
  const booking = bookingOf('p1', 'one', A);
  return [
    slotItem(WIDE_A),
    poolOf(WIDE_A, 0),
    ...['p1', 'p2', 'p3'].map((personId) => lockOf(personId, [], personId === 'p2' ? more.lock : {})),
    booking,
    bookingOf('p9', 'nine', A),
    ...who,
    LINE,
    goneOf(booking),
    withHeld(0, 1),
    LINE,
  ];
}
const P2 = waitOf('p2', 10);
const P3 = waitOf('p3', 20);
function takenUp(wait: WaitItem, changed: Partial<BookingItem> = {}): Changed[] {
  const booking = { ...bookingOf(wait.personId, 'offered', A), ...changed };
  return [
    withHeld(0, 0),
    booking,
    { ...wait, status: 'accepted', bookingId: booking.bookingId, version: wait.version + 1 },
    LINE,
  ];
}

/** A donation of two components, one of them at a hospital if `out`, whose donor asks that it not be used. */
const unitOf = (unitId: string, stage: UnitItem['stage'], version: number): UnitItem =>
  ({ kind: 'unit', din: DIN, unitId, personId: 'p1', stage, version }) as UnitItem;
const heldDin = { kind: 'din', din: DIN, personId: 'p1', bookingId: 'p1_one', held: true } as DinItem;
const holdOf = (open: boolean): object => ({ kind: 'hold', din: DIN, siteId: 'central', open, version: 1 });
const heldUnits = (out: boolean): Changed[] => [
  { ...heldDin, held: undefined as never },
  unitOf('wb-rc', out ? 'issued' : 'stored', 4),
  unitOf('wb-pl', 'stored', 4),
  ...(out ? [] : [unitOf('wb-rc', 'quarantined', 5)]),
  unitOf('wb-pl', 'quarantined', 5),
  heldDin,
];

const BAD: Record<Invariant, (draft: ReturnType<typeof good>) => void> = {
  capacity: (draft) => {
    const other = also(draft, 'p2', 'two', A);
    draft.items.push(lockOf('p2', [other]));
  },
  'places-lost': (draft) => {
    without(draft, 'pool');
    draft.items.push(poolOf(A, 1), poolOf(B, 1));
  },
  'full-with-room': (draft) => {
    draft.entries.push(entry('book', 20, { by: 'p2', slotId: B.slotId, status: 409, reasons: ['slot-full'] }));
  },
  'taken-while-closed': (draft) => {
    shut(draft, B, 10);
    also(draft, 'p2', 'two', B);
  },
  overlap: (draft) => void also(draft, 'p1', 'two', SHIFT),
  'two-donations': (draft) => void also(draft, 'p1', 'two', B),
  lock: (draft) => {
    without(draft, 'lock');
    draft.items.push(lockOf('p1', []));
  },
  'refused-date': (draft) => {
    without(draft, 'lock');
    draft.items.push(lockOf('p1', [draft.booking], { deferredUntil: '2026-12-24' }));
  },
  'reschedule-lost': (draft) => {
    const seen = { ...seenOf(draft.booking), slotId: B.slotId, version: 2 };
    draft.entries.push(entry('reschedule', 20, { bookingId: 'p1_one', slotId: B.slotId, bookings: [seen] }));
  },
  'din-once': (draft) => {
    donation(draft);
    draft.entries.push(entry('complete', 30, { by: 'staff', bookingId: 'p2_one', din: DIN }));
  },
  'din-check': (draft) => {
    donation(draft);
    draft.entries.push(entry('complete', 30, { by: 'staff', bookingId: 'p1_one', din: DIN, badDin: true }));
  },
  'unit-stages': (draft) => {
    donation(draft);
    const stray = {
      kind: 'unit-step',
      din: DIN,
      unitId: 'wb',
      version: 2,
      action: 'store',
      from: 'collected',
      to: 'stored',
    };
    draft.items.push(stray);
  },
  'use-without-record': (draft) => {
    donation(draft);
    draft.entries.push(entry('step', 30, { by: 'staff', din: DIN, unitId: 'wb', action: 'use', noRecord: true }));
  },
  'one-text': (draft) => {
    donation(draft);
    draft.texts.push({ number: PEOPLE[0]?.phone ?? '', body: '您的血液已用于临床。' });
  },
  'stale-text': (draft) => {
    const gone: BookingItem = { ...draft.booking, status: 'cancelled', cancelCause: 'person', version: 2 };
    draft.entries.push(entry('cancel', 0, { bookingId: 'p1_one', at: at(0), until: at(5), bookings: [seenOf(gone)] }));
  },
  'waits-in-vain': (draft) => {
    draft.items.push({ ...reminder(draft.booking), bound: boundTo(keys.booking(draft.booking.bookingId), 0) });
  },
  'issued-on-hold': (draft) => {
    draft.items.push(holdOf(false));
    draft.changes = [...heldUnits(false), unitOf('wb-pl', 'issued', 6)];
  },
  'hold-alert': (draft) => {
    draft.items.push(holdOf(false));
    draft.changes = heldUnits(true);
  },
  'offer-unheld': (draft) => {
    draft.changes = [...line([P2]), offeredTo(P2, 40), withHeld(1, 0), LINE];
  },
  'two-offers': (draft) => {
    const any = waitOf('p2', 30, ANY_TIME);
    draft.changes = [...line([P2, any]), offeredTo(P2, 40), withHeld(0, 2), LINE, offeredTo(any, 50), LINE];
  },
  'offer-order': (draft) => {
    draft.changes = [...line([P2, P3]), offeredTo(P3, 40), LINE];
  },
  'offer-unqualified': (draft) => {
    draft.changes = [...line([P2], { lock: { weightKg: 44 } }), offeredTo(P2, 40), LINE];
  },
  'offered-back': (draft) => {
    const own = waitOf('p1', 5);
    draft.changes = [...line([own]), offeredTo(own, 40), LINE];
  },
  'accepted-once': (draft) => {
    draft.changes = [...line([P2]), offeredTo(P2, 40), LINE, ...takenUp(offeredTo(P2, 40), { slotId: B.slotId })];
  },
  'place-idle': (draft) => {
    draft.changes = [...line([P2]), withHeld(1, 0), LINE];
  },
  lost: (draft) => without(draft, 'booking'),
  doubled: (draft) => {
    const again = bookingOf('p1', 'again', B);
    draft.items.push({ ...again, status: 'cancelled', cancelCause: 'person' });
  },
  unannounced: (draft) => without(draft, 'message'),
  'text-repeated': (draft) => {
    draft.texts.push(draft.texts[0] as { number: string; body: string });
  },
  'key-reused': (draft) => {
    const { key } = draft.entries[0] as Entry;
    const bookings = (draft.entries[0] as Entry).bookings ?? [];
    draft.entries.push(entry('book', 20, { key, slotId: B.slotId, bookings }));
  },
  'wrong-answer': (draft) => {
    draft.entries.push(entry('book', 20, { slotId: B.slotId, status: 500 }));
  },
};

describe('the checker of histories', () => {
  it('finds nothing in a history in which all is well', () => {
    expect(check(good())).toEqual([]);
    const given = good();
    donation(given);
    expect(check(given)).toEqual([]);
  });

  it.each(Object.keys(INVARIANTS) as Invariant[])('names what broke: %s', (invariant) => {
    const draft = good();
    BAD[invariant](draft);
    expect(found(draft)).toContain(invariant);
  });

  it('sees two in one place at one moment, though neither is there in the end', () => {
    const draft = good();
    const other = bookingOf('p2', 'two', A);
    const gone = { ...other, status: 'cancelled' as const, cancelCause: 'person' as const, version: 2 };
    draft.items.push(gone);
    draft.entries.push(
      entry('book', 10, { by: 'p2', slotId: A.slotId, bookings: [seenOf(other)] }),
      entry('cancel', 40, { by: 'p2', bookingId: other.bookingId, bookings: [seenOf(gone)] }),
    );
    expect(found(draft)).toContain('capacity');
  });

  it('sees a donation booked after one that was acknowledged, though the table’s lock forgot it', () => {
    const draft = good();
    donation(draft);
    const next = bookingOf('p1', 'next', B);
    draft.items.push(next);
    draft.entries.push(entry('book', 40, { slotId: B.slotId, bookings: [seenOf(next)] }));
    expect(
      check(draft).some(({ invariant, detail }) => invariant === 'refused-date' && detail.includes('interval')),
    ).toBe(true);
  });

  it('lets a text be in the hands of a sender that died, only where the run is too short for its lease', () => {
    const draft = good();
    without(draft, 'message');
    draft.items.push(
      asClaimed(bookingMessage(draft.booking, URL, iso(0)) as MessageItem, 'claim', iso(6), iso(60_000)),
    );
    expect(found(draft)).toEqual(['unannounced']);
    expect(check({ ...draft, leasesMayRun: true })).toEqual([]);
  });

  it('knows of reminders: one that waits is well, one claimed after the booking changed is stale, one that is due is owed', () => {
    const draft = good();
    const waiting = reminder(draft.booking);
    draft.items.push(waiting);
    expect(check(draft)).toEqual([]);

    const gone: BookingItem = { ...draft.booking, status: 'cancelled', cancelCause: 'person', version: 2 };
    const stale = good();
    stale.items.push(asEnded(asClaimed(waiting, 'claim', iso(50), iso(60_000)), 'sent', { sentAt: iso(51) }));
    stale.entries.push(entry('cancel', 20, { bookingId: 'p1_one', bookings: [seenOf(gone)] }));
    expect(
      check(stale).some(({ invariant, detail }) => invariant === 'stale-text' && detail.includes('day-before')),
    ).toBe(true);

    const owed = good();
    const evening = Date.parse(waiting.dueAt) + 1_000;
    expect(check({ ...owed, now: evening })).toEqual([
      { invariant: 'unannounced', detail: expect.stringContaining('donation-day-before') },
    ]);
  });

  it('does not call full wrong where a call without an answer may have taken the place', () => {
    const draft = good();
    draft.entries.push(
      entry('book', 10, { by: 'p2', slotId: B.slotId, status: 0 }),
      entry('book', 20, { by: 'p2', slotId: B.slotId, status: 409, reasons: ['slot-full'] }),
    );
    expect(check(draft)).toEqual([]);
  });

  describe('of a waiting list', () => {
    const seenIn = (...changes: readonly Changed[]) => found({ ...good(), changes });
    const offer = [...line([P2, P3]), offeredTo(P2, 40), LINE];

    it('finds nothing where the first is asked, and takes the place, or lets it pass to the next', () => {
      expect(seenIn(...offer)).toEqual([]);
      expect(seenIn(...offer, ...takenUp(offeredTo(P2, 40)))).toEqual([]);
      expect(seenIn(...offer, { ...offeredTo(P2, 40), status: 'declined' }, LINE, offeredTo(P3, 50), LINE)).toEqual([]);
    });

    it('lets pass over who does not qualify, or did not at any moment since the list last moved', () => {
      expect(seenIn(...line([P2, P3], { lock: { weightKg: 44 } }), offeredTo(P3, 40), LINE)).toEqual([]);
      const meanwhile = line([P2, P3], { lock: { weightKg: 44 } });
      expect(seenIn(...meanwhile, lockOf('p2', []), offeredTo(P3, 40), LINE)).toEqual([]);
      expect(seenIn(...meanwhile, lockOf('p2', []), LINE, offeredTo(P3, 40), LINE)).toContain('offer-order');
    });

    it('lets one be offered a place they gave up before they waited for it', () => {
      const again = waitOf('p1', 60, { version: 3 });
      expect(seenIn(...line([]), again, LINE, offeredTo(again, 70), LINE)).toEqual([]);
    });

    it('sees a place that stays held for nobody, an offer that outlives its time, and one for who may no longer', () => {
      expect(seenIn(...line([P2]), { ...P2, status: 'left' }, LINE)).toEqual(['place-idle']);
      expect(found({ ...good(), changes: offer, now: at(7_200_001) })).toContain('place-idle');
      expect(seenIn(...offer, lockOf('p2', [], { weightKg: 44 }), LINE)).toEqual(['place-idle']);
    });

    it('sees one booking that came of two offers, and what was acknowledged and never came to be', () => {
      const twice = [...offer, ...takenUp(offeredTo(P2, 40)), ...takenUp({ ...offeredTo(P2, 40), version: 4 })];
      expect(seenIn(...twice)).toContain('accepted-once');
      for (const op of ['join', 'leave', 'accept', 'decline'] as const) {
        const draft = good();
        draft.entries.push(entry(op, 50, { by: 'p7', waitId: A.slotId, made: 'p7_none' }));
        expect(found(draft)).toContain('lost');
      }
    });

    it('sees two at one moment on one place, and a place taken in a slot that was closed, by what was written', () => {
      const third = bookingOf('p3', 'three', A);
      expect(seenIn(...line([]).slice(0, -3), third)).toEqual(['capacity']);
      const shutA = slotItem(WIDE_A, { status: 'closed', version: 2 });
      expect(seenIn(...line([]), shutA, third)).toContain('taken-while-closed');
    });

    it('does not call full wrong where somebody waits: the place may be held for them', () => {
      const draft = good();
      draft.entries.push(
        entry('join', 10, { by: 'p2', slotId: B.slotId, status: 0 }),
        entry('book', 20, { by: 'p2', slotId: B.slotId, status: 409, reasons: ['slot-full'] }),
      );
      expect(check(draft)).toEqual([]);
    });
  });

  describe('of a donation that is not to be used', () => {
    const seenIn = (open: boolean, ...changes: readonly Changed[]) => {
      const draft = good();
      draft.items.push(holdOf(open));
      return found({ ...draft, changes });
    };

    it('finds nothing where what was here is put aside and staff are called about the rest', () => {
      expect(seenIn(false, ...heldUnits(false))).toEqual([]);
      expect(seenIn(true, ...heldUnits(true), unitOf('wb-rc', 'used', 5), unitOf('wb-rc', 'issued', 6))).toEqual([]);
      expect(seenIn(true, ...heldUnits(true), unitOf('wb-rc', 'quarantined', 5))).toEqual([]);
    });

    it('sees what was left on the shelf, what comes back to it, and staff called about nothing', () => {
      expect(seenIn(false, ...heldUnits(false).slice(0, 4), heldDin)).toEqual(['issued-on-hold']);
      expect(seenIn(true, ...heldUnits(true), unitOf('wb-rc', 'stored', 5))).toEqual(['issued-on-hold']);
      expect(seenIn(true, ...heldUnits(false))).toEqual(['hold-alert']);
    });
  });

  describe('of a slot whose places change', () => {
    const WIDE = { ...B, places: 3 };
    const wide = (): Draft => {
      const draft = { ...good(), world: { ...WORLD, slots: [A, WIDE, SHIFT] } };
      become(draft, WIDE, { version: 1 }, 3);
      return draft;
    };
    const holder = (draft: Draft, suffix: string, from: number): BookingItem => {
      const booking = bookingOf('p2', suffix, WIDE);
      draft.entries.push(entry('book', from, { by: 'p2', slotId: B.slotId, bookings: [seenOf(booking)] }));
      return booking;
    };
    const gone = (draft: Draft, booking: BookingItem, from: number): void => {
      const after = { ...booking, status: 'cancelled' as const, cancelCause: 'person' as const, version: 2 };
      draft.items.push(after);
      draft.entries.push(entry('cancel', from, { by: 'p2', bookingId: booking.bookingId, bookings: [seenOf(after)] }));
      told(draft, after);
    };

    it('finds nothing where they were raised before they were taken, or cut after they were left', () => {
      const raised = good();
      places(raised, A, 10, 2, 0);
      const booking = also(raised, 'p2', 'two', A);
      without(raised, 'lock');
      raised.items.push(lockOf('p1', [raised.booking]), lockOf('p2', [booking]));
      expect(check(raised)).toEqual([]);

      const cut = wide();
      gone(cut, holder(cut, 'two', 0), 10);
      places(cut, WIDE, 20, 1, 1);
      expect(check(cut)).toEqual([]);
    });

    it('sees that they were cut below what was held at that moment, though all have left since', () => {
      const draft = wide();
      const two = holder(draft, 'two', 0);
      const three = holder(draft, 'three', 0);
      places(draft, WIDE, 10, 1, 1);
      gone(draft, two, 30);
      gone(draft, three, 30);
      expect(found(draft)).toContain('capacity');
    });

    it('sees more holders than places before they were raised, though all have places in the end', () => {
      const draft = good();
      const booking = also(draft, 'p2', 'two', A);
      without(draft, 'lock');
      draft.items.push(lockOf('p1', [draft.booking]), lockOf('p2', [booking]));
      places(draft, A, 40, 2, 0);
      expect(found(draft)).toEqual(['capacity']);
    });

    it('calls full wrong only where there was room at the fewest places there can have been', () => {
      const draft = wide();
      places(draft, WIDE, 10, 1, 1);
      gone(draft, holder(draft, 'two', 0), 60);
      const told = (from: number) =>
        entry('book', from, { by: 'p1', slotId: B.slotId, status: 409, reasons: ['slot-full'] });
      expect(check({ ...draft, entries: [...draft.entries, told(12)] })).toEqual([]);
      expect(found({ ...draft, entries: [...draft.entries, told(2)] })).toEqual(['full-with-room']);
    });

    it('does not judge a change that got no answer, whether it was made or not', () => {
      const draft = wide();
      const unheard = entry('places', 10, { by: 'staff', slotId: B.slotId, from: 1, to: 1, status: 0 });
      expect(check({ ...draft, entries: [...draft.entries, unheard] })).toEqual([]);
      become(draft, WIDE, { places: 1 }, 1);
      expect(check({ ...draft, entries: [...draft.entries, unheard] })).toEqual([]);
    });

    it('does not take a move that is asked for again, and was made before, for one that was made since', () => {
      const draft = good();
      const moved = (from: number, where: WorldSlot, more: Partial<Entry> = {}) =>
        entry('reschedule', from, { bookingId: 'p1_one', slotId: where.slotId, ...more });
      const away = moved(10, B);
      const { by, key, input } = away;
      draft.entries.push(
        away,
        moved(20, A),
        moved(30, B, { by, key, input, bookings: [{ ...seenOf(draft.booking), version: 3 }] }),
        entry('book', 40, { by: 'p2', slotId: A.slotId, status: 409, reasons: ['slot-full'] }),
      );
      expect(found(draft)).not.toContain('full-with-room');
    });

    it('sees a change that is not there, is there twice, or that nobody asked for', () => {
      const lost = wide();
      places(lost, WIDE, 10, 2, 2);
      become(lost, WIDE, { version: 1 }, 3);
      expect(found(lost)).toContain('lost');

      const other = wide();
      places(other, WIDE, 10, 2, 2);
      become(other, WIDE, { places: 1 }, 1);
      expect(found(other)).toContain('lost');

      const twice = wide();
      places(twice, WIDE, 10, 2, 2);
      places(twice, WIDE, 10, 2, 2);
      expect(found(twice)).toContain('doubled');

      const unasked = wide();
      become(unasked, WIDE, { version: 2 }, 3);
      expect(found(unasked)).toContain('doubled');
    });

    it('sees pools that do not hold the slot’s places, or are open where it is not', () => {
      const short = wide();
      places(short, WIDE, 10, 2, 2);
      without(short, 'pool');
      short.items.push(poolOf(A, 0), poolOf(WIDE, 3), poolOf(SHIFT, 1));
      expect(found(short)).toEqual(['places-lost']);

      const open = wide();
      shut(open, WIDE, 10);
      without(open, 'pool');
      open.items.push(poolOf(A, 0), poolOf(WIDE, 3), poolOf(SHIFT, 1));
      expect(found(open)).toEqual(['places-lost']);
    });

    it('sees somebody who is told it is closed where it never was', () => {
      const draft = wide();
      draft.entries.push(entry('book', 20, { by: 'p2', slotId: B.slotId, status: 409, reasons: ['slot-closed'] }));
      expect(found(draft)).toEqual(['full-with-room']);
    });
  });

  it('is asked about items by the keys they are stored under', () => {
    expect(keys.booking('p1_one')).toEqual({ pk: 'BOOKING#p1', sk: 'one' });
  });
});
