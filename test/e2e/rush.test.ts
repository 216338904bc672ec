import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Problem } from '../../shared/contract/problem.ts';
import { call, type HttpAnswer, publishedEvent } from '../support/caller.ts';
import { eventually, type Server, startServer } from '../support/server.ts';
import { daysAhead } from '../support/today.ts';

const PEOPLE = 200;
const PLACES = 20;
const FIRST = 13_900_000_001;
const phoneOf = (n: number): string => `+86${FIRST + n}`;

type Booking = { bookingId: string; status: string; slotId: string };
type Slot = { slotId: string; free: number; places: number; startsAt: string };

let server: Server;
let tokens: string[];

beforeAll(async () => {
  server = await startServer();
  tokens = await server.tokens(phoneOf(0), PEOPLE);
});
afterAll(async () => {
  await server?.stop();
});

const tokenOf = (n: number): string => tokens[n] ?? '';
const book = async (n: number, slotId: string, key: string = randomUUID()) =>
  await call<Booking & Problem>(server.url, tokenOf(n), '/api/bookings', { body: { slotId }, key });
const everyone = async <T>(ask: (n: number) => Promise<T>): Promise<T[]> =>
  await Promise.all(Array.from({ length: PEOPLE }, (_, n) => ask(n)));
const liveOf = async (n: number): Promise<Booking[]> => {
  const { body } = await call<{ items: Booking[] }>(server.url, tokenOf(n), '/api/me/bookings');
  return body.items.filter(({ status }) => status === 'booked');
};
const slotsOn = async (date: string): Promise<Slot[]> => {
  const path = `/api/sites/yunting-central/slots?from=${date}&to=${date}&procedure=whole-blood`;
  return (await call<{ items: Slot[] }>(server.url, '', path)).body.items;
};
/** Says of somebody new what the rules need to know. */
const mayGive = async (n: number): Promise<void> => {
  const edit = { version: 1, birthDate: '1990-03-27', sex: 'male', weightKg: 70 };
  const { status } = await call(server.url, tokenOf(n), '/api/me', { method: 'PATCH', body: edit });
  expect(status).toBe(200);
};

function told(answers: readonly HttpAnswer<Problem>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const what =
      status === 201 ? 'booked' : `${status} ${body.reasons?.map(({ code }) => code).join('+') ?? body.code}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

it('200 people at once on a donation slot of 20 places: 20 are booked and 180 are told it is full', async () => {
  await everyone(mayGive);
  const slot = (await slotsOn(daysAhead(9))).find(({ free, places }) => free === PLACES && places === PLACES);
  expect(slot).toBeDefined();
  const answers = await everyone((n) => book(n, slot?.slotId ?? ''));
  expect(told(answers)).toEqual({ booked: PLACES, '409 slot-full': PEOPLE - PLACES });
  const after = await eventually('a list that shows it full', async () =>
    (await slotsOn(daysAhead(9))).find(({ slotId, free }) => slotId === slot?.slotId && free === 0),
  );
  expect(after.free).toBe(0);
});

it('the same while the server is killed and started again: 20 in the end, none lost, each texted', async () => {
  const [organiser = ''] = await server.tokens('+8613800000011');
  const date = daysAhead(12);
  const { slots } = await publishedEvent(server.url, organiser, [
    { shiftId: 'rush', startsAtLocal: `${date}T09:00`, endsAtLocal: `${date}T11:00`, places: PLACES },
  ]);
  const slotId = slots[0] ?? '';
  const keys = Array.from({ length: PEOPLE }, () => randomUUID());
  const acknowledged = new Map<number, string>();
  let killed: Promise<void> | undefined;
  /** In the middle: some have been told that they are in, most have not been answered. */
  const killOnce = (): void => {
    killed ??= server.kill().then(() => server.restart());
  };

  const persistent = async (n: number): Promise<HttpAnswer<Booking & Problem>> => {
    for (;;) {
      const answer = await book(n, slotId, keys[n]).catch(() => undefined);
      if (answer?.status === 201) {
        acknowledged.set(n, answer.body.bookingId);
        if (acknowledged.size === PLACES / 4) killOnce();
      }
      if (answer && answer.status !== 503) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100 + 200 * Math.random()));
    }
  };
  const answers = await everyone(persistent);
  await killed;
  expect(killed).toBeDefined();
  expect(told(answers)).toEqual({ booked: PLACES, '409 slot-full': PEOPLE - PLACES });

  const holders = await everyone(async (n) => (await liveOf(n)).filter((booking) => booking.slotId === slotId));
  expect(holders.flat()).toHaveLength(PLACES);
  for (const [n, bookingId] of acknowledged) {
    expect(holders[n]?.map((booking) => booking.bookingId)).toEqual([bookingId]);
  }
  for (const n of acknowledged.keys()) await server.textWith(phoneOf(n), /您已报名/);
  const again = await Promise.all([...acknowledged].map(([n]) => book(n, slotId, keys[n])));
  expect(again.map(({ status, body }) => [status, body.bookingId])).toEqual(
    [...acknowledged.values()].map((bookingId) => [201, bookingId]),
  );
});

it('of two shifts that overlap, asked for at the same instant from several clients, one stands', async () => {
  const [organiser = ''] = await server.tokens('+8613800000011');
  const date = daysAhead(13);
  const { slots } = await publishedEvent(server.url, organiser, [
    { shiftId: 'early', startsAtLocal: `${date}T09:00`, endsAtLocal: `${date}T11:00`, places: 100 },
    { shiftId: 'late', startsAtLocal: `${date}T10:00`, endsAtLocal: `${date}T12:00`, places: 100 },
  ]);
  for (const n of [1, 2, 3, 4, 5]) {
    const asked = await Promise.all([...slots, ...slots, ...slots].map((slotId) => book(n, slotId)));
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(asked.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const there = (await liveOf(n)).filter((booking) => slots.includes(booking.slotId));
    expect(there).toHaveLength(1);
  }
});

it('of donations on several days, asked for at the same instant, one stands', async () => {
  const days = await Promise.all([5, 6, 7].map((ahead) => slotsOn(daysAhead(ahead))));
  const choices = days.flatMap((slots) => slots.filter(({ free }) => free > 5).slice(0, 2));
  expect(choices.length).toBeGreaterThan(3);
  const fresh = await server.tokens('+8613900001001', 5);
  const before = tokens;
  tokens = fresh;
  try {
    for (const n of fresh.keys()) {
      await mayGive(n);
      const asked = await Promise.all(choices.map(({ slotId }) => book(n, slotId)));
      expect(asked.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(asked.every(({ status }) => status === 201 || status === 409)).toBe(true);
      expect(await liveOf(n)).toHaveLength(1);
    }
  } finally {
    tokens = before;
  }
});

it('nobody who gave too recently gets in, however many clients ask at once', async () => {
  // 江望舒 of the demo city gave whole blood two months ago.
  const [recent = ''] = await server.tokens('+8613800000034');
  const choices = (await slotsOn(daysAhead(8))).filter(({ free }) => free > 5).slice(0, 6);
  const asked = await Promise.all(
    choices.map(({ slotId }) => call(server.url, recent, '/api/bookings', { body: { slotId } })),
  );
  expect(told(asked)).toEqual({ '409 interval': choices.length });
  const { body } = await call<{ items: Booking[] }>(server.url, recent, '/api/me/bookings');
  expect(body.items.filter(({ status }) => status === 'booked')).toEqual([]);
});

it('what was written before Ctrl-C is there after the next start', async () => {
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  const before = await Promise.all(numbers.map(liveOf));
  const texts = await server.texts(phoneOf(1));
  expect(before.flat().length).toBeGreaterThan(0);
  await server.stop({ keep: true });
  await server.restart();
  expect(await Promise.all(numbers.map(liveOf))).toEqual(before);
  expect(await server.texts(phoneOf(1))).toEqual(texts);
});
