import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { importsDeps } from '../../functions/events/imports/deps.ts';
import { goOnWithImport } from '../../functions/events/imports/go-on.ts';
import type { FileField } from '../../shared/domain/files/fields.ts';
import type { Store } from '../../shared/store/client.ts';
import { importWrite, NOTHING_DONE } from '../../shared/store/files/imports.ts';
import type { DonationItem, ImportItem } from '../../shared/store/items/index.ts';
import { indexes, keys, partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { aSite } from '../builders/places.ts';
import { allItems, freshTables, storeOn } from '../support/engine.ts';
import { labelOf } from '../support/station.ts';
import { testWorld } from '../support/world.ts';

const FIELDS = ['donorNo', 'name', 'phone', 'birthDate', 'sex', 'din', 'date', 'procedure', 'volume'] as const;
type Row = Readonly<Record<(typeof FIELDS)[number], string>>;

/** Few of everything, so that rows meet: one donor under a number, under name and phone, or both; one number of two donors. */
const row: fc.Arbitrary<Row> = fc
  .record({
    donor: fc.nat(4),
    known: fc.constantFrom('number', 'person', 'both'),
    born: fc.constantFrom('1990-01-01', '1990-01-01', '1990-01-01', '1991-01-01'),
    din: fc.nat(11),
    day: fc.nat(5),
    volume: fc.constantFrom('200', '400', '400', 'x'),
  })
  .map(({ donor, known, born, din, day, volume }) => ({
    donorNo: known === 'person' ? '' : `A-${donor}`,
    name: known === 'number' ? '' : `捐献${donor}`,
    phone: known === 'number' ? '' : `1370000000${donor}`,
    birthDate: known === 'number' ? '' : born,
    sex: '男',
    din: labelOf(`G1234262000${String(din).padStart(2, '0')}`),
    date: `2025-0${1 + day}-01`,
    procedure: '全血',
    volume,
  }));

/** More than one row writes. */
const OF_SEVERAL = 12;
type Way = (
  store: Store,
  transact: Store['transact'],
  items: Parameters<Store['transact']>[0],
) => ReturnType<Store['transact']>;

/** What an import of these rows leaves, however it was written. */
async function importedBy(rows: readonly Row[], way: Way) {
  const names = await freshTables();
  const store = storeOn(names);
  const { transact } = store;
  const writes: number[] = [];
  const watched: Store = {
    ...store,
    transact: async (items) => {
      writes.push(items.length);
      return await way(store, transact, items);
    },
  };
  const world = testWorld();
  await aSite(store);
  const content = [['row', ...FIELDS], ...rows.map((each, n) => [n + 2, ...FIELDS.map((field) => each[field])])]
    .map((cells) => cells.join(','))
    .join('\n');
  const deps = importsDeps(watched, world, {
    uploads: { read: async () => Readable.from([Buffer.from(content)]), remove: async () => {} },
    secret: async () => 'a key of the tests',
    identityKey: async () => 'a key of the tests',
    piece: 20,
  });
  const now = new Date(world.clock.now()).toISOString();
  const item: ImportItem = {
    kind: 'import',
    importId: 'f1',
    siteId: 'central',
    zone: 'Asia/Shanghai',
    fileKind: 'donations',
    fileName: 'a.csv',
    bytes: 1,
    sha256: '',
    rows: rows.length,
    fields: [...FIELDS] as FileField[],
    rules: { bareDins: false, epoch: 1900 },
    sites: ['central'],
    status: 'applying',
    applied: NOTHING_DONE,
    by: 'p1',
    createdAt: now,
    changedAt: now,
    accepted: [],
    version: 1,
    gsi2pk: indexes.imported('central'),
    gsi2sk: indexes.importSort(now, 'f1'),
  };
  await store.transact([importWrite(undefined, item)]);
  await goOnWithImport(deps, { siteId: 'central', importId: 'f1' }, Number.POSITIVE_INFINITY);
  const done = await store.get<ImportItem>(keys.import('central', 'f1'), { consistent: true });
  const refused = await store.query<{ rows: unknown[] }>({
    ...partitions.importRefused('f1', 'apply'),
    consistent: true,
  });

  const people = createPeople(store);
  const donors = [];
  for (const donor of [0, 1, 2, 3, 4]) {
    for (const { personId } of await people.withPhone(`+861370000000${donor}`)) {
      const given = await store.query<DonationItem>({ pk: partitions.donations(personId), consistent: true });
      const lock = await people.lock(personId);
      donors.push({
        donor,
        facts: lock?.facts,
        // Each write of it is one of a row's: none was lost, and none came twice.
        version: lock?.version,
        given: given.items.map(({ din, date, volumeMl }) => [din, date, volumeMl]),
      });
    }
  }
  const kinds = (await allItems(names)).map(({ kind }) => String(kind)).filter((kind) => kind !== 'import-refused');
  donors.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const left = { applied: done?.applied, status: done?.status, refused: refused.items.map((it) => it.rows), donors };
  return { left, writes, count: Object.groupBy(kinds, (kind) => kind) };
}

it('rows written together leave what they leave one by one, and so do those that others stand in the way of', async () => {
  const together: Way = async (_, transact, items) => await transact(items);
  const alone: Way = async (_, transact, items) =>
    items.length > OF_SEVERAL ? { ok: false, reasons: [], conflict: true } : await transact(items);
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 5, maxLength: 30 }),
      fc.infiniteStream(fc.boolean()),
      async (rows, luck) => {
        let wasLost = false;
        /** Of the rows' writes, some are lost, and of some that are written the answer; never twice in a row. */
        const lost: Way = async (_, transact, items) => {
          const isCheckpoint = items.some((it) => 'Put' in it && it.Put.Item?.['kind'] === 'import');
          wasLost = !(isCheckpoint || wasLost || luck.next().value);
          if (!wasLost) return await transact(items);
          if (luck.next().value) await transact(items);
          return { ok: false, reasons: [], conflict: true };
        };
        const [one, two, three] = await Promise.all([
          importedBy(rows, alone),
          importedBy(rows, together),
          importedBy(rows, lost),
        ]);
        expect(two.left).toEqual(one.left);
        expect(two.count).toEqual(one.count);
        expect(three.left).toEqual(one.left);
        expect(three.count).toEqual(one.count);
        expect(two.writes.length).toBeLessThanOrEqual(one.writes.length);
      },
    ),
    { numRuns: 12 },
  );
});

it('many rows are a few transactions', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, n): Row => ({
      donorNo: '',
      name: `捐献${n}`,
      phone: `139${String(n).padStart(8, '0')}`,
      birthDate: '1990-01-01',
      sex: '女',
      din: labelOf(`G12342630${String(n).padStart(4, '0')}`),
      date: '2025-01-01',
      procedure: '全血',
      volume: '400',
    }),
  );
  const { left, writes } = await importedBy(rows, async (_, transact, items) => await transact(items));
  expect(left.applied).toEqual({ done: 40, fresh: 40, known: 0, refused: 0 });
  // Two pieces of twenty donors and their checkpoints, and the end.
  expect(writes.length).toBeLessThanOrEqual(9);
});
