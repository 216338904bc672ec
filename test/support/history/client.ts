import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { mod37_2 } from 'cdigit';
import { passCodeOf } from '../../../functions/runtime/booking-view.ts';
import { type Chance, createChance } from './chance.ts';
import type { Entry, Op, SeenBooking, SeenSlot } from './entry.ts';
import { createHttp } from './http.ts';
import { SITE, type World } from './world.ts';

/** One of several client processes of a history: it does what its seed says and writes down what it was answered. */
export type ClientConfig = {
  readonly origin: string;
  readonly world: World;
  readonly tokens: Readonly<Record<string, string>>;
  /** Its number, and how many calls it makes at once. */
  readonly client: number;
  readonly atOnce: number;
  /** Calls it makes in all; 0: until its input ends. */
  readonly ops: number;
  readonly out: string;
};

const config = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ClientConfig;
const { world, tokens } = config;
let stopping = false;
process.stdin.on('end', () => {
  stopping = true;
});
process.stdin.resume();

const http = createHttp(config.origin, () => stopping);
const out = createWriteStream(config.out);
/** Bookings as last seen, by id. */
const known = new Map<string, SeenBooking>();
/** Slots of the station as last seen, by id, and those that somebody else has changed since. */
const slots = new Map<string, SeenSlot>(
  world.slots
    .filter(({ slotKind }) => slotKind === 'donation')
    .map(({ slotId, places }) => [slotId, { slotId, places, status: 'open', version: 1 }]),
);
const changed = new Set<string>();
const chains = new Map<string, SeenUnit[]>();
/** Whose blood it is, by number, and the numbers of which something has changed that was not seen. */
const donors = new Map<string, string>();
const unseen = new Set<string>();
const held = new Set<string>();
/** Waits as last seen, by who waits and for what; and who was turned away where it was full. */
const waits = new Map<string, SeenWait>();
const turnedAway: { by: string; slotId: string }[] = [];
type SeenWait = {
  by: string;
  waitId: string;
  status: string;
  bookingId?: string;
  offer?: { slotId: string; code: string };
};
type SeenUnit = { unitId: string; stage: string; version: number; actions: string[] };
const past: { op: Op; call: Call }[] = [];
let begun = 0;
let dins = 0;

type Call = {
  method: string;
  path: string;
  by: string;
  key: string;
  body?: object;
  about: Partial<Entry>;
};

const WEIGHTS: Record<Op, number> = {
  book: 34,
  list: 10,
  cancel: 13,
  reschedule: 15,
  'check-in': 14,
  complete: 12,
  defer: 1,
  step: 14,
  edit: 4,
  close: 0.05,
  day: 3,
  places: 6,
  shut: 1,
  reopen: 3,
  join: 12,
  waits: 10,
  leave: 1,
  accept: 2,
  decline: 0.5,
  chain: 0,
  hold: 1.5,
  lift: 0.4,
};
/** How many people, and slots, are in play at one time: few, so that they meet. */
const PEOPLE_AT_ONCE = 30;
const SLOTS_AT_ONCE = 8;

/** The part of a list that is in play now; it moves along as the history does. */
function inPlay<T>(list: readonly T[], width: number): readonly T[] {
  const span = Math.max(0, list.length - width);
  const from = config.ops > 0 ? Math.floor((begun / config.ops) * span) : Math.floor(begun / 20) % (span + 1);
  return list.slice(from, from + width);
}

function bookingInPlay(
  chance: Chance,
  statuses: readonly string[],
  wanted: (it: SeenBooking) => boolean = () => true,
): SeenBooking | undefined {
  const people = new Set(inPlay(world.people, PEOPLE_AT_ONCE).map(({ personId }) => personId));
  const some = [...known.values()].filter(
    ({ bookingId, status }) => statuses.includes(status) && (status === 'arrived' || people.has(ownerOf(bookingId))),
  );
  return chance.of(some.filter(wanted));
}

const ownerOf = (bookingId: string): string => bookingId.slice(0, bookingId.lastIndexOf('_'));
/** Some of a list, or the one that everybody is after at this moment. */
function popular<T>(chance: Chance, list: readonly T[], share: number, calls: number): T | undefined {
  return chance.next() < share ? list[Math.floor(begun / calls) % list.length] : chance.of(list);
}
const slotInPlay = (chance: Chance): string =>
  popular(chance, inPlay(world.slots, SLOTS_AT_ONCE), 0.4, 12)?.slotId ?? '';
/** A slot of the station that is in play and, as far as is known, open or closed; best one that people are after. */
const stationSlot = (chance: Chance, statuses: readonly string[] = ['open', 'closed']): SeenSlot | undefined => {
  const some = inPlay(world.slots, SLOTS_AT_ONCE).flatMap(({ slotId }) => slots.get(slotId) ?? []);
  return popular(
    chance,
    some.filter(({ status }) => statuses.includes(status)),
    0.4,
    12,
  );
};
const personInPlay = (chance: Chance): string =>
  popular(chance, inPlay(world.people, PEOPLE_AT_ONCE), 0.2, 6)?.personId ?? '';

/** Somebody's wait that is in play and, as far as is known, in one of these states. */
function waitInPlay(chance: Chance, statuses: readonly string[]): SeenWait | undefined {
  const people = new Set(inPlay(world.people, PEOPLE_AT_ONCE).map(({ personId }) => personId));
  return chance.of([...waits.values()].filter(({ by, status }) => people.has(by) && statuses.includes(status)));
}

/** The site or event and the day of a slot or a wait. */
const lineOf = (id: string): string => id.split('_').slice(0, 2).join(' ');
const linesWaited = (): Set<string> =>
  new Set([...waits.values()].filter(({ status }) => status === 'waiting').map(({ waitId }) => lineOf(waitId)));

const WAITING = new Set<Op>(['join', 'leave', 'accept', 'decline']);
const CHANGES = new Set<Op>(['places', 'shut', 'reopen']);
const BOOKING_OPS = new Set<Op>(['book', 'cancel', 'reschedule', 'check-in']);
const staff = world.staff.personId;
const post = (path: string, by: string, key: string, body: object, about: Partial<Entry> = {}): Call => {
  return { method: 'POST', path, by, key, body, about };
};

/** The call that an operation comes to; undefined where nothing is there to do it to. */
function callOf(op: Op, chance: Chance, key: string): Call | undefined {
  switch (op) {
    case 'book': {
      // Now and then somebody who waits for one place finds another, best on the same day.
      const wait = chance.next() < 0.25 ? waitInPlay(chance, ['waiting']) : undefined;
      const near = inPlay(world.slots, SLOTS_AT_ONCE).filter((it) => wait && lineOf(it.slotId) === lineOf(wait.waitId));
      const slotId = (chance.next() < 0.5 ? chance.of(near)?.slotId : undefined) ?? slotInPlay(chance);
      return post('/api/bookings', wait?.by ?? personInPlay(chance), key, { slotId }, { slotId });
    }
    case 'list':
      return { method: 'GET', path: '/api/me/bookings?limit=100', by: personInPlay(chance), key, about: {} };
    case 'cancel': {
      // Best somebody whose place others wait for.
      const waiters = new Set([...waits.values()].map(({ by, waitId }) => `${by} ${lineOf(waitId)}`));
      const lines = linesWaited();
      const own = chance.next() < 0.4;
      const wanted = ({ bookingId, slotId }: SeenBooking) =>
        own ? waiters.has(`${ownerOf(bookingId)} ${lineOf(slotId)}`) : lines.has(lineOf(slotId));
      const waitedFor = chance.next() < 0.6 ? bookingInPlay(chance, ['booked'], wanted) : undefined;
      const bookingId = (waitedFor ?? bookingInPlay(chance, ['booked', 'booked', 'cancelled']))?.bookingId;
      return bookingId
        ? post(`/api/bookings/${bookingId}/cancel`, ownerOf(bookingId), key, {}, { bookingId })
        : undefined;
    }
    case 'reschedule': {
      const bookingId = bookingInPlay(chance, ['booked'])?.bookingId;
      const slotId = slotInPlay(chance);
      if (!bookingId) return undefined;
      return post(`/api/bookings/${bookingId}/reschedule`, ownerOf(bookingId), key, { slotId }, { bookingId, slotId });
    }
    case 'check-in': {
      // Mostly somebody who is due today; now and then somebody who is not.
      const here = (it: SeenBooking) => it.slotId.startsWith(`${SITE}_${today()}_`);
      const bookingId = bookingInPlay(chance, ['booked'], chance.next() < 0.9 ? here : undefined)?.bookingId;
      if (!bookingId) return undefined;
      const body = { bookingId, passCode: passCodeOf({ bookingId }) };
      return post('/api/donations/check-in', staff, key, body, { bookingId });
    }
    case 'complete':
      return completion(chance, key);
    case 'defer': {
      const bookingId = bookingInPlay(chance, ['arrived'])?.bookingId;
      const body = { bookingId, reason: 'cold-or-gastroenteritis', since: today() };
      return bookingId ? post('/api/donations/deferrals', staff, key, body, { bookingId }) : undefined;
    }
    case 'step':
      return step(chance, key);
    case 'edit': {
      // Best somebody who holds something that the rules may then refuse.
      const held = bookingInPlay(chance, ['booked'])?.bookingId;
      const by = held ? ownerOf(held) : personInPlay(chance);
      const weightKg = chance.of([44, 48, 60, 71]) ?? 60;
      return {
        method: 'PATCH',
        path: '/api/me',
        by,
        key,
        body: { version: 1 + chance.below(2), weightKg },
        about: { weightKg },
      };
    }
    case 'close': {
      const eventId = chance.of(world.events) ?? '';
      return post(`/api/events/${eventId}/cancel`, world.organiser.personId, key, { version: 2 }, { eventId });
    }
    case 'day': {
      const slotId = [...changed][0] ?? stationSlot(chance)?.slotId;
      const date = world.slots.find((it) => it.slotId === slotId)?.date ?? today();
      return { method: 'GET', path: `/api/donations/slots?siteId=${SITE}&date=${date}`, by: staff, key, about: {} };
    }
    case 'places': {
      const slot = stationSlot(chance);
      if (!slot) return undefined;
      // A few more or fewer, into pools of their own, or down to nearly nothing.
      const places = Math.max(
        1,
        chance.of([slot.places + 2, slot.places + 1, slot.places - 1, 26 + chance.below(30), 2, 1]) ?? 1,
      );
      return changeOf(slot, key, { places }, { to: places });
    }
    case 'shut':
    case 'reopen': {
      const slot = stationSlot(chance, [op === 'shut' ? 'open' : 'closed']);
      return slot && changeOf(slot, key, { open: op === 'reopen' });
    }
    case 'join': {
      // Mostly those who were told it is full, as the page offers them to.
      const away = chance.next() < 0.8 ? chance.of(turnedAway) : undefined;
      // Some wait for one time and for any other that day besides.
      const wait = chance.next() < 0.15 ? waitInPlay(chance, ['waiting']) : undefined;
      const also = wait && world.slots.find((it) => lineOf(it.slotId) === lineOf(wait.waitId))?.slotId;
      const { by, slotId } =
        wait && also
          ? { by: wait.by, slotId: also }
          : (away ?? { by: personInPlay(chance), slotId: slotInPlay(chance) });
      const body = { slotId, anyTime: chance.next() < 0.5 };
      return post('/api/waiting', by, key, body, { slotId });
    }
    case 'waits': {
      const by = waitInPlay(chance, ['waiting', 'waiting', 'offered'])?.by ?? personInPlay(chance);
      return { method: 'GET', path: '/api/waiting', by, key, about: {} };
    }
    case 'leave': {
      const wait = waitInPlay(chance, ['waiting', 'offered']);
      return wait && answerOf(wait, 'leave', key);
    }
    case 'accept':
    case 'decline': {
      // Now and then one that is over, as far as is known.
      const wait = waitInPlay(
        chance,
        chance.next() < 0.95 ? ['offered'] : ['offered', 'accepted', 'waiting', 'lapsed'],
      );
      if (!wait) return undefined;
      const { by: person, waitId, offer } = wait;
      const calls = chance.next() < 0.3 && waitId.startsWith(`${SITE}_`) && offer;
      if (!calls) return answerOf(wait, op, key);
      const body = { siteId: SITE, code: offer.code, answer: op };
      return post('/api/waiting/offers/answer', staff, key, body, { waitId, person });
    }
    case 'chain': {
      const din = [...unseen][0];
      return din ? { method: 'GET', path: `/api/units/${din}`, by: staff, key, about: { din } } : undefined;
    }
    case 'hold': {
      const din = chance.of([...chains.keys()].slice(-20));
      if (!din) return undefined;
      if (chance.next() < 0.3) return post('/api/holds', staff, key, { din }, { din });
      return post(`/api/me/donations/${din}/do-not-use`, donors.get(din) ?? '', key, {}, { din });
    }
    case 'lift': {
      const din = chance.of([...unseen]) ?? chance.of([...chains.keys()].slice(-20));
      return din ? post(`/api/holds/${din}/lift`, staff, key, {}, { din }) : undefined;
    }
  }
}

const answerOf = ({ by, waitId }: SeenWait, action: string, key: string): Call =>
  post(`/api/waiting/${waitId}/${action}`, by, key, {}, { waitId, person: by });

const changeOf = ({ slotId, version }: SeenSlot, key: string, change: object, about: Partial<Entry> = {}): Call => ({
  method: 'PATCH',
  path: `/api/donations/slots/${slotId}`,
  by: staff,
  key,
  body: { version, ...change },
  about: { slotId, from: version, ...about },
});

const today = (): string => world.slots.map(({ date }) => date).sort()[0] ?? '';

function completion(chance: Chance, key: string): Call | undefined {
  const booking = bookingInPlay(chance, ['arrived']);
  if (!booking) return undefined;
  const { bookingId, slotId } = booking;
  dins += 1;
  // Some numbers are another's already, and some have a slip of the pen in them.
  const number = chance.next() < 0.4 ? chance.below(2) : 100_000 * (config.client + 1) + (dins % 100_000);
  const stored = `G123426${String(number).padStart(6, '0')}`;
  const right: string = mod37_2.compute(stored);
  const badDin = chance.next() < 0.05;
  const din = stored + (badDin ? (right === 'A' ? 'B' : 'A') : right);
  const whole = slotId.includes('_whole-blood');
  const body = whole
    ? { bookingId, din, procedure: 'whole-blood', volumeMl: 400, reaction: false }
    : { bookingId, din, procedure: 'platelets', volumeMl: 250, platelets: 1, reaction: false };
  return post('/api/donations', staff, key, body, { bookingId, din: stored, ...(badDin && { badDin: true as const }) });
}

const FORWARD: Record<string, string> = {
  collected: 'test',
  quarantined: 'test',
  tested: 'release',
  released: 'store',
  stored: 'issue',
  issued: 'return',
};
const STRAY = ['test', 'process', 'release', 'store', 'issue', 'use', 'return', 'discard', 'correct-use', 'quarantine'];

function step(chance: Chance, key: string): Call | undefined {
  // Mostly one that has come far, so that some are used, and used again.
  const units = [...chains].slice(-20).flatMap(([din, list]) => list.map((unit) => ({ din, unit })));
  const far = units.filter(({ unit }) => unit.actions.length > 0).sort((a, b) => b.unit.version - a.unit.version);
  const kept = units.filter((it) => held.has(it.din));
  const some = kept.length > 0 && chance.next() < 0.3 ? kept : chance.next() < 0.8 ? far.slice(0, 2) : units;
  const { din, unit } = chance.of(some) ?? {};
  if (!din || !unit) return undefined;
  // Of what is on hold, as if nobody had said so.
  const next =
    (held.has(din) && chance.next() < 0.7 ? FORWARD[unit.stage] : undefined) ??
    unit.actions.find((action) => action !== 'correct-use' && (action !== 'process' || unit.unitId === 'wb')) ??
    'correct-use';
  const action = (chance.next() < 0.8 ? next : chance.of(STRAY)) ?? next;
  const noRecord = action === 'use' && chance.next() < 0.3;
  const body = {
    action,
    version: unit.version,
    ...(action === 'process' && { components: unit.unitId === 'wb' ? ['red-cells', 'plasma'] : ['platelets'] }),
    ...((action === 'issue' || action === 'use') && { hospital: 'First Hospital' }),
    ...(action === 'use' && !noRecord && { hospitalRecord: 'R-1' }),
  };
  return post(`/api/units/${din}/${unit.unitId}/steps`, staff, key, body, {
    din,
    unitId: unit.unitId,
    action,
    ...(noRecord && { noRecord: true as const }),
  });
}

async function perform(id: string, op: Op, call: Call): Promise<void> {
  const at = Date.now();
  const { status, body, sent } = await http(call.method, call.path, tokens[call.by] ?? '', call.key, call.body);
  const said = (body ?? {}) as Record<string, unknown>;
  const done = status >= 200 && status < 300;
  const seen: SeenBooking[] = [];
  // A roster's line does not say where the booking is.
  if (done && BOOKING_OPS.has(op)) seen.push({ ...(said as SeenBooking), slotId: String(said['slotId'] ?? '') });
  if (done && op === 'list') seen.push(...(said['items'] as SeenBooking[]));
  const seenSlots: SeenSlot[] = done && op === 'day' ? (said['items'] as SeenSlot[]) : [];
  if (done && CHANGES.has(op)) seenSlots.push(said as SeenSlot);
  for (const it of seenSlots) {
    if (it.version < (slots.get(it.slotId)?.version ?? 0)) continue;
    slots.set(it.slotId, it);
    changed.delete(it.slotId);
  }
  if (said['code'] === 'changed-meanwhile' && call.about.slotId) changed.add(call.about.slotId);
  for (const it of seen) {
    const before = known.get(it.bookingId);
    if (!before || before.version <= it.version)
      known.set(it.bookingId, { ...it, slotId: it.slotId || (before?.slotId ?? '') });
  }
  if (done && op === 'complete') {
    donors.set(call.about.din ?? '', ownerOf(call.about.bookingId ?? ''));
    chains.set(call.about.din ?? '', [
      {
        unitId: call.path && (call.body as { procedure: string }).procedure === 'platelets' ? 'plt' : 'wb',
        stage: 'collected',
        version: 1,
        actions: ['test'],
      },
    ]);
  }
  const units = done && (op === 'step' || op === 'chain') ? (said['units'] as SeenUnit[]) : undefined;
  const { din } = call.about;
  if (din && units) chains.set(din, units);
  if (din && units) unseen.delete(din);
  else if (din && (op === 'hold' || op === 'lift' || said['code'] === 'changed-meanwhile')) unseen.add(din);
  if (din && done && op === 'hold') held.add(din);
  if (din && done && op === 'lift') held.delete(din);
  const seenWaits = noteWaits(op, call, said, done);
  const settled = done || said['code'] === 'wrong-state';
  if ((op === 'complete' || op === 'defer') && settled && call.about.bookingId) known.delete(call.about.bookingId);
  const entry: Entry = {
    id,
    op,
    by: call.by,
    key: call.key,
    input: createHash('sha256')
      .update(JSON.stringify([call.path, call.body]))
      .digest('base64url')
      .slice(0, 10),
    ...call.about,
    at,
    until: Date.now(),
    sent,
    status,
    ...(!done && typeof said['code'] === 'string' && { code: said['code'] }),
    ...(!done && Array.isArray(said['reasons']) && { reasons: said['reasons'].map(({ code }) => String(code)) }),
    ...(seen.length > 0 || op === 'list'
      ? {
          bookings: seen.map(({ bookingId, slotId, status: is, version }) => ({
            bookingId,
            slotId,
            status: is,
            version,
          })),
        }
      : {}),
    ...(seenSlots.length > 0 && {
      slots: seenSlots.map(({ slotId, places, status: is, version }) => ({ slotId, places, status: is, version })),
    }),
    ...(seenWaits[0] && WAITING.has(op) && { waitId: seenWaits[0].waitId }),
    ...(op === 'accept' && seenWaits[0]?.bookingId && { made: seenWaits[0].bookingId }),
    ...(units && { units: units.map(({ unitId, stage, version }) => ({ unitId, stage, version })) }),
  };
  out.write(`${JSON.stringify(entry)}\n`);
}

/** Keeps what an answer says of waits, and of who found no room. */
function noteWaits(op: Op, call: Call, said: Record<string, unknown>, done: boolean): SeenWait[] {
  const { slotId, person } = call.about;
  const reasons = (said['reasons'] ?? []) as { code: string }[];
  if ((op === 'book' || op === 'reschedule') && slotId && reasons.some(({ code }) => code === 'slot-full')) {
    turnedAway.push({ by: call.by, slotId });
    if (turnedAway.length > 12) turnedAway.shift();
  }
  // Not as it was known to be: the next look tells.
  if (!done && WAITING.has(op)) waits.delete(`${person} ${call.about.waitId}`);
  if (!done || (op !== 'waits' && !WAITING.has(op))) return [];
  const some = (op === 'waits' ? said['items'] : [said]) as Omit<SeenWait, 'by'>[];
  return some.map((it) => {
    const wait = { ...it, by: person ?? call.by };
    waits.set(`${wait.by} ${wait.waitId}`, wait);
    const { bookingId, offer } = wait;
    if (op === 'accept' && bookingId && offer && !known.has(bookingId)) {
      known.set(bookingId, { bookingId, slotId: offer.slotId, status: 'booked', version: 1 });
    }
    return wait;
  });
}

async function worker(n: number): Promise<void> {
  const chance = createChance(world.seed * 1_000_003 + config.client * 101 + n);
  while (!stopping && (config.ops === 0 || begun < config.ops)) {
    const id = `${config.client}.${begun}`;
    begun += 1;
    // Now and then a call is made again: with its key as it was, or with its key for something else.
    const again = chance.next() < 0.05 ? chance.of(past.slice(-50)) : undefined;
    if (again) {
      const other = again.op === 'book' && chance.next() < 0.3 ? callOf('book', chance, again.call.key) : undefined;
      await perform(id, again.op, other ? { ...other, by: again.call.by } : again.call);
      continue;
    }
    const op = chance.weighted({
      ...WEIGHTS,
      // What is known to be of another version now is looked at, and who has an offer mostly answers it.
      ...(changed.size > 0 && { day: 20 }),
      ...(unseen.size > 0 && { chain: 12 }),
      ...(chains.size > 0 && { step: 30 }),
      ...(waitInPlay(chance, ['offered']) && { accept: 100, decline: 20, leave: 4 }),
    });
    const key = `history-${world.seed}-${config.client}-${n}-${begun}`;
    const wanted = callOf(op, chance, key);
    const call = wanted ?? callOf('book', chance, key);
    if (!call) continue;
    const done = wanted ? op : 'book';
    if (call.method !== 'GET') past.push({ op: done, call });
    if (past.length > 200) past.splice(0, 100);
    await perform(id, done, call);
  }
}

await Promise.all(Array.from({ length: config.atOnce }, async (_, n) => await worker(n)));
await new Promise<void>((resolve) => out.end(resolve));
process.exit(0);
