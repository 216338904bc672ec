import { beforeEach, describe, expect, it } from 'vitest';
import { notYetIssued } from '../../shared/domain/unit-stages.ts';
import type { AuditItem, DinItem, DonationItem, UnitItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { holdDonation } from '../../shared/store/transactions/hold-donation.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, labelOf, STAFF_NAME, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

type Hold = { din: string; out: { unitId: string; stage: string; hospital?: string }[]; acknowledgedBy?: string };

const ask = async (donor: string, din: string, key?: string) =>
  await station.call<{ received: boolean }>('holds', 'POST /api/me/donations/{din}/do-not-use', {
    as: donor,
    params: { din },
    body: {},
    ...(key && { key }),
  });
const act = async (what: 'acknowledge' | 'lift', din: string, key?: string) =>
  await station.call<Hold>('holds', `POST /api/holds/{din}/${what}`, {
    params: { din },
    body: {},
    ...(key && { key }),
  });
const alerts = async (done = false) =>
  (
    await station.call<{ items: Hold[] }>('holds', 'GET /api/holds', {
      query: { siteId: 'central', ...(done && { done: 'true' }) },
    })
  ).body.items;
const stages = async (din: string) =>
  Object.fromEntries((await station.chain(din)).units.map(({ unitId, stage }) => [unitId, stage]));
/** A donation of which one component is at a hospital, one on the shelf and one only tested. */
async function halfOut() {
  const donation = await station.given();
  const { din } = donation;
  await station.step(din, 'wb', 'test');
  await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma', 'platelets'] });
  await station.issue(din, 'wb-rc');
  for (const action of ['release', 'store']) await station.step(din, 'wb-pl', action);
  return donation;
}

describe('“please do not use my blood”', () => {
  it('puts every component aside that no hospital has, at once', async () => {
    const { donor, din } = await halfOut();
    expect((await ask(donor, din)).body).toEqual({ received: true });
    expect(await stages(din)).toEqual({
      wb: 'processed',
      'wb-rc': 'issued',
      'wb-pl': 'quarantined',
      'wb-plt': 'quarantined',
    });
  });

  it('is answered alike whatever has become of the donation, and however often it is asked', async () => {
    const fresh = await station.given();
    const used = await station.issued();
    for (const unit of ['wb-rc', 'wb-pl']) await station.use(used.din, unit);
    const gone = await station.given();
    await station.step(gone.din, 'wb', 'discard');
    const answers = [];
    for (const { donor, din } of [fresh, used, gone, fresh, used]) {
      const { status, body } = await ask(donor, din);
      answers.push(JSON.stringify([status, body]));
    }
    expect(new Set(answers)).toEqual(new Set([JSON.stringify([200, { received: true }])]));
    const before = await station.chain(fresh.din);
    await ask(fresh.donor, fresh.din);
    expect(await station.chain(fresh.din)).toEqual(before);
  });

  it('is nobody else’s to ask, and tells them nothing', async () => {
    const { din } = await station.given();
    const other = await aPerson(station.store);
    expect((await ask(other, din)).body.code).toBe('not-found');
    expect((await ask(other, 'G123426999999')).body.code).toBe('not-found');
    expect((await station.chain(din)) as { held?: boolean }).toMatchObject({ held: false });
  });

  it('keeps everything back from then on, by whoever and in whatever way', async () => {
    const { donor, din } = await halfOut();
    await ask(donor, din);
    for (const [unit, action, more] of [
      ['wb-pl', 'test', {}],
      ['wb-plt', 'test', {}],
      ['wb-rc', 'return', {}],
    ] as const) {
      const answer = await station.step(din, unit, action, more);
      if (action === 'return') expect(answer.status).toBe(200);
      else expect(answer).toMatchObject({ status: 409, body: { code: 'on-hold' } });
    }
    // What a hospital sends back does not go on the shelf again.
    expect((await stages(din))['wb-rc']).toBe('quarantined');
    expect((await station.unit(din, 'wb-rc')).actions).toEqual(['discard']);
    expect((await station.step(din, 'wb-rc', 'discard')).status).toBe(200);
  });

  it('lets a hospital’s use of what it had be recorded, and the donation’s own text says what is true', async () => {
    const { donor, din } = await halfOut();
    await ask(donor, din);
    expect((await station.use(din, 'wb-rc')).status).toBe(200);
    await station.step(din, 'wb-rc', 'correct-use');
    await station.step(din, 'wb-rc', 'return');
    expect((await stages(din))['wb-rc']).toBe('quarantined');
  });

  it('is kept from what the donor is shown and sent, and from the steps that others read', async () => {
    const asked = await station.given();
    const other = await station.given();
    await station.settle();
    await ask(asked.donor, asked.din);
    await station.step(other.din, 'wb', 'test');
    await station.settle();
    const record = async ({ donor, din }: { donor: string; din: string }) => {
      const item = await station.store.get<DonationItem>(keys.donation(donor, '2026-11-23', din), { consistent: true });
      const {
        din: _,
        personId: _person,
        bookingId: _booking,
        pk: _pk,
        sk: _sk,
        ...rest
      } = item as never as Record<string, unknown>;
      return rest;
    };
    expect(await record(asked)).toEqual(await record(other));
    expect(await station.textsTo(asked.donor)).toEqual([expect.stringContaining('感谢您')]);
    const chain = await station.chain(asked.din);
    expect(chain.steps.at(-1)).toMatchObject({ action: 'quarantine', by: 'station' });
    expect(JSON.stringify(chain)).not.toContain(asked.donor);
    const { items } = await station.store.query<AuditItem>({
      pk: keys.audit('central', '2026-11-23', '', '').pk,
      consistent: true,
    });
    expect(items.filter(({ action }) => action.startsWith('hold'))).toEqual([]);
  });
});

describe('staff', () => {
  it('are alerted of what hospitals have, and only of that', async () => {
    const out = await halfOut();
    const kept = await station.given();
    for (const { donor, din } of [out, kept]) await ask(donor, din);
    expect(await alerts()).toMatchObject([
      { din: out.din, out: [{ unitId: 'wb-rc', stage: 'issued', hospital: 'First Hospital' }] },
    ]);
    expect(JSON.stringify(await alerts())).not.toContain(out.donor);
  });

  it('note who has seen to it; the alert then stands among those that are done, once', async () => {
    const { donor, din } = await halfOut();
    await ask(donor, din);
    const first = await act('acknowledge', din, 'acknowledge-1');
    expect(first.status).toBe(200);
    expect((await act('acknowledge', din, 'acknowledge-1')).body).toEqual(first.body);
    expect((await act('acknowledge', din)).body.code).toBe('wrong-state');
    expect((await act('lift', din, 'acknowledge-1')).body.code).toBe('idempotency-key-reused');
    expect(await alerts()).toEqual([]);
    const [done] = await alerts(true);
    expect(done).toMatchObject({ din, acknowledgedBy: STAFF_NAME });
    // Whoever had nothing out was never anybody's to see.
    const kept = await station.given();
    await ask(kept.donor, kept.din);
    expect(await alerts(true)).toHaveLength(1);
  });

  it('hold a donation for a donor who calls, by its number as it is typed', async () => {
    const { donor, din } = await halfOut();
    const hold = async (number: string, as = station.staff) =>
      await station.call<{ held: boolean }>('holds', 'POST /api/holds', { as, body: { din: number } });
    expect((await hold(labelOf(din))).body).toMatchObject({ din, held: true });
    expect((await stages(din))['wb-pl']).toBe('quarantined');
    expect((await hold('G123426999999')).body.code).toBe('not-found');
    expect(
      (await hold(din, await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] }))).body.code,
    ).toBe('forbidden');
    const { items } = await station.store.query<AuditItem>({ pk: keys.audit('central', '2026-11-23', '', '').pk });
    expect(items.filter(({ action }) => action === 'hold-made')).toMatchObject([
      { by: station.staff, subjects: [donor] },
    ]);
  });

  it('alone can lift a hold, by an act of its own; what was put aside stays so until it is tested again', async () => {
    const { donor, din } = await halfOut();
    expect((await act('lift', din)).body.code).toBe('wrong-state');
    await ask(donor, din, 'ask-key-1');
    expect((await act('lift', din, 'lift-key-1')).body).toMatchObject({ din, held: false });
    expect((await act('lift', din, 'lift-key-1')).body).toMatchObject({ din, held: false });
    expect((await stages(din))['wb-pl']).toBe('quarantined');
    expect((await station.step(din, 'wb-pl', 'test')).status).toBe(200);
    expect((await station.step(din, 'wb-pl', 'release')).status).toBe(200);
    expect(await alerts()).toEqual([]);
    // A repeat of the donor's request that was long on its way does not bring the hold back; asking anew does.
    await ask(donor, din, 'ask-key-1');
    expect((await stages(din))['wb-pl']).toBe('released');
    await ask(donor, din);
    expect((await stages(din))['wb-pl']).toBe('quarantined');
    expect(await alerts()).toHaveLength(1);
  });
});

describe('whatever happens meanwhile', () => {
  const SHELF = Array.from({ length: 90 }, (_, n) => `wb-rc-${n}`);
  /** A donation of very many components, all on the shelf. */
  async function manyOnTheShelf() {
    const donation = await station.given();
    const { din } = donation;
    const wb = (await station.store.get<UnitItem>(keys.unit(din, 'wb'), { consistent: true })) as UnitItem;
    for (let n = 0; n < SHELF.length; n += 45) {
      await station.store.transact(
        SHELF.slice(n, n + 45).map((unitId) => ({
          Put: {
            Item: {
              ...keys.unit(din, unitId),
              ...wb,
              ...{ sk: keys.unit(din, unitId).sk },
              unitId,
              component: 'red-cells',
              stage: 'stored',
            },
          },
        })),
      );
    }
    return donation;
  }

  it('a crash in the midst of very many components lets none of them out, and the next call puts the rest aside', async () => {
    const { donor, din } = await manyOnTheShelf();
    let left = 1;
    const dying = {
      ...station.store,
      transact: async (items: Parameters<Station['store']['transact']>[0]) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await station.store.transact(items);
      },
    };
    const deps = { store: dying, clock: station.world.clock, random: Math.random };
    const idempotency = { key: 'k', input: 'i' };
    await expect(holdDonation(deps, { din, via: 'page', by: donor, idempotency })).rejects.toThrow('killed');
    const stored = (await station.chain(din)).units.filter(({ stage }) => stage === 'stored');
    expect(stored.length).toBeGreaterThan(20);
    const [one] = stored;
    const issue = await station.step(din, one?.unitId ?? '', 'issue', { hospital: 'First Hospital' });
    expect(issue.body.code).toBe('on-hold');
    expect((await ask(donor, din)).status).toBe(200);
    expect(Object.values(await stages(din)).filter((stage) => notYetIssued(stage as never))).toEqual([]);
  });

  it('a component that is issued at the same moment is either put aside or in the alert', async () => {
    for (let n = 0; n < 8; n += 1) {
      const { donor, din } = await station.given();
      await station.step(din, 'wb', 'test');
      for (const action of ['release', 'store']) await station.step(din, 'wb', action);
      const { version } = await station.unit(din, 'wb');
      const [issue] = await Promise.all([
        station.step(din, 'wb', 'issue', { hospital: 'First Hospital', version }),
        ask(donor, din),
      ]);
      const stage = (await stages(din))['wb'];
      expect(stage).toBe(issue.status === 200 ? 'issued' : 'quarantined');
      expect((await alerts()).some((alert) => alert.din === din)).toBe(stage === 'issued');
    }
  });

  it('components that are made at the same moment are put aside too, or are never made', async () => {
    for (let n = 0; n < 8; n += 1) {
      const { donor, din } = await station.given();
      await station.step(din, 'wb', 'test');
      const { version } = await station.unit(din, 'wb');
      await Promise.all([
        station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma'], version }),
        ask(donor, din),
      ]);
      const found = Object.values(await stages(din));
      expect(found.filter((stage) => notYetIssued(stage as never))).toEqual([]);
      const donation = await station.store.get<DinItem>(keys.din(din), { consistent: true });
      expect(donation?.held).toBe(true);
    }
  });
});
