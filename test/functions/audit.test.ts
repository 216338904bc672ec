import { beforeEach, describe, expect, it } from 'vitest';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

type Entry = {
  at: string;
  action: string;
  by: { personId: string; name: string };
  subjects: { personId: string; name: string }[];
  change?: Record<string, string>;
};

const DAY = { siteId: 'central', date: '2026-11-23' };
let station: Station;
let auditor: string;
let nurse: string;
beforeEach(async () => {
  station = await aStation();
  auditor = await aPerson(station.store, { roles: [{ role: 'auditor', scope: 'ALL' }] });
  nurse = await aPerson(station.store, { name: '李护士', roles: [{ role: 'staff', scope: 'central' }] });
});

const log = async (query: Record<string, string> = {}, as = auditor) =>
  await station.call<{ items: Entry[]; cursor?: string }>('audit', 'GET /api/audit', {
    as,
    query: { ...DAY, ...query },
  });
const looked = async (as: string) => await station.call('donations', 'GET /api/donations/roster', { as, query: DAY });

describe('the audit log', () => {
  it('tells an auditor who looked at whose data and who changed what, the newest first, with donors’ names masked', async () => {
    const { donor, bookingId } = await station.booked({ name: '林见暖' });
    await looked(nurse);
    station.world.advance(1_000);
    await station.call('donations', 'POST /api/donations/check-in', {
      as: nurse,
      body: { bookingId, reason: '老献血者' },
    });
    const { status, body } = await log();
    expect(status).toBe(200);
    expect(body.items.map(({ action, by }) => [action, by.name])).toEqual([
      ['donor-checked-in', '李护士'],
      ['site-roster-read', '李护士'],
    ]);
    expect(body.items[0]).toMatchObject({
      subjects: [{ personId: donor, name: '林＊＊' }],
      change: { knownBy: 'known', reason: '老献血者' },
    });
    expect(JSON.stringify(body)).not.toContain('见暖');
  });

  it('is read by nobody else, the admin included, and its reading is recorded too', async () => {
    const admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
    for (const as of [admin, nurse, station.staff]) expect((await log({}, as)).body.code).toBe('forbidden');
    await log();
    station.world.advance(1_000);
    const [entry] = (await log()).body.items;
    expect(entry).toMatchObject({ action: 'audit-read', by: { personId: auditor }, subjects: [] });
  });

  it('shows what one did, what was about one, and what of one kind, through any number of pages', async () => {
    const { donor } = await station.booked({ name: '林见暖' });
    for (let n = 0; n < 7; n += 1) {
      await looked(n % 3 === 0 ? nurse : station.staff);
      station.world.advance(1_000);
    }
    const all = async (query: Record<string, string>): Promise<Entry[]> => {
      const found: Entry[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await log({ limit: '2', ...query, ...(cursor && { cursor }) });
        found.push(...body.items);
        cursor = body.cursor;
        station.world.advance(1_000);
      } while (cursor);
      return found;
    };
    const roster = { action: 'site-roster-read' };
    expect((await all(roster)).map(({ by }) => by.personId)).toEqual([
      nurse,
      station.staff,
      station.staff,
      nurse,
      station.staff,
      station.staff,
      nurse,
    ]);
    expect(await all({ ...roster, by: nurse })).toHaveLength(3);
    expect(await all({ ...roster, subject: donor })).toHaveLength(7);
    expect(await all({ ...roster, subject: 'pnobody' })).toEqual([]);
  });
});
