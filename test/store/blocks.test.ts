import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import type { BlockItem, BookingItem, PoolItem, SlotItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createSlots, takenOf } from '../../shared/store/slots.ts';
import { releaseBlock, releaseDue } from '../../shared/store/transactions/release-block.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

type Block = { blockId: string; code: string; headcountCode: string; version: number; times: { booked: number }[] };
type Route = Parameters<Station['call']>[1];

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const DATE = '2026-12-01';
/** The evening before, at the site. */
const UNTIL = '2026-11-30T18:00';
const AFTER = '2026-11-30T10:00:00.000Z';

const keep = async (slots: { slotId: string; places: number }[], more: object = {}, key?: string) =>
  await station.call<Block>('blocks', 'POST /api/blocks' as Route, {
    body: { siteId: 'central', unit: '云汀纺织厂', until: UNTIL, slots, ...more },
    ...(key && { key }),
  });
const book = async (as: string, slotId: string, invite?: string) =>
  await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings' as Route, {
    as,
    body: { slotId, ...(invite && { invite }) },
  });
const cancel = async (as: string, bookingId: string) =>
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel' as Route, {
    as,
    params: { bookingId },
    body: {},
  });
const seen = async <T>(route: string, code: string) =>
  await station.call<T>('blocks', route as Route, { params: { code } });
const invited = async (code: string) =>
  (await seen<{ times: { slotId: string; free: number }[]; ended: boolean }>('GET /api/invitations/{code}', code)).body;
const heads = async (code: string) =>
  (await seen<{ times: { reserved: number; booked: number }[] }>('GET /api/headcounts/{code}', code)).body;
const engine = () => engineDeps(station.store, station.world);
const whole = async (slotId: string) => {
  const found = await createSlots(station.store).whole(slotId);
  if (!found) throw new Error(`no ${slotId}`);
  return found;
};
const freeOf = (pools: readonly PoolItem[]): number => pools.reduce((sum, { free }) => sum + free, 0);

describe('places kept for a work unit', () => {
  it('are out of everybody’s reach until their time, and open to whoever has the code, eligible as ever', async () => {
    const { slotId } = await aSlot(station.store, { date: DATE, places: 5 });
    const made = await keep([{ slotId, places: 3 }]);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const { code } = made.body;
    const [time] = (await invited(code)).times;
    expect(time?.free).toBe(3);
    expect(freeOf((await whole(slotId)).pools)).toBe(2);
    const offered = await createSlots(station.store).offered('central', DATE);
    expect(offered.map(({ slot, free }) => [slot.slotId, free])).toEqual([[slotId, 2]]);

    const member = await aPerson(station.store);
    for (const wrong of [undefined, 'aaaaaaaa']) {
      expect((await book(member, time?.slotId ?? '', wrong)).body.reasons?.[0]?.code).toBe('invite-needed');
    }
    const child = await aPerson(station.store, { facts: { birthDate: '2015-01-01' } });
    expect((await book(child, time?.slotId ?? '', code)).body.reasons?.[0]?.code).toBe('too-young');
    // As it was read out, or typed with an input method.
    expect((await book(member, time?.slotId ?? '', ` ${code.toUpperCase()} `)).status).toBe(201);
    expect(await heads(made.body.headcountCode)).toMatchObject({ times: [{ reserved: 3, booked: 1 }] });
    // A member can move within the unit’s times, and nobody else into them.
    expect((await invited(code)).times[0]?.free).toBe(2);
  });

  it('are counted for the unit’s contact in heads: nothing tells who, or who could not give', async () => {
    const { slotId } = await aSlot(station.store, { date: DATE, places: 5 });
    const { code, headcountCode } = (await keep([{ slotId, places: 3 }])).body;
    const [time] = (await invited(code)).times;
    const member = await aPerson(station.store, { name: '林晓', phone: '+8613800138000' });
    await book(member, time?.slotId ?? '', code);
    const told = await seen<Record<string, unknown>>('GET /api/headcounts/{code}', headcountCode);
    expect(Object.keys(told.body).sort()).toEqual(['ended', 'site', 'times', 'unit', 'until', 'zone']);
    expect(JSON.stringify(told.body)).not.toMatch(new RegExp(`${member}|林|8000|${code}|${slotId}`));
    expect((await seen('GET /api/headcounts/{code}', code)).status, 'the members’ code counts nobody').toBe(404);
    expect((await seen('GET /api/invitations/{code}', headcountCode)).status).toBe(404);
  });

  it('are all kept or none, only where they are free, once however often that is sent', async () => {
    const [one, two] = [
      await aSlot(station.store, { date: DATE, places: 2 }),
      await aSlot(station.store, { date: DATE, time: '1000', places: 2 }),
    ];
    await book(await aPerson(station.store), two.slotId);
    const both = [
      { slotId: one.slotId, places: 2 },
      { slotId: two.slotId, places: 2 },
    ];
    const refused = await keep(both);
    expect([refused.body.code, refused.body.errors?.[0]?.path]).toEqual(['places-taken', 'slots.1.places']);
    expect(freeOf((await whole(one.slotId)).pools)).toBe(2);
    const times = await Promise.all([1, 2, 3].map(() => keep([{ slotId: one.slotId, places: 2 }], {}, 'one press')));
    expect(times.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(times.map(({ body }) => body.blockId)).size).toBe(1);
    expect((await keep([{ slotId: two.slotId, places: 1 }], {}, 'one press')).body.code).toBe('idempotency-key-reused');
    expect((await keep([{ slotId: two.slotId, places: 1 }], { until: `${DATE}T12:00` })).status).toBe(400);
    expect((await keep([{ slotId: two.slotId, places: 1 }], { until: '2026-11-20T12:00' })).status).toBe(400);
  });

  it('have a code of their own, whatever codes were taken before', async () => {
    const { slotId } = await aSlot(station.store, { date: DATE, places: 5 });
    const { newId } = station.world;
    const ids: string[] = [];
    const taken = await keep([{ slotId, places: 1 }]);
    expect(taken.status).toBe(201);
    // What the next id would be is looked up as the code that is taken.
    Object.assign(station.deps.blocks, { newId: () => ids.shift() ?? newId() });
    ids.push('an-audit-id', `00000000${taken.body.code}`);
    const next = await keep([{ slotId, places: 1 }]);
    expect(next.status, JSON.stringify(next.body)).toBe(201);
    expect(next.body.code).not.toBe(taken.body.code);
  });

  it('that nobody took are everybody’s at the set time, those who wait first; what comes back later follows', async () => {
    const { slotId } = await aSlot(station.store, { date: DATE, places: 4 });
    const { code } = (await keep([{ slotId, places: 3 }])).body;
    const kept = (await invited(code)).times[0]?.slotId ?? '';
    const member = await aPerson(station.store);
    const booked = await book(member, kept, code);
    await book(await aPerson(station.store), slotId);
    const waiter = await aPerson(station.store);
    const wait = await station.call('waiting', 'POST /api/waiting' as Route, {
      as: waiter,
      body: { slotId, anyTime: false },
    });
    expect(wait.status, JSON.stringify(wait.body)).toBe(201);

    await releaseDue(engine());
    expect((await whole(slotId)).slot.places, 'not before its time').toBe(1);
    station.world.set(AFTER);
    await Promise.all([releaseDue(engine()), releaseDue(engine()), station.tick()]);
    const open = await whole(slotId);
    expect([open.slot.places, (await whole(kept)).slot.places]).toEqual([3, 1]);
    // One is offered to who waits; nobody took the other.
    expect(freeOf(open.pools) + open.pools.reduce((sum, { held = 0 }) => sum + held, 0)).toBe(2);
    expect((await book(await aPerson(station.store), kept, code)).status).toBe(409);

    await cancel(member, booked.body.bookingId);
    station.world.advance(6 * 60_000);
    await station.tick();
    expect([(await whole(slotId)).slot.places, (await whole(kept)).slot.places]).toEqual([4, 0]);
  });

  it('go with nobody but the station: neither the week nor a change of places touches them', async () => {
    const { slotId } = await aSlot(station.store, { date: DATE, places: 4 });
    const { code } = (await keep([{ slotId, places: 3 }])).body;
    const kept = (await invited(code)).times[0]?.slotId ?? '';
    const change = await station.call('donations', 'PATCH /api/donations/slots/{slotId}' as Route, {
      params: { slotId: kept },
      body: { version: 1, places: 9 },
    });
    expect(change.body.code).toBe('wrong-state');
    const any = await station.call('waiting', 'POST /api/waiting' as Route, {
      as: await aPerson(station.store),
      body: { slotId: kept, anyTime: false },
    });
    expect(any.body.reasons?.[0]?.code).toBe('slot-closed');
  });
});

describe('whatever is done at once', () => {
  let made = 0;
  const step = fc.constantFrom('book', 'book-kept', 'cancel', 'release', 'end', 'block');
  it('no place of a time is lost, made or held twice, in either half of it', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        async (places, wanted, rounds) => {
          made += 1;
          const n = made;
          station.world.set('2026-11-23T02:00:00.000Z');
          const date = new Date(Date.UTC(2026, 11, 1) + (n % 20) * 86_400_000).toISOString().slice(0, 10);
          const time = `${String(8 + (n % 10)).padStart(2, '0')}${String(n % 60).padStart(2, '0')}`;
          const { slotId } = await aSlot(station.store, { date, time, places });
          const live = new Map<string, string>();
          const blocks: Block[] = [];
          const until = `${date}T${time.slice(0, 2)}:${time.slice(2)}`;
          const block = async () => {
            const made = await keep([{ slotId, places: Math.min(wanted, places) }], { until });
            if (made.status === 201) blocks.push(made.body);
          };
          await block();
          for (const round of rounds) {
            await Promise.all(
              round.map(async (what) => {
                const [last] = blocks.slice(-1);
                if (what === 'block') return await block();
                if (what === 'cancel') {
                  const [first] = [...live];
                  if (!first) return;
                  live.delete(first[0]);
                  await cancel(first[1], first[0]);
                  return;
                }
                if (what === 'release') return await releaseDue(engine());
                if (what === 'end' && last) {
                  await station.call('blocks', 'POST /api/blocks/{blockId}/release' as Route, {
                    params: { blockId: last.blockId },
                    body: { siteId: 'central', version: last.version },
                  });
                  return;
                }
                const person = await aPerson(station.store);
                const kept = last && (await invited(last.code)).times[0]?.slotId;
                const answer =
                  what === 'book-kept' && kept ? await book(person, kept, last.code) : await book(person, slotId);
                if (answer.status === 201) live.set(answer.body.bookingId, person);
              }),
            );
          }
          // Everything that is due by now has been done.
          for (const { blockId } of blocks) await releaseBlock(engine(), { siteId: 'central', blockId });

          const day = (await createSlots(station.store).dayNow('central', date)).filter(
            ({ slot }) => slot.slotId === slotId || slot.block?.of === slotId,
          );
          expect(
            day.reduce((sum, { slot }) => sum + slot.places, 0),
            'places',
          ).toBe(places);
          for (const { slot, pools } of day) {
            expect(pools.reduce((sum, pool) => sum + pool.places, 0)).toBe(slot.places);
            for (const pool of pools) {
              expect(pool.free).toBeGreaterThanOrEqual(0);
              expect(pool.free).toBeLessThanOrEqual(pool.places);
            }
            const bookings = (await Promise.all(
              [...live.keys()].map(async (id) => await station.store.get(keys.booking(id), { consistent: true })),
            )) as BookingItem[];
            const here = bookings.filter((it) => it.slotId === slot.slotId && it.status === 'booked');
            expect(takenOf(pools), `taken of ${slot.slotId}`).toBe(here.length);
          }
          for (const { blockId } of blocks) {
            const item = await station.store.get<BlockItem>(keys.block('central', blockId), { consistent: true });
            if (!item?.releasedAt) continue;
            const [time] = item.times;
            const slot = await station.store.get<SlotItem>(keys.slot(time?.slotId ?? ''), { consistent: true });
            expect(slot?.status, 'released, it takes nobody').toBe('closed');
          }
          await Promise.all([...live].map(async ([id, person]) => await cancel(person, id)));
        },
      ),
      { numRuns: 12 },
    );
  });
});
