import { describe, expect, it, vi } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import { idempotency } from '../../functions/runtime/idempotency.ts';
import { EXPORT_PARTS } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import { askToErase } from '../../shared/store/erase/job.ts';
import type { AuditItem, BookingItem, PoolItem, SlotItem, WaitItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { acceptOffer, declineOffer } from '../../shared/store/transactions/answer-offer.ts';
import { anEventInput, anOrganisation } from '../builders/events.ts';
import { aPerson, HEALTHY } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { aStation } from '../support/station.ts';

type View = {
  waitId: string;
  status: string;
  ahead?: number;
  reasons: { code: string }[];
  offer?: { slotId: string; code: string; until: string };
  bookingId?: string;
};
type Booked = { bookingId: string };
// Each story takes a station of its own through several hours.
vi.setConfig({ testTimeout: 90_000 });

const MINUTES = 60_000;
const ANY_TIME = 'central_2026-11-24_any_whole-blood';

/** A station with what is said and done around its waiting lists. */
async function aLine(settings: Parameters<typeof aStation>[0] = {}) {
  const station = await aStation(settings);
  const { store, call } = station;
  const line = {
    ...station,
    /** A slot that is full, and who holds its places. */
    async full(more: Parameters<typeof aSlot>[1] = {}) {
      const slot = await aSlot(store, { date: '2026-11-24', ...more });
      const holders: { donor: string; bookingId: string }[] = [];
      for (let n = 0; n < slot.places; n += 1) holders.push(await line.book(await aPerson(store), slot.slotId));
      return { slot, holders, slotId: slot.slotId };
    },
    async book(donor: string, slotId: string) {
      const { status, body } = await call<Booked>('bookings', 'POST /api/bookings', { as: donor, body: { slotId } });
      if (status !== 201) throw new Error(body.reasons?.[0]?.code ?? body.code);
      return { donor, bookingId: body.bookingId };
    },
    cancel: async ({ donor, bookingId }: { donor: string; bookingId: string }) =>
      await call('bookings', 'POST /api/bookings/{bookingId}/cancel', { as: donor, params: { bookingId }, body: {} }),
    join: async (as: string, slotId: string, anyTime = false, key?: string) =>
      await call<View>('waiting', 'POST /api/waiting', { as, body: { slotId, anyTime }, ...(key && { key }) }),
    async waiter(slotId: string, anyTime = false, more: Parameters<typeof aPerson>[1] = {}) {
      const person = await aPerson(store, more);
      const { status, body } = await line.join(person, slotId, anyTime);
      if (status !== 201) throw new Error(body.reasons?.[0]?.code ?? body.code);
      station.world.advance(1000);
      return person;
    },
    act: async (as: string, action: 'accept' | 'decline' | 'leave', waitId: string, key?: string) =>
      await call<View>('waiting', `POST /api/waiting/{waitId}/${action}`, {
        as,
        params: { waitId },
        body: {},
        ...(key && { key }),
      }),
    mine: async (as: string) =>
      (await call<{ items: View[] }>('waiting', 'GET /api/waiting', { as })).body.items as View[],
    async statusOf(person: string, waitId: string) {
      return (await store.get<WaitItem>(keys.wait(waitId, person), { consistent: true }))?.status;
    },
    async places(slotId: string) {
      const pools = await createSlots(store).pools(slotId, { consistent: true });
      const sum = (of: (pool: PoolItem) => number) => pools.reduce((total, pool) => total + of(pool), 0);
      return { free: sum(({ free }) => free), held: sum(({ held = 0 }) => held), waits: pools.some((it) => it.waits) };
    },
    live: async (person: string) =>
      (await store.query<BookingItem>({ pk: partitions.bookings(person), consistent: true })).items.filter(
        ({ status }) => status === 'booked',
      ),
  };
  return line;
}
const codes = (answer: { body: { reasons?: { code: string }[] | undefined } }) =>
  answer.body.reasons?.map(({ code }) => code);

describe('waiting for a place', () => {
  it('is for a full slot: where there is room, there is nothing to wait for', async () => {
    const line = await aLine();
    const slot = await aSlot(line.store, { places: 2 });
    const donor = await aPerson(line.store);
    expect(codes(await line.join(donor, slot.slotId))).toEqual(['has-room']);
    expect(codes(await line.join(donor, slot.slotId, true))).toEqual(['has-room']);
    expect((await line.join(donor, 'central_2026-12-20_2359_whole-blood')).status).toBe(404);
  });

  it('says truthfully how many are before me, and joining twice is joining once', async () => {
    const line = await aLine();
    const { slotId } = await line.full();
    await line.waiter(slotId);
    await line.waiter(slotId, true);
    const third = await aPerson(line.store);
    const joined = await line.join(third, slotId, false, 'join-key-1');
    expect([joined.status, joined.body.ahead, joined.body.status]).toEqual([201, 2, 'waiting']);
    expect((await line.join(third, slotId, false, 'join-key-1')).body.ahead).toBe(2);
    expect((await line.join(third, slotId)).body).toMatchObject({ ahead: 2, status: 'waiting' });
    expect(await line.mine(third)).toHaveLength(1);
  });

  it('is refused to who may not give then, who holds a booking already, and when the slot is about to begin', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const light = await aPerson(line.store, { facts: { ...HEALTHY, weightKg: 44 } });
    expect(codes(await line.join(light, slotId))).toEqual(['too-light']);
    expect(codes(await line.join(holders[0]?.donor ?? '', slotId))).toContain('live-donation-booking');
    const soon = await line.full({ date: '2026-11-23', time: '1110' });
    expect(codes(await line.join(await aPerson(line.store), soon.slotId))).toEqual(['wait-too-late']);
  });
});

describe('a place that comes back', () => {
  it('is held for the first in line and nobody else, who is told how to take it', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const first = await line.waiter(slotId);
    const second = await line.waiter(slotId);
    await line.cancel(holders[0] as never);
    expect(await line.places(slotId)).toMatchObject({ free: 0, held: 1 });
    const query = { siteId: 'central', date: '2026-11-24' };
    // The desk is not told that somebody has it.
    expect((await line.call('donations', 'GET /api/donations/slots', { query })).body).toMatchObject({
      items: [{ slotId, places: 1, taken: 1, held: 1, free: 0 }],
    });
    await line.settle();
    const [mine] = await line.mine(first);
    expect(mine).toMatchObject({ status: 'offered', offer: { slotId, code: expect.stringMatching(/^\d{4}$/) } });
    expect(await line.statusOf(second, slotId)).toBe('waiting');
    expect(await line.textsTo(first)).toEqual([
      `11月24日09:00Place有位，12:00前点https://nuanliu.example/o 或电02112345678报${mine?.offer?.code}`,
    ]);
    const other = await aPerson(line.store);
    const refused = await line.call('bookings', 'POST /api/bookings', { as: other, body: { slotId } });
    expect(codes(refused)).toEqual(['slot-full']);
    const taken = await line.act(first, 'accept', slotId, 'accept-key-1');
    expect(taken.body).toMatchObject({ status: 'accepted', bookingId: expect.any(String) });
    expect((await line.act(first, 'accept', slotId, 'accept-key-1')).body.bookingId).toBe(taken.body.bookingId);
    expect((await line.live(first)).map((it) => it.slotId)).toEqual([slotId]);
    expect(await line.places(slotId)).toMatchObject({ free: 0, held: 0 });
    await line.settle();
    expect(await line.textsTo(first)).toHaveLength(2);
  });

  it('is anyone’s at once where nobody waits', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    await line.cancel(holders[0] as never);
    expect(await line.places(slotId)).toMatchObject({ free: 1, held: 0 });
  });

  it('passes on in order when an offer lapses, is declined or left, and is anyone’s when the line is at its end', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const people = [await line.waiter(slotId), await line.waiter(slotId), await line.waiter(slotId)];
    const standing = async () => await Promise.all(people.map(async (it) => await line.statusOf(it, slotId)));
    await line.cancel(holders[0] as never);
    await line.settle();
    expect(await standing()).toEqual(['offered', 'waiting', 'waiting']);
    await line.later(119 * MINUTES);
    expect(await standing()).toEqual(['offered', 'waiting', 'waiting']);
    await line.later(2 * MINUTES);
    expect(await standing()).toEqual(['lapsed', 'offered', 'waiting']);
    expect(codes(await line.act(people[0] as string, 'accept', slotId))).toEqual(['offer-over']);
    expect((await line.act(people[1] as string, 'decline', slotId)).body.status).toBe('declined');
    await line.settle();
    expect(await standing()).toEqual(['lapsed', 'declined', 'offered']);
    expect((await line.act(people[2] as string, 'leave', slotId)).body.status).toBe('left');
    await line.settle();
    expect(await line.places(slotId)).toEqual({ free: 1, held: 0, waits: false });
    expect(await line.textsTo(people[0] as string)).toHaveLength(1);
  });

  it('is never offered back to who gave it up, though they still wait for any time that day', async () => {
    const line = await aLine();
    const a = await line.full({ time: '0900' });
    const b = await line.full({ time: '1000' });
    const donor = await line.waiter(a.slotId);
    await line.join(donor, a.slotId, true);
    line.world.advance(1000);
    await line.cancel(a.holders[0] as never);
    await line.settle();
    await line.act(donor, 'accept', a.slotId);
    const [held] = await line.live(donor);
    const next = await line.waiter(a.slotId);
    await line.cancel({ donor, bookingId: held?.bookingId ?? '' });
    await line.settle();
    // First in line for the day, and yet the place goes to who came later.
    expect(await line.statusOf(next, a.slotId)).toBe('offered');
    expect(await line.statusOf(donor, ANY_TIME)).toBe('waiting');
    await line.act(next, 'decline', a.slotId);
    await line.settle();
    expect(await line.statusOf(donor, ANY_TIME)).toBe('waiting');
    expect(await line.places(a.slotId)).toMatchObject({ free: 1, held: 0 });
    await line.cancel(b.holders[0] as never);
    await line.settle();
    expect((await line.mine(donor)).find(({ waitId }) => waitId === ANY_TIME)?.offer?.slotId).toBe(b.slotId);
  });

  it('is never offered back to who gave it up while another was kept for them, who is told of that one once', async () => {
    const line = await aLine();
    const shift = { containerId: 'fair', shift: 'door' };
    const a = await line.full({ ...shift, time: '0900' });
    const b = await line.full({ ...shift, time: '1200' });
    const { donor: helper } = a.holders[0] as { donor: string };
    await line.join(helper, b.slotId, true);
    line.world.advance(1000);
    const next = await line.waiter(a.slotId);
    await line.cancel(b.holders[0] as never);
    await line.settle();
    const anyTime = 'fair_2026-11-24_any_shift';
    expect(await line.statusOf(helper, anyTime)).toBe('offered');
    const told = await line.textsTo(helper);
    await line.cancel(a.holders[0] as never);
    await line.settle();
    expect(await line.statusOf(next, a.slotId)).toBe('offered');
    // They were told of their cancelling, and not again of what is kept for them, which they may still take or let pass.
    expect((await line.textsTo(helper)).slice(told.length)).toEqual([expect.stringContaining('取消')]);
    expect((await line.act(helper, 'decline', anyTime)).body.status).toBe('waiting');
    await line.act(next, 'decline', a.slotId);
    await line.settle();
    expect(await line.statusOf(helper, anyTime)).toBe('waiting');
    expect(await line.places(a.slotId)).toMatchObject({ free: 1, held: 0 });
  });

  it('of which another has just been given up may be let pass at that very moment: neither is offered back', async () => {
    const line = await aLine();
    const shift = { containerId: 'fair', shift: 'door' };
    const a = await line.full({ ...shift, time: '0900' });
    const b = await line.full({ ...shift, time: '1200' });
    const { donor: helper } = a.holders[0] as { donor: string };
    await line.join(helper, b.slotId, true);
    await line.waiter(a.slotId);
    await line.cancel(b.holders[0] as never);
    await line.settle();
    const anyTime = 'fair_2026-11-24_any_shift';
    // The place is given up between the two reads of whoever lets the other pass.
    let given = false;
    const store: Store = {
      ...line.store,
      get: async <T>(...asked: Parameters<Store['get']>) => {
        const found = await line.store.get<T>(...asked);
        if (!given) {
          given = true;
          await line.cancel(a.holders[0] as never);
        }
        return found;
      },
    };
    const { kind } = await declineOffer(engineDeps(store, line.world), {
      waitId: anyTime,
      personId: helper,
      idempotency: idempotency('let-it-pass', helper, '', {}),
    });
    expect(kind).toBe('done');
    const wait = await line.store.get<WaitItem>(keys.wait(anyTime, helper), { consistent: true });
    expect(wait?.notSlots.toSorted()).toEqual([a.slotId, b.slotId]);
  });

  it('goes to the first who waits for it or for any time that day, who may let one time go by and wait for others', async () => {
    const line = await aLine();
    const a = await line.full({ time: '0900' });
    const b = await line.full({ time: '1000' });
    const anyTime = await line.waiter(b.slotId, true);
    const forA = await line.waiter(a.slotId);
    await line.cancel(a.holders[0] as never);
    await line.settle();
    expect((await line.mine(anyTime))[0]?.offer?.slotId).toBe(a.slotId);
    expect((await line.act(anyTime, 'decline', ANY_TIME)).body).toMatchObject({ status: 'waiting', ahead: 0 });
    await line.settle();
    expect(await line.statusOf(forA, a.slotId)).toBe('offered');
    await line.cancel(b.holders[0] as never);
    await line.settle();
    expect((await line.mine(anyTime))[0]?.offer?.slotId).toBe(b.slotId);
  });

  it('passes over who does not qualify any more, and asks them again once they do', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full({ places: 2 });
    const elsewhere = await aSlot(line.store, { date: '2026-11-25', places: 3 });
    const [first, second] = [await line.waiter(slotId), await line.waiter(slotId)];
    const other = await line.book(first, elsewhere.slotId);
    expect((await line.mine(first))[0]?.reasons.map(({ code }) => code)).toEqual(['live-donation-booking']);
    await line.cancel(holders[0] as never);
    await line.settle();
    expect(await line.statusOf(first, slotId)).toBe('waiting');
    expect(await line.statusOf(second, slotId)).toBe('offered');
    await line.cancel(holders[1] as never);
    await line.settle();
    // Nobody else qualifies: the second place is anyone's, until the first in line does.
    expect(await line.places(slotId)).toMatchObject({ free: 1, held: 1 });
    await line.cancel(other);
    await line.settle();
    expect(await line.statusOf(first, slotId)).toBe('offered');
    expect(await line.places(slotId)).toMatchObject({ free: 0, held: 2 });
  });

  it('goes to the next when the one it is held for books elsewhere', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const elsewhere = await aSlot(line.store, { date: '2026-11-25', places: 3 });
    const [first, second] = [await line.waiter(slotId), await line.waiter(slotId)];
    await line.cancel(holders[0] as never);
    await line.settle();
    await line.book(first, elsewhere.slotId);
    await line.settle();
    expect(await line.statusOf(second, slotId)).toBe('offered');
    expect((await line.act(first, 'accept', slotId)).body.code).toBe('wrong-state');
  });

  it('by a move, a deferral or a change of facts goes to the line as by a cancellation', async () => {
    const line = await aLine();
    const today = await line.full({ date: '2026-11-23', time: '1700' });
    const later = await aSlot(line.store, { date: '2026-11-26', places: 5 });
    const mover = today.holders[0] as { donor: string; bookingId: string };
    const first = await line.waiter(today.slotId);
    await line.call('bookings', 'POST /api/bookings/{bookingId}/reschedule', {
      as: mover.donor,
      params: { bookingId: mover.bookingId },
      body: { slotId: later.slotId },
    });
    await line.settle();
    expect(await line.statusOf(first, today.slotId)).toBe('offered');
    const { body } = await line.act(first, 'accept', today.slotId);
    const second = await line.waiter(today.slotId);
    await line.checkIn(body.bookingId ?? '');
    const deferred = await line.call('donations', 'POST /api/donations/deferrals', {
      body: { bookingId: body.bookingId, reason: 'cold-or-gastroenteritis', since: '2026-11-23' },
    });
    expect(deferred.status).toBe(201);
    await line.settle();
    expect(await line.statusOf(second, today.slotId)).toBe('offered');
  });
});

describe('at night', () => {
  it('nobody is asked: the place is held until the morning, and the time to answer begins then', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full({ time: '1600' });
    const first = await line.waiter(slotId);
    line.world.set('2026-11-23T13:30:00.000Z');
    await line.cancel(holders[0] as never);
    await line.settle();
    await line.later(60 * MINUTES);
    expect(await line.statusOf(first, slotId)).toBe('waiting');
    expect(await line.places(slotId)).toMatchObject({ free: 0, held: 1 });
    line.world.set('2026-11-24T00:00:30.000Z');
    await line.tick();
    await line.settle();
    const [mine] = await line.mine(first);
    expect(mine).toMatchObject({ status: 'offered', offer: { until: '2026-11-24T02:00:30.000Z' } });
    expect(await line.textsTo(first)).toHaveLength(1);
  });

  it('the clock of an offer made in the evening stands still', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full({ time: '1600' });
    const first = await line.waiter(slotId);
    line.world.set('2026-11-23T12:00:00.000Z');
    await line.cancel(holders[0] as never);
    await line.settle();
    // An hour before nine, and an hour after eight.
    expect((await line.mine(first))[0]?.offer?.until).toBe('2026-11-24T01:00:00.000Z');
  });
});

describe('a crash in between', () => {
  it('leaves nothing undone that the next minute does not do, and a second run does nothing twice', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const first = await line.waiter(slotId);
    await line.settle();
    await line.cancel(holders[0] as never);
    // The stream's record is lost altogether: only the clock is left.
    await line.read();
    await line.tick();
    await line.tick();
    expect(await line.statusOf(first, slotId)).toBe('offered');
    await line.settle();
    expect(await line.textsTo(first)).toHaveLength(1);
  });

  it('many at once, on the page, by phone and by the clock, end with one place in one hand', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const [first, second] = [await line.waiter(slotId), await line.waiter(slotId)];
    await line.cancel(holders[0] as never);
    await line.settle();
    const code = (await line.mine(first))[0]?.offer?.code;
    await Promise.all([
      line.act(first, 'accept', slotId),
      line.act(first, 'accept', slotId),
      line.call('waiting', 'POST /api/waiting/offers/answer', { body: { siteId: 'central', code, answer: 'accept' } }),
      line.act(first, 'decline', slotId),
      line.tick(),
      line.act(second, 'leave', slotId),
    ]);
    await line.settle();
    const held = (await Promise.all([line.live(first), line.live(second)])).flat();
    const { free, held: kept } = await line.places(slotId);
    expect(held.length + free + kept).toBe(1);
  });

  it('is taken once by whoever says yes several times at once, and each is told that it is theirs', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const first = await line.waiter(slotId);
    await line.cancel(holders[0] as never);
    await line.settle();
    const answers = await Promise.all(Array.from({ length: 6 }, async () => await line.act(first, 'accept', slotId)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(answers.map(() => [200, 'accepted']));
    expect(new Set(answers.map(({ body }) => body.bookingId)).size).toBe(1);
    expect(await line.live(first)).toHaveLength(1);
  });
});

describe('at the desk', () => {
  it('staff see who waits that day in the order in which they came, and for which time', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full({ time: '1400' });
    const other = await line.full({ time: '1500' });
    const here = await line.waiter(slotId, false, { name: 'First' });
    await line.waiter(other.slotId, false, { name: 'Elsewhere' });
    await line.waiter(slotId, true, { name: 'Any time' });
    const gone = await line.waiter(slotId, false, { name: 'Gone' });
    await line.act(gone, 'leave', slotId);
    await line.cancel(holders[0] as never);
    await line.settle();

    type Entry = { name: string; status: string; slotId?: string; offer?: { code: string } };
    const asked = async (query: Record<string, string>) =>
      await line.call<{ items: Entry[] }>('waiting', 'GET /api/waiting/line', {
        query: { siteId: 'central', date: '2026-11-24', ...query },
      });
    const day = (await asked({})).body.items as Entry[];
    expect(day.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'First offered',
      'Elsewhere waiting',
      'Any time waiting',
    ]);
    expect(day.map((entry) => entry.slotId)).toEqual([slotId, other.slotId, undefined]);
    expect(day[0]?.offer?.code).toBe((await line.mine(here))[0]?.offer?.code);
    const slot = await asked({ slotId });
    expect(slot.body.items?.map(({ name }) => name)).toEqual(['First', 'Any time']);
    expect((await asked({ date: '2026-11-25' })).body.items).toEqual([]);
    expect((await asked({ siteId: 'elsewhere' })).status).toBe(403);
  });
});

describe('what somebody takes with them', () => {
  it('has what they wait for and what became of it, with nothing of others, part by part to the last', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const first = await line.waiter(slotId);
    const second = await line.waiter(slotId);
    await line.waiter(slotId);
    await line.act(second, 'leave', slotId);
    await line.cancel(holders[0] as never);
    await line.settle();

    type Part = { part: string; items: { status?: string; offer?: object }[]; next?: string };
    const everything = async (as: string) => {
      const parts: Record<string, Part['items']> = {};
      for (let next: string | undefined = 'profile'; next; ) {
        const { body }: { body: Partial<Part> } = await line.call<Part>('me', 'GET /api/me/export', {
          as,
          query: { part: next },
        });
        parts[next] = body.items ?? [];
        next = body.next;
      }
      return parts;
    };
    const mine = await everything(first);
    expect(Object.keys(mine)).toEqual([...EXPORT_PARTS]);
    expect(mine['waits']).toMatchObject([{ waitId: slotId, kind: 'donation', status: 'offered', date: '2026-11-24' }]);
    expect(Object.keys(mine['waits']?.[0]?.offer ?? {}).sort()).toEqual([
      'code',
      'endsAt',
      'slotId',
      'startsAt',
      'until',
    ]);
    expect((await everything(second))['waits']).toMatchObject([{ waitId: slotId, status: 'left' }]);
    expect((await everything(holders[0]?.donor ?? ''))['waits']).toEqual([]);
  });
});

describe('for somebody who calls', () => {
  it('staff find the offer by its code, know who calls, and take it for them', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const first = await line.waiter(slotId, false, { name: 'Wang Fang', phone: '+8613700004242' });
    await line.cancel(holders[0] as never);
    await line.settle();
    const code = (await line.mine(first))[0]?.offer?.code ?? '';
    const offers = 'GET /api/waiting/offers';
    const found = await line.call<View & { name: string; phoneLast4: string }>('waiting', offers, {
      query: { siteId: 'central', code },
    });
    expect(found.body).toMatchObject({ name: 'Wang Fang', phoneLast4: '4242', status: 'offered', offer: { code } });
    expect(JSON.stringify(found.body)).not.toContain('13700004242');
    const wrong = code === '0000' ? '0001' : '0000';
    expect((await line.call('waiting', offers, { query: { siteId: 'central', code: wrong } })).status).toBe(404);
    const taken = await line.call<View>('waiting', 'POST /api/waiting/offers/answer', {
      body: { siteId: 'central', code, answer: 'accept' },
    });
    expect(taken.body.status).toBe('accepted');
    expect(await line.live(first)).toHaveLength(1);
    await line.settle();
    expect((await line.textsTo(first)).at(-1)).toContain('您已预约');
  });
});

describe('for volunteers', () => {
  it('a full shift has the same line, and ends it kindly when the event is cancelled', async () => {
    const line = await aLine();
    await anOrganisation(line.store);
    const organiser = await aPerson(line.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
    type Event = { eventId: string; version: number; shifts: { slotId: string; places: number }[] };
    const drafted = await line.call<Event>('events', 'POST /api/events', { as: organiser, body: anEventInput() });
    const params = { eventId: drafted.body.eventId };
    const published = await line.call<Event>('events', 'POST /api/events/{eventId}/publish', {
      as: organiser,
      params,
      body: { version: 1 },
    });
    const { slotId = '', places = 0 } = published.body.shifts[0] ?? {};
    const holders: { donor: string; bookingId: string }[] = [];
    for (let n = 0; n < places; n += 1) holders.push(await line.book(await aPerson(line.store), slotId));
    const [first, second] = [await line.waiter(slotId), await line.waiter(slotId)];
    await line.cancel(holders[0] as never);
    await line.settle();
    expect(await line.statusOf(first, slotId)).toBe('offered');
    const [offered = ''] = await line.textsTo(first);
    expect(offered).toContain('有空位');
    // Nobody at an event has a desk at which a code could be read out.
    expect(offered).not.toMatch(/致电|报/);
    type Line = { items: { personId: string; status: string; slotId: string; offer?: object }[] };
    const date = slotId.split('_')[1] ?? '';
    const read = { as: organiser, params, query: { date } };
    const seen = await line.call<Line>('events', 'GET /api/events/{eventId}/waiting', read);
    expect(seen.body.items).toEqual([
      expect.objectContaining({
        personId: first,
        status: 'offered',
        slotId,
        offer: { slotId, startsAt: expect.any(String), endsAt: expect.any(String), until: expect.any(String) },
      }),
      expect.objectContaining({ personId: second, status: 'waiting', slotId }),
    ]);
    expect(seen.body.items[1]).not.toHaveProperty('offer');
    const { body: shown } = await line.call<{ items: Event[] }>(
      'events',
      'GET /api/organisations/{organisationId}/events',
      { as: organiser, params: { organisationId: 'helpers' } },
    );
    expect(shown.items[0]?.shifts[0]).toMatchObject({ places, free: 0, held: 1 });
    const { items: looks } = await line.store.query<AuditItem>({
      pk: `AUDIT#${params.eventId}#2026-11-23`,
      consistent: true,
    });
    expect(looks.filter(({ action }) => action === 'event-waiting-list-read')).toEqual([
      expect.objectContaining({ by: organiser, subjects: [first, second] }),
    ]);
    await line.call('events', 'POST /api/events/{eventId}/cancel', {
      as: organiser,
      params,
      body: { version: published.body.version },
    });
    await line.settle();
    expect([await line.statusOf(first, slotId), await line.statusOf(second, slotId)]).toEqual(['closed', 'closed']);
    expect((await line.textsTo(second))[0]).toContain('排队已结束');
    const slot = await line.store.get<SlotItem>(keys.slot(slotId), { consistent: true });
    expect(await line.places(slotId)).toEqual({ free: slot?.places, held: 0, waits: false });
  });
});

describe('when the slot or the person changes', () => {
  const change = async (line: Awaited<ReturnType<typeof aLine>>, slotId: string, body: object) =>
    await line.call('donations', 'PATCH /api/donations/slots/{slotId}', {
      params: { slotId },
      body: { version: 1, ...body },
    });

  it('places that are added go to who waits first, and what is left over is anyone’s', async () => {
    const line = await aLine();
    const { slotId } = await line.full({ places: 25 });
    const first = await line.waiter(slotId);
    expect((await change(line, slotId, { places: 27 })).status).toBe(200);
    expect(await line.places(slotId)).toMatchObject({ free: 0, held: 2 });
    await line.settle();
    expect(await line.statusOf(first, slotId)).toBe('offered');
    expect(await line.places(slotId)).toMatchObject({ free: 1, held: 1 });
    expect((await line.act(first, 'accept', slotId)).body.status).toBe('accepted');
  });

  it('a slot that is closed ends its line kindly, and who waits for any time that day waits on', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    await line.full({ time: '1000' });
    const anyTime = await line.waiter(slotId, true);
    const first = await line.waiter(slotId);
    await line.cancel(holders[0] as never);
    await line.settle();
    expect(await line.statusOf(anyTime, ANY_TIME)).toBe('offered');
    await change(line, slotId, { open: false });
    await line.settle();
    expect(await line.statusOf(anyTime, ANY_TIME)).toBe('waiting');
    expect(await line.statusOf(first, slotId)).toBe('closed');
    expect(await line.textsTo(first)).toEqual([expect.stringContaining('排队已结束')]);
    expect(await line.places(slotId)).toEqual({ free: 1, held: 0, waits: false });
  });

  it('an offer accepted at the moment its slot is closed makes no booking', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const first = await line.waiter(slotId);
    await line.cancel(holders[0] as never);
    await line.settle();
    const closing: Store = {
      ...line.store,
      // The slot is closed after the accept has looked at it.
      batchGet: async (...asked) => {
        const seen = await line.store.batchGet(...asked);
        if ((seen[0] as SlotItem | undefined)?.status === 'open') await change(line, slotId, { open: false });
        return seen;
      },
    };
    const answer = await acceptOffer(engineDeps(closing, line.world), {
      waitId: slotId,
      personId: first,
      idempotency: idempotency('accept-while-closing', first, 'accept', {}),
    });
    expect(answer).toMatchObject({ kind: 'refused', reasons: [{ code: 'slot-closed' }] });
    await line.settle();
    expect(await line.places(slotId)).toEqual({ free: 1, held: 0, waits: false });
  });

  it('who asks to be forgotten is in no line any more, and what was held for them passes on', async () => {
    const line = await aLine();
    const { slotId, holders } = await line.full();
    const [first, second] = [await line.waiter(slotId), await line.waiter(slotId)];
    await line.cancel(holders[0] as never);
    await line.settle();
    await askToErase(engineDeps(line.store, line.world), first);
    await line.later(MINUTES);
    expect(await line.statusOf(first, slotId)).toBeUndefined();
    expect(await line.statusOf(second, slotId)).toBe('offered');
  });
});
