import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../../web/src/api/action-key.ts';
import { ApiError } from '../../web/src/api/error.ts';
import type { EventView } from '../../web/src/api/types.ts';
import {
  type Codes,
  dayStore,
  type KeptDay,
  keptDay,
  type Line,
  lineOfPass,
  sendTaps,
  stepOfScan,
  type Tap,
  withTaps,
} from '../../web/src/organise/day-store.ts';

const NOW = Date.parse('2026-11-28T01:00:00.000Z');
const DATE = '2026-11-28';
/** It goes on for weeks; that date's shifts are over at four. */
const EVENT = {
  eventId: 'e1',
  endsAt: '2026-12-31T04:00:00.000Z',
  shifts: [
    { shiftId: 'guide', date: DATE, startsAt: '2026-11-28T01:00:00.000Z', endsAt: '2026-11-28T03:00:00.000Z' },
    { shiftId: 'table', date: DATE, startsAt: '2026-11-28T03:00:00.000Z', endsAt: '2026-11-28T04:00:00.000Z' },
    { shiftId: 'last', date: '2026-12-31', startsAt: '2026-12-31T01:00:00.000Z', endsAt: '2026-12-31T04:00:00.000Z' },
  ],
} as EventView;
const aDay = (...items: Line[]): KeptDay => ({ who: 'p1', event: EVENT, date: DATE, items, keptAt: '', aheadMs: 0 });
const aLine = (bookingId: string, more: Partial<Line> = {}): Line => ({
  bookingId,
  shiftId: 'guide',
  status: 'booked',
  name: '周知远',
  phoneLast4: '0001',
  passCode: 'K7M4QX',
  formerCodes: [],
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
  date: DATE,
  bookingId,
  step,
  at: '2026-11-28T01:02:00.000Z',
  ...more,
});
/** The service, which takes whatever it is sent. */
const taking =
  (sent: string[] = []) =>
  async ({ key, bookingId, step }: Tap): Promise<Line> => {
    sent.push(key);
    return aLine(bookingId, { status: step === 'in' ? 'arrived' : 'fulfilled', version: sent.length + 1 });
  };
const signedIn = async (who: string) => `a token of ${who}`;
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
    expect(await sendTaps(again, 'p1', signedIn, dead, asApiError)).toBe(false);
    expect(again.taps()).toHaveLength(3);
    const sent: string[] = [];
    expect(await sendTaps(again, 'p1', signedIn, taking(sent), asApiError)).toBe(true);
    expect(sent).toEqual(['k1', 'k2', 'k3']);
    expect(again.taps()).toEqual([]);
  });

  it('goes out again under the same key where the answer was lost', async () => {
    const store = dayStore(memoryStorage(), () => NOW);
    store.add(aTap('k1', 'a_1', 'in'));
    const sent: string[] = [];
    const lost = async (tap: Tap) => {
      const line = await taking(sent)(tap);
      if (sent.length === 1) throw new DOMException('too long', 'TimeoutError');
      return line;
    };
    expect(await sendTaps(store, 'p1', signedIn, lost, asApiError)).toBe(false);
    expect(await sendTaps(store, 'p1', signedIn, lost, asApiError)).toBe(true);
    expect(sent).toEqual(['k1', 'k1']);
  });

  it('stays with its reason where it is refused, holds up no other, and waits where somebody has to sign in again', async () => {
    const store = dayStore(memoryStorage(), () => NOW);
    for (const key of ['k1', 'k2', 'k3']) store.add(aTap(key, `${key}_1`, 'in'));
    const answers: Record<string, ApiError> = {
      k1: new ApiError('forbidden', 403, { detail: '您没有权限进行此操作。' }),
      k3: new ApiError('not-signed-in', 401),
    };
    const send = async (tap: Tap) => {
      const error = answers[tap.key];
      if (error) throw error;
      return await taking()(tap);
    };
    expect(await sendTaps(store, 'p1', signedIn, send, asApiError)).toBe(false);
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
    await sendTaps(store, 'p2', signedIn, taking(sent), asApiError);
    expect(sent).toEqual([]);
    expect(store.taps()).toHaveLength(1);
  });
});

describe('what one organiser tapped on a device that others sign in on', () => {
  it('goes under no other’s token: who it is of is looked at for each', async () => {
    const store = dayStore(memoryStorage(), () => NOW);
    for (const key of ['k1', 'k2', 'k3']) store.add(aTap(key, `${key}_1`, 'in'));
    const sent: [string, string][] = [];
    let here = 'p1';
    const tokenOf = async (who: string) => (who === here ? `a token of ${who}` : undefined);
    const send = async ({ key, bookingId }: Tap, token: string) => {
      sent.push([key, token]);
      // A colleague signs in in another tab.
      here = 'p2';
      return aLine(bookingId, { status: 'arrived', version: 2 });
    };
    expect(await sendTaps(store, 'p1', tokenOf, send, asApiError)).toBe(false);
    expect(sent).toEqual([['k1', 'a token of p1']]);
    // What was not sent can still be taken back here.
    expect(store.taps().map(({ key, tried }) => [key, tried])).toEqual([
      ['k2', undefined],
      ['k3', undefined],
    ]);
    here = 'p1';
    expect(await sendTaps(store, 'p1', tokenOf, send, asApiError)).toBe(false);
    expect(sent.at(-1)).toEqual(['k2', 'a token of p1']);
  });
});

describe('what was tapped and may have been written', () => {
  it.each(['second-factor-needed', 'station-locked'] as const)('waits where the service says %s', async (code) => {
    const store = dayStore(memoryStorage(), () => NOW);
    store.add(aTap('k1', 'a_1', 'in'));
    const locked = async () => {
      throw new ApiError(code, 403);
    };
    expect(await sendTaps(store, 'p1', signedIn, locked, asApiError)).toBe(false);
    expect(store.taps()).toMatchObject([{ key: 'k1' }]);
    expect(store.taps()[0]?.refused).toBeUndefined();
    expect(await sendTaps(store, 'p1', signedIn, taking(), asApiError)).toBe(true);
    expect(store.taps()).toEqual([]);
  });

  it('is taken back on the device only until it was first sent', async () => {
    const storage = memoryStorage();
    const store = dayStore(storage, () => NOW);
    store.add(aTap('k1', 'a_1', 'in'));
    store.takeBack('k1');
    expect(store.taps()).toEqual([]);
    expect(storage.getItem('nuanliu.taps')).toBeNull();
    store.add(aTap('k2', 'a_1', 'in'));
    const dead = async () => {
      // Also while it is under way.
      store.takeBack('k2');
      throw new ApiError('offline', 0);
    };
    await sendTaps(store, 'p1', signedIn, dead, asApiError);
    store.takeBack('k2');
    expect(store.taps()).toMatchObject([{ key: 'k2', tried: true }]);
  });

  it('is on the kept day once it was answered, also when the line dies right then and a sheet from before comes in', async () => {
    const storage = memoryStorage();
    const store = dayStore(storage, () => NOW);
    store.keep(aDay(aLine('a_1'), aLine('b_1')));
    store.add(aTap('k1', 'a_1', 'in'));
    let seen: readonly Line[] | undefined;
    // Whoever closes the page at any moment loses nothing: the day knows it before the tap is gone.
    store.subscribe(() => {
      if (store.taps().length === 0) seen ??= store.day('e1', DATE)?.items;
    });
    await sendTaps(store, 'p1', signedIn, taking(), asApiError);
    expect(seen).toMatchObject([{ status: 'arrived' }, { status: 'booked' }]);
    store.keep(aDay(aLine('a_1'), aLine('b_1')));
    expect(dayStore(storage, () => NOW).day('e1', DATE)?.items).toMatchObject([
      { status: 'arrived', version: 2 },
      { status: 'booked' },
    ]);
  });

  it('and was refused is seen to once its booking was entered as a sheet; what still waits stays', () => {
    const store = dayStore(memoryStorage(), () => NOW);
    for (const [key, bookingId] of [
      ['k1', 'a_1'],
      ['k2', 'b_1'],
    ] as const) {
      store.add(aTap(key, bookingId, 'in'));
      store.refuse(key, { code: 'shift-over' });
    }
    store.add(aTap('k3', 'a_1', 'out'));
    store.settle('a_1');
    expect(store.taps().map(({ key }) => key)).toEqual(['k2', 'k3']);
  });
});

describe('a day', () => {
  const codes: Codes = { now: '', seconds: 30, from: NOW / 30_000, codes: ['A'], aheadMs: 0 };
  const DAY = 86_400_000;
  /** When that date's last shift is over. */
  const over = Date.parse('2026-11-28T04:00:00.000Z');

  it('is kept with who is on it until a day after its last shift, however long the event goes on, and is then gone', () => {
    const storage = memoryStorage();
    const day = aDay(aLine('a_1'));
    dayStore(storage, () => NOW).keep(day);
    dayStore(storage, () => NOW).keepCodes('e1', 'guide', codes);
    const kept = dayStore(storage, () => over + DAY - 1);
    expect(kept.day('e1', DATE)).toEqual(day);
    expect(kept.event('e1')).toEqual(day);
    expect(kept.line('e1', 'a_1')).toEqual(day.items[0]);
    // Made the next time somebody opens any page.
    dayStore(storage, () => over + DAY);
    expect(storage.getItem('nuanliu.days')).toBeNull();
  });

  it('takes its codes with it a day after they were used up', () => {
    const storage = memoryStorage();
    const store = dayStore(storage, () => NOW);
    store.keepCodes('e1', 'guide', codes);
    store.keep(aDay(aLine('a_1')));
    const last = NOW + 30_000;
    expect(dayStore(storage, () => last + DAY - 1).codes('e1', 'guide')).toEqual(codes);
    const left = dayStore(storage, () => last + DAY);
    expect(left.day('e1', DATE)).toBeDefined();
    expect(JSON.parse(storage.getItem('nuanliu.days') ?? '')).toMatchObject({ codes: {} });
  });

  it('is measured against the clock by when it was heard, not by when it is looked at again', () => {
    const sheet = { date: DATE, now: new Date(NOW + 4_000).toISOString(), items: [] };
    expect(keptDay('p1', EVENT, sheet, NOW)).toMatchObject({ aheadMs: 4_000, keptAt: sheet.now, date: DATE });
  });
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

describe('a pass of somebody with two shifts that day', () => {
  const [one, two] = [aLine('a_1'), aLine('a_2', { shiftId: 'table', formerCodes: ['H7QKR4'] })];
  const found = (lines: Line[], more: { code?: string; chosen?: string; now?: number } = {}) =>
    lineOfPass(lines, EVENT.shifts, { code: 'K7M4QX', chosen: undefined, now: NOW, ...more })?.bookingId;

  it('means the one that comes, the one they are at, and then the other', () => {
    expect(found([two, one])).toBe('a_1');
    expect(found([{ ...one, status: 'arrived' }, two], { now: NOW + 3 * 3_600_000 })).toBe('a_1');
    expect(found([{ ...one, status: 'fulfilled' }, two])).toBe('a_2');
  });

  it('means the later where the earlier was missed, and the one that is looked at before all', () => {
    expect(found([one, two], { now: NOW + 2.5 * 3_600_000 })).toBe('a_2');
    expect(found([one, two], { chosen: 'table' })).toBe('a_2');
    expect(found([one, two], { now: NOW + 9 * 3_600_000 })).toBe('a_2');
  });

  it('kept as a picture of one of them means that one, and of somebody else nobody', () => {
    expect(found([one, two], { code: 'H7QKR4' })).toBe('a_2');
    expect(found([one, two], { code: '222222' })).toBeUndefined();
  });
});
