import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { mirrorStage, type Reported } from '../../shared/store/transactions/mirror-stage.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

type Scanned = {
  kind: string;
  why?: string;
  stage?: string;
  unit?: { din: string; unitId: string; version: number };
  units?: { unitId: string }[];
  component?: string;
};
type Lines = { lines: { din: string; unitId: string; done: boolean; code?: string; sentence?: string }[] };

const scan = async (action: string, code: string, more: Record<string, string> = {}, as = station.staff) =>
  (
    await station.call<Scanned>('units', 'GET /api/units/scan', {
      as,
      query: { siteId: 'central', action, code, ...more },
    })
  ).body as Scanned;
const apply = async (body: Record<string, unknown>, key?: string, as = station.staff) =>
  await station.call<Lines>('units', 'POST /api/units/steps', {
    as,
    body: { siteId: 'central', ...body },
    ...(key && { key }),
  });
const settings = async (change: Record<string, unknown>) => {
  const now = await station.call<{ version: number }>('units', 'GET /api/units/settings/{siteId}', {
    params: { siteId: 'central' },
  });
  return await station.call('units', 'PUT /api/units/settings/{siteId}', {
    params: { siteId: 'central' },
    body: {
      version: now.body.version,
      screening: 'paper',
      master: 'nuanliu',
      shelfLifeDays: {},
      hospitals: [],
      products: [],
      ...change,
    },
  });
};
const line = async (din: string, unitId: string, more: Record<string, unknown> = {}) => ({
  din,
  unitId,
  version: (await station.unit(din, unitId)).version,
  ...more,
});

describe('a scan', () => {
  it('names the unit that it may be done with, as scanned or as typed from the label', async () => {
    const { din } = await station.given();
    for (const code of [`=${din}00`, labelOf(din)]) {
      expect(await scan('test', code)).toMatchObject({ kind: 'unit', unit: { din, unitId: 'wb', version: 1 } });
    }
  });

  it('is refused at once where it cannot be, with where the unit stands', async () => {
    const { din } = await station.given();
    expect(await scan('issue', labelOf(din))).toMatchObject({
      kind: 'refused',
      why: 'wrong-state',
      stage: 'collected',
    });
    expect(await scan('test', din)).toMatchObject({ kind: 'refused', why: 'check-character' });
    expect(await scan('test', labelOf('G123426999999'))).toMatchObject({ kind: 'refused', why: 'unknown' });
    expect(await scan('test', '=%6200')).toMatchObject({ kind: 'refused', why: 'other-barcode' });
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    const forbidden = await station.call('units', 'GET /api/units/scan', {
      as: other,
      query: { siteId: 'central', action: 'test', code: labelOf(din) },
    });
    expect(forbidden.body.code).toBe('forbidden');
  });

  it('asks which where several would do, and takes a component or a product code for an answer', async () => {
    const { din } = await station.given();
    await station.step(din, 'wb', 'test');
    await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma'] });
    expect((await scan('release', labelOf(din))).units?.map(({ unitId }) => unitId)).toEqual(['wb-pl', 'wb-rc']);
    expect(await scan('release', labelOf(din), { component: 'plasma' })).toMatchObject({ unit: { unitId: 'wb-pl' } });
    expect(await scan('release', '=<E0336V00')).toMatchObject({ kind: 'refused', why: 'product-unknown' });
    expect((await settings({ products: [{ code: 'E0336', component: 'red-cells' }] })).status).toBe(200);
    expect(await scan('release', '=<E0336V00')).toMatchObject({ kind: 'product', component: 'red-cells' });
    expect(await scan('release', labelOf(din), { component: 'platelets' })).toMatchObject({ why: 'no-such-component' });
  });

  it('at the hospital’s own blood says when another hospital has it', async () => {
    const { din } = await station.issued();
    const code = labelOf(din);
    expect(await scan('use', code, { component: 'plasma', hospital: 'Second Hospital' })).toMatchObject({
      why: 'other-hospital',
      hospital: 'First Hospital',
    });
    expect(await scan('use', code, { component: 'plasma', hospital: 'First Hospital' })).toMatchObject({
      kind: 'unit',
    });
  });
});

describe('a batch', () => {
  it('moves every unit that can be, each by itself, and says which could not', async () => {
    const one = await station.given();
    const two = await station.given();
    const late = await line(two.din, 'wb');
    await station.step(two.din, 'wb', 'discard');
    const answer = await apply({
      action: 'test',
      lines: [await line(one.din, 'wb'), late, { ...late, din: 'NONE00' }],
    });
    expect(answer.body.lines).toMatchObject([
      { din: one.din, done: true },
      { din: two.din, done: false, code: 'changed-meanwhile' },
      { din: 'NONE00', done: false, code: 'not-found' },
    ]);
    expect(answer.body.lines[1]?.sentence).toBeTruthy();
    expect((await station.unit(one.din, 'wb')).stage).toBe('tested');
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    expect(items.findLast(({ action }) => action === 'units-moved')).toMatchObject({
      by: station.staff,
      subjects: [one.donor, two.donor],
      change: { action: 'test', done: 1, refused: 2 },
    });
  });

  it('that is sent again, whole or what was left of it, does nothing twice', async () => {
    const dins = [(await station.given()).din, (await station.given()).din];
    const lines = await Promise.all(dins.map(async (din) => await line(din, 'wb')));
    // Stopped after the first.
    expect((await apply({ action: 'test', lines: lines.slice(0, 1) }, 'batch-key-1')).status).toBe(200);
    for (let n = 0; n < 2; n += 1) {
      const answer = await apply({ action: 'test', lines }, 'batch-key-1');
      expect(answer.body.lines.map(({ done }) => done)).toEqual([true, true]);
    }
    for (const din of dins) expect((await station.chain(din)).steps).toHaveLength(2);
  });

  it('stores at a place, issues to a hospital, takes back and uses, and each step says where', async () => {
    const { din } = await station.given();
    for (const action of ['test', 'release']) await apply({ action, lines: [await line(din, 'wb')] });
    await apply({ action: 'store', location: '冷库 3-B', lines: [await line(din, 'wb')] });
    expect(await station.unit(din, 'wb')).toMatchObject({ stage: 'stored', location: '冷库 3-B' });
    await apply({ action: 'relocate', location: '冷库 1-A', lines: [await line(din, 'wb')] });
    expect(await station.unit(din, 'wb')).toMatchObject({ stage: 'stored', location: '冷库 1-A' });
    await apply({ action: 'issue', hospital: 'First Hospital', lines: [await line(din, 'wb')] });
    expect(await station.unit(din, 'wb')).not.toHaveProperty('location');
    await apply({ action: 'return', location: '冷库 2', lines: [await line(din, 'wb')] });
    await apply({ action: 'issue', hospital: 'First Hospital', lines: [await line(din, 'wb')] });
    const use = { action: 'use', hospital: 'First Hospital', hospitalRecord: 'R-7', lines: [await line(din, 'wb')] };
    expect((await apply(use)).body.lines[0]?.done).toBe(true);
    expect((await apply({ action: 'relocate', lines: [await line(din, 'wb')] })).body.lines[0]?.code).toBe(
      'wrong-state',
    );
  });
});

describe('an expiry', () => {
  it('is taken from the label with the step, or by itself, and may be put right; every word of it is kept', async () => {
    const { din } = await station.given();
    await apply({ action: 'test', lines: [await line(din, 'wb', { expiry: '&>0263581330' })] });
    expect(await station.unit(din, 'wb')).toMatchObject({ expiresOn: '2026-12-24', expiryFrom: 'label' });
    await apply({ action: 'set-expiry', lines: [await line(din, 'wb', { expiry: '2026-12-28' })] });
    const unit = await station.unit(din, 'wb');
    expect(unit).toMatchObject({ stage: 'tested', expiresOn: '2026-12-28', expiresAt: '2026-12-28T16:00:00.000Z' });
    expect((await station.chain(din)).steps.slice(1)).toMatchObject([
      { action: 'test', expiresOn: '2026-12-24' },
      { action: 'set-expiry', from: 'tested', to: 'tested', expiresOn: '2026-12-28' },
    ]);
    for (const expiry of ['soon', '2026-11-22']) {
      const refused = await apply({ action: 'set-expiry', lines: [await line(din, 'wb', { expiry })] });
      expect(refused.body.lines[0]?.code).toBe('expiry-invalid');
    }
  });

  it('that has passed is shown, and the unit can be neither released nor issued, only discarded', async () => {
    const { din } = await station.given();
    for (const action of ['test', 'release', 'store']) await apply({ action, lines: [await line(din, 'wb')] });
    await apply({ action: 'set-expiry', lines: [await line(din, 'wb', { expiry: '2026-11-23' })] });
    expect(await scan('issue', labelOf(din))).toMatchObject({ kind: 'unit' });
    station.world.advance(24 * 60 * 60_000);
    expect(await station.unit(din, 'wb')).toMatchObject({ expired: true, actions: ['quarantine', 'discard'] });
    expect(await scan('issue', labelOf(din))).toMatchObject({ why: 'unit-expired', expiresOn: '2026-11-23' });
    const issue = await apply({ action: 'issue', hospital: 'First Hospital', lines: [await line(din, 'wb')] });
    expect(issue.body.lines[0]?.code).toBe('unit-expired');
    expect((await apply({ action: 'discard', lines: [await line(din, 'wb')] })).body.lines[0]?.done).toBe(true);
  });

  it('follows from the station’s own figure only where it has set one, and says so', async () => {
    await settings({ shelfLifeDays: { 'red-cells': 35 } });
    const { din } = await station.given();
    await station.step(din, 'wb', 'test');
    await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma'] });
    expect(await station.unit(din, 'wb-rc')).toMatchObject({ expiresOn: '2026-12-28', expiryFrom: 'setting' });
    expect(await station.unit(din, 'wb-pl')).not.toHaveProperty('expiresOn');
  });
});

describe('a station whose units another system is master of', () => {
  const other = { master: 'other', system: '血站信息系统' };
  const mirror = async (report: Partial<Reported> & Pick<Reported, 'din'>, key = JSON.stringify(report)) =>
    await mirrorStage({ store: station.store, clock: station.world.clock, random: Math.random }, {
      source: 'file.csv:2',
      by: station.staff,
      idempotency: { key, input: 'i' },
      ...report,
    } as Parameters<typeof mirrorStage>[1]);

  it('is refused every step of ours, with a clear word', async () => {
    const { din } = await station.given();
    expect((await settings({ master: 'other' })).body.code).toBe('invalid-input');
    expect((await settings(other)).status).toBe(200);
    expect(await scan('test', labelOf(din))).toMatchObject({ why: 'not-master', system: '血站信息系统' });
    expect((await station.step(din, 'wb', 'test')).body.code).toBe('not-master');
    expect((await apply({ action: 'test', lines: [await line(din, 'wb')] })).body.lines[0]?.code).toBe('not-master');
    expect(await station.chain(din)).toMatchObject({ master: 'other', system: '血站信息系统' });
    expect((await station.unit(din, 'wb')).actions).toEqual([]);
  });

  it('has its stages mirrored as they are reported, with the source, whatever the order; the latest stands', async () => {
    const { din } = await station.given();
    const report = {
      din,
      component: 'red-cells',
      stage: 'stored',
      at: '2026-11-23T05:00:00.000Z',
      location: 'A1',
    } as const;
    expect(await mirror(report)).toEqual({ kind: 'master' });
    await settings(other);
    expect(await mirror(report)).toEqual({ kind: 'done', unitId: 'wb-rc' });
    expect(await mirror(report)).toEqual({ kind: 'done', unitId: 'wb-rc' });
    expect(await mirror({ ...report, stage: 'released', at: '2026-11-23T04:00:00.000Z' })).toEqual({ kind: 'older' });
    expect(await mirror({ ...report, stage: 'issued', at: '2026-11-24T01:00:00.000Z' })).toEqual({
      kind: 'hospital-missing',
    });
    const issued = { ...report, stage: 'issued', at: '2026-11-24T01:00:00.000Z', hospital: 'First Hospital' } as const;
    expect(await mirror(issued)).toMatchObject({ kind: 'done' });
    expect(await mirror({ ...issued, stage: 'used', at: '2026-11-25T01:00:00.000Z' })).toEqual({
      kind: 'hospital-record-missing',
    });
    expect(await station.unit(din, 'wb-rc')).toMatchObject({ stage: 'issued', mirroredAt: '2026-11-24T01:00:00.000Z' });
    expect((await station.chain(din)).steps.slice(1)).toMatchObject([
      { action: 'mirror', to: 'stored', source: 'file.csv:2' },
      { action: 'mirror', from: 'stored', to: 'issued', hospital: 'First Hospital' },
    ]);
    expect(await mirror({ ...report, component: 'whole-blood', nth: 2, stage: 'tested' })).toEqual({
      kind: 'cannot-be-made',
    });
    expect(await mirror({ ...report, din: 'G123426999999' })).toEqual({ kind: 'not-found' });
  });

  it('has a use that it reports told to the donor as any other, once', async () => {
    const { din, donor } = await station.given();
    await settings(other);
    const report = { din, component: 'red-cells', stage: 'used', at: '2026-11-23T05:00:00.000Z' } as const;
    await mirror({ ...report, hospital: 'First Hospital', hospitalRecord: 'R-1' });
    await station.settle();
    await station.later(31 * 60_000);
    expect((await station.textsTo(donor)).filter((text) => text.includes('您的血液已用于临床'))).toHaveLength(1);
  });
});

describe('many bags made into the same components', () => {
  it('each come to be what they can; one that cannot be says so and stops no other', async () => {
    const [a, b] = [await station.given(), await station.given()];
    for (const { din } of [a, b]) await station.step(din, 'wb', 'test');
    await station.step(b.din, 'wb', 'process', { components: ['red-cells'] });
    const body = {
      action: 'process',
      components: ['red-cells', 'plasma'],
      lines: [await line(a.din, 'wb'), await line(b.din, 'wb')],
    };
    const first = await apply(body, 'the very same press');
    expect(first.body.lines.map(({ done, code }) => [done, code])).toEqual([
      [true, undefined],
      [false, 'wrong-state'],
    ]);
    expect((await apply(body, 'the very same press')).body.lines[0]).toMatchObject({ done: true });
    expect((await station.chain(a.din)).units.map(({ unitId }) => unitId)).toEqual(['wb', 'wb-pl', 'wb-rc']);
  });
});

describe('a station’s own number', () => {
  it('has no check character: one that is in none of its ranges is refused when a donation is completed', async () => {
    const ranges = [{ from: '330126000000', to: '330126999999' }];
    expect((await settings({ numbers: ranges })).status).toBe(200);
    const site = await station.store.get<object>(keys.site('central'), { consistent: true });
    await station.store.put({ Item: { ...site, ...keys.site('central'), dinScheme: 'opaque' } });
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const wrong = await station.complete(bookingId, '', { din: '330172000001' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'din-invalid']);
    expect((await station.complete(bookingId, '', { din: '330127000001'.replace('127', '126') })).status).toBe(201);
  });
});
