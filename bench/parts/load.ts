import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalDate } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import type { BookingItem } from '../../shared/store/items/index.ts';
import { bookingId, indexes, keys, partitions } from '../../shared/store/keys.ts';
import { poolSizes } from '../../shared/store/slots.ts';
import * as city from '../city.ts';
import type { Client } from '../client.ts';
import type { LocalDeployment } from '../deployment.ts';
import { cpuSecondsOf, untilQuiet } from '../processes.ts';
import type { Call } from '../sides/http.ts';
import type { RawBooking } from '../sides/raw.ts';
import type { Run } from '../stats.ts';
import type { TableEngine } from '../table-engine.ts';
import type { Job } from '../worker.ts';
import type { Yardstick } from '../yardstick/service.ts';

/** `opening`: sign-up for an event opens, and ten for each place are there at that instant. */
export const SCENARIOS = ['rush', 'steady', 'browse', 'opening'] as const;
export type Scenario = (typeof SCENARIOS)[number];
export const SIDES = ['nuanliu', 'store', 'raw-sdk', 'raw-http', 'yardstick'] as const;
export type SideName = (typeof SIDES)[number];

/** What one repetition is about; every side gets the same, made anew. */
export type Plan = {
  readonly scenario: Scenario;
  readonly lanes: number;
  readonly siteId: string;
  readonly dates: readonly LocalDate[];
  /** Numbers of the people, used by nobody before. */
  readonly people: readonly number[];
  readonly slots: readonly { readonly date: LocalDate; readonly n: number; readonly places: number }[];
  /** The slot that each person wants, in the order of people. */
  readonly wanted: readonly string[];
  /** How many of `wanted` can be had, and how many of one of them. */
  readonly available: number;
  readonly placesEach: number;
  readonly weeks: number;
};

const RUSH_PLACES = 200;
const OPENING_PLACES = 500;
const OPENING_PEOPLE_EACH = 10;
/** Places of the one slot that everybody wants. */
const CROWDED: Partial<Record<Scenario, number>> = { rush: RUSH_PLACES, opening: OPENING_PLACES };
const SITE_POLL_MS = 500;
const DAYS = 7;

export function planOf(scenario: Scenario, repetition: number, size: { people: number; weeks: number }): Plan {
  const siteId = `${scenario}${repetition}`;
  const order = SCENARIOS.indexOf(scenario);
  const first = (repetition * SCENARIOS.length + order) * 10_000;
  const crowd = scenario === 'opening' ? Math.min(OPENING_PLACES * OPENING_PEOPLE_EACH, size.people * 5) : size.people;
  const people = scenario === 'browse' ? [] : Array.from({ length: crowd }, (_, n) => first + n);
  const days = scenario === 'steady' ? Math.ceil(size.people / city.SLOTS_A_DAY) : scenario === 'opening' ? 1 : DAYS;
  const dates = Array.from({ length: days }, (_, n) => city.inDays(2 + n));
  const slots = dates.flatMap((date, day) =>
    Array.from({ length: scenario === 'opening' ? 1 : city.SLOTS_A_DAY }, (_, n) => {
      const places = (day === 0 && n === 0 && CROWDED[scenario]) || (scenario === 'steady' ? 1 : 4);
      return { date, n, places };
    }),
  );
  const ids = slots.map((it) => slotOf({ scenario, siteId }, it).slotId);
  const crowded = CROWDED[scenario];
  const wanted = people.map((_, n) => (crowded ? ids[0] : ids[n]) ?? '');
  return {
    scenario,
    lanes: crowded ? 32 : 16,
    siteId,
    dates,
    people,
    slots,
    wanted,
    available: crowded ? Math.min(crowded, people.length) : people.length,
    placesEach: crowded ?? 1,
    weeks: size.weeks,
  };
}

/** A time of a station, or the shift of an event. */
const slotOf = (
  { scenario, siteId }: Pick<Plan, 'scenario' | 'siteId'>,
  { date, n, places }: Plan['slots'][number],
): city.MeasuredSlot =>
  scenario === 'opening' ? city.shift(siteId, date, places) : city.slot(siteId, date, n, places);

/** One of what is compared. */
export type Side = {
  readonly name: SideName;
  readonly client: Client;
  /** The processes whose CPU is counted. */
  readonly pids: () => number[];
  /** Everything that must be quiet before a measurement. */
  readonly busy: () => number[];
  /** Makes the plan's people and slots, and the job to be timed. */
  readonly prepare: (plan: Plan) => Promise<Job>;
  /** Bookings that stand, a slot each time it is held. */
  readonly held: (plan: Plan) => Promise<string[]>;
};

/** Runs a plan against a side and counts afterwards what is really stored. */
export async function measure(side: Side, plan: Plan): Promise<Run> {
  const job = await side.prepare(plan);
  await untilQuiet(side.busy());
  const before = cpuSecondsOf(side.pids());
  const timed = await side.client.run(job);
  const cpuSeconds = cpuSecondsOf(side.pids()) - before;
  const held = plan.scenario === 'browse' ? [] : await side.held(plan);
  return { ...timed, cpuSeconds, ...counted(plan, held) };
}

/** Places held beyond what a slot has, and places that somebody wanted and nobody got. */
export function counted(plan: Plan, held: readonly string[]): { overbooked: number; unfilled: number } {
  if (plan.scenario === 'browse') return { overbooked: 0, unfilled: 0 };
  const perSlot = new Map<string, number>();
  for (const slotId of held) perSlot.set(slotId, (perSlot.get(slotId) ?? 0) + 1);
  const overbooked = [...perSlot.values()].reduce((sum, n) => sum + Math.max(0, n - plan.placesEach), 0);
  return { overbooked, unfilled: plan.available - (held.length - overbooked) };
}

const keyOf = (n: number): string => createHash('sha256').update(`bench ${n}`).digest('base64url').slice(0, 22);

async function loadCity(store: Store, table: string, plan: Plan, issuer: string, subjectOf: (n: number) => string) {
  const items = [
    city.siteItem(plan.siteId),
    ...plan.slots.flatMap((it) => slotOf(plan, it).items),
    ...plan.people.flatMap((n) => city.personItems(n, { iss: issuer, sub: subjectOf(n) })),
  ];
  await city.load(store, items, table);
}

async function heldIn(store: Store, plan: Plan): Promise<string[]> {
  const found: string[] = [];
  for (const date of plan.dates) {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await store.query<BookingItem>({
        pk: indexes.roster(plan.siteId, date),
        index: 'gsi1',
        ...(start && { start }),
      });
      found.push(...page.items.filter(({ status }) => status === 'booked').map(({ slotId }) => slotId));
      start = page.next;
    } while (start);
  }
  return found;
}

const weekPath = (plan: Plan) => `/api/sites/${plan.siteId}/slots?from=${plan.dates[0]}&to=${plan.dates.at(-1)}`;
const browsing = (plan: Plan): Call[] =>
  Array.from({ length: plan.weeks }, () => ({ path: weekPath(plan), headers: {} }));
const booking = (plan: Plan, tokens: readonly string[]): Call[] =>
  plan.wanted.map((slotId, n) => ({
    path: '/api/bookings',
    body: JSON.stringify({ slotId }),
    headers: {
      authorization: `Bearer ${tokens[n]}`,
      'content-type': 'application/json',
      'idempotency-key': keyOf(plan.people[n] ?? 0),
    },
  }));

/** Nuanliu over HTTP, through the gateway that `npm start` opens. */
export function nuanliuSide(
  engine: TableEngine,
  deployment: LocalDeployment,
  client: Client,
  identity: { issuer: string; subjectOf: (phone: string) => string },
): Side {
  const store = engine.storeOn('schedule');
  const pids = () => [engine.pid(), deployment.pid];
  return {
    name: 'nuanliu',
    client,
    pids,
    busy: pids,
    prepare: async (plan) => {
      await loadCity(store, 'schedule', plan, identity.issuer, (n) => identity.subjectOf(city.phoneOf(n)));
      const job = { side: 'http', origin: deployment.origin, lanes: plan.lanes } as const;
      if (plan.scenario === 'browse') {
        const calls = browsing(plan);
        // The function keeps the list of sites for some seconds; this one is new.
        while ((await client.run({ ...job, calls: calls.slice(0, 1) })).counts.ok === 0) await sleep(SITE_POLL_MS);
        return { ...job, calls };
      }
      const tokens = deployment.tokens(city.phoneOf(plan.people[0] ?? 0), plan.people.length);
      // Whoever books has looked at a page before: the gateway has seen the token, the function the person.
      const looks = tokens.map((token) => ({
        path: '/api/me/bookings',
        headers: { authorization: `Bearer ${token}` },
      }));
      await client.run({ ...job, calls: looks });
      return { ...job, calls: booking(plan, tokens) };
    },
    held: async (plan) => await heldIn(store, plan),
  };
}

/** The same booking path without HTTP, in the client's own process. */
export function storeSide(engine: TableEngine, client: Client): Side {
  const table = 'by-store';
  const store = engine.storeOn(table);
  return {
    name: 'store',
    client,
    pids: () => [engine.pid(), client.pid],
    busy: () => [engine.pid(), client.pid],
    prepare: async (plan) => {
      await loadCity(store, table, plan, 'https://bench.test', String);
      const job = { side: 'store', endpoint: engine.endpoint, table, lanes: plan.lanes } as const;
      if (plan.scenario === 'browse') return { ...job, weeks: plan.weeks, siteId: plan.siteId, dates: plan.dates };
      const book = plan.wanted.map((slotId, n) => {
        const person = plan.people[n] ?? 0;
        return { personId: city.personOf(person), slotId, key: keyOf(person) };
      });
      return { ...job, book };
    },
    held: async (plan) => await heldIn(store, plan),
  };
}

/** The same engine called directly. */
export function rawSide(name: 'raw-sdk' | 'raw-http', engine: TableEngine, client: Client): Side {
  const table = `by-${name}`;
  const store = engine.storeOn(table);
  return {
    name,
    client,
    pids: () => [engine.pid(), client.pid],
    busy: () => [engine.pid(), client.pid],
    prepare: async (plan) => {
      await loadCity(store, table, plan, 'https://bench.test', String);
      const job = { side: name, endpoint: engine.endpoint, table, lanes: plan.lanes } as const;
      if (plan.scenario === 'browse') {
        return { ...job, weeks: plan.weeks, days: plan.dates.map((date) => partitions.day(plan.siteId, date)) };
      }
      return { ...job, book: plan.wanted.map((slotId, n) => rawBooking(plan, slotId, plan.people[n] ?? 0)) };
    },
    held: async (plan) => await heldIn(store, plan),
  };
}

function rawBooking(plan: Plan, slotId: string, person: number): RawBooking {
  const found = plan.slots.find((it) => slotOf(plan, it).slotId === slotId);
  if (!found) throw new Error('a slot that is not in the plan');
  const id = bookingId(city.personOf(person), keyOf(person).toLowerCase().replaceAll(/[_-]/g, '0').slice(0, 16));
  return {
    slot: keys.slot(slotId),
    lock: keys.lock(city.personOf(person)),
    booking: keys.booking(id),
    pools: poolSizes(found.places).map((_, k) => keys.pool(slotId, k)),
    poolPrefix: keys.pool(slotId, 0).sk.replace(/\d+$/, ''),
    roster: { pk: indexes.roster(plan.siteId, found.date), sk: indexes.rosterSort(`${found.date}T00:00:00.000Z`, id) },
  };
}

/** Fastify and PostgreSQL. */
export function yardstickSide(yardstick: Yardstick, client: Client): Side {
  return {
    name: 'yardstick',
    client,
    pids: () => [...yardstick.pids],
    busy: () => [...yardstick.pids],
    prepare: async (plan) => {
      await yardstick.sql(
        `INSERT INTO person SELECT id, '1996-05-01', 'male', 70, NULL, NULL FROM unnest($1::text[]) AS id`,
        [plan.people.map(city.personOf)],
      );
      // It knows procedures only: a shift is one more of them.
      const slots = plan.slots.map((it) => ({ procedure: 'whole-blood', ...slotOf(plan, it).items[0] }));
      await yardstick.sql(
        `INSERT INTO slot SELECT "slotId", "containerId", procedure, "startsAt", "endsAt", date, zone, status, places, places
           FROM json_to_recordset($1) AS it("slotId" text, "containerId" text, procedure text, "startsAt" timestamptz,
             "endsAt" timestamptz, date date, zone text, status text, places int)`,
        [JSON.stringify(slots)],
      );
      await yardstick.sql('ANALYZE');
      await yardstick.sql('CHECKPOINT');
      const job = { side: 'http', origin: yardstick.origin, lanes: plan.lanes } as const;
      if (plan.scenario === 'browse') return { ...job, calls: browsing(plan) };
      return { ...job, calls: booking(plan, plan.people.map(city.personOf)) };
    },
    held: async (plan) => {
      const rows = await yardstick.sql(
        `SELECT slot_id FROM booking JOIN slot ON slot.id = slot_id WHERE site_id = $1 AND booking.status = 'booked'`,
        [plan.siteId],
      );
      return rows.map(({ slot_id }) => String(slot_id));
    },
  };
}
