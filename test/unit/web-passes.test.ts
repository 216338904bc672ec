import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../../web/src/api/action-key.ts';
import type { Booking } from '../../web/src/api/types.ts';
import { calendarAddress } from '../../web/src/lib/calendar.ts';
import { passOf, passStore } from '../../web/src/lib/pass-store.ts';

const both = (text: string) => ({ zh: text, en: text });
const booking = (more: Partial<Booking> = {}): Booking => ({
  bookingId: 'p1_abc',
  slotId: 'central_2026-12-20_0900_whole-blood',
  kind: 'donation',
  status: 'booked',
  containerId: 'central',
  place: both('Central'),
  address: both('1 Station Road'),
  procedure: 'whole-blood',
  startsAt: '2026-12-20T01:00:00.000Z',
  endsAt: '2026-12-20T02:00:00.000Z',
  date: '2026-12-20',
  zone: 'Asia/Shanghai',
  changeableUntil: '2026-12-19T23:00:00.000Z',
  version: 1,
  passCode: 'K7M4QX',
  calendarUid: 'f'.repeat(32),
  ...more,
});

function aPhone() {
  const storage = memoryStorage();
  let now = Date.parse('2026-12-01T00:00:00.000Z');
  const passes = passStore(storage, () => now);
  const set = (at: string): void => {
    now = Date.parse(at);
  };
  const kept = (bookingId: string) => passes.all().find(({ booking: { bookingId: id } }) => id === bookingId);
  return { storage, passes, kept, set };
}

describe('a pass on a phone', () => {
  it('is there without a connection, as it was when it was last seen', () => {
    const { passes, kept } = aPhone();
    passes.keep(booking());
    passes.keep(booking({ bookingId: 'p1_other' }));
    passes.keep(booking({ version: 2, startsAt: '2026-12-20T03:00:00.000Z' }));
    expect(kept('p1_abc')).toMatchObject({
      booking: { version: 2, passCode: 'K7M4QX' },
      keptAt: '2026-12-01T00:00:00.000Z',
    });
    expect(kept('p1_other')).toBeDefined();
    expect(kept('p2_abc')).toBeUndefined();
  });

  it.each([
    ['was cancelled', { status: 'cancelled' as const }],
    ['is over', { status: 'fulfilled' as const }],
    ['has no code', { kind: 'shift' as const, passCode: undefined }],
  ])('is gone once its booking %s', (_, change) => {
    const { passes, storage, kept } = aPhone();
    passes.keep(booking());
    passes.keep(booking(change));
    expect(kept('p1_abc')).toBeUndefined();
    expect(storage.getItem('nuanliu.passes')).toBeNull();
  });

  it('is gone a day after its end, and at once for whoever signs out', () => {
    const { passes, storage, kept, set } = aPhone();
    passes.keep(booking());
    set('2026-12-21T01:59:59.999Z');
    expect(kept('p1_abc')).toBeDefined();
    set('2026-12-21T02:00:00.000Z');
    expect(kept('p1_abc')).toBeUndefined();
    set('2026-12-01T00:00:00.000Z');
    passes.forget();
    expect(storage.getItem('nuanliu.passes')).toBeNull();
  });

  it('that cannot be read is as good as none', () => {
    const { storage, kept } = aPhone();
    storage.setItem('nuanliu.passes', '{"p1_abc":');
    expect(kept('p1_abc')).toBeUndefined();
  });
});

describe('one pass for all that somebody has booked', () => {
  const now = Date.parse('2026-12-20T00:00:00.000Z');
  const shift = booking({
    bookingId: 'p1_shift',
    kind: 'shift',
    startsAt: '2026-12-20T04:00:00.000Z',
    endsAt: '2026-12-20T06:00:00.000Z',
  });
  const ids = (of: Parameters<typeof passOf>[0], more: Partial<Parameters<typeof passOf>[1]> = {}) => {
    const pass = passOf(of, { code: 'K7M4QX', now, ...more });
    return [pass?.code, ...(pass?.bookings ?? []).map(({ bookingId }) => bookingId)];
  };

  it('is shown for giving and for serving alike, the soonest first or the one that was opened', () => {
    expect(ids([shift, booking()])).toEqual(['K7M4QX', 'p1_abc', 'p1_shift']);
    expect(ids([shift, booking()], { first: 'p1_shift' })).toEqual(['K7M4QX', 'p1_shift', 'p1_abc']);
  });

  it('is there for whoever leaves a while after the end, and not for what was given up', () => {
    expect(ids([shift], { now: Date.parse('2026-12-20T07:59:00.000Z') })).toEqual(['K7M4QX', 'p1_shift']);
    expect(ids([shift], { now: Date.parse('2026-12-20T08:00:00.000Z') })).toEqual(['K7M4QX']);
    expect(ids([booking({ status: 'cancelled' })])).toEqual(['K7M4QX']);
  });

  it('without a line shows what was kept, of an earlier edition one code with what it is for', () => {
    expect(ids([booking(), { ...shift, passCode: 'H7QKR4' }], { code: undefined })).toEqual(['K7M4QX', 'p1_abc']);
    expect(passOf([], { code: undefined, now })).toBeUndefined();
  });

  it('keeps of the dates that were asked for what the service has, and all of others', () => {
    const { passes, kept } = aPhone();
    passes.keep(booking());
    passes.keep({ ...shift, date: '2027-03-01', endsAt: '2027-03-01T06:00:00.000Z' });
    passes.keepAll([booking({ bookingId: 'p1_new' })], { from: '2026-12-19', to: '2027-02-18' });
    expect(['p1_abc', 'p1_new', 'p1_shift'].map((id) => kept(id) !== undefined)).toEqual([false, true, true]);
  });
});

describe('the address of a calendar file', () => {
  it('names the slot, the calendar’s own name of the booking and its version, and nothing of anybody', () => {
    expect(calendarAddress(booking({ version: 3 }), 'zh')).toBe(
      `/api/slots/central_2026-12-20_0900_whole-blood/calendar.ics?uid=${'f'.repeat(32)}&sequence=3&language=zh`,
    );
    expect(calendarAddress(booking({ status: 'cancelled' }), 'en')).toMatch(/&language=en&cancelled=true$/);
    expect(calendarAddress(booking(), 'en')).not.toContain('p1');
  });
});
