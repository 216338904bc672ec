import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditItem, RecallItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { beginRecall, goOnRecalling } from '../../shared/store/transactions/recall.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

type Where = { din: string; unitId: string; stage: string; hospital?: string; hospitalRecord?: string };
type RecallView = {
  recallId: string;
  status: string;
  donations: number;
  passed: number;
  reason: string;
  by: string;
  stopped: Where[];
  out: { hospital: string; phone?: string; told?: { by: string }; units: Where[] }[];
  elsewhere: Where[];
};

const recall = async (body: Record<string, unknown>, key?: string) =>
  await station.call<RecallView>('recalls', 'POST /api/recalls', {
    body: { scope: 'donation', reason: 'donor-information', ...body },
    ...(key && { key }),
  });
const act = async (what: 'told' | 'lift', recallId: string, more: Record<string, unknown> = {}, key?: string) =>
  await station.call<RecallView>('recalls', `POST /api/recalls/{recallId}/${what}`, {
    params: { recallId },
    body: { siteId: 'central', ...more },
    ...(key && { key }),
  });
const read = async (recallId: string) =>
  (
    await station.call<RecallView>('recalls', 'GET /api/recalls/{recallId}', {
      params: { recallId },
      query: { siteId: 'central' },
    })
  ).body;
const stages = async (din: string) =>
  Object.fromEntries((await station.chain(din)).units.map(({ unitId, stage }) => [unitId, stage]));

/** One component used, one at a hospital, one on the shelf. */
async function scattered() {
  const donation = await station.given();
  const { din } = donation;
  await station.step(din, 'wb', 'test');
  await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma', 'platelets'] });
  await station.issue(din, 'wb-rc');
  await station.use(din, 'wb-rc');
  await station.issue(din, 'wb-plt', 'Second Hospital');
  for (const action of ['release', 'store']) await station.step(din, 'wb-pl', action);
  return donation;
}
/** Another donation of the same donor, long ago, of which nothing has happened since. */
async function earlier(donor: string, n: number) {
  const din = station.newDin();
  const date = `2024-0${1 + n}-10`;
  const of = { din, personId: donor, siteId: 'central' };
  const drawn = { date, procedure: 'whole-blood', volumeMl: 400 };
  const taken = { zone: 'Asia/Shanghai', collectedAt: `${date}T02:00:00.000Z`, recordedBy: 'staff', accepted: [] };
  await station.store.transact([
    { Put: { Item: { ...keys.din(din), kind: 'din', ...of, ...drawn, ...taken } } },
    { Put: { Item: { ...keys.donation(donor, date, din), kind: 'donation', ...of, ...drawn, reaction: false } } },
    {
      Put: {
        Item: {
          ...keys.unit(din, 'wb'),
          kind: 'unit',
          ...of,
          unitId: 'wb',
          component: 'whole-blood',
          stage: 'stored',
          changedAt: `${date}T02:00:00.000Z`,
          accepted: [],
          version: 1,
        },
      },
    },
  ]);
  return din;
}

describe('a recall', () => {
  it('stops what is still stoppable by one act, and lists the rest with who has it and whom to call', async () => {
    await station.call('units', 'PUT /api/units/settings/{siteId}', {
      params: { siteId: 'central' },
      body: {
        version: 0,
        screening: 'paper',
        master: 'nuanliu',
        shelfLifeDays: {},
        hospitals: [{ name: 'Second Hospital', phone: '021 1234 5678' }],
        products: [],
      },
    });
    const { din } = await scattered();
    const { status, body } = await recall({ din: labelOf(din), note: '献血者来电' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'done',
      donations: 1,
      reason: 'donor-information',
      stopped: [{ unitId: 'wb-pl', stage: 'quarantined' }],
      out: [
        { hospital: 'First Hospital', units: [{ unitId: 'wb-rc', stage: 'used', hospitalRecord: 'R-1' }] },
        { hospital: 'Second Hospital', phone: '+862112345678', units: [{ unitId: 'wb-plt', stage: 'issued' }] },
      ],
      elsewhere: [],
    });
    expect(await stages(din)).toEqual({ wb: 'processed', 'wb-rc': 'used', 'wb-plt': 'issued', 'wb-pl': 'quarantined' });
    expect((await station.chain(din)).steps).toContainEqual(
      expect.objectContaining({ unitId: 'wb-pl', action: 'quarantine', recall: body.recallId }),
    );
  });

  it('lets nothing of it come nearer to a patient from then on; what comes back is put aside, what was done is recorded', async () => {
    const { din } = await scattered();
    await recall({ din });
    expect((await station.step(din, 'wb-pl', 'test')).body.code).toBe('on-recall');
    expect((await station.step(din, 'wb-plt', 'return')).status).toBe(200);
    expect((await stages(din))['wb-plt']).toBe('quarantined');
    expect((await station.step(din, 'wb-rc', 'correct-use')).status).toBe(200);
    expect(
      (await station.step(din, 'wb-rc', 'use', { hospital: 'First Hospital', hospitalRecord: 'R-2' })).status,
    ).toBe(200);
    expect((await station.step(din, 'wb-pl', 'discard')).status).toBe(200);
  });

  it('of a donor stops all that they have given, and from a donor all units and where they went are on one page', async () => {
    const { din, donor } = await scattered();
    const before = [await earlier(donor, 1), await earlier(donor, 2)];
    const looked = await station.call<{ items: { din: string; units: Where[] }[] }>('recalls', 'GET /api/lookback', {
      query: { din },
    });
    expect(looked.body.items.map((each) => each.din)).toEqual([din, ...before.toReversed()]);
    expect(looked.body.items[0]?.units).toMatchObject([
      { unitId: 'wb-pl', stage: 'stored' },
      { unitId: 'wb-plt', stage: 'issued', hospital: 'Second Hospital' },
      { unitId: 'wb-rc', stage: 'used', hospital: 'First Hospital', hospitalRecord: 'R-1' },
    ]);
    expect(JSON.stringify(looked.body)).not.toContain(donor);
    const { body } = await recall({ din, scope: 'donor' });
    expect(body).toMatchObject({ status: 'done', donations: 3, passed: 3 });
    for (const each of before) expect(await stages(each)).toEqual({ wb: 'quarantined' });
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    for (const action of ['lookback-read', 'recall-begun']) {
      expect(items.find((each) => each.action === action)).toMatchObject({ by: station.staff, subjects: [donor] });
    }
  });

  it('that stops halfway is gone on with by the clock, and does nothing twice', async () => {
    const { din, donor } = await scattered();
    const before = [await earlier(donor, 1), await earlier(donor, 2)];
    const deps = { store: station.store, clock: station.world.clock, random: Math.random };
    const site = (await station.store.get(keys.site('central'))) as never;
    const begun = await beginRecall(deps, {
      site,
      din,
      scope: 'donor',
      reason: 'test-result',
      by: station.staff,
      auditId: 'a1',
      idempotency: { key: 'k', input: 'i' },
    });
    const { recallId } = (begun as { recall: RecallItem }).recall;
    let left = 3;
    const dying = {
      ...station.store,
      transact: async (items: Parameters<Station['store']['transact']>[0]) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await station.store.transact(items);
      },
    };
    await expect(goOnRecalling({ ...deps, store: dying }, { siteId: 'central', recallId })).rejects.toThrow('killed');
    expect((await read(recallId)).status).toBe('running');
    await station.tick();
    expect(await read(recallId)).toMatchObject({ status: 'done', passed: 3 });
    for (const each of before) {
      expect(await stages(each)).toEqual({ wb: 'quarantined' });
      expect((await station.chain(each)).steps).toHaveLength(1);
    }
  });

  it('is made once however often it is sent, and says who was told and by whom', async () => {
    const { din } = await scattered();
    const first = await recall({ din }, 'recall-key-1');
    expect((await recall({ din }, 'recall-key-1')).body).toEqual(first.body);
    expect((await recall({ din, scope: 'donor' }, 'recall-key-1')).body.code).toBe('idempotency-key-reused');
    const { recallId } = first.body;
    for (let n = 0; n < 2; n += 1) {
      const told = await act('told', recallId, { hospital: 'Second Hospital' }, 'told-key-1');
      expect(told.body.out.map(({ told: it }) => it?.by)).toEqual([undefined, first.body.by]);
    }
    const list = await station.call<{ items: { recallId: string }[] }>('recalls', 'GET /api/recalls', {
      query: { siteId: 'central' },
    });
    expect(list.body.items.map((each) => each.recallId)).toEqual([recallId]);
  });

  it('that is ended lets go what it had, which stays in quarantine until it is tested again, and lifts no hold', async () => {
    const { din, donor } = await scattered();
    const { recallId } = (await recall({ din })).body;
    await station.call('holds', 'POST /api/me/donations/{din}/do-not-use', { as: donor, params: { din }, body: {} });
    expect((await act('lift', recallId)).body.status).toBe('lifted');
    expect((await act('lift', recallId)).body.code).toBe('wrong-state');
    expect((await stages(din))['wb-pl']).toBe('quarantined');
    expect((await station.step(din, 'wb-pl', 'test')).body.code).toBe('on-hold');
    await station.call('holds', 'POST /api/holds/{din}/lift', { params: { din }, body: {} });
    expect((await station.step(din, 'wb-pl', 'test')).status).toBe(200);
  });

  it('is of the site’s own staff, and keeps why from the schedule table', async () => {
    const { din } = await scattered();
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    for (const sent of [
      { route: 'POST /api/recalls', body: { din, scope: 'donation', reason: 'other' } },
      { route: 'GET /api/lookback', query: { din } },
    ]) {
      const { route, ...rest } = sent;
      expect((await station.call('recalls', route, { as: other, ...rest })).body.code).toBe('forbidden');
    }
    const { recallId } = (await recall({ din, reason: 'test-result', note: 'a secret note' })).body;
    const stored = await station.store.get(keys.recall('central', recallId));
    expect(JSON.stringify(stored)).not.toMatch(/test-result|secret/);
  });

  it('where another system is master asks that system, and moves nothing itself', async () => {
    const { din } = await scattered();
    await station.call('units', 'PUT /api/units/settings/{siteId}', {
      params: { siteId: 'central' },
      body: {
        version: 0,
        screening: 'paper',
        master: 'other',
        system: 'BBS',
        shelfLifeDays: {},
        hospitals: [],
        products: [],
      },
    });
    const { body } = await recall({ din });
    expect(body).toMatchObject({ stopped: [], elsewhere: [{ unitId: 'wb-pl', stage: 'stored' }] });
    expect((await stages(din))['wb-pl']).toBe('stored');
    expect(await station.chain(din)).toMatchObject({ recall: { recallId: body.recallId } });
  });
});
