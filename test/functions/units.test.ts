import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditItem } from '../../shared/store/items/index.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const stages = async (din: string) =>
  Object.fromEntries((await station.chain(din)).units.map(({ unitId, stage }) => [unitId, stage]));

describe('a unit', () => {
  it('is followed from collection to use, with every step kept', async () => {
    const { din } = await station.issued();
    await station.use(din, 'wb-rc');
    const chain = await station.chain(din);
    expect(await stages(din)).toEqual({ wb: 'processed', 'wb-rc': 'used', 'wb-pl': 'issued' });
    expect(chain.units.find(({ unitId }) => unitId === 'wb-rc')).toMatchObject({
      parentId: 'wb',
      hospital: 'First Hospital',
    });
    expect(chain.steps.filter(({ unitId }) => unitId === 'wb').map(({ action }) => action)).toEqual([
      'collect',
      'test',
      'process',
    ]);
    expect(chain.steps.filter(({ unitId }) => unitId === 'wb-rc')).toMatchObject([
      { action: 'process', to: 'tested' },
      { action: 'release' },
      { action: 'store' },
      { action: 'issue', hospital: 'First Hospital' },
      { action: 'use', from: 'issued', to: 'used', by: station.staff, hospitalRecord: 'R-1' },
    ]);
    expect(JSON.stringify(chain)).not.toMatch(/personId|phone/);
  });

  it('that is moved out of order stays where it was', async () => {
    const { din } = await station.given();
    const before = await station.chain(din);
    for (const [action, more] of [
      ['store', {}],
      ['issue', { hospital: 'First Hospital' }],
      ['use', { hospital: 'First Hospital', hospitalRecord: 'R-1' }],
      ['process', { components: ['plasma'] }],
      ['correct-use', {}],
    ] as const) {
      expect(await station.step(din, 'wb', action, more)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    }
    expect(await station.chain(din)).toEqual(before);
  });

  it('is moved by one of two who try at once; the other is told that it changed', async () => {
    const { din } = await station.given();
    const both = await Promise.all(
      ['test', 'quarantine'].map(async (action) => await station.step(din, 'wb', action, { version: 1 })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('changed-meanwhile');
    expect((await station.chain(din)).steps).toHaveLength(2);
    expect((await station.step(din, 'wb', 'discard', { version: 1 })).body.code).toBe('changed-meanwhile');
  });

  it('that does not exist, or belongs to another site, cannot be moved', async () => {
    const { din } = await station.given();
    expect((await station.step(din, 'none', 'test', { version: 1 })).body.code).toBe('not-found');
    const chain = async (params: Record<string, string>, as = station.staff) =>
      (await station.call('units', 'GET /api/units/{din}', { as, params })).body.code;
    expect(await chain({ din: 'G123426999999' })).toBe('not-found');
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect(await chain({ din }, other)).toBe('forbidden');
    const step = await station.call('units', 'POST /api/units/{din}/{unitId}/steps', {
      as: other,
      params: { din, unitId: 'wb' },
      body: { action: 'test', version: 1 },
    });
    expect(step.body.code).toBe('forbidden');
  });

  it('answers a repeated step as it did, and refuses the key for another', async () => {
    const { din } = await station.given();
    const first = await station.step(din, 'wb', 'test', { version: 1 }, 'step-key-1');
    const repeat = await station.step(din, 'wb', 'test', { version: 1 }, 'step-key-1');
    expect(repeat).toMatchObject({ status: 200, body: first.body });
    expect((await station.step(din, 'wb', 'quarantine', { version: 1 }, 'step-key-1')).body.code).toBe(
      'idempotency-key-reused',
    );
  });

  it('is found by its number as stored, as typed from the label and as scanned', async () => {
    const { din } = await station.given();
    for (const given of [din, labelOf(din), `=${din}00`]) {
      expect((await station.chain(given)).units).toHaveLength(1);
    }
  });
});

describe('processing', () => {
  it('makes up to six components that keep their parent, two alike among them', async () => {
    const { din } = await station.given();
    await station.step(din, 'wb', 'test');
    expect((await station.step(din, 'wb', 'process')).body).toMatchObject({
      code: 'invalid-input',
      errors: [{ path: 'components' }],
    });
    expect((await station.step(din, 'wb', 'process', { components: ['whole-blood'] })).body.code).toBe('invalid-input');
    await station.step(din, 'wb', 'process', { components: ['red-cells', 'platelets', 'platelets'] });
    expect(await stages(din)).toEqual({ wb: 'processed', 'wb-rc': 'tested', 'wb-plt': 'tested', 'wb-plt-2': 'tested' });
    expect((await station.step(din, 'wb', 'release')).body.code).toBe('wrong-state');
  });

  it('makes no bag of a bag without end: what was made of something is not divided into its own kind again', async () => {
    const { din } = await station.given();
    await station.step(din, 'wb', 'test');
    await station.step(din, 'wb', 'process', { components: ['platelets'] });
    const again = await station.step(din, 'wb-plt', 'process', { components: ['platelets'] });
    expect(again).toMatchObject({ status: 400, body: { errors: [{ path: 'components' }] } });
    expect((await station.step(din, 'wb-plt', 'process', { components: ['plasma'] })).status).toBe(200);
  });

  it('takes components with no other action', async () => {
    const { din } = await station.given();
    expect((await station.step(din, 'wb', 'test', { components: ['plasma'] })).body.code).toBe('invalid-input');
  });
});

describe('a use', () => {
  it('needs the hospital and its own record', async () => {
    const { din } = await station.issued();
    for (const more of [{}, { hospital: 'First Hospital' }, { hospitalRecord: 'R-1' }]) {
      expect(await station.step(din, 'wb-rc', 'use', more)).toMatchObject({
        status: 422,
        body: { code: 'hospital-record-missing' },
      });
    }
    expect((await stages(din))['wb-rc']).toBe('issued');
  });

  it('is refused to a hospital that the unit was not issued to', async () => {
    const { din } = await station.issued();
    const answer = await station.use(din, 'wb-rc', 'Second Hospital');
    expect(answer.body).toMatchObject({ code: 'wrong-state', errors: [{ path: 'hospital' }] });
    await station.step(din, 'wb-rc', 'return');
    expect(await station.unit(din, 'wb-rc')).not.toHaveProperty('hospital');
    await station.step(din, 'wb-rc', 'issue', { hospital: 'Second Hospital' });
    expect((await station.use(din, 'wb-rc', 'Second Hospital')).status).toBe(200);
  });

  it('that was recorded wrongly goes back to issued, and its step stays in the chain', async () => {
    const { din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.step(din, 'wb-rc', 'correct-use', { note: 'wrong bag scanned' });
    expect(await station.unit(din, 'wb-rc')).toMatchObject({ stage: 'issued', hospital: 'First Hospital' });
    const actions = (await station.chain(din)).steps
      .filter(({ unitId }) => unitId === 'wb-rc')
      .map(({ action }) => action);
    expect(actions.slice(-2)).toEqual(['use', 'correct-use']);
  });
});

describe('the day’s donations', () => {
  it('are listed with where their units stand, to staff of the site, and the read is recorded', async () => {
    const one = await station.issued();
    const two = await station.given();
    const list = async (as = station.staff) =>
      await station.call<{ items: { din: string; units: { unitId: string }[] }[] }>('units', 'GET /api/units', {
        as,
        query: { siteId: 'central', date: '2026-11-23' },
      });
    expect((await list()).body.items).toMatchObject([
      { din: one.din, units: [{ unitId: 'wb' }, { unitId: 'wb-pl' }, { unitId: 'wb-rc' }] },
      { din: two.din, units: [{ unitId: 'wb' }] },
    ]);
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect((await list(other)).body.code).toBe('forbidden');
    await station.chain(one.din);
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    expect(items.find(({ action }) => action === 'units-read')?.subjects).toEqual([one.donor, two.donor]);
    expect(items.findLast(({ action }) => action === 'chain-read')?.subjects).toEqual([one.donor]);
  });
});
