import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../../web/src/api/action-key.ts';
import { ApiError } from '../../web/src/api/error.ts';
import type { EventView } from '../../web/src/api/types.ts';
import { dayStore, type Line, sendTaps, stepOfScan, type Tap, withTaps } from '../../web/src/organise/day-store.ts';

const NOW = Date.parse('2026-11-28T01:00:00.000Z');
const EVENT = { eventId: 'e1', endsAt: '2026-11-28T04:00:00.000Z' } as EventView;
const aLine = (bookingId: string, more: Partial<Line> = {}): Line => ({
  bookingId,
  shiftId: 'guide',
  status: 'booked',
  name: '周知远',
  phoneLast4: '0001',
  passCode: 'K7M4QX',
  walkIn: false,
  enteredLate: false,
  canUndo: false,
  version: 1,
  ...more,
});
const aTap = (key: string, bookingId: string, step: Tap['step'], more: Partial<Tap> = {}): Tap => ({
  key,
  who: 'p1',
  eventId: 'e1',
  bookingId,
  step,
  at: '2026-11-28T01:02:00.000Z',
  ...more,
});
const asApiError = (error: unknown) => (error instanceof ApiError ? error : undefined);

describe('what an organiser taps without a line', () => {
  it('is shown at once, is kept over a reload, and goes out in its order under its own keys when the line is back', async () => {
    const storage = memoryStorage();
    const store = dayStore(storage, () => NOW);
    store.add(aTap('k1', 'a_1', 'in'));
    store.add(aTap('k2', 'b_1', 'in', { passCode: 'K7M4QX' }));
    store.add(aTap('k3', 'a_1', 'out', { at: '2026-11-28T01:30:00.000Z' }));
    expect(withTaps([aLine('a_1'), aLine('b_1'), aLine('c_1')], store.taps())).toMatchObject([
      {
        status: 'fulfilled',
        attended: { startedAt: '2026-11-28T01:02:00.000Z', in: 'tap', out: 'tap' },
        unsent: { key: 'k3' },
      },
      { status: 'arrived', attended: { in: 'pass' }, unsent: { key: 'k2' } },
      { status: 'booked' },
    ]);
    const dead = async () => {
      throw new ApiError('offline', 0);
    };
    const again = dayStore(storage, () => NOW);
    expect(await sendTaps(again, 'p1', dead, asApiError)).toBe(false);
    expect(again.taps()).toHaveLength(3);
    const sent: string[] = [];
    expect(await sendTaps(again, 'p1', async ({ key }) => void sent.push(key), asApiError)).toBe(true);
    expect(sent).toEqual(['k1', 'k2', 'k3']);
    expect(again.taps()).toEqual([]);
  });

  it('goes out again under the same key where the answer was lost', async () => {
    const store = dayStore(memoryStorage(), () => NOW);
    store.add(aTap('k1', 'a_1', 'in'));
    const sent: string[] = [];
    const lost = async ({ key }: Tap) => {
      sent.push(key);
      if (sent.length === 1) throw new DOMException('too long', 'TimeoutError');
    };
    expect(await sendTaps(store, 'p1', lost, asApiError)).toBe(false);
    expect(await sendTaps(store, 'p1', lost, asApiError)).toBe(true);
    expect(sent).toEqual(['k1', 'k1']);
  });

  it('stays with its reason where it is refused, holds up no other, and waits where somebody has to sign in again', async () => {
    const store = dayStore(memoryStorage(), () => NOW);
    for (const key of ['k1', 'k2', 'k3']) store.add(aTap(key, `${key}_1`, 'in'));
    const answers: Record<string, ApiError> = {
      k1: new ApiError('forbidden', 403, { detail: '您没有权限进行此操作。' }),
      k3: new ApiError('not-signed-in', 401),
    };
    const send = async ({ key }: Tap) => {
      const error = answers[key];
      if (error) throw error;
    };
    expect(await sendTaps(store, 'p1', send, asApiError)).toBe(false);
    expect(store.taps()).toMatchObject([
      { key: 'k1', refused: { code: 'forbidden', sentence: '您没有权限进行此操作。' } },
      { key: 'k3' },
    ]);
    // What was refused changes nothing of what is shown.
    expect(withTaps([aLine('k1_1')], store.taps())).toMatchObject([{ status: 'booked' }]);
  });

  it('is sent by nobody else who signs in on the same device', async () => {
    const store = dayStore(memoryStorage(), () => NOW);
    store.add(aTap('k1', 'a_1', 'in'));
    const sent: string[] = [];
    await sendTaps(store, 'p2', async ({ key }) => void sent.push(key), asApiError);
    expect(sent).toEqual([]);
    expect(store.taps()).toHaveLength(1);
  });
});

it('a day is kept with who is on it until a day after it is over', () => {
  const storage = memoryStorage();
  const day = { who: 'p1', event: EVENT, date: '2026-11-28', items: [aLine('a_1')], keptAt: '', aheadMs: 0 };
  dayStore(storage, () => NOW).keep(day);
  expect(dayStore(storage, () => NOW).day('e1', '2026-11-28')).toEqual(day);
  expect(dayStore(storage, () => NOW).event('e1')).toEqual(day);
  const later = Date.parse(EVENT.endsAt) + 86_400_000;
  expect(dayStore(storage, () => later).day('e1', '2026-11-28')).toBeUndefined();
});

it.each([
  ['checks in whoever has not come', { status: 'booked' }, 'in'],
  ['checks in whoever was given up', { status: 'noshow' }, 'in'],
  ['does not check out who came a moment ago', { status: 'arrived', startedAt: NOW - 60_000 }, 'just-came'],
  ['checks out who has been here', { status: 'arrived', startedAt: NOW - 300_000 }, 'out'],
  ['does nothing with who has left', { status: 'fulfilled', startedAt: NOW - 300_000 }, 'has-left'],
] as const)('a scanned pass %s', (_, { status, ...more }, step) => {
  const attended =
    'startedAt' in more ? { startedAt: new Date(more.startedAt).toISOString(), in: 'tap' as const } : undefined;
  expect(stepOfScan(aLine('a_1', { status, ...(attended && { attended }) }), NOW)).toBe(step);
});
