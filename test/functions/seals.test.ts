import { beforeEach, describe, expect, it } from 'vitest';
import { auditItem } from '../../shared/store/audit.ts';
import type { AuditItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { sealKey } from '../../shared/store/seals.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

type Check = {
  state: string;
  chained: boolean;
  differing: number;
  differences: { kind: string; action: string; by: { name: string } }[];
};

let station: Station;
let auditor: string;
let ids = 0;
beforeEach(async () => {
  station = await aStation();
  auditor = await aPerson(station.store, { name: '严明', roles: [{ role: 'auditor', scope: 'ALL' }] });
});

const DAY = '2026-11-23';
const something = async (action = 'site-roster-read') => {
  ids += 1;
  const at = new Date(station.world.clock.now() + ids).toISOString();
  const entry = { by: station.staff, action, scope: 'central', zone: 'Asia/Shanghai', at, subjects: ['p1'] };
  await station.store.put(auditItem({ ...entry, id: `test-${ids}` }));
};
const check = async (date = DAY, siteId = 'central') =>
  (await station.call<Check>('audit', 'GET /api/audit/seal', { as: auditor, query: { siteId, date } })).body;
const entries = async (date = DAY) =>
  (
    await station.store.query<AuditItem & { pk: string; sk: string }>({
      pk: partitions.audit('central', date),
      consistent: true,
    })
  ).items;
/** The site's next day, well past its beginning. */
const overnight = () => station.world.advance(24 * 3_600_000);

describe('a day of the audit log', () => {
  it('is sealed once it is over, each on the one before, and an auditor is told that it matches', async () => {
    await something();
    await something('units-moved');
    expect((await check()).state).toBe('open');
    await station.seal();
    expect(station.sealed.has(sealKey('central', DAY))).toBe(false);
    overnight();
    expect((await check()).state).toBe('missing');
    await station.seal();
    await station.seal();
    // The checks themselves are of the day on which they were made.
    expect(await check()).toMatchObject({ state: 'matches', chained: true, differing: 0 });
    expect(await check('2026-11-20')).toMatchObject({ state: 'matches' });
    overnight();
    await station.seal();
    expect(await check('2026-11-24')).toMatchObject({ state: 'matches', chained: true });
    expect(await check(DAY, 'people')).toMatchObject({ state: 'matches' });
    expect((await entries('2026-11-25')).map(({ action }) => action)).toContain('audit-checked');
  });

  it.each([
    ['taken away', 'missing', async ({ pk, sk }: { pk: string; sk: string }) => [{ Delete: { Key: { pk, sk } } }]],
    [
      'changed',
      'altered',
      async (item: AuditItem & { pk: string; sk: string }) => [{ Put: { Item: { ...item, by: 'somebody else' } } }],
    ],
    [
      'added',
      'added',
      async (item: AuditItem & { pk: string; sk: string }) => [{ Put: { Item: { ...item, sk: `${item.sk}x` } } }],
    ],
  ] as const)(
    'from which an entry was %s past the functions does not match, and says which',
    async (_, kind, writes) => {
      await something();
      await something('units-moved');
      overnight();
      await station.seal();
      const [first] = await entries();
      if (!first) throw new Error('nothing was recorded');
      await station.store.transact(await writes(first));
      expect(await check()).toMatchObject({
        state: 'differs',
        chained: true,
        differing: 1,
        differences: [{ kind, action: 'site-roster-read' }],
      });
    },
  );

  it('whose seal was made anew to fit does not rest on the day before, nor the day after on it', async () => {
    await something();
    overnight();
    await station.seal();
    overnight();
    await station.seal();
    const key = sealKey('central', DAY);
    const seal = JSON.parse(station.sealed.get(key) ?? '{}') as { lines: string[]; head: string };
    station.sealed.set(key, JSON.stringify({ ...seal, lines: [] }));
    for (const { pk, sk } of await entries()) await station.store.transact([{ Delete: { Key: { pk, sk } } }]);
    expect(await check()).toMatchObject({ state: 'differs', chained: false });
    station.sealed.set(key, JSON.stringify({ ...seal, head: 'another' }));
    expect(await check('2026-11-24')).toMatchObject({ state: 'differs', chained: false });
  });

  it('that was sealed before the note of it was lost stays as it was sealed', async () => {
    await something();
    overnight();
    await station.seal();
    const before = station.sealed.get(sealKey('central', DAY));
    await station.store.transact([{ Delete: { Key: keys.job('seal.central') } }]);
    await Promise.all([station.seal(), station.seal()]);
    expect(station.sealed.get(sealKey('central', DAY))).toBe(before);
    expect(await check()).toMatchObject({ state: 'matches', chained: true });
  });
});
