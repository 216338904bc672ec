import type { Store } from '../../shared/store/client.ts';
import type { MessageItem, RoleItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import * as city from '../city.ts';
import { house, ISSUER } from '../house.ts';
import { meter, type Units } from '../meter.ts';
import { median, percentile } from '../stats.ts';

/** What was measured of an operation: the median units, and latency in milliseconds one call at a time. */
export type Measured = { readonly units: Units; readonly p50: number; readonly p95: number };
export type Operations = Readonly<Record<string, Measured>>;

const SITE = 'measured';
const ROSTER = 40;
const WEEK = 7;
/** People of the measured site, numbered apart from everyone loaded. */
const FIRST_PERSON = 90_000_000;
const STAFF = 89_999_999;

/**
 * Every operation through its handler, one call at a time, each person booking once: first the day whose roster is read
 * is filled, then the rest of the week is booked, moved and cancelled. `round` keeps people and sites of one table apart.
 */
export async function measureOperations(
  store: Store,
  table: string,
  times: number,
  round: number,
): Promise<Operations> {
  const metered = meter(store);
  const siteId = `${SITE}${round}`;
  const first = FIRST_PERSON + round * 100_000;
  const staff = STAFF - round;
  const dates = Array.from({ length: WEEK }, (_, n) => city.inDays(3 + n));
  const slots = dates.map((date) => Array.from({ length: city.SLOTS_A_DAY }, (_, n) => city.slot(siteId, date, n, 25)));
  const people = Array.from({ length: ROSTER + times }, (_, n) => first + n);
  const role: RoleItem = { kind: 'role', personId: city.personOf(staff), role: 'staff', scope: siteId };
  await city.load(
    store,
    [
      city.siteItem(siteId),
      ...slots.flat().flatMap(({ items }) => items),
      ...[...people, staff].flatMap((n) => city.personItems(n, { iss: ISSUER, sub: String(n) })),
      { ...keys.role(city.personOf(staff), 'staff', siteId), ...role },
      city.factorItem(staff, { iss: ISSUER, sub: String(staff) }),
    ],
    table,
  );
  const slotAt = (day: number, n: number) => slots[day]?.[n % city.SLOTS_A_DAY]?.slotId ?? '';
  const samples = new Map<string, { ms: number; units: Units }[]>();
  const sample = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const { answer, units } = await metered.during(run);
    samples.set(name, [...(samples.get(name) ?? []), { ms: performance.now() - began, units }]);
    return answer;
  };
  const functions = house(store);
  const ask = async (name: string, method: string, url: string, call: { as?: string; body?: unknown }) => {
    const answer = await sample(name, () => functions.call(method, url, call));
    if (answer.status >= 300) throw new Error(`${name} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  for (const [n, person] of people.slice(0, ROSTER).entries()) {
    await functions.call('POST', '/api/bookings', { as: String(person), body: { slotId: slotAt(0, n) } });
  }
  for (const [n, person] of people.slice(ROSTER).entries()) {
    const as = String(person);
    // Each function knows the caller from a request before: mapping the token to a person is not this one's.
    await functions.call('GET', '/api/me/bookings', { as });
    await functions.call('GET', `/api/bookings/${city.personOf(person)}_none`, { as });
    const booked = await ask('book', 'POST', '/api/bookings', { as, body: { slotId: slotAt(1 + (n % 3), n) } });
    const id = String(booked['bookingId']);
    await sample('announce', () => functions.changed(keys.booking(id)));
    const { items } = await store.query<MessageItem>({ pk: partitions.messages(city.personOf(person)) });
    const due = items.filter(({ dueAt, createdAt }) => dueAt === createdAt);
    await sample('send a text', () => functions.send(due));
    await ask('my bookings', 'GET', '/api/me/bookings', { as });
    // As if nobody had read this week within the last second.
    functions.forget();
    await ask('week of slots', 'GET', `/api/sites/${siteId}/slots?from=${dates[0]}&to=${dates.at(-1)}`, {});
    await ask('day roster', 'GET', `/api/donations/roster?siteId=${siteId}&date=${dates[0]}&limit=${ROSTER}`, {
      as: String(staff),
    });
    await ask('move', 'POST', `/api/bookings/${id}/reschedule`, { as, body: { slotId: slotAt(4 + (n % 3), n) } });
    await ask('cancel', 'POST', `/api/bookings/${id}/cancel`, { as, body: {} });
  }
  return Object.fromEntries([...samples].map(([name, of]) => [name, summary(of)]));
}

function summary(of: readonly { ms: number; units: Units }[]): Measured {
  const latencies = of.map(({ ms }) => ms);
  return {
    units: { read: median(of.map(({ units }) => units.read)), write: median(of.map(({ units }) => units.write)) },
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
  };
}
