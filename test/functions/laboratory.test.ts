import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditItem, BloodGroupsItem, LaboratoryItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createLaboratory } from '../../shared/store/laboratory.ts';
import { recordResults } from '../../shared/store/transactions/record-results.ts';
import { aPerson } from '../builders/people.ts';
import { aSite } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
  await aSite(station.store, { laboratory: 'required' });
});

type Found = Record<string, string | number>;
type Lines = { lines: { din: string; done: boolean; verdict?: string; code?: string }[] };
type View = {
  verdict: string;
  group: string;
  missing: string[];
  entries: { n: number; kind: string; run?: string; source?: string; voided: boolean }[];
  others: { din: string }[];
};
type Alerts = { items: { din: string; reacted: string[]; group: string; out: unknown[]; settled?: unknown }[] };

const group = (abo: string, rhd = 'positive'): Found => ({ kind: 'group', abo, rhd });
const run = (test: string, result = 'non-reactive'): Found => ({ kind: 'test', test, result });
const MARKERS = [run('hbsag'), run('anti-hcv'), run('hiv-ag-ab'), run('syphilis')];
const ALT: Found = { kind: 'test', test: 'alt', value: 21 };
const ALL = [group('O'), group('O'), ...MARKERS, ALT];

const record = async (din: string, found: Found[], more: Record<string, unknown> = {}, key?: string) =>
  await station.call<Lines>('laboratory', 'POST /api/laboratory/results', {
    body: { siteId: 'central', lines: [{ din, found, ...more }] },
    ...(key && { key }),
  });
const one = async (din: string, found: Found[], more: Record<string, unknown> = {}) =>
  (await record(din, found, more)).body.lines[0];
const results = async (din: string) =>
  (await station.call<View>('laboratory', 'GET /api/laboratory/{din}', { params: { din } })).body;
const alerts = async (settled = false) =>
  (
    await station.call<Alerts>('laboratory', 'GET /api/laboratory/alerts', {
      query: { siteId: 'central', ...(settled && { settled: 'true' }) },
    })
  ).body.items;
const stage = async (din: string, unit = 'wb') => (await station.unit(din, unit)).stage;
const takeBack = async (din: string, n: number) =>
  await station.call<View>('laboratory', 'POST /api/laboratory/{din}/void', {
    params: { din },
    body: { n, reason: 'another tube' },
  });

describe('a unit', () => {
  it('comes to be tested when the last result is there and clear, and can then be released; before, it cannot', async () => {
    const { din } = await station.given();
    for (const action of ['test', 'release']) {
      const answer = await station.step(din, 'wb', action);
      expect([answer.status, answer.body.code]).toEqual([409, action === 'test' ? 'results-not-clear' : 'wrong-state']);
    }
    expect(await one(din, [group('O'), ...MARKERS])).toMatchObject({ done: true, verdict: 'incomplete' });
    expect(await one(din, [ALT])).toMatchObject({ done: true, verdict: 'incomplete' });
    expect((await station.step(din, 'wb', 'test')).body.code).toBe('results-not-clear');
    // The group of somebody who gives for the first time is determined again before it is believed.
    expect(await one(din, [group('O')])).toMatchObject({ done: true, verdict: 'clear' });
    expect(await stage(din)).toBe('tested');
    expect((await station.step(din, 'wb', 'release')).status).toBe(200);
  });

  it('is put in quarantine by one reaction, wherever it stands at the station, and staff are told; a hospital’s stays where it is', async () => {
    const { din } = await station.given();
    await record(din, ALL);
    await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma'] });
    await station.issue(din, 'wb-rc');
    for (const action of ['release', 'store']) await station.step(din, 'wb-pl', action);
    await one(din, [run('hiv-ag-ab', 'reactive')]);
    expect([await stage(din, 'wb-rc'), await stage(din, 'wb-pl')]).toEqual(['issued', 'quarantined']);
    expect(await alerts()).toEqual([
      expect.objectContaining({ din, reacted: ['hiv-ag-ab'], out: [{ unitId: 'wb-rc', hospital: 'First Hospital' }] }),
    ]);
    expect((await station.step(din, 'wb-pl', 'test')).body.code).toBe('results-not-clear');
    // Repeated twice without reaction, it is clear again; out of quarantine comes what staff take out.
    await one(din, [run('hiv-ag-ab'), run('hiv-ag-ab')]);
    expect(await alerts()).toEqual([]);
    expect(await alerts(true)).toHaveLength(1);
    expect(await stage(din, 'wb-pl')).toBe('quarantined');
    expect((await station.step(din, 'wb-pl', 'test')).status).toBe(200);
  });

  it('that came back from a hospital meanwhile is not issued again while something speaks against it', async () => {
    const { din } = await station.given();
    await record(din, ALL);
    await station.issue(din, 'wb');
    await one(din, [run('syphilis', 'reactive')]);
    await station.step(din, 'wb', 'return');
    const again = await station.step(din, 'wb', 'issue', { hospital: 'First Hospital' });
    expect([again.status, again.body.code]).toEqual([409, 'results-not-clear']);
  });

  it('of a site that keeps its results elsewhere asks for none, and a scan says of another’s what is missing', async () => {
    const { din } = await station.given();
    const scan = async () =>
      (
        await station.call<{ kind: string; why?: string }>('units', 'GET /api/units/scan', {
          query: { siteId: 'central', action: 'test', code: `=${din}00` },
        })
      ).body;
    expect(await scan()).toMatchObject({ kind: 'refused', why: 'results-not-clear' });
    await aSite(station.store, { laboratory: 'elsewhere' });
    expect(await scan()).toMatchObject({ kind: 'unit' });
    expect((await station.step(din, 'wb', 'test')).status).toBe(200);
  });

  it('is not released by results that change while it is', async () => {
    const { din } = await station.given();
    await record(din, ALL);
    const both = await Promise.all([station.step(din, 'wb', 'release'), one(din, [run('hbsag', 'reactive')])]);
    expect(both[1]).toMatchObject({ done: true });
    expect(await stage(din)).toBe('quarantined');
  });
});

describe('a blood group', () => {
  const twice = async (donor: string) => {
    const first = await station.given({});
    // The same person's other donation, of another day.
    const { store } = station;
    const second = await station.given({});
    for (const [key, item] of [
      [keys.din(second.din), { personId: donor }],
      [keys.din(first.din), { personId: donor }],
    ] as const) {
      const before = await store.get<Record<string, unknown>>(key, { consistent: true });
      await store.put({ Item: { ...before, ...item, ...key } });
    }
    return [first.din, second.din] as const;
  };

  it('that is not the one of their other donations is refused, and nothing is overwritten', async () => {
    const donor = await aPerson(station.store);
    const [first, second] = await twice(donor);
    await record(first, ALL);
    const refused = await one(second, [group('A'), ...MARKERS, ALT]);
    expect(refused).toMatchObject({ done: false, code: 'group-differs' });
    expect((await results(second)).entries).toEqual([]);
    expect(await stage(second)).toBe('collected');
    // RhD alone is another group too.
    expect(await one(second, [group('O', 'negative')])).toMatchObject({ code: 'group-differs' });
    expect(await one(second, [group('O'), ...MARKERS, ALT])).toMatchObject({ verdict: 'clear' });
  });

  it('that staff record all the same is raised and put aside, and leaves what is on record as it is', async () => {
    const donor = await aPerson(station.store);
    const [first, second] = await twice(donor);
    await record(first, ALL);
    expect(await one(second, [group('A'), ...MARKERS, ALT], { asItIs: true })).toMatchObject({ verdict: 'not-clear' });
    expect(await stage(second)).toBe('quarantined');
    expect(await alerts()).toEqual([expect.objectContaining({ din: second, group: 'differs' })]);
    const groups = await station.store.get<BloodGroupsItem>(keys.bloodGroups(donor), {
      consistent: true,
      table: 'private',
    });
    expect(groups?.groups).toEqual({ [first]: expect.objectContaining({ abo: 'O' }) });
    // It was the first that was wrong: taken back, the second is only not confirmed.
    await takeBack(first, 1);
    await takeBack(first, 2);
    expect((await results(second)).group).toBe('first');
    expect(await one(second, [group('A')])).toMatchObject({ verdict: 'clear' });
  });

  it('of two tubes recorded at once is judged once each', async () => {
    const donor = await aPerson(station.store);
    const [first, second] = await twice(donor);
    const both = await Promise.all([one(first, [group('O')]), one(second, [group('A')])]);
    expect(both.filter((line) => line?.code === 'group-differs')).toHaveLength(1);
  });

  it('is kept with its donation for whoever judges its units', async () => {
    const { din } = await station.given();
    await record(din, [group('AB', 'negative')]);
    const other = (await station.given()).din;
    expect(await createLaboratory(station.store).groupsOf([din, other])).toEqual(
      new Map([[din, { abo: 'AB', rhd: 'negative' }]]),
    );
  });
});

describe('entries', () => {
  it('are added once however often they are sent, and taken back by another, never edited', async () => {
    const { din } = await station.given();
    const key = 'a key of one plate';
    const first = await record(din, [run('hbsag', 'reactive')], {}, key);
    expect((await record(din, [run('hbsag', 'reactive')], {}, key)).body).toEqual(first.body);
    expect((await record(din, [run('hbsag')], {}, key)).body.lines[0]).toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect((await takeBack(din, 1)).body.entries.map(({ kind, voided }) => [kind, voided])).toEqual([
      ['test', true],
      ['void', false],
    ]);
    expect([(await takeBack(din, 1)).body.code, (await takeBack(din, 2)).body.code]).toEqual([
      'wrong-state',
      'wrong-state',
    ]);
    await one(din, [run('hbsag', 'reactive'), run('hbsag')]);
    expect((await results(din)).entries.slice(2).map((entry) => entry.run)).toEqual(['initial', 'repeat']);
  });

  it('that cannot be are refused, each for itself, and stop no other of the plate', async () => {
    const { din } = await station.given();
    const lines = [
      { din: 'G12342699999', found: [run('hbsag')] },
      { din, found: [run('anti-htlv')] },
      { din, found: [{ kind: 'test', test: 'alt', result: 'reactive' }] },
    ];
    const answer = await station.call<Lines>('laboratory', 'POST /api/laboratory/results', {
      body: { siteId: 'central', lines },
    });
    expect(answer.body.lines.map(({ code }) => code)).toEqual(['not-found', 'invalid-input', 'invalid-input']);
    expect(await one(din, [run('hbsag')])).toMatchObject({ done: true });
  });

  it('of a site that only mirrors another system are kept with that source, and move nothing', async () => {
    await aSite(station.store, {
      laboratory: 'required',
      units: {
        master: 'other',
        system: '血站信息系统',
        shelfLifeDays: {},
        hospitals: [],
        products: {},
        accepted: [],
        version: 1,
      },
    });
    const { din } = await station.given();
    await one(din, ALL);
    await one(din, [run('hbsag', 'reactive'), run('hbsag', 'reactive')]);
    expect(await stage(din)).toBe('collected');
    expect((await results(din)).entries.every(({ source }) => source === '血站信息系统')).toBe(true);
    expect(await alerts()).toHaveLength(1);
  });
});

describe('what the laboratory found', () => {
  it('is in the private table alone: nothing of it in the other, in an audit entry, in a log, or on any page of the donor', async () => {
    const { donor, din } = await station.given();
    await one(din, [group('B', 'negative'), run('hbsag', 'reactive'), run('hbsag', 'reactive')]);
    await station.settle();
    const kept = await station.store.get<LaboratoryItem>(keys.laboratory(din), { consistent: true, table: 'private' });
    expect(kept?.entries).toHaveLength(3);
    const chain = await station.store.query<object>({ pk: partitions.chain(din), consistent: true });
    const audit = await station.store.query<AuditItem>({ pk: partitions.audit('central', '2026-11-23') });
    const told = JSON.stringify([chain.items, audit.items, station.world.lines, station.phone]);
    expect(told).not.toMatch(/reactive|hbsag|"rhd"|negative/i);
    const shown = await pages(donor);
    expect(JSON.stringify(shown)).not.toMatch(/reactive|hbsag|quarantine|negative|laborator/i);
    // A donation that goes its usual way shows the same, and lets its donor come again on the same day.
    const usual = await station.given();
    await one(usual.din, ALL);
    await station.settle();
    expect(JSON.stringify(shown).replaceAll(din, 'DIN')).toBe(
      JSON.stringify(await pages(usual.donor)).replaceAll(usual.din, 'DIN'),
    );
  });

  it('is looked at with an entry that says who', async () => {
    const { donor, din } = await station.given();
    await record(din, ALL);
    await results(din);
    const { items } = await station.store.query<AuditItem>({ pk: partitions.audit('central', '2026-11-23') });
    for (const action of ['results-recorded', 'results-read']) {
      expect(items).toContainEqual(expect.objectContaining({ action, by: station.staff, subjects: [donor] }));
    }
  });

  it('is seen to once, by somebody who says what was done', async () => {
    const { din } = await station.given();
    await one(din, [run('hbsag', 'reactive'), run('hbsag', 'reactive')]);
    const settle = async (key?: string) =>
      await station.call<{ open: boolean }>('laboratory', 'POST /api/laboratory/{din}/settle', {
        params: { din },
        body: { note: 'discarded; the physician will see them' },
        ...(key && { key }),
      });
    expect((await settle('the same press')).body).toMatchObject({ open: false });
    expect((await settle('the same press')).status).toBe(200);
    expect((await settle()).body.code).toBe('wrong-state');
    expect(await alerts()).toEqual([]);
    expect((await alerts(true))[0]).toMatchObject({ settled: { note: 'discarded; the physician will see them' } });
    // What reacts again later is somebody's again.
    await one(din, [run('anti-hcv', 'reactive')]);
    expect(await alerts()).toHaveLength(1);
  });

  it('of a process that dies and comes again is one entry', async () => {
    const { din } = await station.given();
    const engine = { store: station.store, clock: station.world.clock, random: Math.random };
    const { packFor } = await import('../../shared/policy/index.ts');
    const again = async () =>
      await recordResults(
        { ...engine, packOf: ({ pack = 'cn', date }) => packFor(pack, date) },
        {
          din,
          found: [{ kind: 'test', test: 'hbsag', result: 'non-reactive' }],
          asItIs: false,
          by: station.staff,
          auditId: 'one-of-a-crash',
          idempotency: { key: 'k', input: 'i' },
        },
      );
    expect([(await again()).kind, (await again()).kind]).toEqual(['done', 'done']);
    expect((await results(din)).entries).toHaveLength(1);
  });
});

/** What a donor is told of a donation: list, when they may come again, and their export. */
const pages = async (donor: string): Promise<object[]> => {
  const list = await station.call<{ items: { journey: object }[] }>('me', 'GET /api/me/donations', {
    as: donor,
    query: { limit: '10' },
  });
  const may = await station.call<{ procedures: object }>('me', 'GET /api/me/eligibility', {
    as: donor,
    query: { siteId: 'central', date: '2027-11-23' },
  });
  const out = await station.call<{ items: object[] }>('me', 'GET /api/me/export', {
    as: donor,
    query: { part: 'donations' },
  });
  return [list.body, may.body, out.body].map((body) =>
    JSON.parse(JSON.stringify(body, (name, value) => (name === 'bookingId' ? undefined : value))),
  );
};
