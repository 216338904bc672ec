import { createHash } from 'node:crypto';
import { addSpan } from '../../shared/domain/dates.ts';
import { type Found, readGroup } from '../../shared/domain/laboratory.ts';
import { addMinutes } from '../../shared/domain/local-time.ts';
import { siteDay } from '../../shared/domain/site-schedule.ts';
import type {
  Component,
  DonationTestCode,
  Instant,
  LocalDate,
  Procedure,
  StepWay,
  TestResult,
  UnitAction,
} from '../../shared/domain/vocabulary.ts';
import { packFor } from '../../shared/policy/index.ts';
import type { Idempotency } from '../../shared/store/accepted.ts';
import type { Store } from '../../shared/store/client.ts';
import type { SiteItem, UnitItem } from '../../shared/store/items/index.ts';
import { keys, slotId } from '../../shared/store/keys.ts';
import { laboratoryOf } from '../../shared/store/laboratory.ts';
import { inParallel } from '../../shared/store/parallel.ts';
import type { Clock } from '../../shared/store/retry.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { checkIn } from '../../shared/store/transactions/check-in.ts';
import { completeDonation } from '../../shared/store/transactions/complete-donation.ts';
import type { EngineDeps } from '../../shared/store/transactions/deps.ts';
import { moveUnit } from '../../shared/store/transactions/move-unit.ts';
import { recordResults } from '../../shared/store/transactions/record-results.ts';
import { screenDonor } from '../../shared/store/transactions/screen.ts';
import { begin } from '../../shared/store/transactions/take-step.ts';
import { BUS, CENTRAL, FERRY, GATE, HOSPITAL, PARK, SITES, schedules, ZONE } from './city.ts';
import { dinOf, platelets, whole } from './history.ts';
import { DEFERRED, type Resident, staffOf } from './people.ts';
import type { WeekendEvent } from './weekend.ts';

const AT_ONCE = 8;
const DAY_MS = 86_400_000;

/** A clock that stood at an instant when it was made and has run since. */
export function clockAt(instant: Instant): Clock {
  const offset = Date.parse(instant) - performance.now();
  return {
    now: () => offset + performance.now(),
    sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

export const engineAt = (store: Store, instant: Instant): EngineDeps => ({
  store,
  clock: clockAt(instant),
  random: Math.random,
  packOf: ({ pack, date }) => (pack === undefined ? undefined : packFor(pack, date)),
});

/** What makes a second run of the seed meet what the first has done. */
export const keyOf = (...what: readonly string[]): Idempotency => {
  const digest = createHash('sha256')
    .update(JSON.stringify(['seed', ...what]))
    .digest('base64url')
    .slice(0, 22);
  return { key: digest, input: digest };
};

type Move = {
  readonly unit: string;
  readonly action: UnitAction;
  /** Hours after the donation. */
  readonly after: number;
  readonly components?: readonly Component[];
  readonly hospital?: string;
  readonly note?: string;
  readonly hospitalRecord?: string;
  /** Days from the donation: what a label says of its expiry, and what a hospital says of the day of its use. */
  readonly expiresOn?: number;
  readonly usedOn?: number;
  readonly via?: StepWay;
};

/** A visit to a site: booked some days before, and as much of what follows as the time of day allows. */
export type Visit = {
  readonly personId: string;
  readonly siteId: string;
  /** Days from today. */
  readonly day: number;
  /** Which of the day's slots of the procedure. */
  readonly nth: number;
  readonly procedure: Procedure;
  /** Where the visit stops short of a donation: before coming, in the waiting room, after screening, or in the chair. */
  readonly ends?: 'deferred' | 'waiting' | 'screened' | 'giving' | 'absent';
  /** Minutes after the time's beginning at which they come; they are then seen to without waiting. */
  readonly cameAfter?: number;
  readonly moves: readonly Move[];
  /** What the laboratory of the station finds, where that is not all clear. */
  readonly found?: 'clear' | 'reacted' | 'half';
};

const TESTED_AFTER = 6;
const test: Move = { unit: 'wb', action: 'test', after: TESTED_AFTER };
const process: Move = { unit: 'wb', action: 'process', after: 7, components: ['red-cells', 'plasma'] };
const onward = (unit: string, hours: number, ...actions: UnitAction[]): Move[] =>
  actions.map((action, n) => ({ unit, action, after: hours + n, ...(action === 'issue' && { hospital: HOSPITAL }) }));

/** Donations of the last days, each left at another stage, so that staff find something to do at each. */
const RECENT: readonly Omit<Visit, 'personId'>[] = [
  {
    siteId: CENTRAL,
    day: -2,
    nth: 1,
    procedure: 'whole-blood',
    moves: [
      test,
      process,
      ...onward('wb-rc', 8, 'release', 'store', 'issue'),
      ...onward('wb-pl', 8, 'release', 'store'),
    ],
  },
  {
    siteId: CENTRAL,
    day: -2,
    nth: 1,
    procedure: 'platelets',
    moves: onward('plt', 6, 'test', 'release', 'store', 'issue'),
  },
  {
    siteId: GATE,
    day: -2,
    nth: 2,
    procedure: 'whole-blood',
    moves: [test, process, ...onward('wb-rc', 8, 'release', 'store')],
  },
  { siteId: BUS, day: -1, nth: 1, procedure: 'whole-blood', moves: [test] },
  { siteId: PARK, day: -1, nth: 3, procedure: 'whole-blood', moves: [test, process] },
  { siteId: FERRY, day: -1, nth: 2, procedure: 'whole-blood', moves: [{ ...test, action: 'quarantine' }] },
  {
    siteId: CENTRAL,
    day: -1,
    nth: 3,
    procedure: 'whole-blood',
    moves: [test, { unit: 'wb', action: 'discard', after: 7, note: '血袋渗漏' }],
  },
  { siteId: CENTRAL, day: -1, nth: 0, procedure: 'platelets', moves: onward('plt', 6, 'test', 'release', 'store') },
  { siteId: CENTRAL, day: -1, nth: 5, procedure: 'whole-blood', moves: [], found: 'half' },
];

/** One that has reacted once, and waits to be repeated. */
const IN_THE_LABORATORY: readonly Omit<Visit, 'personId'>[] = [
  { siteId: CENTRAL, day: -1, nth: 6, procedure: 'whole-blood', moves: [], found: 'reacted' },
];

const SECOND = '梅溪区中医院';
const issued = (unit: string, after: number, hospital = HOSPITAL): Move => ({ unit, action: 'issue', after, hospital });

/** Two whose records do not agree, as it happens: a hospital that wrote another day, and platelets that were given too late. */
const DOUBTFUL: readonly Omit<Visit, 'personId'>[] = [
  {
    siteId: CENTRAL,
    day: -2,
    nth: 3,
    procedure: 'whole-blood',
    moves: [
      test,
      process,
      ...onward('wb-rc', 8, 'release', 'store'),
      issued('wb-rc', 22, SECOND),
      { unit: 'wb-rc', action: 'use', after: 26, hospital: SECOND, hospitalRecord: 'MX-1126', usedOn: 0, via: 'file' },
    ],
  },
  {
    siteId: CENTRAL,
    day: -2,
    nth: 2,
    procedure: 'platelets',
    moves: [
      { unit: 'plt', action: 'release', after: 7, expiresOn: 1 },
      ...onward('plt', 8, 'store', 'issue'),
      { unit: 'plt', action: 'use', after: 40, hospital: HOSPITAL, hospitalRecord: 'YT-40827', via: 'scan' },
    ],
    found: 'clear',
  },
];

/** However late it is: one donor has given, one waits and one has yet to come. */
const TODAY = [{ nth: 0 }, { nth: 2, ends: 'waiting' }, { nth: 4, ends: 'absent' }] as const;

/** Today's rosters and the next days'. */
const COMING: readonly Omit<Visit, 'personId'>[] = [
  ...[CENTRAL, GATE, PARK, FERRY, BUS].flatMap((siteId) =>
    TODAY.map((visit) => ({ siteId, day: 0, procedure: 'whole-blood' as const, moves: [], ...visit })),
  ),
  { siteId: CENTRAL, day: 0, nth: 1, procedure: 'platelets', moves: [] },
  { siteId: CENTRAL, day: 0, nth: 8, procedure: 'whole-blood', moves: [] },
  ...[CENTRAL, GATE, FERRY, BUS].map((siteId, n) => ({
    siteId,
    day: 1 + (n % 2),
    nth: 1 + n,
    procedure: 'whole-blood' as const,
    moves: [],
  })),
];

const visits = (fillers: readonly Resident[], doubted: readonly Resident[]): Visit[] => [
  ...given([...RECENT, ...COMING, ...IN_THE_LABORATORY], fillers),
  { personId: DEFERRED, siteId: CENTRAL, day: -1, nth: 2, procedure: 'whole-blood', ends: 'deferred', moves: [] },
  ...given(DOUBTFUL, doubted),
];
const given = (list: readonly Omit<Visit, 'personId'>[], people: readonly Resident[]): Visit[] =>
  list.flatMap((visit, n) => {
    const person = people[n];
    return person ? [{ ...visit, personId: person.personId }] : [];
  });

/** Lives all visits through the transactions that staff and donors use, at the times they would have. */
export async function live(
  store: Store,
  {
    now,
    today,
    fillers,
    doubted,
  }: { now: Instant; today: LocalDate; fillers: readonly Resident[]; doubted: readonly Resident[] },
): Promise<void> {
  await liveAll(store, visits(fillers, doubted), { now, today, from: 0 });
}

/** `from`: how many visits were numbered before these. */
export async function liveAll(
  store: Store,
  all: readonly Visit[],
  { now, today, from }: { now: Instant; today: LocalDate; from: number },
): Promise<void> {
  const weeks = schedules(addSpan(today, { value: -DAYS_BACK, unit: 'day' }));
  await inParallel([...all.entries()], AT_ONCE, async ([n, visit]) => {
    const found = slotOf(visit, today, weeks);
    if (found) await liveOne(store, visit, found, now, from + n);
  });
}

/** Slots are made from this many days before the first start, so that the last days can be told. */
export const DAYS_BACK = 3;

type Place = {
  readonly site: SiteItem;
  readonly slotId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly date: LocalDate;
};

/** The visit's slot; at the central station, which never closes, where its own site is closed that day. */
function slotOf(visit: Visit, today: LocalDate, weeks: ReturnType<typeof schedules>): Place | undefined {
  const date = addSpan(today, { value: visit.day, unit: 'day' });
  for (const siteId of [visit.siteId, CENTRAL]) {
    const { slots } = siteDay(
      weeks.filter((week) => week.siteId === siteId),
      date,
      ZONE,
    );
    const slot = slots.filter(({ procedure }) => procedure === visit.procedure)[visit.nth];
    const site = SITES.find((it) => it.siteId === siteId);
    if (slot && site) return { ...slot, site, date, slotId: slotId(siteId, date, slot.time, slot.procedure) };
  }
  return undefined;
}

/** Of somebody who is seen to without waiting: minutes after they came. */
const BUSY_MINUTES = { screened: 6, begun: 10, done: 24 } as const;
/** Within what the rules ask of anybody who gives whole blood. */
const WELL = { weight: 62, systolic: 118, diastolic: 76, pulse: 72, haemoglobin: 142 } as const;

const isUnderWay = ({ ends }: Visit): boolean => ends === 'screened' || ends === 'giving';

async function liveOne(store: Store, visit: Visit, place: Place, now: Instant, n: number): Promise<void> {
  const { site, startsAt, endsAt, date } = place;
  const key = (what: string) => keyOf(visit.personId, what);
  const booked = new Date(Date.parse(startsAt) - (2 + (n % 3)) * DAY_MS).toISOString();
  const bookedAt = booked < now ? booked : addMinutes(now, -60);
  const answer = await book(engineAt(store, bookedAt), {
    personId: visit.personId,
    slotId: place.slotId,
    idempotency: key('book'),
  });
  if (answer.kind !== 'booked') return;
  const { bookingId } = answer.booking;
  const by = staffOf(site.siteId);

  if (startsAt > now || visit.ends === 'absent') return;
  const deps = (at: Instant) => engineAt(store, at);
  const knownBy = { key: 'pass' } as const;
  const came = addMinutes(startsAt, visit.cameAfter ?? 2);
  const step = (what: string) => ({ bookingId, by, auditId: `${bookingId} ${what}`, idempotency: key(what) });
  await checkIn(deps(came), { ...step('check-in'), auditId: bookingId, knownBy });
  const busy = visit.cameAfter === undefined ? undefined : came;
  const doneAt = busy ? addMinutes(busy, BUSY_MINUTES.done) : addMinutes(endsAt, -5);
  if ((busy ? doneAt > now : endsAt > now) && !isUnderWay(visit)) return;
  if (visit.ends === 'waiting') return;
  if (isUnderWay(visit)) {
    const screenedAt = addMinutes(came, BUSY_MINUTES.screened);
    const begunAt = addMinutes(came, BUSY_MINUTES.begun);
    if (screenedAt > now) return;
    await screenDonor(deps(screenedAt), site, { ...step('screen'), measures: WELL, athlete: false });
    if (visit.ends === 'giving' && begunAt <= now) await begin(deps(begunAt), step('begin'));
    return;
  }
  if (visit.ends === 'deferred') {
    await screenDonor(engineAt(store, doneAt), site, {
      bookingId,
      measures: {},
      athlete: false,
      deferral: { reason: 'cold-or-gastroenteritis', since: date },
      words: '感冒还没好，先休息；好了一周后欢迎再来，谢谢您。',
      by,
      auditId: `screened-${bookingId}`,
      idempotency: key('defer'),
    });
    return;
  }
  const din = dinOf(date, 1 + n);
  const given = visit.procedure === 'platelets' ? platelets(2) : whole(n % 3 === 0 ? 300 : 400);
  const input = { bookingId, din, ...given, reaction: false, by, idempotency: key('complete') };
  await completeDonation(engineAt(store, doneAt), site, input);
  const tested = visit.moves.find(({ action }) => action === 'test')?.after ?? (visit.found && TESTED_AFTER);
  if (tested !== undefined && laboratoryOf(site) === 'required') {
    await examine(store, { din, nth: n, found: visit.found, by, at: addMinutes(doneAt, (tested - 1) * 60) }, now);
  }
  for (const { unit, after, expiresOn, usedOn, ...move } of visit.moves) {
    const movedAt = addMinutes(doneAt, after * 60);
    if (movedAt > now) return;
    const before = await store.get<UnitItem>(keys.unit(din, unit), { consistent: true });
    if (!before) return;
    const idempotency = key(`${unit} ${move.action}`);
    const dated = {
      ...(expiresOn !== undefined && { expiry: { on: addSpan(date, { value: expiresOn, unit: 'day' }) } }),
      ...(usedOn !== undefined && { usedOn: addSpan(date, { value: usedOn, unit: 'day' }) }),
    };
    await moveUnit(engineAt(store, movedAt), {
      din,
      unitId: unit,
      version: before.version,
      ...move,
      ...dated,
      by,
      idempotency,
    });
  }
}

/** Groups about as common as they are among Chinese donors; nobody's real one. */
const GROUPS = ['B+', 'O+', 'A+', 'AB+', 'O+', 'A+', 'B+', 'A-'] as const;

/** What the laboratory finds of a donation: its group twice, and each marker. */
async function examine(
  store: Store,
  { din, nth, found, by, at }: { din: string; nth: number; found: Visit['found']; by: string; at: Instant },
  now: Instant,
): Promise<void> {
  const group = readGroup(GROUPS[nth % GROUPS.length] ?? '');
  if (at > now || !group) return;
  const typed: Found = { kind: 'group', ...group };
  const run = (test: DonationTestCode, result: TestResult = 'non-reactive'): Found => ({ kind: 'test', test, result });
  const rest: Found[] = [
    run('anti-hcv'),
    run('hiv-ag-ab'),
    run('syphilis'),
    { kind: 'test', test: 'alt', value: 18 + (nth % 20) },
  ];
  const all: Found[] =
    found === 'half'
      ? [typed, run('hbsag'), run('anti-hcv')]
      : [typed, typed, run('hbsag', found === 'reacted' ? 'reactive' : 'non-reactive'), ...rest];
  await recordResults(engineAt(store, at), {
    din,
    found: all,
    asItIs: false,
    by,
    auditId: `results-${din}`,
    idempotency: keyOf(din, 'results'),
  });
}

/** Some neighbours have signed up for the weekend already. */
export async function signUp(
  store: Store,
  events: readonly { event: WeekendEvent; slotIds: readonly string[] }[],
  people: readonly Resident[],
  at: Instant,
): Promise<void> {
  await inParallel([...people.entries()], AT_ONCE, async ([n, { personId }]) => {
    const slotId = choiceOf(events, n);
    if (slotId) await book(engineAt(store, at), { personId, slotId, idempotency: keyOf(personId, 'sign-up') });
  });
}

/** What the nth of them signs up for. */
function choiceOf(events: readonly { slotIds: readonly string[] }[], n: number): string | undefined {
  const { slotIds } = events[n % events.length] ?? { slotIds: [] };
  return slotIds[n % Math.max(1, slotIds.length)];
}

/** Who of them signs up for a shift. */
export const signingUpFor = (
  events: readonly { slotIds: readonly string[] }[],
  people: readonly Resident[],
  slotId: string,
): Resident[] => people.filter((_, n) => choiceOf(events, n) === slotId);
