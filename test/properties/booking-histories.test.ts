import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { packFor } from '../../shared/policy/index.ts';
import type { Store } from '../../shared/store/client.ts';
import type { BookingItem, SlotItem } from '../../shared/store/items/index.ts';
import { partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots, POOL_PLACES, type WholeSlot } from '../../shared/store/slots.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { cancel } from '../../shared/store/transactions/cancel.ts';
import { changePlaces } from '../../shared/store/transactions/change-places.ts';
import type { EngineDeps } from '../../shared/store/transactions/deps.ts';
import { reschedule } from '../../shared/store/transactions/reschedule.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { withFaults } from '../support/faults.ts';
import { testWorld } from '../support/world.ts';

type Step =
  | { does: 'book'; who: number; slot: number }
  | { does: 'cancel'; who: number }
  | { does: 'move'; who: number; slot: number }
  | { does: 'places'; slot: number; places: number }
  | { does: 'open'; slot: number; open: boolean };

const PEOPLE = 6;
const SLOTS = 5;
/** The first of them; the others are shifts, whose places are their event's. */
const DONATION_SLOTS = 3;
const who = fc.nat(PEOPLE - 1);
const slot = fc.nat(SLOTS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('book' as const), who, slot }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move' as const), who, slot }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('places' as const),
      slot: fc.nat(DONATION_SLOTS - 1),
      places: fc.constantFrom(1, 2, 3, 26, 60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('open' as const), slot: fc.nat(DONATION_SLOTS - 1), open: fc.boolean() }),
  },
);
/** Rounds of steps that are fired at the same instant. */
const history = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });

/** What every step was answered may be anything; what is stored afterwards may not. */
async function hold(store: Store, slots: SlotItem[], people: string[]): Promise<void> {
  const bookings = (
    await Promise.all(people.map((it) => store.query<BookingItem>({ pk: partitions.bookings(it), consistent: true })))
  ).flatMap(({ items }) => items);
  const live = bookings.filter(({ status }) => status === 'booked');
  for (const { slotId } of slots) {
    const { slot, pools } = (await createSlots(store).whole(slotId)) as WholeSlot;
    expect(
      pools.reduce((sum, { places }) => sum + places, 0),
      'the pools hold the slot’s places',
    ).toBe(slot.places);
    expect(pools.length).toBe(slot.pools);
    for (const pool of pools) {
      const held = live.filter((it) => it.slotId === slotId && it.pool === pool.k).length;
      expect(held + pool.free, 'places held and free make up the pool').toBe(pool.places);
      expect(pool.places).toBeLessThanOrEqual(POOL_PLACES);
      expect(pool.open, 'a pool is open as its slot is').toBe(slot.status === 'open');
    }
    expect(live.filter((it) => it.slotId === slotId).length).toBeLessThanOrEqual(slot.places);
  }
  for (const personId of people) {
    const own = live.filter((it) => it.personId === personId);
    expect(own.filter(({ slotKind }) => slotKind === 'donation').length, 'live donation bookings').toBeLessThan(2);
    for (const [n, a] of own.entries()) {
      for (const b of own.slice(n + 1)) expect(a.startsAt < b.endsAt && b.startsAt < a.endsAt, 'overlap').toBe(false);
    }
    const lock = await createPeople(store).lock(personId);
    expect(lock?.commitments.map(({ bookingId }) => bookingId).sort(), 'the lock says what is held').toEqual(
      own.map(({ bookingId }) => bookingId).sort(),
    );
  }
}

it('whatever is fired at once, and whatever DynamoDB does meanwhile, no place is lost or doubled', async () => {
  const names = await freshTables();
  const store = storeOn(names);
  await aSite(store);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 2 ** 31 }), async (rounds, seed) => {
      run += 1;
      const world = testWorld('2026-11-23T02:00:00.000Z', seed);
      const deps: EngineDeps = {
        store: withFaults(storeOn(names), world.random),
        // The retry's own clock stands still, so that it never gives up before it has an answer.
        clock: { now: world.clock.now, sleep: async () => await new Promise((resolve) => setImmediate(resolve)) },
        random: world.random,
        packOf: ({ pack, date }) => (pack === undefined ? undefined : packFor(pack, date)),
      };
      const container = `run${run}`;
      const slots = await Promise.all([
        aSlot(store, { containerId: container, date: '2026-12-01', time: '0900', places: 2 }),
        aSlot(store, { containerId: container, date: '2026-12-02', time: '0900', places: 1 }),
        aSlot(store, { containerId: container, date: '2026-12-02', time: '1000', places: 30 }),
        aSlot(store, { containerId: container, date: '2026-12-01', time: '0930', shift: 'door', places: 2 }),
        aSlot(store, { containerId: container, date: '2026-12-01', time: '0945', shift: 'tea', places: 1 }),
      ]);
      const people = await Promise.all(Array.from({ length: PEOPLE }, () => aPerson(store)));
      const held = new Map<number, string>();
      let keyed = 0;
      for (const round of rounds) {
        await Promise.all(
          round.map(async (it) => {
            keyed += 1;
            const idempotency = {
              key: Buffer.from(`${run}-${keyed}-padding`).toString('base64url'),
              input: String(keyed),
            };
            if (it.does === 'places' || it.does === 'open') {
              const slotId = slots[it.slot]?.slotId ?? '';
              const version = (await createSlots(store).get(slotId))?.version ?? 0;
              const change = it.does === 'places' ? { places: it.places } : { open: it.open };
              await changePlaces(deps, {
                slotId,
                version,
                ...change,
                by: 'staff',
                auditId: idempotency.key,
                idempotency,
              });
              return;
            }
            const personId = people[it.who] ?? '';
            if (it.does === 'book') {
              const slotId = slots[it.slot]?.slotId ?? '';
              const answer = await book(deps, { personId, slotId, idempotency });
              if (answer.kind === 'booked') held.set(it.who, answer.booking.bookingId);
              return;
            }
            const bookingId = held.get(it.who);
            if (!bookingId) return;
            if (it.does === 'cancel') await cancel(deps, { bookingId, cause: 'person', idempotency });
            else await reschedule(deps, { bookingId, slotId: slots[it.slot]?.slotId ?? '', idempotency });
          }),
        );
      }
      await hold(store, slots, people);
    }),
    { numRuns: 25 },
  );
});
