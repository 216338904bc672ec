import { createHash, randomUUID } from 'node:crypto';
import { mod11_2 } from 'cdigit';
import { beforeEach, describe, expect, it } from 'vitest';
import { goOnWithImport } from '../../functions/events/imports/go-on.ts';
import type { FileField, FileKind } from '../../shared/domain/files/fields.ts';
import { UNIT_SETTINGS } from '../../shared/domain/unit-settings.ts';
import { createDocuments } from '../../shared/store/documents.ts';
import type {
  AuditItem,
  BloodGroupsItem,
  DeferralItem,
  DinItem,
  DonationItem,
  ElsewhereItem,
  LaboratoryItem,
  ProfileItem,
  SiteItem,
} from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSecondFacts } from '../../shared/store/second-fact.ts';
import { aPerson } from '../builders/people.ts';
import { aSite } from '../builders/places.ts';
import { allItems } from '../support/engine.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

/** What a donor is told of a use, once the hold is over. */
const USED = '您的血液已用于临床';
const HOLD = 2 * 60_000;
const SECRET = async () => 'a key of the tests';

type View = {
  importId: string;
  status: string;
  fault?: string;
  checked?: Counts;
  applied?: Counts;
};
type Counts = { done: number; fresh: number; known: number; refused: number };
type Row = Partial<Record<FileField, string>>;

let station: Station;
beforeEach(async () => {
  station = await aStation({ usedHoldSeconds: HOLD / 1000 });
});

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const csvOf = (fields: readonly FileField[], rows: readonly Row[]): string =>
  [
    ['row', ...fields].join(','),
    ...rows.map((row, n) => [String(n + 2), ...fields.map((field) => quoted(row[field] ?? ''))].join(',')),
  ].join('\n');

/** A file as the page uploads it, before the dry run. */
async function uploaded(kind: FileKind, rows: readonly Row[], more: Record<string, unknown> = {}) {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))] as FileField[];
  const content = csvOf(fields, rows);
  const begun = await station.call<{ import: View; upload: { url: string } }>('files', 'POST /api/files/{siteId}', {
    params: { siteId: 'central' },
    body: {
      kind,
      fileName: 'a.csv',
      bytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('base64'),
      rows: rows.length,
      fields,
      epoch: 1900,
      bareDins: false,
      columns: {},
      ...more,
    },
  });
  if (begun.status !== 201) throw new Error(`${begun.body.code} ${JSON.stringify(begun.body)}`);
  const { importId } = begun.body.import;
  station.uploaded.set(importId, content);
  return importId;
}
const ask = async (importId: string, what: 'check' | 'apply' | 'stop' | 'resume' | 'discard', key = randomUUID()) =>
  await station.call<View>('files', `POST /api/files/{siteId}/{importId}/${what}`, {
    params: { siteId: 'central', importId },
    body: {},
    key,
  });
const read = async (importId: string): Promise<View> =>
  (await station.call<View>('files', 'GET /api/files/{siteId}/{importId}', { params: { siteId: 'central', importId } }))
    .body;
const refused = async (importId: string) =>
  (
    await station.call<{ items: { row: number; field?: string; why: string }[] }>(
      'files',
      'GET /api/files/{siteId}/{importId}/refused',
      { params: { siteId: 'central', importId } },
    )
  ).body.items;

async function checked(kind: FileKind, rows: readonly Row[], more?: Record<string, unknown>) {
  const importId = await uploaded(kind, rows, more);
  expect((await ask(importId, 'check')).status).toBe(200);
  await station.readFiles();
  return await read(importId);
}
async function applied(kind: FileKind, rows: readonly Row[], more?: Record<string, unknown>) {
  const { importId } = await checked(kind, rows, more);
  expect((await ask(importId, 'apply')).status).toBe(200);
  await station.readFiles();
  return await read(importId);
}

const DONOR = { donorNo: 'A-1', name: '张三', phone: '13800001111', birthDate: '1990年1月2日', sex: '男' };
const givenOn = (date: string, din: string, more: Row = {}): Row => ({
  donorNo: 'A-1',
  din: labelOf(din),
  date,
  procedure: '全血',
  volume: '400ml',
  ...more,
});
const personWith = async (phone: string): Promise<string[]> =>
  (await station.store.query<{ sk: string }>({ pk: partitions.phones(phone), consistent: true })).items.map(
    ({ sk }) => sk,
  );
const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};
const everything = async () => {
  const din = await station.store.query({ pk: partitions.chain('G123426200001'), consistent: true });
  return { din: din.items, people: await personWith('+8613800001111') };
};

describe('the dry run', () => {
  it('counts what would come of each row, names every refused one and why, and writes nothing of it', async () => {
    const rows = [
      DONOR,
      { ...DONOR, donorNo: 'A-2', phone: '1.38E+10' },
      { ...DONOR, donorNo: 'A-3', birthDate: '2026-02-30' },
      DONOR,
      { ...DONOR, donorNo: 'A-4', name: '' },
    ];
    const done = await checked('donors', rows);
    expect(done).toMatchObject({ status: 'checked', checked: { done: 5, fresh: 1, known: 1, refused: 3 } });
    expect(await refused(done.importId)).toEqual([
      { row: 3, field: 'phone', why: 'damaged' },
      { row: 4, field: 'birthDate', why: 'no-such-date' },
      { row: 6, field: 'name', why: 'missing' },
    ]);
    expect(await personWith('+8613800001111')).toEqual([]);
  });

  it('says before what the import then does', async () => {
    await applied('donors', [DONOR]);
    const rows = [
      givenOn('2025-01-01', 'G123426200001'),
      givenOn('2025-01-01', 'G123426200001'),
      givenOn('2025-08-01', 'G123426200001'),
      givenOn('2025-08-01', 'G123426200002', { donorNo: 'nobody' }),
      givenOn('2025-01-01', 'G123426200003'),
    ];
    const said = await checked('donations', rows);
    await ask(said.importId, 'apply');
    await station.readFiles();
    const done = await read(said.importId);
    expect(done.applied).toEqual({ done: 5, fresh: 1, known: 1, refused: 3 });
    // The second donation of a day is only there to be seen once the first is written.
    expect(said.checked).toEqual({ done: 5, fresh: 2, known: 1, refused: 2 });
    expect(await refused(done.importId)).toEqual([
      { row: 4, field: 'din', why: 'din-taken' },
      { row: 5, field: 'donorNo', why: 'donor-unknown' },
      { row: 6, field: 'date', why: 'same-day' },
    ]);
  });

  it('begins only once all of the file is there, and a file that is no table of these columns is refused whole', async () => {
    const importId = await uploaded('donors', [DONOR]);
    const content = station.uploaded.get(importId) ?? '';
    station.uploaded.set(importId, content.slice(0, -3));
    expect((await ask(importId, 'check')).body.code).toBe('wrong-state');
    station.uploaded.set(importId, content.replace('donorNo', 'diagnos'));
    expect((await ask(importId, 'check')).status).toBe(200);
    await station.readFiles();
    expect(await read(importId)).toMatchObject({ status: 'failed', fault: 'unreadable' });
  });
});

describe('history', () => {
  it('counts for intervals and honours as verified, and is announced to nobody', async () => {
    await applied('donors', [DONOR]);
    const done = await applied('donations', [
      givenOn('2026-10-01', 'G123426200001'),
      givenOn('2024/3/1', 'G123426200002', { reaction: '轻度' }),
    ]);
    expect(done).toMatchObject({ status: 'applied', applied: { done: 2, fresh: 2, known: 0, refused: 0 } });
    const personId = only(await personWith('+8613800001111'));
    const lock = await createPeople(station.store).lock(personId);
    expect(lock?.facts).toMatchObject({
      birthDate: '1990-01-02',
      sex: 'male',
      repeatDonor: true,
      reactionRecorded: true,
      donations: [{ date: '2026-10-01', procedure: 'whole-blood', volumeMl: 400 }],
    });
    const { items } = await station.store.query<DonationItem>({ pk: partitions.donations(personId), consistent: true });
    expect(items.map(({ date, historical }) => [date, historical])).toEqual([
      ['2024-03-01', true],
      ['2026-10-01', true],
    ]);
    await station.settle();
    await station.later(24 * 3_600_000);
    expect(station.phone).toEqual([]);
    expect(await station.messagesOf(personId)).toEqual([]);
  });

  it('makes a donor of whoever a donation names, and takes their donations together', async () => {
    const { donorNo: _, ...person } = DONOR;
    const { donorNo: __, ...gift } = givenOn('2025-01-01', 'G123426200001');
    const { donorNo: ___, ...other } = givenOn('2025-09-01', 'G123426200002');
    const done = await applied('donations', [
      { ...person, ...gift },
      { ...person, ...other },
    ]);
    expect(done.applied).toMatchObject({ fresh: 2, refused: 0 });
    const personId = only(await personWith('+8613800001111'));
    expect((await station.store.query({ pk: partitions.donations(personId), consistent: true })).items).toHaveLength(2);
  });

  it('keeps a deferred donor from booking, and keeps no reason', async () => {
    await applied('donors', [DONOR, { ...DONOR, donorNo: 'A-2', phone: '13800002222' }]);
    await applied('deferrals', [
      { donorNo: 'A-1', until: '永久' },
      { donorNo: 'A-2', until: '2027-05-01' },
    ]);
    const facts = async (phone: string) =>
      (await createPeople(station.store).lock(only(await personWith(phone))))?.facts;
    expect(await facts('+8613800001111')).toMatchObject({ deferredPermanently: true });
    expect(await facts('+8613800002222')).toMatchObject({ deferredUntil: '2027-05-01' });
    const pk = partitions.deferrals(only(await personWith('+8613800002222')));
    const { items } = await station.store.query<DeferralItem>({ pk, table: 'private', consistent: true });
    expect(only(items)).toMatchObject({ reason: 'loaded', until: '2027-05-01' });
  });

  it('leaves a donation number that is another’s alone', async () => {
    const { din, donor } = await station.given();
    await applied('donors', [DONOR]);
    const done = await applied('donations', [givenOn('2025-01-01', din)]);
    expect(await refused(done.importId)).toEqual([{ row: 2, field: 'din', why: 'din-taken' }]);
    expect((await station.store.get<DinItem>(keys.din(din)))?.personId).toBe(donor);
  });

  it('takes the place of what the donor had declared of the same day', async () => {
    const personId = await aPerson(station.store, {
      phone: '+8613800001111',
      facts: { birthDate: '1990-01-02', sex: 'male' },
    });
    const facts = createSecondFacts({ ...station.importing, store: station.store }, SECRET);
    await facts.set(personId, '123X');
    const declared = await station.call('precheck', 'POST /api/precheck/elsewhere', {
      as: personId,
      body: { date: '2026-08-01', procedure: 'whole-blood', volumeMl: 400 },
    });
    expect(declared.status).toBe(201);
    const { donorNo: _, ...who } = DONOR;
    await applied('donations', [{ ...who, lastFour: '123x', ...givenOn('2026-08-01', 'G123426200001'), donorNo: '' }]);
    const lock = await createPeople(station.store).lock(personId);
    expect(lock?.facts.donations).toHaveLength(1);
    expect(lock?.facts.elsewhere).toBeUndefined();
    const pk = partitions.elsewhere(personId);
    expect((await station.store.query<ElsewhereItem>({ pk, table: 'private', consistent: true })).items).toEqual([]);
  });
});

describe('whose history it is', () => {
  it('is found again at a first sign-in by the number with the second fact, and by nothing less', async () => {
    await applied('donors', [{ ...DONOR, lastFour: '123X' }]);
    const personId = only(await personWith('+8613800001111'));
    const facts = createSecondFacts({ ...station.importing, store: station.store }, SECRET);
    expect(await facts.find('+8613800001111', { birthDate: '1990-01-02', lastFour: '123X' })).toBe(personId);
    expect(await facts.find('+8613800001111', { birthDate: '1990-01-02', lastFour: '1230' })).toBeUndefined();
    expect(await facts.find('+8613800001111', { birthDate: '1990-01-03', lastFour: '123X' })).toBeUndefined();
  });

  it('is given to nobody for having the same number, and to whoever has signed in and said the same second fact', async () => {
    const stranger = await aPerson(station.store, { phone: '+8613800001111', facts: { birthDate: '1990-01-02' } });
    await applied('donors', [{ ...DONOR, lastFour: '123X' }]);
    const people = await personWith('+8613800001111');
    expect(people).toHaveLength(2);
    expect(people).toContain(stranger);

    const known = await aPerson(station.store, { phone: '+8613800002222', facts: { birthDate: '1990-01-02' } });
    await createSecondFacts({ ...station.importing, store: station.store }, SECRET).set(known, '123X');
    await applied('donors', [{ ...DONOR, donorNo: 'A-2', phone: '13800002222', lastFour: '123X' }]);
    expect(await personWith('+8613800002222')).toEqual([known]);
    await applied('donations', [givenOn('2025-01-01', 'G123426200001', { donorNo: 'A-2' })]);
    expect((await station.store.get<DinItem>(keys.din('G123426200001')))?.personId).toBe(known);
  });

  it('is not taken where number and birth date contradict each other', async () => {
    await applied('donors', [DONOR]);
    const done = await applied('donations', [givenOn('2025-01-01', 'G123426200001', { birthDate: '1991-01-02' })]);
    expect(await refused(done.importId)).toEqual([{ row: 2, field: 'birthDate', why: 'donor-differs' }]);
  });

  it('stays forgotten: who was erased is not brought back by the same file', async () => {
    await applied('donors', [DONOR]);
    const personId = only(await personWith('+8613800001111'));
    await station.store.put({
      Item: { ...keys.erasure(personId), kind: 'erasure', personId, askedAt: '2026-11-23T02:00:00.000Z' },
    });
    await station.later(60_000);
    expect(await personWith('+8613800001111')).toEqual([]);
    const done = await applied('donors', [DONOR]);
    expect(await refused(done.importId)).toEqual([{ row: 2, why: 'donor-erased' }]);
    expect(await personWith('+8613800001111')).toEqual([]);
  });
});

describe('a hospital’s report', () => {
  const use = (din: string, component: string, more: Row = {}): Row => ({
    din: labelOf(din),
    component,
    hospital: 'First Hospital',
    date: '2026-11-23',
    ...more,
  });

  it('leads to the donor’s one text after the hold, however many components it names', async () => {
    const { din, donor } = await station.issued();
    await station.settle();
    const done = await applied('usage', [use(din, '悬浮红细胞2U、新鲜冰冻血浆200ml')]);
    expect(done.applied).toEqual({ done: 1, fresh: 1, known: 0, refused: 0 });
    await station.settle();
    const told = async () => (await station.textsTo(donor)).filter((text) => text.includes(USED));
    expect(await told()).toEqual([]);
    await station.later(HOLD + 1_000);
    await station.later(HOLD);
    expect(await told()).toHaveLength(1);
    expect((await station.chain(din)).units.filter(({ stage }) => stage === 'used')).toHaveLength(2);
  });

  it('tells the donor the day of the use that it names', async () => {
    const { din, donor } = await station.issued();
    station.world.advance(3 * 24 * 3_600_000);
    await applied('usage', [use(din, '红细胞', { date: '2026-11-25' })]);
    await station.settle();
    const { items } = await station.store.query<DonationItem>({ pk: partitions.donations(donor), consistent: true });
    expect(only(items).usedOn).toBe('2026-11-25');
  });

  it('is refused where it does not fit, row by row, and the rest is taken', async () => {
    const one = await station.issued();
    const two = await station.given();
    await aSite(station.store, { siteId: 'east' });
    const done = await applied('usage', [
      use(one.din, '红细胞', { hospital: 'Second Hospital' }),
      use(one.din, '血小板'),
      use('G123426999999', '红细胞'),
      use(two.din, '全血'),
      use(one.din, '血浆', { date: '2026-11-22' }),
      { ...use(one.din, '血浆'), din: one.din },
      { ...use(one.din, '血浆'), din: '1.23426E+12' },
      use(one.din, '血浆'),
    ]);
    expect(done.applied).toEqual({ done: 8, fresh: 1, known: 0, refused: 7 });
    expect(await refused(done.importId)).toEqual([
      { row: 2, field: 'hospital', why: 'other-hospital' },
      { row: 3, field: 'component', why: 'no-such-unit' },
      { row: 4, field: 'din', why: 'din-unknown' },
      { row: 5, field: 'component', why: 'not-issued' },
      { row: 6, field: 'date', why: 'before-donation' },
      { row: 7, field: 'din', why: 'no-check-character' },
      { row: 8, field: 'din', why: 'damaged' },
    ]);
  });

  it('does not guess which of two bags alike was used', async () => {
    const { bookingId } = await station.booked({ procedure: 'platelets' });
    const din = station.newDin();
    await station.checkIn(bookingId);
    await station.complete(bookingId, din, { procedure: 'platelets', volumeMl: 420, platelets: 2 });
    await station.step(din, 'plt', 'test');
    await station.step(din, 'plt', 'process', { components: ['platelets', 'platelets'] });
    for (const unit of ['plt-plt', 'plt-plt-2']) await station.issue(din, unit);
    const without = await applied('usage', [use(din, '血小板')]);
    expect(await refused(without.importId)).toEqual([{ row: 2, field: 'bag', why: 'several-bags' }]);
    const withBag = await applied('usage', [use(din, '血小板', { bag: 'PLT-PLT-2' })]);
    expect(withBag.applied).toMatchObject({ fresh: 1 });
    expect((await station.unit(din, 'plt-plt-2')).stage).toBe('used');
    expect((await station.unit(din, 'plt-plt')).stage).toBe('issued');
  });

  it('completes the way of a donation from before opening, and tells nobody', async () => {
    await applied('donors', [DONOR]);
    await applied('donations', [givenOn('2026-10-01', 'G123426200001')]);
    const done = await applied('usage', [use('G123426200001', '红细胞', { date: '2026-10-20' })]);
    expect(done.applied).toMatchObject({ fresh: 1 });
    await station.settle();
    const donor = only(await personWith('+8613800001111'));
    const record = await station.store.get<DonationItem>(keys.donation(donor, '2026-10-01', 'G123426200001'));
    expect(record?.usedOn).toBe('2026-10-20');
    await station.later(24 * 3_600_000);
    expect(station.phone).toEqual([]);
  });

  it('is taken beside another system’s word where that one says where the site’s units stand', async () => {
    const { din, donor } = await station.issued();
    const site = await station.store.get<SiteItem>(keys.site('central'), { consistent: true });
    const units = { ...UNIT_SETTINGS, master: 'other' as const };
    await station.store.put({ Item: { ...site, ...keys.site('central'), units } });
    const done = await applied('usage', [use(din, '红细胞')]);
    expect(done.applied).toMatchObject({ fresh: 1, refused: 0 });
    expect((await station.unit(din, 'wb-rc')).stage).toBe('used');
    expect((await applied('usage', [use(din, '红细胞')])).applied).toMatchObject({ fresh: 0, known: 1 });
    await station.settle();
    await station.later(HOLD + 1_000);
    await station.later(HOLD);
    expect((await station.textsTo(donor)).filter((text) => text.includes(USED))).toHaveLength(1);
  });

  it('of the sites of whoever began it only', async () => {
    const { din } = await station.issued();
    const item = await station.store.get<DinItem>(keys.din(din), { consistent: true });
    await station.store.put({ Item: { ...item, ...keys.din(din), siteId: 'east' } });
    const done = await applied('usage', [use(din, '红细胞')]);
    expect(await refused(done.importId)).toEqual([{ row: 2, field: 'din', why: 'din-other-site' }]);
  });

  it('is the whole file’s hospital where no column names it, and each column’s choice is remembered', async () => {
    const { din } = await station.issued();
    const { hospital: _, ...row } = use(din, '红细胞');
    const done = await applied('usage', [row], {
      hospital: 'First Hospital',
      columns: { 血袋条码: 'din', 患者: 'patient' },
    });
    expect(done.applied).toMatchObject({ fresh: 1 });
    const mapping = await station.call('files', 'GET /api/files/{siteId}/mappings/{kind}', {
      params: { siteId: 'central', kind: 'usage' },
    });
    expect(mapping.body).toEqual({
      scheme: 'isbt128',
      columns: { 血袋条码: 'din', 患者: 'patient' },
      bareDins: false,
      hospital: 'First Hospital',
    });
  });
});

const mirrored = async () => {
  const site = await station.store.get<SiteItem>(keys.site('central'), { consistent: true });
  const units = { ...UNIT_SETTINGS, master: 'other' as const, system: '血站信息系统' };
  await station.store.put({ Item: { ...site, ...keys.site('central'), units } });
};

describe('what the blood bank’s system says of its units', () => {
  const at = (din: string, stage: string, time: string, more: Row = {}): Row => ({
    din: labelOf(din),
    component: '红细胞',
    stage,
    at: `2026-11-23 ${time}`,
    ...more,
  });

  it('is kept as it is said, step by step with its times, from one file to the hospital', async () => {
    const { din, donor } = await station.given();
    await mirrored();
    const done = await applied('stages', [
      at(din, '检验合格', '14:00:05'),
      at(din, '放行', '15:00'),
      at(din, '入库', '15:30', { location: '4 号冰箱', expires: '2026-12-28' }),
      at(din, '出库', '16:00', { hospital: '第一医院' }),
      at(din, '使用', '18:20:00', { record: 'R-7' }),
    ]);
    expect(done.applied).toEqual({ done: 5, fresh: 5, known: 0, refused: 0 });
    const chain = await station.chain(din);
    expect(chain.steps.slice(1)).toMatchObject([
      { action: 'mirror', to: 'tested', source: `${done.importId}:2` },
      { action: 'mirror', from: 'tested', to: 'released' },
      { action: 'mirror', from: 'released', to: 'stored', location: '4 号冰箱', expiresOn: '2026-12-28' },
      { action: 'mirror', from: 'stored', to: 'issued', hospital: '第一医院' },
      { action: 'mirror', from: 'issued', to: 'used', hospitalRecord: 'R-7' },
    ]);
    expect(await station.unit(din, 'wb-rc')).toMatchObject({
      stage: 'used',
      hospital: '第一医院',
      mirroredAt: '2026-11-23T10:20:00.000Z',
    });
    await station.settle();
    await station.later(HOLD + 1_000);
    await station.later(HOLD);
    expect((await station.textsTo(donor)).filter((text) => text.includes(USED))).toHaveLength(1);
  });

  it('brings nothing new and nothing back when the file comes again, also where it tells days and no times', async () => {
    const { din } = await station.given();
    await mirrored();
    const days = ['检验合格', '放行', '入库', '出库', '退回'].map((stage) => ({
      ...at(din, stage, '', { hospital: stage === '出库' ? '第一医院' : '' }),
      at: '2026-11-23',
    }));
    expect((await applied('stages', days)).applied).toMatchObject({ fresh: 5, refused: 0 });
    const before = await station.chain(din);
    expect(before.units.find(({ unitId }) => unitId === 'wb-rc')).toMatchObject({ stage: 'stored' });
    expect(before.steps.at(-1)).toMatchObject({ from: 'issued', to: 'stored', note: '退回' });
    expect((await applied('stages', days)).applied).toMatchObject({ fresh: 0, known: 5, refused: 0 });
    expect((await applied('stages', days.slice(0, 2))).applied).toMatchObject({ fresh: 0, known: 2 });
    expect(await station.chain(din)).toEqual(before);
  });

  it('is refused row by row where it cannot be, as the dry run says, which writes nothing', async () => {
    const { din } = await station.given();
    await mirrored();
    const rows = [
      at(din, '出库', '16:00'),
      at(din, '离心', '16:00'),
      at(din, '入库', '25:00'),
      { ...at(din, '入库', ''), at: '2026-11-22' },
      { ...at(din, '入库', ''), at: '2026-12-01' },
      at('G123426999999', '入库', '16:00'),
      at(din, '入库', '16:00', { component: '红细胞、血浆' }),
      at(din, '过期', '16:00', { bag: 'B0' }),
      at(din, '入库', '15:00', { bag: '02' }),
      at(din, '入库', '16:00'),
    ];
    const said = await checked('stages', rows);
    expect((await station.chain(din)).steps).toHaveLength(1);
    const refusals = [
      { row: 2, field: 'hospital', why: 'missing' },
      { row: 3, field: 'stage', why: 'unknown-word' },
      { row: 4, field: 'at', why: 'out-of-range' },
      { row: 5, field: 'at', why: 'before-donation' },
      { row: 6, field: 'at', why: 'future-date' },
      { row: 7, field: 'din', why: 'din-unknown' },
      { row: 8, field: 'component', why: 'malformed' },
      { row: 10, field: 'at', why: 'superseded' },
    ];
    expect(await refused(said.importId)).toEqual(refusals);
    await ask(said.importId, 'apply');
    await station.readFiles();
    const done = await read(said.importId);
    expect(done.applied).toEqual({ done: 10, fresh: 2, known: 0, refused: 8 });
    expect(done.applied).toEqual(said.checked);
    expect(await refused(said.importId)).toEqual(refusals);
    expect(await station.unit(din, 'wb-rc-2')).toMatchObject({ stage: 'discarded' });
  });

  it('is taken of a donation from before opening, whose units nobody here has made', async () => {
    await applied('donors', [DONOR]);
    await applied('donations', [givenOn('2026-10-01', 'G123426200001')]);
    await mirrored();
    const row = { ...at('G123426200001', '出库', ''), at: '2026-10-20', hospital: '第一医院' };
    expect((await applied('stages', [row])).applied).toMatchObject({ fresh: 1 });
    expect((await station.chain('G123426200001')).units).toMatchObject([{ unitId: 'red-cells', stage: 'issued' }]);
    await station.settle();
    await station.later(24 * 3_600_000);
    expect(station.phone).toEqual([]);
  });

  it('is refused whole where Nuanliu itself says where units stand, and of another site that does', async () => {
    const { din } = await station.given();
    await expect(uploaded('stages', [at(din, '入库', '16:00')])).rejects.toThrow('own-master');
    await mirrored();
    const importId = await uploaded('stages', [at(din, '入库', '16:00')]);
    const site = await station.store.get<SiteItem>(keys.site('central'), { consistent: true });
    await station.store.put({ Item: { ...site, ...keys.site('central'), units: UNIT_SETTINGS } });
    await ask(importId, 'check');
    await station.readFiles();
    expect(await refused(importId)).toEqual([{ row: 2, why: 'own-master' }]);
  });
});

describe('what the blood bank’s laboratory has found', () => {
  const found = (din: string, time: string, more: Row = {}): Row => ({
    din: labelOf(din),
    at: `2026-11-23 ${time}`,
    ...more,
  });
  const CLEAR = { hbsag: '阴性', 'anti-hcv': '(-)', 'hiv-ag-ab': 'NR', syphilis: '-', alt: '21 U/L' } as const;
  type Lab = {
    verdict: string;
    group: string;
    toRepeat: string[];
    entries: { kind: string; run?: string; source?: string; row?: number; testedAt?: string; n: number }[];
  };
  const lab = async (din: string) =>
    (await station.call<Lab>('laboratory', 'GET /api/laboratory/{din}', { params: { din } })).body;
  const alerts = async () =>
    (
      await station.call<{ items: { din: string }[] }>('laboratory', 'GET /api/laboratory/alerts', {
        query: { siteId: 'central' },
      })
    ).body.items.map(({ din }) => din);

  it('is kept with its source and time, raises what reacted, and moves no unit', async () => {
    const { din } = await station.given();
    const other = (await station.given()).din;
    await mirrored();
    const done = await applied('results', [
      found(din, '20:00', { ...CLEAR, group: 'O型', rhd: '阳性' }),
      found(din, '21:00', { group: 'O+', rhd: '' }),
      found(other, '20:00', { ...CLEAR, hbsag: '阳性' }),
    ]);
    expect(done.applied).toEqual({ done: 3, fresh: 3, known: 0, refused: 0 });
    expect(await lab(din)).toMatchObject({ verdict: 'clear', group: 'confirmed' });
    expect((await lab(din)).entries[0]).toMatchObject({
      source: '血站信息系统',
      row: 2,
      testedAt: '2026-11-23T12:00:00.000Z',
    });
    expect(await alerts()).toEqual([other]);
    expect([(await station.unit(din, 'wb')).stage, (await station.unit(other, 'wb')).stage]).toEqual([
      'collected',
      'collected',
    ]);
  });

  it('comes twice, doubled and out of order to the same: a repeat is a repeat whenever its file came', async () => {
    const { din } = await station.given();
    await mirrored();
    const first = found(din, '20:00', { hbsag: '阳性' });
    const repeats = [found(din, '21:00', { hbsag: '阴性' }), found(din, '22:00', { hbsag: '阴性' })];
    const late = await applied('results', [...repeats, repeats[0] as Row]);
    expect(late.applied).toEqual({ done: 3, fresh: 2, known: 1, refused: 0 });
    expect((await applied('results', [first])).applied).toMatchObject({ fresh: 1 });
    expect((await applied('results', [first, ...repeats])).applied).toEqual({
      done: 3,
      fresh: 0,
      known: 3,
      refused: 0,
    });
    const { entries } = await lab(din);
    expect(entries.map(({ run }) => run)).toEqual(['initial', 'initial', 'initial']);
    await applied('results', [found(din, '22:30', { ...CLEAR, group: 'A+' })]);
    // One reacted and two repeats did not: it is the group alone that is not confirmed.
    expect(await lab(din)).toMatchObject({ verdict: 'incomplete', group: 'first', toRepeat: [] });
    // What staff have taken back does not come again with the file.
    await station.call('laboratory', 'POST /api/laboratory/{din}/void', {
      params: { din },
      body: { n: 1, reason: 'another tube' },
    });
    expect((await applied('results', repeats)).applied).toMatchObject({ fresh: 0, known: 2 });
  });

  it('is refused row by row where it cannot be read or is none of the site’s, as the dry run says, which writes nothing', async () => {
    const { din } = await station.given();
    await mirrored();
    const rows = [
      found(din, '20:00', { hbsag: '弱' }),
      found(din, '20:00', { alt: '<5' }),
      found(din, '20:00', { 'anti-t-cruzi': '阴性' }),
      found(din, '', { hbsag: '阴性', at: '2026-11-22' }),
      found(din, '', { hbsag: '阴性', at: '2026-12-22' }),
      found('G123426999999', '20:00', { hbsag: '阴性' }),
      found(din, '20:00', { group: 'A', rhd: '' }),
      found(din, '20:00', { hbsag: '未检', alt: '' }),
      { ...found(din, '20:00', { hbsag: '阴性' }), din },
      found(din, '20:00', { hbsag: '阴性', alt: '12' }),
    ];
    const said = await checked('results', rows);
    expect((await lab(din)).entries).toEqual([]);
    const refusals = [
      { row: 2, field: 'hbsag', why: 'unknown-word' },
      { row: 3, field: 'alt', why: 'malformed' },
      { row: 4, field: 'anti-t-cruzi', why: 'test-unknown' },
      { row: 5, field: 'at', why: 'before-donation' },
      { row: 6, field: 'at', why: 'future-date' },
      { row: 7, field: 'din', why: 'din-unknown' },
      { row: 8, field: 'rhd', why: 'missing' },
      { row: 9, why: 'no-result' },
      { row: 10, field: 'din', why: 'no-check-character' },
    ];
    expect(await refused(said.importId)).toEqual(refusals);
    await ask(said.importId, 'apply');
    await station.readFiles();
    expect((await read(said.importId)).applied).toEqual({ done: 10, fresh: 1, known: 0, refused: 9 });
    expect(said.checked).toEqual({ done: 10, fresh: 1, known: 0, refused: 9 });
    expect(await refused(said.importId)).toEqual(refusals);
  });

  it('is nobody’s to bring where Nuanliu’s own record is what a release rests on', async () => {
    const { din } = await station.given();
    await expect(uploaded('results', [found(din, '20:00', { hbsag: '阴性' })])).rejects.toThrow('own-master');
    await mirrored();
    const importId = await uploaded('results', [found(din, '20:00', { hbsag: '阴性' })]);
    await ask(importId, 'check');
    await station.readFiles();
    const site = await station.store.get<SiteItem>(keys.site('central'), { consistent: true });
    await station.store.put({ Item: { ...site, ...keys.site('central'), units: UNIT_SETTINGS } });
    await ask(importId, 'apply');
    await station.readFiles();
    expect(await refused(importId)).toEqual([{ row: 2, why: 'own-master' }]);
    expect((await lab(din)).entries).toEqual([]);
  });
});

describe('identity numbers of existing donors', () => {
  /** Two residents born on the same day: 1990-01-02, male. */
  const NUMBERS = ['110101199001020', '110101199001022'].map((first) => {
    const body = `${first}17`;
    return body + mod11_2.compute(body);
  }) as [string, string];
  const [NUMBER, OTHER] = NUMBERS;
  const { birthDate: _, sex: __, ...named } = DONOR;
  const withNumber = (identity: string, more: Row = {}): Row => ({ ...named, identity, ...more });
  const documentsOf = async (personId: string) =>
    await createDocuments(station.store, station.importing.identityKey).shown(personId);

  it('are sealed, found again by their digest alone, and say birth date and sex where no column does', async () => {
    const done = await applied('donors', [withNumber(NUMBER)]);
    expect(done.applied).toMatchObject({ fresh: 1, refused: 0 });
    const personId = only(await personWith('+8613800001111'));
    expect(await documentsOf(personId)).toEqual([{ type: 'resident', lastFour: NUMBER.slice(-4) }]);
    expect((await createPeople(station.store).lock(personId))?.facts).toMatchObject({
      birthDate: '1990-01-02',
      sex: 'male',
    });
    const facts = createSecondFacts({ ...station.importing, store: station.store }, SECRET);
    const fact = { birthDate: '1990-01-02', lastFour: NUMBER.slice(-4) };
    expect(await facts.find('+8613800001111', fact)).toBe(personId);
    expect(JSON.stringify(await allItems(station.names))).not.toContain(NUMBER);
    expect(JSON.stringify(station.world.lines)).not.toContain(NUMBER);
    expect(station.uploaded.has(done.importId)).toBe(false);
    expect((await applied('donors', [withNumber(NUMBER)])).applied).toMatchObject({ fresh: 0, known: 1 });
  });

  it('are added to who is known already, and counted once after a crash', async () => {
    await applied('donors', [DONOR]);
    const personId = only(await personWith('+8613800001111'));
    expect((await applied('donors', [withNumber(NUMBER)])).applied).toMatchObject({ fresh: 1 });
    expect(await documentsOf(personId)).toHaveLength(1);
    expect((await applied('donors', [withNumber(NUMBER)])).applied).toMatchObject({ fresh: 0, known: 1 });
  });

  it('are one donor’s: another’s is refused and not shown, in one file as in two', async () => {
    const other = { donorNo: 'A-2', name: '李四', phone: '13800002222' };
    const said = await checked('donors', [withNumber(NUMBER), withNumber(NUMBER, other)]);
    await ask(said.importId, 'apply');
    await station.readFiles();
    const done = await read(said.importId);
    expect(done.applied).toEqual({ done: 2, fresh: 1, known: 0, refused: 1 });
    expect(said.checked).toEqual(done.applied);
    expect(await refused(said.importId)).toEqual([{ row: 3, field: 'identity', why: 'document-taken' }]);
    expect(await personWith('+8613800002222')).toEqual([]);
    // Nor has one donor two numbers.
    const again = await applied('donors', [withNumber(OTHER)]);
    expect(await refused(again.importId)).toEqual([{ row: 2, field: 'identity', why: 'document-taken' }]);
    const known = await applied('donors', [{ ...DONOR, ...other }, withNumber(NUMBER, other)]);
    expect(await refused(known.importId)).toEqual([{ row: 3, field: 'identity', why: 'document-taken' }]);
  });

  it('find who has shown the document at a check-in, under the same name', async () => {
    const { donor, bookingId } = await station.booked({
      name: '张三',
      phone: '+8613900009999',
      facts: { birthDate: '1990-01-02', sex: 'male' },
    });
    const checkedIn = await station.call('donations', 'POST /api/donations/check-in', {
      body: { bookingId, document: { type: 'resident', number: NUMBER } },
    });
    expect(checkedIn.status).toBe(200);
    expect((await applied('donors', [withNumber(NUMBER)])).applied).toMatchObject({ fresh: 0, known: 1 });
    expect(await personWith('+8613800001111')).toEqual([]);
    await applied('donations', [givenOn('2025-01-01', 'G123426200001')]);
    expect((await station.store.get<DinItem>(keys.din('G123426200001')))?.personId).toBe(donor);
    const stranger = await applied('donors', [withNumber(NUMBER, { donorNo: 'A-9', name: '王五' })]);
    expect(await refused(stranger.importId)).toEqual([{ row: 2, field: 'identity', why: 'document-taken' }]);
  });

  it('are refused where they are damaged or contradict the row, and of a kind that nobody names the last four are taken', async () => {
    const done = await applied('donors', [
      withNumber(`${NUMBER.slice(0, 15)}000`),
      withNumber('1.10101E+17', { donorNo: 'A-2' }),
      withNumber(NUMBER, { donorNo: 'A-3', birthDate: '1990-01-03' }),
      withNumber('E12345678', { donorNo: 'A-4', birthDate: '1990-01-02', sex: '女' }),
      withNumber('E12345678', {
        donorNo: 'A-5',
        phone: '13800002222',
        documentType: '护照',
        sex: '女',
        birthDate: '1990-01-02',
      }),
      withNumber(NUMBER, { donorNo: 'A-6', documentType: '驾驶证' }),
      withNumber('', { donorNo: 'A-7' }),
    ]);
    expect(await refused(done.importId)).toEqual([
      { row: 2, field: 'identity', why: 'damaged' },
      { row: 3, field: 'identity', why: 'damaged' },
      { row: 4, field: 'identity', why: 'identity-differs' },
      { row: 7, field: 'identity', why: 'unknown-word' },
      { row: 8, field: 'birthDate', why: 'missing' },
      { row: 8, field: 'sex', why: 'missing' },
    ]);
    expect(await documentsOf(only(await personWith('+8613800001111')))).toEqual([]);
    expect(await documentsOf(only(await personWith('+8613800002222')))).toEqual([
      { type: 'passport', lastFour: '5678' },
    ]);
  });
});

describe('groups of existing donors', () => {
  const groupsOf = async (personId: string) =>
    await station.store.get<BloodGroupsItem>(keys.bloodGroups(personId), { consistent: true, table: 'private' });
  const donor = async () => only(await personWith('+8613800001111'));
  const A = { abo: 'A', rhd: 'positive' };

  it('are kept where health data is, of new donors and of those who are known already, and only where none was known', async () => {
    await applied('donors', [DONOR]);
    const rows = [
      { ...DONOR, group: 'A型', rhd: '阳性' },
      { ...DONOR, donorNo: 'A-2', phone: '13800002222', group: 'O型RhD阴性' },
      { ...DONOR, donorNo: 'A-3', phone: '13800003333', group: '未知' },
    ];
    expect((await applied('donors', rows)).applied).toEqual({ done: 3, fresh: 3, known: 0, refused: 0 });
    expect((await groupsOf(await donor()))?.said).toMatchObject([A]);
    expect((await groupsOf(only(await personWith('+8613800002222'))))?.said).toMatchObject([{ abo: 'O' }]);
    expect(await groupsOf(only(await personWith('+8613800003333')))).toBeUndefined();
    expect((await applied('donors', rows)).applied).toEqual({ done: 3, fresh: 0, known: 3, refused: 0 });
    const open = await allItems({ ...station.names, private: station.names.schedule });
    expect(JSON.stringify(open)).not.toContain('"abo"');
  });

  it('that contradict what is on record are refused, and change nothing; in one file as in two, as the dry run says', async () => {
    await applied('donors', [{ ...DONOR, group: 'A+' }]);
    const before = await groupsOf(await donor());
    const rows = [
      { ...DONOR, group: 'B+' },
      { ...DONOR, donorNo: 'A-2', phone: '13800002222', group: '' },
      { ...DONOR, donorNo: 'A-2', phone: '13800002222', group: 'O+' },
      { ...DONOR, donorNo: 'A-2', phone: '13800002222', group: 'O-' },
    ];
    const said = await checked('donors', rows);
    await ask(said.importId, 'apply');
    await station.readFiles();
    const done = await read(said.importId);
    expect(done.applied).toEqual({ done: 4, fresh: 2, known: 0, refused: 2 });
    expect(said.checked).toEqual(done.applied);
    expect(await refused(said.importId)).toEqual([
      { row: 2, field: 'group', why: 'group-differs' },
      { row: 5, field: 'group', why: 'group-differs' },
    ]);
    expect(await groupsOf(await donor())).toEqual(before);
  });

  it('come with past donations too, as what was found of each, and also to those that are there already', async () => {
    await applied('donors', [DONOR]);
    await applied('donations', [givenOn('2025-01-01', 'G123426200001')]);
    const rows = [
      givenOn('2025-01-01', 'G123426200001', { group: 'A+' }),
      givenOn('2025-08-01', 'G123426200002', { group: 'A+' }),
      givenOn('2026-03-01', 'G123426200003', { group: 'O+' }),
    ];
    const done = await applied('donations', rows);
    expect(done.applied).toEqual({ done: 3, fresh: 2, known: 0, refused: 1 });
    expect(await refused(done.importId)).toEqual([{ row: 4, field: 'group', why: 'group-differs' }]);
    expect(await station.store.get(keys.din('G123426200003'))).toBeUndefined();
    expect((await groupsOf(await donor()))?.groups).toMatchObject({ G123426200001: A, G123426200002: A });
    const results = await station.store.get<LaboratoryItem>(keys.laboratory('G123426200001'), { table: 'private' });
    expect(results?.entries).toMatchObject([{ kind: 'group', ...A, reportedIn: `${done.importId}:2` }]);
    expect((await applied('donations', rows)).applied).toEqual({ done: 3, fresh: 0, known: 2, refused: 1 });
  });

  it('contradict a result of the laboratory but confirm none, until staff take back what the list has said, for good', async () => {
    await aSite(station.store, { laboratory: 'required' });
    const { din } = await station.given({ phone: '+8613800001111', facts: { birthDate: '1990-01-02', sex: 'male' } });
    const personId = (await station.store.get<DinItem>(keys.din(din)))?.personId as string;
    await createSecondFacts({ ...station.importing, store: station.store }, SECRET).set(personId, '123X');
    const row = { ...DONOR, lastFour: '123X', group: 'A+' };
    expect((await applied('donors', [row])).applied).toMatchObject({ fresh: 1 });
    // To the results of a donation that was taken here, no file adds anything.
    const own = await applied('donations', [givenOn('2026-11-23', din, { group: 'A+' })]);
    expect(own.applied).toMatchObject({ fresh: 0, known: 1 });
    expect(await station.store.get(keys.laboratory(din), { table: 'private' })).toBeUndefined();
    const lab = async (found: Record<string, string>, asItIs = false) =>
      await station.call<{ lines: { code?: string }[] }>('laboratory', 'POST /api/laboratory/results', {
        body: { siteId: 'central', lines: [{ din, found: [{ kind: 'group', ...found }], asItIs }] },
      });
    const state = async () =>
      (await station.call<{ group: string }>('laboratory', 'GET /api/laboratory/{din}', { params: { din } })).body
        .group;
    const takeBack = async (group: Record<string, string>) =>
      await station.call<{ group: string; takenBack: unknown[] }>(
        'laboratory',
        'POST /api/laboratory/{din}/take-back',
        {
          params: { din },
          body: { ...group, reason: 'the donor’s own word' },
        },
      );
    const O = { abo: 'O', rhd: 'positive' };
    expect((await lab(O)).body.lines[0]?.code).toBe('group-differs');
    await lab(O, true);
    expect(await state()).toBe('differs');
    expect((await takeBack(O)).body.code).toBe('wrong-state');
    expect((await takeBack(A)).body).toMatchObject({ group: 'first', takenBack: [{ abo: 'A' }] });
    expect((await groupsOf(personId))?.groups).toMatchObject({ [din]: O });
    const again = await applied('donors', [row]);
    expect(await refused(again.importId)).toEqual([{ row: 2, field: 'group', why: 'group-differs' }]);
    // Nor where nothing else is known of it any more.
    await station.call('laboratory', 'POST /api/laboratory/{din}/void', {
      params: { din },
      body: { n: 1, reason: 'another tube' },
    });
    expect((await groupsOf(personId))?.groups).toEqual({});
    expect((await applied('donors', [row])).applied).toMatchObject({ fresh: 0, refused: 1 });
    // One that agrees is taken, and still no second determination.
    expect((await applied('donors', [{ ...row, group: 'O+' }])).applied).toMatchObject({ fresh: 1 });
    await lab(O);
    expect(await state()).toBe('first');
  });

  it('of a row that was written before a crash are counted as its own', async () => {
    await applied('donors', [DONOR]);
    const { importId } = await checked('donors', [{ ...DONOR, group: 'A+' }]);
    await ask(importId, 'apply');
    const { store } = station.importing;
    const { transact } = store;
    Object.assign(store, {
      transact: async (items: Parameters<typeof transact>[0]) => {
        if (JSON.stringify(items).includes('"applied"')) throw new Error('killed');
        return await transact(items);
      },
    });
    await station.readFiles().catch(() => {});
    Object.assign(store, { transact });
    expect((await groupsOf(await donor()))?.said).toHaveLength(1);
    await station.readFiles();
    expect((await read(importId)).applied).toEqual({ done: 1, fresh: 1, known: 0, refused: 0 });
  });
});

describe('a file of several sites', () => {
  it('is each row’s own site, by its id or name; one that its uploader does not work at is refused', async () => {
    await aSite(station.store, { siteId: 'east', name: { zh: '城东献血屋', en: 'East house' } });
    await aSite(station.store, { siteId: 'west', name: { zh: '城西献血屋', en: 'West house' } });
    await station.store.put({
      Item: {
        ...keys.role(station.staff, 'staff', 'east'),
        ...{ kind: 'role', personId: station.staff, role: 'staff', scope: 'east' },
      },
    });
    await applied('donors', [DONOR]);
    const done = await applied('donations', [
      givenOn('2025-01-01', 'G123426200001', { site: '城东献血屋' }),
      givenOn('2025-07-02', 'G123426200002', { site: 'ＣＥＮＴＲＡＬ' }),
      givenOn('2026-01-03', 'G123426200003', { site: '城西献血屋' }),
      givenOn('2026-07-04', 'G123426200004', { site: '城南' }),
      givenOn('2026-07-04', 'G123426200005', { site: '', date: '2026-02-30' }),
    ]);
    expect(done.applied).toMatchObject({ fresh: 2, refused: 3 });
    expect(await refused(done.importId)).toEqual([
      { row: 4, field: 'site', why: 'site-not-covered' },
      { row: 5, field: 'site', why: 'unknown-word' },
      { row: 6, field: 'site', why: 'missing' },
      { row: 6, field: 'date', why: 'no-such-date' },
    ]);
    const siteOf = async (din: string) => (await station.store.get<DinItem>(keys.din(din)))?.siteId;
    expect([await siteOf('G123426200001'), await siteOf('G123426200002')]).toEqual(['east', 'central']);
  });
});

describe('twice, and after a crash', () => {
  const history = Array.from({ length: 45 }, (_, n) =>
    n === 17
      ? givenOn('2025-13-01', 'G123426300017')
      : {
          ...givenOn('2025-01-01', `G12342630${String(n).padStart(4, '0')}`),
          ...DONOR,
          donorNo: `B-${n}`,
          phone: `137${String(n).padStart(8, '0')}`,
        },
  );

  it('the same file brings nothing new, and an overlapping one only what is', async () => {
    const rows = history.slice(0, 20);
    expect((await applied('donations', rows)).applied).toEqual({ done: 20, fresh: 19, known: 0, refused: 1 });
    expect((await applied('donations', rows)).applied).toEqual({ done: 20, fresh: 0, known: 19, refused: 1 });
    const overlapping = await applied('donations', history.slice(10, 30));
    expect(overlapping.applied).toEqual({ done: 20, fresh: 10, known: 9, refused: 1 });
  });

  it('of two rows that claim one donation number, the first has it, as the dry run said', async () => {
    const rows = [0, 1, 2, 3, 4, 5].flatMap((n) => [
      { ...history[n], din: labelOf(`G12342640000${n}`) },
      { ...history[n + 10], din: labelOf(`G12342640000${n}`) },
    ]);
    const said = await checked('donations', rows);
    await ask(said.importId, 'apply');
    await station.readFiles();
    expect((await read(said.importId)).applied).toEqual(said.checked);
    expect((await refused(said.importId)).map(({ row }) => row)).toEqual([3, 5, 7, 9, 11, 13]);
  });

  it('a use that was reported is reported once, whichever file says it again', async () => {
    const { din, donor } = await station.issued();
    const row = { din: labelOf(din), component: '红细胞', hospital: 'First Hospital', date: '2026-11-23' };
    await applied('usage', [row]);
    expect((await applied('usage', [row])).applied).toMatchObject({ fresh: 0, known: 1 });
    const other = await applied('usage', [{ ...row, date: '2026-11-23', hospital: 'Second Hospital' }]);
    expect(await refused(other.importId)).toEqual([{ row: 2, field: 'date', why: 'use-differs' }]);
    await station.settle();
    await station.later(HOLD + 1_000);
    await station.later(HOLD);
    expect((await station.textsTo(donor)).filter((text) => text.includes(USED))).toHaveLength(1);
  });

  /** More than one row writes: rows that are written together. */
  const OF_SEVERAL = 12;
  /** Fails every write after the so-many-th, as a process that is killed there. `alone`: the table takes no two rows together. */
  async function killedAfter(writes: number, run: () => Promise<unknown>, alone = false): Promise<void> {
    let left = writes;
    const { store } = station.importing;
    const { transact } = store;
    Object.assign(store, {
      transact: async (items: Parameters<typeof transact>[0]) => {
        if (alone && items.length > OF_SEVERAL) return { ok: false, reasons: [], conflict: true };
        if (left <= 0) throw new Error('killed');
        left -= 1;
        return await transact(items);
      },
    });
    await run().catch(() => {});
    Object.assign(store, { transact });
  }

  it.each([
    ...[1, 19, 20, 21, 42, 46].map((writes) => ({ writes, rows: 'one by one' })),
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((writes) => ({ writes, rows: 'together' })),
  ])(
    'killed after $writes writes of rows written $rows, it goes on from the last checkpoint, counts each row once and doubles nothing',
    async ({ writes, rows }) => {
      const { importId } = await checked('donations', history);
      await ask(importId, 'apply');
      await killedAfter(writes, async () => await station.readFiles(), rows === 'one by one');
      expect((await read(importId)).status).toBe('applying');
      await station.readFiles();
      expect(await read(importId)).toMatchObject({
        status: 'applied',
        applied: { done: 45, fresh: 44, known: 0, refused: 1 },
      });
      expect(await refused(importId)).toEqual([{ row: 19, field: 'date', why: 'no-such-date' }]);
      for (const n of [0, 10, 19, 20, 21, 44]) {
        const person = only(await personWith(`+86137${String(n).padStart(8, '0')}`));
        const given = await station.store.query({ pk: partitions.donations(person), consistent: true });
        expect(given.items).toHaveLength(1);
        expect((await createPeople(station.store).lock(person))?.facts.donations.length).toBeLessThanOrEqual(1);
      }
    },
  );

  it('a dry run that was killed judges later rows by the earlier ones all the same', async () => {
    const twice = [...history.slice(0, 30), history[0] as Row];
    const importId = await uploaded('donations', twice);
    await ask(importId, 'check');
    await killedAfter(1, async () => await station.readFiles());
    expect(await read(importId)).toMatchObject({ status: 'checking', checked: { done: 20 } });
    await station.readFiles();
    expect((await read(importId)).checked).toEqual({ done: 31, fresh: 29, known: 1, refused: 1 });
  });

  it('two that read it at once are as good as one', async () => {
    const { importId } = await checked('donations', history.slice(0, 40));
    await ask(importId, 'apply');
    const once = async () =>
      await goOnWithImport(station.importing, { siteId: 'central', importId }, station.world.clock.now() + 60_000);
    await Promise.all([once(), once(), once()]);
    expect((await read(importId)).applied).toEqual({ done: 40, fresh: 39, known: 0, refused: 1 });
  });

  it('goes on for as long as a run may take, and the next run from there', async () => {
    const { importId } = await checked('donations', history);
    await ask(importId, 'apply');
    const now = station.world.clock.now();
    await goOnWithImport(station.importing, { siteId: 'central', importId }, now);
    expect((await read(importId)).applied?.done).toBe(20);
    await goOnWithImport(station.importing, { siteId: 'central', importId }, now);
    expect((await read(importId)).applied?.done).toBe(40);
    await station.readFiles();
    expect(await read(importId)).toMatchObject({ status: 'applied', applied: { done: 45, fresh: 44 } });
    expect(station.uploaded.has(importId)).toBe(false);
  });

  it('ends when somebody stops it, and is refused whole once its file is gone', async () => {
    const { importId } = await checked('donations', history);
    await ask(importId, 'apply');
    await goOnWithImport(station.importing, { siteId: 'central', importId }, 0);
    expect((await ask(importId, 'stop')).body.status).toBe('stopped');
    await station.readFiles();
    expect(await read(importId)).toMatchObject({ status: 'stopped', applied: { done: 20 } });

    const late = await checked('donations', history.slice(0, 3));
    station.uploaded.delete(late.importId);
    await ask(late.importId, 'apply');
    await station.readFiles();
    expect(await read(late.importId)).toMatchObject({ status: 'failed', fault: 'gone' });
  });
});

describe('what is uploaded and not applied', () => {
  const DAYS = 24 * 3_600_000;
  const rows = Array.from({ length: 45 }, (_, n) => ({
    ...DONOR,
    donorNo: `C-${n}`,
    phone: `136${String(n).padStart(8, '0')}`,
  }));

  it('goes on from where it was stopped, in the dry run and in the import', async () => {
    const importId = await uploaded('donors', rows);
    await ask(importId, 'check');
    await goOnWithImport(station.importing, { siteId: 'central', importId }, 0);
    await ask(importId, 'stop');
    expect((await ask(importId, 'resume')).body).toMatchObject({ status: 'checking', checked: { done: 20 } });
    await station.readFiles();
    expect(await read(importId)).toMatchObject({ status: 'checked', checked: { done: 45, fresh: 45 } });
    await ask(importId, 'stop');
    expect((await ask(importId, 'apply')).body.code).toBe('wrong-state');
    await ask(importId, 'resume');
    await station.readFiles();
    expect(await read(importId)).toMatchObject({ status: 'checked', checked: { done: 45, fresh: 45 } });
    await ask(importId, 'apply');
    await goOnWithImport(station.importing, { siteId: 'central', importId }, 0);
    await ask(importId, 'stop');
    const key = randomUUID();
    expect((await ask(importId, 'resume', key)).body).toMatchObject({ status: 'applying', applied: { done: 20 } });
    await station.readFiles();
    expect(await read(importId)).toMatchObject({ status: 'applied', applied: { done: 45, fresh: 45 } });
    expect((await ask(importId, 'resume', key)).status).toBe(200);
    expect(station.uploaded.has(importId)).toBe(false);
  });

  it('is thrown away at once when staff say so, and nothing can be put back or gone on with', async () => {
    const { importId } = await checked('donors', rows);
    await ask(importId, 'apply');
    await goOnWithImport(station.importing, { siteId: 'central', importId }, 0);
    expect((await ask(importId, 'discard')).body.code).toBe('wrong-state');
    await ask(importId, 'stop');
    expect((await ask(importId, 'discard')).body.status).toBe('discarding');
    expect((await ask(importId, 'resume')).body.code).toBe('wrong-state');
    await station.readFiles();
    expect(await read(importId)).toMatchObject({ status: 'discarded', applied: { done: 20 } });
    expect(station.uploaded.has(importId)).toBe(false);
    for (const what of ['check', 'apply', 'resume', 'discard'] as const)
      expect((await ask(importId, what)).body.code).toBe('wrong-state');
  });

  it('is deleted after seven days, and the page says until when it is kept', async () => {
    const begun = await uploaded('donors', rows.slice(0, 2));
    const tried = await checked('donors', rows.slice(0, 2));
    const halted = await checked('donors', rows.slice(0, 2));
    await ask(halted.importId, 'stop');
    const done = await applied('donors', rows.slice(0, 1));
    expect(await read(begun)).toMatchObject({ keptUntil: '2026-11-30T02:00:00.000Z', uploaded: true });
    expect(await read(done.importId)).not.toHaveProperty('keptUntil');
    station.world.advance(7 * DAYS - 60_000);
    await station.readFiles();
    expect(await read(tried.importId)).toMatchObject({ status: 'checked' });
    station.world.advance(61_000);
    // Whatever the index shows, nothing is begun that could not be ended.
    for (const [id, what] of [
      [begun, 'check'],
      [tried.importId, 'apply'],
      [halted.importId, 'resume'],
    ] as const)
      expect((await ask(id, what)).body.code).toBe('wrong-state');
    await station.readFiles();
    for (const id of [begun, tried.importId, halted.importId]) {
      expect(await read(id)).toMatchObject({ status: 'expired' });
      expect(station.uploaded.has(id)).toBe(false);
    }
    expect(await read(done.importId)).toMatchObject({ status: 'applied' });
  });
});

describe('who did it', () => {
  it('is in the audit log with how many rows, and never with what stands in them', async () => {
    const { importId } = await applied('donors', [DONOR, { ...DONOR, donorNo: 'A-2', phone: 'x' }]);
    const entries = station.names && (await auditEntries());
    expect(entries.map(({ action }) => action)).toEqual([
      'import-check',
      'import-checked',
      'import-apply',
      'import-applied',
    ]);
    expect(entries.every(({ by, change }) => by === station.staff && change?.['importId'] === importId)).toBe(true);
    expect(entries.at(-1)?.change).toMatchObject({ rows: 2, fresh: 1, known: 0, refused: 1 });
    expect(JSON.stringify(entries)).not.toMatch(/张三|1380000/);
  });

  it('answers a repeat as the first, and the same key with another file not at all', async () => {
    const importId = await uploaded('donors', [DONOR]);
    const key = randomUUID();
    expect((await ask(importId, 'check', key)).status).toBe(200);
    expect((await ask(importId, 'check', key)).status).toBe(200);
    expect((await ask(importId, 'check')).body.code).toBe('wrong-state');
  });

  it('refuses a row that no rule foresaw, and takes the others', async () => {
    const { importId } = await checked('donors', [DONOR, { ...DONOR, donorNo: 'A-2', phone: '13800002222' }]);
    await ask(importId, 'apply');
    const { store } = station.importing;
    const { transact } = store;
    Object.assign(store, {
      transact: async (items: Parameters<typeof transact>[0]) => {
        if (!JSON.stringify(items).includes('+8613800002222')) return await transact(items);
        throw Object.assign(new Error('13800002222'), { name: 'ValidationException' });
      },
    });
    await station.readFiles();
    expect((await read(importId)).applied).toEqual({ done: 2, fresh: 1, known: 0, refused: 1 });
    expect(await refused(importId)).toEqual([{ row: 3, why: 'unexpected' }]);
    expect(JSON.stringify(station.world.lines)).not.toContain('13800002222');
  });

  it('never writes a cell to the log', async () => {
    const { importId } = await checked('donors', [DONOR]);
    await ask(importId, 'apply');
    Object.assign(station.importing, {
      secret: async () => {
        throw new Error('张三 13800001111');
      },
    });
    await expect(station.readFiles()).rejects.toThrow();
    expect(JSON.stringify(station.world.lines)).toContain('an import failed');
    expect(JSON.stringify(station.world.lines)).not.toMatch(/张三|13800001111/);
  });

  async function auditEntries(): Promise<AuditItem[]> {
    const date = '2026-11-23';
    const { pk } = keys.audit('central', date, 'x', 'x');
    const { items } = await station.store.query<AuditItem>({ pk, consistent: true });
    return items.filter(({ action }) => action.startsWith('import-'));
  }
});

it('a new donor is asked for nothing that the station knew', async () => {
  await applied('donors', [{ ...DONOR, lastFour: '12' }]);
  const profile = await station.store.get<ProfileItem>(keys.profile(only(await personWith('+8613800001111'))));
  expect(profile).toMatchObject({ name: '张三', birthDate: '1990-01-02', sex: 'male', secondFact: true });
  expect(await everything()).toMatchObject({ din: [] });
});
