import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditItem, DoubtItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { mirrorStage, type Reported } from '../../shared/store/transactions/mirror-stage.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

const USED = '您的血液已用于临床';
const HOLD = 2 * 60_000;

let station: Station;
beforeEach(async () => {
  station = await aStation({ usedHoldSeconds: HOLD / 1000 });
});

type View = {
  doubtId: string;
  din: string;
  kind: string;
  status: string;
  version: number;
  evidence: { to: string; hospital?: string }[];
  verdicts: { verdict: string; reason: string; by: string }[];
};
const list = async (settled = false) =>
  (
    await station.call<{ items: View[] }>('doubts', 'GET /api/doubts', {
      query: { siteId: 'central', ...(settled && { settled: 'true' }) },
    })
  ).body.items;
const settle = async (doubt: View, verdict: 'explained' | 'confirmed', more: { as?: string; key?: string } = {}) =>
  await station.call<View>('doubts', 'POST /api/doubts/{din}/{doubtId}/settle', {
    params: { din: doubt.din, doubtId: doubt.doubtId },
    body: { verdict, reason: '医院登记错了血袋', version: doubt.version },
    ...more,
  });
const told = async (donor: string) => (await station.textsTo(donor)).filter((text) => text.includes(USED));
const wait = async () => {
  await station.later(HOLD + 1000);
  await station.later(HOLD);
};

/** From now on another system says where the station's units stand. */
async function mirrored() {
  const { body } = await station.call<{ version: number }>('units', 'GET /api/units/settings/{siteId}', {
    params: { siteId: 'central' },
  });
  const changed = await station.call('units', 'PUT /api/units/settings/{siteId}', {
    params: { siteId: 'central' },
    body: {
      version: body.version,
      screening: 'paper',
      master: 'other',
      system: '血站信息系统',
      shelfLifeDays: {},
      hospitals: [],
      products: [],
    },
  });
  if (changed.status !== 200) throw new Error(changed.body.code);
}
let reports = 0;
const report = async (said: Partial<Reported> & Pick<Reported, 'din' | 'stage'>) => {
  reports += 1;
  station.world.advance(60_000);
  const answer = await mirrorStage({ store: station.store, clock: station.world.clock, random: Math.random }, {
    component: 'red-cells',
    at: new Date(station.world.clock.now()).toISOString(),
    source: 'file.csv:2',
    by: station.staff,
    idempotency: { key: `report-${reports}`, input: 'i' },
    ...said,
  } as Parameters<typeof mirrorStage>[1]);
  if (answer.kind !== 'done') throw new Error(answer.kind);
};
const use = { stage: 'used', hospitalRecord: 'R-1' } as const;
/** Red cells that the other system says are used at a hospital that it did not issue them to. */
async function usedElsewhere() {
  await mirrored();
  const donation = await station.given();
  const { din } = donation;
  await report({ din, stage: 'released' });
  await report({ din, stage: 'issued', hospital: '市一医院' });
  await report({ din, ...use, hospital: '市二医院' });
  await station.settle();
  return donation;
}

describe('what is doubtful in the records', () => {
  it('is found when another system reports it, and listed with the steps that it rests on', async () => {
    const { din } = await usedElsewhere();
    expect(await list()).toMatchObject([
      {
        din,
        kind: 'used-elsewhere',
        status: 'open',
        evidence: [
          { to: 'issued', hospital: '市一医院' },
          { to: 'used', hospital: '市二医院' },
        ],
      },
    ]);
  });

  it('is not there of what goes its ordinary way', async () => {
    const { din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    expect([await list(), await list(true)]).toEqual([[], []]);
  });

  it('is found once, however often the stream says it and in whatever order', async () => {
    await usedElsewhere();
    const before = await list();
    await station.announce([...station.seen].reverse());
    await station.announce(station.seen);
    await Promise.all([station.announce(station.seen), station.announce(station.seen)]);
    await station.settle();
    expect(await list()).toEqual(before);
  });

  it('closes by itself once the record is put right, and opens again with the same name where it comes back', async () => {
    await mirrored();
    const { din } = await station.given();
    const expired = { on: '2026-11-22' };
    await report({ din, stage: 'released' });
    await report({ din, stage: 'issued', hospital: '市一医院', expiry: expired });
    await report({ din, ...use, hospital: '市一医院' });
    await station.settle();
    expect(await list()).toMatchObject([{ kind: 'used-after-expiry', status: 'open' }]);
    const again = async (on: string) => {
      await report({ din, ...use, hospital: '市一医院', expiry: { on } });
      await station.settle();
    };
    await again('2026-12-22');
    expect([await list(), await list(true)]).toMatchObject([[], [{ kind: 'used-after-expiry', status: 'closed' }]]);
    await again('2026-11-22');
    expect([await list(), await list(true)]).toMatchObject([[{ kind: 'used-after-expiry', status: 'open' }], []]);
  });

  it('is explained or confirmed by somebody, with a reason, on what they saw, once', async () => {
    await usedElsewhere();
    const [doubt] = (await list()) as [View];
    const stranger = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
    expect((await settle(doubt, 'explained', { as: stranger })).status).toBe(403);
    const first = await settle(doubt, 'confirmed', { key: 'the-very-same-one' });
    expect(first.body).toMatchObject({
      status: 'confirmed',
      verdicts: [{ verdict: 'confirmed', reason: '医院登记错了血袋' }],
    });
    expect(await settle(doubt, 'confirmed', { key: 'the-very-same-one' })).toEqual(first);
    expect((await settle(doubt, 'explained')).body.code).toBe('changed-meanwhile');
    expect([await list(), await list(true)]).toMatchObject([[], [{ status: 'confirmed' }]]);
    // What was said may be said otherwise, and is kept.
    expect((await settle(first.body, 'explained')).body.verdicts.map(({ verdict }) => verdict)).toEqual([
      'confirmed',
      'explained',
    ]);
    const { pk } = keys.audit('central', '2026-11-23', '', '');
    const audit = (await station.store.query<AuditItem>({ pk })).items;
    expect(
      audit.filter(({ action }) => action === 'doubt-settled').map(({ by, change }) => [by, change?.['verdict']]),
    ).toEqual([
      [station.staff, 'confirmed'],
      [station.staff, 'explained'],
    ]);
  });

  it('stays settled when the stream comes again', async () => {
    await usedElsewhere();
    const [doubt] = (await list()) as [View];
    await settle(doubt, 'explained');
    await station.settle();
    await station.announce(station.seen);
    expect([await list(), await list(true)]).toMatchObject([[], [{ status: 'explained' }]]);
  });

  it('says nothing of who the donor is', async () => {
    const { donor, din } = await usedElsewhere();
    const kept = (await station.store.query<DoubtItem>(partitions.doubts('central', din))).items;
    expect(JSON.stringify([kept, await list()])).not.toContain(donor);
  });
});

describe('the text about a use that is doubtful', () => {
  it('does not go while nobody has explained it, and goes once they have', async () => {
    const { donor } = await usedElsewhere();
    await wait();
    expect(await told(donor)).toEqual([]);
    const [doubt] = (await list()) as [View];
    await settle(doubt, 'explained');
    await station.settle();
    await wait();
    expect(await told(donor)).toHaveLength(1);
    await wait();
    expect(await told(donor)).toHaveLength(1);
  });

  it('never goes once the doubt is confirmed', async () => {
    const { donor } = await usedElsewhere();
    const [doubt] = (await list()) as [View];
    await settle(doubt, 'confirmed');
    await station.settle();
    await wait();
    expect(await told(donor)).toEqual([]);
  });

  it('is stopped where the doubt comes while it waits, of another component too, and goes when that is explained', async () => {
    await mirrored();
    const { donor, din } = await station.given();
    for (const component of ['red-cells', 'plasma'] as const) {
      await report({ din, component, stage: 'released' });
      await report({ din, component, stage: 'issued', hospital: '市一医院' });
    }
    await report({ din, ...use, hospital: '市一医院' });
    await station.settle();
    expect(await station.message(donor, `blood-used.${din}.once`)).toMatchObject({ status: 'due' });
    await report({ din, component: 'plasma', ...use, hospital: '市二医院' });
    await station.settle();
    expect(await station.message(donor, `blood-used.${din}.once`)).toMatchObject({
      status: 'void',
      reason: 'in-doubt',
    });
    await wait();
    expect(await told(donor)).toEqual([]);
    const [doubt] = (await list()) as [View];
    await settle(doubt, 'explained');
    await station.settle();
    await wait();
    expect(await told(donor)).toHaveLength(1);
  });
});

describe('two donations that turn out to be one person’s', () => {
  it.each(['here', 'other'] as const)(
    'are doubtful once their records are joined, whichever is kept: %s',
    async (keep) => {
      const document = { type: 'passport', number: 'E12345678' };
      const first = await station.booked({ name: '林见暖' });
      await station.call('donations', 'POST /api/donations/check-in', {
        body: { bookingId: first.bookingId, document },
      });
      const [din, other] = [station.newDin(), station.newDin()];
      expect((await station.complete(first.bookingId, din)).status).toBe(201);
      const second = await station.booked({ name: '林小暖' });
      await station.checkIn(second.bookingId);
      expect((await station.complete(second.bookingId, other)).status).toBe(201);
      await station.settle();
      expect(await list()).toEqual([]);

      const proposed = await station.call<{ mergeId: string; version: number }>(
        'identity',
        'POST /api/identity/merges',
        {
          body: { bookingId: second.bookingId, document, keep, reason: '同一本护照' },
        },
      );
      expect(proposed.status).toBe(201);
      const colleague = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'central' }] });
      const { mergeId, version } = proposed.body;
      await station.call('identity', 'POST /api/identity/merges/{mergeId}/approve', {
        as: colleague,
        params: { mergeId },
        body: { siteId: 'central', version },
      });
      await station.tick();
      await station.settle();
      expect(await list()).toMatchObject([
        { din: other, kind: 'too-soon', status: 'open', before: { din, date: '2026-11-23' }, evidence: [] },
      ]);
    },
  );
});

describe('a donor’s own page', () => {
  const shown = async (donor: string) => {
    const { body } = await station.call<{ items: { journey: { stages: { stage: string }[] } }[] }>(
      'me',
      'GET /api/me/donations',
      { as: donor, query: { limit: '5' } },
    );
    return body.items[0]?.journey.stages.map(({ stage }) => stage);
  };

  it('does not say that blood was used while that is in doubt, and says what it would without that use', async () => {
    const { donor } = await usedElsewhere();
    expect(await shown(donor)).toEqual(['collected', 'tests-finished', 'in-use']);
    const [doubt] = (await list()) as [View];
    await settle(doubt, 'confirmed');
    await station.settle();
    expect(await shown(donor)).not.toContain('used');
    const [confirmed] = (await list(true)) as [View];
    await settle(confirmed, 'explained');
    await station.settle();
    expect(await shown(donor)).toContain('used');
  });

  it('goes on saying what a text has said, until the use is taken back', async () => {
    await mirrored();
    const { donor, din } = await station.given();
    await report({ din, stage: 'released' });
    await report({ din, stage: 'issued', hospital: '市一医院' });
    await report({ din, ...use, hospital: '市一医院' });
    await station.settle();
    await wait();
    expect(await told(donor)).toHaveLength(1);
    await report({ din, ...use, hospital: '市二医院' });
    await station.settle();
    expect(await list()).not.toEqual([]);
    expect(await shown(donor)).toContain('used');
  });
});

describe('a blood group', () => {
  const found = async (din: string) =>
    await station.call('laboratory', 'POST /api/laboratory/results', {
      body: { siteId: 'central', lines: [{ din, found: [{ kind: 'group', abo: 'A', rhd: 'positive' }] }] },
    });
  const scanned = async (din: string, unitId: string, action: string, abo: string, more = {}) =>
    (
      await station.call<{ lines: { done: boolean; code?: string }[] }>('units', 'POST /api/units/steps', {
        body: {
          siteId: 'central',
          action,
          ...more,
          lines: [{ din, unitId, version: (await station.unit(din, unitId)).version, group: { abo, rhd: 'positive' } }],
        },
      })
    ).body.lines[0];

  it('on a label other than the one that was found stops a bag on its way out, and is a doubt where it was used', async () => {
    const { donor, din } = await station.issued();
    await found(din);
    await station.step(din, 'wb-pl', 'return');
    const out = { hospital: 'First Hospital' };
    expect(await scanned(din, 'wb-pl', 'issue', 'B', out)).toMatchObject({ done: false, code: 'group-differs' });
    expect(await scanned(din, 'wb-pl', 'issue', 'A', out)).toMatchObject({ done: true });
    expect(await scanned(din, 'wb-rc', 'use', 'B', { ...out, hospitalRecord: 'R-1' })).toMatchObject({ done: true });
    await station.settle();
    expect(await list()).toMatchObject([
      { kind: 'group-differs', din, groups: { found: 'A+', reported: 'B+' }, evidence: [{ to: 'used' }] },
    ]);
    await wait();
    expect(await told(donor)).toEqual([]);
    // The schedule's table knows that something differs, and not what.
    const kept = await station.store.query<DoubtItem>({ ...partitions.doubts('central', din), consistent: true });
    expect(JSON.stringify(kept.items)).not.toMatch(/"A\+|"B\+|abo/);
  });

  it('that is found after the use is held against what was reported of it', async () => {
    const { din } = await station.issued();
    await scanned(din, 'wb-rc', 'use', 'B', { hospital: 'First Hospital', hospitalRecord: 'R-1' });
    await station.settle();
    expect(await list()).toEqual([]);
    await found(din);
    await station.settle();
    expect(await list()).toMatchObject([{ kind: 'group-differs', din }]);
  });
});

describe('a number that is none of the site’s', () => {
  it('is listed, and one that is, is not', async () => {
    const { body } = await station.call<{ version: number }>('units', 'GET /api/units/settings/{siteId}', {
      params: { siteId: 'central' },
    });
    const put = async (numbers: object[]) =>
      await station.call('units', 'PUT /api/units/settings/{siteId}', {
        params: { siteId: 'central' },
        body: {
          version: body.version,
          screening: 'paper',
          master: 'nuanliu',
          shelfLifeDays: {},
          hospitals: [],
          products: [],
          numbers,
        },
      });
    expect((await put([{ from: 'G9', to: 'G1' }])).body).toMatchObject({ code: 'invalid-input' });
    expect((await put([{ from: 'g1234', to: 'G1234' }])).status).toBe(200);
    await station.given();
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    await station.complete(bookingId, 'G567826000001');
    await station.settle();
    expect(await list()).toMatchObject([{ kind: 'number-out-of-range', din: 'G567826000001' }]);
  });
});

describe('hospitals’ reports', () => {
  type Report = { hospitals: Record<string, unknown>[]; unreported: { unitId: string; hospital: string }[] };
  const reports = async () =>
    (
      await station.call<Report>('doubts', 'GET /api/doubts/hospitals', {
        query: { siteId: 'central', months: '1' },
      })
    ).body;

  it('say of each what it was issued, has reported and has not, however often the stream says it', async () => {
    const { din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.announce([...station.seen].reverse());
    const { hospitals, unreported } = await reports();
    expect(hospitals).toEqual([
      expect.objectContaining({
        hospital: 'First Hospital',
        issued: 2,
        used: 1,
        unreported: 1,
        ways: { scan: 0, hand: 1, file: 0 },
      }),
    ]);
    expect(unreported).toMatchObject([{ unitId: 'wb-pl', hospital: 'First Hospital' }]);
    // A use that was recorded wrongly is unreported again.
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    expect((await reports()).hospitals).toMatchObject([{ used: 0, unreported: 2 }]);
    const csv = await station.call<string>('doubts', 'GET /api/doubts/hospitals.csv', {
      query: { siteId: 'central', months: '1' },
    });
    expect(String(csv.body).trim().split('\r\n')).toHaveLength(3);
  });
});

describe('a donation that was given long ago', () => {
  it('is used without a text, from the age on that its station has set; its donor’s page says so all the same', async () => {
    const { body } = await station.call<{ version: number; usedWithinMonths: number }>(
      'units',
      'GET /api/units/settings/{siteId}',
      { params: { siteId: 'central' } },
    );
    expect(body.usedWithinMonths).toBe(24);
    await station.call('units', 'PUT /api/units/settings/{siteId}', {
      params: { siteId: 'central' },
      body: {
        version: body.version,
        screening: 'paper',
        master: 'nuanliu',
        shelfLifeDays: {},
        hospitals: [],
        products: [],
        usedWithinMonths: 1,
      },
    });
    const [young, old] = [await station.issued(), await station.issued()];
    station.world.advance(29 * 86_400_000);
    await station.use(young.din, 'wb-rc');
    await wait();
    station.world.advance(2 * 86_400_000);
    await station.use(old.din, 'wb-rc');
    await station.settle();
    await wait();
    expect(await told(young.donor)).toHaveLength(1);
    // None is made, so that none is left to go later.
    expect(await station.message(old.donor, `blood-used.${old.din}.once`)).toBeUndefined();
    const { body: mine } = await station.call<{ items: { journey: { stages: { stage: string }[] } }[] }>(
      'me',
      'GET /api/me/donations',
      { as: old.donor, query: { limit: '5' } },
    );
    expect(mine.items[0]?.journey.stages.at(-1)?.stage).toBe('used');
  });
});
