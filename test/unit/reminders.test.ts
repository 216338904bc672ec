import { describe, expect, it } from 'vitest';
import { localDateOf, toInstant } from '../../shared/domain/local-time.ts';
import { quietAround, wallClock } from '../../shared/domain/quiet-hours.ts';
import {
  NOT_SENT_HERE,
  REMINDERS,
  type ReminderSettings,
  reminderChange,
  remindersOf,
} from '../../shared/domain/reminders.ts';

const NIGHT = { from: '21:00', to: '08:00' };
const SHANGHAI = 'Asia/Shanghai';

const instant = (local: string, zone: string): string => {
  const found = toInstant(local, zone);
  if (!found.ok) throw new Error(`${local} is ${found.why} in ${zone}`);
  return found.instant;
};
const bookingAt = (local: string, zone = SHANGHAI) => ({
  startsAt: instant(local, zone),
  date: local.slice(0, 10),
  zone,
});
const said = (local: string, told: string, settings: ReminderSettings = REMINDERS) =>
  remindersOf(bookingAt(local), instant(told, SHANGHAI), settings, NIGHT).map(
    ({ kind, dueAt }) => `${kind} ${new Date(Date.parse(dueAt) + 8 * 3_600_000).toISOString().slice(5, 16)}`,
  );

describe('the reminders of a booking', () => {
  it('come at six the evening before, and two hours before', () => {
    expect(said('2026-12-20T14:00', '2026-12-01T09:00')).toEqual(['day-before 12-19T18:00', 'soon 12-20T12:00']);
    expect(remindersOf(bookingAt('2026-12-20T14:00'), '2026-12-01T00:00:00.000Z', REMINDERS, NIGHT)).toEqual([
      // Nobody is told in the night of what they were to do before it.
      { kind: 'day-before', dueAt: '2026-12-19T10:00:00.000Z', until: '2026-12-19T16:00:00.000Z' },
      { kind: 'soon', dueAt: '2026-12-20T04:00:00.000Z', until: '2026-12-20T05:30:00.000Z' },
    ]);
  });

  it.each([
    ['booked the evening before, after six', '2026-12-19T19:00', ['soon 12-20T12:00']],
    ['booked an hour before the evening’s', '2026-12-19T17:00', ['day-before 12-19T18:00', 'soon 12-20T12:00']],
    ['booked less than an hour before it', '2026-12-19T17:01', ['soon 12-20T12:00']],
    ['booked three hours before', '2026-12-20T11:00', ['soon 12-20T12:00']],
    ['booked less than three hours before', '2026-12-20T11:01', []],
    ['booked within two hours', '2026-12-20T12:30', []],
  ])('%s', (_, told, expected) => {
    expect(said('2026-12-20T14:00', told)).toEqual(expected);
  });

  it.each([
    // Nine o'clock: at eight an hour is left, and nobody is woken.
    ['2026-12-20T09:00', ['day-before 12-19T18:00', 'soon 12-20T08:00']],
    ['2026-12-20T09:30', ['day-before 12-19T18:00', 'soon 12-20T08:00']],
    ['2026-12-20T10:00', ['day-before 12-19T18:00', 'soon 12-20T08:00']],
    ['2026-12-20T10:01', ['day-before 12-19T18:00', 'soon 12-20T08:01']],
    // Eight o'clock: too late in the morning, and the evening before has one already.
    ['2026-12-20T08:00', ['day-before 12-19T18:00']],
    ['2026-12-20T08:59', ['day-before 12-19T18:00']],
    ['2026-12-20T23:00', ['day-before 12-19T18:00', 'soon 12-20T20:00']],
    ['2026-12-20T22:59', ['day-before 12-19T18:00', 'soon 12-20T20:59']],
    // Past midnight, the evening is the day before.
    ['2026-12-20T00:30', ['day-before 12-19T18:00']],
  ])('of a slot at %s wake nobody', (at, expected) => {
    expect(said(at, '2026-12-01T09:00')).toEqual(expected);
  });

  it('come once the evening before an early slot that was booked after six, or where the site sends none at six', () => {
    expect(said('2026-12-20T08:00', '2026-12-19T18:30')).toEqual(['soon 12-19T20:00']);
    expect(said('2026-12-20T08:00', '2026-12-19T19:30')).toEqual([]);
    expect(said('2026-12-20T08:00', '2026-12-01T09:00', { minutesBefore: 120 })).toEqual(['soon 12-19T20:00']);
    const [evening] = remindersOf(
      bookingAt('2026-12-20T08:00'),
      '2026-12-01T00:00:00.000Z',
      { minutesBefore: 120 },
      NIGHT,
    );
    expect(evening?.until).toBe('2026-12-19T13:00:00.000Z');
  });

  it('are those that the site has chosen', () => {
    const at = '2026-12-20T14:00';
    const told = '2026-12-01T09:00';
    expect(said(at, told, {})).toEqual([]);
    expect(said(at, told, { dayBeforeAt: '09:30' })).toEqual(['day-before 12-19T09:30']);
    expect(said(at, told, { minutesBefore: 30 })).toEqual(['soon 12-20T13:30']);
    // A day ahead, both would come on one date: the first is enough.
    expect(said(at, told, { dayBeforeAt: '18:00', minutesBefore: 1440 })).toEqual(['soon 12-19T14:00']);
    expect(said(at, told, { dayBeforeAt: '22:00' })).toEqual(['day-before 12-19T20:00']);
    const open = remindersOf(bookingAt('2026-12-20T08:00'), '2026-12-01T00:00:00.000Z', REMINDERS, undefined);
    expect(open.map(({ dueAt }) => dueAt)).toEqual(['2026-12-19T10:00:00.000Z', '2026-12-19T22:00:00.000Z']);
  });

  it.each([
    // Clocks go back in the night between: the evening stays six o'clock, 25 hours before seven, not 24.
    ['Europe/Berlin', '2026-10-25T18:00', '2026-10-24T16:00:00.000Z', '2026-10-25T15:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T18:00', '2026-03-28T17:00:00.000Z', '2026-03-29T14:00:00.000Z'],
    ['America/New_York', '2026-11-01T18:00', '2026-10-31T22:00:00.000Z', '2026-11-01T21:00:00.000Z'],
    // On either side of the date line, the day before is the place's own.
    ['Pacific/Kiritimati', '2026-12-20T13:00', '2026-12-19T04:00:00.000Z', '2026-12-19T21:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-12-20T13:00', '2026-12-20T05:00:00.000Z', '2026-12-20T22:00:00.000Z'],
  ])('in %s at %s keep to the clocks of the place', (zone, at, evening, hours) => {
    const found = remindersOf(bookingAt(at, zone), '2026-01-01T00:00:00.000Z', REMINDERS, NIGHT);
    expect(found.map(({ dueAt }) => dueAt)).toEqual([evening, hours]);
  });

  it('set for an hour that clocks skip come once they have jumped, and for one that happens twice the first time', () => {
    const at = (zone: string, local: string, dayBeforeAt: string) =>
      remindersOf(bookingAt(local, zone), '2026-01-01T00:00:00.000Z', { dayBeforeAt }, undefined)[0]?.dueAt;
    expect(at('Europe/Berlin', '2026-03-30T10:00', '02:30')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('Europe/Berlin', '2026-10-26T10:00', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(() => at('Europe/Berlin', '2026-10-26T10:00', '6 pm')).toThrow(RangeError);
  });
});

describe('the quiet hours around an instant', () => {
  it.each([
    ['2026-12-19T21:00', ['2026-12-19T21:00', '2026-12-20T08:00']],
    ['2026-12-20T07:59', ['2026-12-19T21:00', '2026-12-20T08:00']],
    ['2026-12-20T08:00', undefined],
    ['2026-12-19T20:59', undefined],
  ])('at %s', (at, expected) => {
    const found = quietAround(instant(at, SHANGHAI), SHANGHAI, NIGHT);
    expect(found && [found.from, found.to]).toEqual(expected?.map((local) => instant(local, SHANGHAI)));
  });

  it('within one day', () => {
    const noon = { from: '12:00', to: '14:00' };
    const at = (local: string) => quietAround(instant(local, SHANGHAI), SHANGHAI, noon);
    expect(at('2026-12-20T13:59')).toEqual({
      from: instant('2026-12-20T12:00', SHANGHAI),
      to: instant('2026-12-20T14:00', SHANGHAI),
    });
    expect(at('2026-12-20T12:00')).toBeDefined();
    expect(at('2026-12-20T11:59')).toBeUndefined();
    expect(at('2026-12-20T14:00')).toBeUndefined();
  });

  it('where there are none', () => {
    expect(quietAround('2026-12-20T00:00:00.000Z', SHANGHAI, undefined)).toBeUndefined();
    expect(quietAround('2026-12-20T00:00:00.000Z', SHANGHAI, { from: '08:00', to: '08:00' })).toBeUndefined();
  });

  it('that begin or end in a repeated hour take both of its passes in', () => {
    const night = { from: '02:30', to: '02:45' };
    expect(quietAround('2026-10-25T00:35:00.000Z', 'Europe/Berlin', night)).toEqual({
      from: '2026-10-25T00:30:00.000Z',
      to: '2026-10-25T01:45:00.000Z',
    });
    expect(wallClock('2026-03-29', '02:30', 'Europe/Berlin', 'last')).toBe('2026-03-29T01:00:00.000Z');
    expect(localDateOf(wallClock('2026-03-29', '00:00', 'Europe/Berlin', 'first'), 'Europe/Berlin')).toBe('2026-03-29');
  });
});

describe('a reminder that was made, when its site sends other ones', () => {
  const at = { dueAt: '2026-12-19T10:00:00.000Z', until: '2026-12-19T16:00:00.000Z' };
  const due = { status: 'due', attempts: 0, ...at } as const;
  const stopped = { ...due, status: 'void', reason: NOT_SENT_HERE } as const;

  it('that waits is moved where its time or its last moment is another, and left where neither is', () => {
    expect(reminderChange(due, at)).toBeUndefined();
    expect(reminderChange(due, { ...at, dueAt: '2026-12-19T11:30:00.000Z' })).toBe('move');
    expect(reminderChange(due, { ...at, until: '2026-12-19T15:00:00.000Z' })).toBe('move');
  });
  it('that waits is stopped where the site sends it no more, and brought back where it sends it again', () => {
    expect(reminderChange(due, undefined)).toBe('stop');
    expect(reminderChange(stopped, undefined)).toBeUndefined();
    expect(reminderChange(stopped, at)).toBe('move');
  });
  it('that was sent, stopped for another reason or is in a sender’s hands is left as it is', () => {
    for (const made of [
      { ...due, status: 'sent' as const },
      { ...due, status: 'claimed' as const },
      { ...due, status: 'withheld' as const, reason: 'muted' },
      { ...due, status: 'void' as const, reason: 'changed' },
      { ...due, attempts: 1 },
      { ...stopped, attempts: 1 },
      { ...stopped, status: 'uncertain' as const },
    ]) {
      expect(reminderChange(made, undefined), made.status).toBeUndefined();
      expect(reminderChange(made, { ...at, dueAt: '2026-12-19T11:30:00.000Z' }), made.status).toBeUndefined();
    }
  });
});
