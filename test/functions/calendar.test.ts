import { beforeAll, describe, expect, it } from 'vitest';
import { sitesDeps } from '../../functions/http/sites/deps.ts';
import { sitesRoutes } from '../../functions/http/sites/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { sites } from '../../shared/contract/sites.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { apiEvent, callRoute } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

const ROUTE = 'GET /api/slots/{slotId}/calendar.ics';
const UID = '0123456789abcdef0123456789abcdef';
const world = testWorld();
let store: Store;
let handler: ReturnType<typeof areaHandler>;

beforeAll(async () => {
  const names = await freshTables();
  store = storeOn(names);
  const deps = sitesDeps(guarded(storeOn(names), ACCESS.sites, names.private), world);
  handler = areaHandler(sites, async () => deps, sitesRoutes) as typeof handler;
  await aSite(store);
});

/** The file's lines, unfolded, and what came with it. */
async function fileOf(slotId: string, query: Record<string, string> = {}) {
  const call = { params: { slotId }, query: { uid: UID, sequence: '1', language: 'en', ...query } };
  const answer = await handler(apiEvent(ROUTE, call), { awsRequestId: 'test' } as never);
  const text = String(answer.body).replaceAll('\r\n ', '');
  return { ...answer, lines: text.trim().split('\r\n') };
}

describe('a booking in the phone’s calendar', () => {
  it('is a file that a phone opens in its calendar, without a token', async () => {
    const slot = await aSlot(store, { time: '0930', procedure: 'platelets' });
    const { statusCode, headers, lines } = await fileOf(slot.slotId);
    expect(statusCode).toBe(200);
    expect(headers?.['content-type']).toBe('text/calendar; charset=utf-8');
    expect(headers?.['content-disposition']).toBe('inline; filename="nuanliu.ics"');
    expect([lines[0], lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
    for (const line of [
      'METHOD:PUBLISH',
      `UID:${UID}`,
      'SEQUENCE:1',
      // 09:30 in Shanghai.
      'DTSTART:20261220T013000Z',
      'DTEND:20261220T023000Z',
      'SUMMARY:Give platelets · Place',
      'LOCATION:Place\\, Address',
      'STATUS:CONFIRMED',
      'TRIGGER:-PT2H',
    ]) {
      expect(lines).toContain(line);
    }
    const about = lines.find((line) => line.startsWith('DESCRIPTION:Your own valid identity'));
    expect(about).toMatch(/No aspirin.*\+862112345678$/);
  });

  it('is the same event after a change, later in sequence, and speaks Chinese', async () => {
    const moved = await aSlot(store, { date: '2026-12-21', time: '1400' });
    const { lines } = await fileOf(moved.slotId, { sequence: '2', language: 'zh' });
    expect(lines).toEqual(
      expect.arrayContaining([`UID:${UID}`, 'SEQUENCE:2', 'DTSTART:20261221T060000Z', 'SUMMARY:献血（全血） · Place']),
    );
  });

  it('is taken out again by the file of a cancelled booking, which reminds nobody', async () => {
    const slot = await aSlot(store, { time: '1100' });
    const { lines } = await fileOf(slot.slotId, { sequence: '3', cancelled: 'true' });
    expect(lines).toEqual(expect.arrayContaining(['METHOD:CANCEL', `UID:${UID}`, 'SEQUENCE:3', 'STATUS:CANCELLED']));
    expect(lines).not.toContain('BEGIN:VALARM');
  });

  it('is right on the nights when clocks change', async () => {
    for (const [date, time, starts] of [
      ['2026-03-29', '0230', '20260329T013000Z'],
      ['2026-10-25', '0900', '20261025T090000Z'],
    ] as const) {
      const slot = await aSlot(store, { date, time, zone: 'Europe/London' });
      expect((await fileOf(slot.slotId)).lines).toContain(`DTSTART:${starts}`);
    }
  });

  it('is there for a shift as well', async () => {
    const shift = await aSlot(store, { containerId: 'walk', shift: 'guide' });
    expect((await fileOf(shift.slotId)).lines).toContain('SUMMARY:Volunteer · Helper');
  });

  it.each([
    ['a slot that is not there', { slotId: 'central_2026-12-20_0300_whole-blood', query: {} }, 404],
    ['a uid that is none of ours', { slotId: 'x_2026-12-20_0900_guide', query: { uid: '+8613900000001' } }, 400],
    ['a sequence that is no number', { slotId: 'x_2026-12-20_0900_guide', query: { sequence: 'one' } }, 400],
  ])('is refused for %s', async (_, { slotId, query }, status) => {
    const call = { params: { slotId }, query: { uid: UID, sequence: '1', language: 'zh', ...query } };
    expect((await callRoute(handler, ROUTE, call)).status).toBe(status);
  });
});
