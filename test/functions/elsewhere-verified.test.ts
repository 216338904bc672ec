import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/contract/problem.ts';
import type { AuditItem } from '../../shared/store/items/index.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

type Declared = { items: { declaredId: string; version: number; verifiedAt?: string }[] } & Problem;
type Given = { honours: { donations: number; elsewhere: number; times: number } };

const NOON = '2026-11-23T04:00:00.000Z';
let station: Station;
beforeEach(async () => {
  station = await aStation();
  station.world.set(NOON);
});

/** Somebody booked for today who declared 400 ml given in another city two years ago. */
async function declarer() {
  const { donor, bookingId } = await station.booked();
  const { body } = await station.call<Declared>('precheck', 'POST /api/precheck/elsewhere', {
    as: donor,
    body: { date: '2024-05-06', procedure: 'whole-blood', volumeMl: 400, place: '邻市血站' },
  });
  return { donor, bookingId, declaredId: body.items[0]?.declaredId ?? '' };
}
type Who = Awaited<ReturnType<typeof declarer>>;

const seen = async ({ bookingId }: Who, as = station.staff) =>
  await station.call<Declared>('donations', 'GET /api/donations/elsewhere', { as, query: { bookingId } });
const verify = async (it: Who, more: { version?: number; verified?: boolean; key?: string; as?: string } = {}) =>
  await station.call<Declared>('donations', 'POST /api/donations/elsewhere/{declaredId}/verification', {
    as: more.as ?? station.staff,
    params: { declaredId: it.declaredId },
    body: { bookingId: it.bookingId, version: more.version ?? 1, verified: more.verified ?? true },
    ...(more.key && { key: more.key }),
  });
const honours = async ({ donor }: Who) =>
  (await station.call<Given>('me', 'GET /api/me/donations', { as: donor })).body.honours;

describe('a donation made elsewhere, and its honours', () => {
  it('counts once staff of a station have seen the proof, and no longer when they take that back', async () => {
    const it = await declarer();
    expect(await honours(it)).toMatchObject({ donations: 0, elsewhere: 0, times: 0 });
    expect((await seen(it)).body.items).toMatchObject([{ declaredId: it.declaredId, version: 1 }]);
    const { status, body } = await verify(it);
    expect([status, body.items]).toMatchObject([200, [{ verifiedAt: NOON, version: 2 }]]);
    expect(await honours(it)).toMatchObject({ donations: 1, elsewhere: 1, times: 2 });
    await verify(it, { version: 2, verified: false });
    expect(await honours(it)).toMatchObject({ donations: 0, elsewhere: 0, times: 0 });
  });

  it('is verified as it was shown: one that was changed meanwhile is not, and one changed later is not any more', async () => {
    const it = await declarer();
    const correct = async (version: number, volumeMl: number) =>
      await station.call<Declared>('precheck', 'PUT /api/precheck/elsewhere/{declaredId}', {
        as: it.donor,
        params: { declaredId: it.declaredId },
        body: { date: '2024-05-06', procedure: 'whole-blood', volumeMl, version },
      });
    await correct(1, 200);
    expect((await verify(it)).body.code).toBe('changed-meanwhile');
    await verify(it, { version: 2 });
    expect(await honours(it)).toMatchObject({ elsewhere: 1, times: 1 });
    await correct(3, 400);
    expect(await honours(it)).toMatchObject({ elsewhere: 0 });
  });

  it('is verified once, however often that is sent, and each look and word is recorded', async () => {
    const it = await declarer();
    const before = new Set((await entries()).map(({ sk }) => sk));
    await seen(it);
    const both = [await verify(it, { key: 'verify-1-key' }), await verify(it, { key: 'verify-1-key' })];
    expect(both.map(({ status, body }) => [status, body.items[0]?.version])).toEqual([
      [200, 2],
      [200, 2],
    ]);
    const made = (await entries()).filter(({ sk }) => !before.has(sk));
    expect(made).toMatchObject([
      { action: 'elsewhere-read', by: station.staff, subjects: [it.donor] },
      { action: 'elsewhere-verified', by: station.staff, subjects: [it.donor] },
    ]);
  });

  it('is verified by no one at another station, and not through another’s booking', async () => {
    const [it, other] = [await declarer(), await station.booked()];
    const elsewhere = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect((await verify(it, { as: elsewhere })).body.code).toBe('forbidden');
    expect((await verify(it, { as: it.donor })).body.code).toBe('forbidden');
    expect((await verify({ ...it, bookingId: other.bookingId })).body.code).toBe('not-found');
    expect(await honours(it)).toMatchObject({ elsewhere: 0 });
  });
});

const entries = async () =>
  (await station.store.query<AuditItem & { sk: string }>({ pk: 'AUDIT#central#2026-11-23' })).items.filter(
    ({ action }) => action.startsWith('elsewhere'),
  );
