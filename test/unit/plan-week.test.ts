import { describe, expect, it } from 'vitest';
import { placesOf, planDay, type StandingSlot, weekFaults } from '../../shared/domain/plan-week.ts';
import { hoursOn, type SiteSchedule, siteDay } from '../../shared/domain/site-schedule.ts';
import type { OpeningHours, PlannedSlot } from '../../shared/domain/weekly-hours.ts';

const NOW = '2026-11-23T02:00:00.000Z'; // Monday, 10:00 in Shanghai
const at = (time: string): string => new Date(`2026-11-24T${time}:00.000+08:00`).toISOString();
const planned = (from: string, to: string, more: Partial<PlannedSlot> = {}): PlannedSlot => ({
  procedure: 'whole-blood',
  places: 4,
  startsAt: at(from),
  endsAt: at(to),
  time: from.replace(':', ''),
  ...more,
});
const standing = (from: string, to: string, more: Partial<StandingSlot> = {}): StandingSlot => ({
  ...planned(from, to),
  taken: 0,
  waited: false,
  status: 'open',
  ...more,
});

describe('a day under a week', () => {
  it('keeps what stands and is of it, adds what is missing, and takes away what is nobody’s', () => {
    const [nine, ten] = [standing('09:00', '10:00', { taken: 2 }), standing('10:00', '11:00')];
    const eleven = planned('11:00', '12:00');
    expect(planDay([planned('09:00', '10:00'), eleven], [nine, ten], NOW)).toEqual({
      added: [eleven],
      stays: [nine],
      goes: [ten],
      toClose: [],
      toCut: [],
      blocked: [],
    });
  });

  it('leaves what somebody holds or waits for to a closure, and what the week has at that time waits', () => {
    const held = standing('09:00', '10:00', { taken: 1 });
    const waited = standing('13:00', '14:00', { waited: true });
    const shorter = [planned('09:00', '09:45'), planned('09:45', '10:30'), planned('10:30', '11:15')];
    const change = planDay(shorter, [held, waited], NOW);
    expect(change.toClose).toEqual([held, waited]);
    expect(change.goes).toEqual([]);
    expect(change.blocked).toEqual(shorter.slice(0, 2));
    expect(change.added).toEqual(shorter.slice(2));
  });

  it('is in nobody’s way with another procedure, nor right before or after', () => {
    const held = standing('10:00', '11:00', { taken: 1, procedure: 'platelets' });
    const wanted = [planned('10:00', '11:00')];
    expect(planDay(wanted, [held], NOW)).toMatchObject({ added: wanted, blocked: [], toClose: [held] });
    const own = standing('10:00', '11:00', { taken: 1 });
    const around = [planned('09:00', '10:00'), planned('11:00', '12:00')];
    expect(planDay(around, [own], NOW)).toMatchObject({ added: around, blocked: [] });
  });

  it('replaces a slot of another length at once where it is nobody’s', () => {
    const hour = standing('09:00', '10:00');
    const shorter = planned('09:00', '09:45');
    expect(planDay([shorter], [hour], NOW)).toMatchObject({ added: [shorter], goes: [hour], blocked: [] });
    const closed = standing('09:00', '10:00', { status: 'closed' });
    expect(planDay([shorter], [closed], NOW)).toMatchObject({ added: [shorter], goes: [closed] });
  });

  it('touches nothing that a job is at, and nothing that has begun', () => {
    for (const status of ['closing', 'settling'] as const) {
      const busy = standing('09:00', '10:00', { status });
      expect(planDay([], [busy], NOW)).toMatchObject({ goes: [], toClose: [busy] });
    }
    const now = at('09:00');
    const nothing = { added: [], stays: [], goes: [], toClose: [], toCut: [], blocked: [] };
    expect(planDay([planned('09:00', '10:00')], [standing('09:00', '10:00')], now)).toEqual(nothing);
    expect(planDay([], [standing('09:00', '10:00', { taken: 1 })], now)).toEqual(nothing);
  });

  it('says where fewer places are wanted than stand, and leaves more to the desk', () => {
    const nine = standing('09:00', '10:00', { places: 6, taken: 5 });
    expect(planDay([planned('09:00', '10:00')], [nine], NOW).toCut).toEqual([{ slot: nine, places: 4 }]);
    for (const slot of [
      standing('09:00', '10:00', { places: 3 }),
      standing('09:00', '10:00'),
      standing('09:00', '10:00', { places: 6, status: 'closed' }),
    ]) {
      expect(planDay([planned('09:00', '10:00')], [slot], NOW)).toMatchObject({ toCut: [], stays: [slot], added: [] });
    }
  });

  it('counts the places that can be booked, before and after', () => {
    const slots = [
      standing('09:00', '10:00', { taken: 4 }),
      standing('10:00', '11:00'),
      standing('11:00', '12:00', { status: 'closed' }),
    ];
    const change = planDay([planned('09:00', '10:00'), planned('12:00', '13:00', { places: 9 })], slots, NOW);
    expect(placesOf(slots, change, NOW)).toEqual({ before: 8, after: 13 });
    expect(placesOf(slots, change, at('09:00'))).toEqual({ before: 4, after: 9 });
  });
});

const hours = (more: Partial<OpeningHours> = {}): OpeningHours => ({
  weekday: 2,
  from: '09:00',
  to: '12:00',
  slotMinutes: 60,
  places: 4,
  procedure: 'whole-blood',
  ...more,
});
const week = (more: Partial<SiteSchedule> = {}): SiteSchedule => ({
  effectiveFrom: '2026-11-24',
  hours: [hours()],
  closedOn: [],
  stops: [],
  ...more,
});

describe('a date with hours of its own', () => {
  const own = week({ otherHours: [{ on: '2026-11-24', hours: [{ ...hours({ from: '13:00', to: '15:00' }) }] }] });
  const times = (schedule: SiteSchedule, date: string) =>
    siteDay([schedule], date, 'Asia/Shanghai').slots.map(({ time }) => time);
  it('has those, whatever its weekday has', () => {
    expect(times(own, '2026-11-24')).toEqual(['1300', '1400']);
    expect(times(own, '2026-12-01')).toEqual(['0900', '1000', '1100']);
    expect(times({ ...own, otherHours: [{ on: '2026-11-24', hours: [] }] }, '2026-11-24')).toEqual([]);
    expect(times({ ...own, otherHours: [{ on: '2026-11-25', hours: [hours()] }] }, '2026-11-25')).toHaveLength(3);
  });
  it('has none where it is closed all the same', () => {
    const closed = { ...own, closedOn: ['2026-11-24'] };
    expect(hoursOn(closed, '2026-11-24')).toEqual([]);
    expect(times(closed, '2026-11-24')).toEqual([]);
  });
});

describe('a week that cannot be', () => {
  const faults = (more: Partial<SiteSchedule>, site: Partial<Parameters<typeof weekFaults>[1]> = {}) =>
    weekFaults(week(more), { procedures: ['whole-blood'], today: '2026-11-23', isNew: true, ...site }).map(
      ({ path, why }) => `${path} ${why}`,
    );

  it('is told field by field', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ hours: [hours({ to: '09:59' })] })).toEqual(['hours.0.to too-early']);
    expect(faults({ hours: [hours({ to: '10:00' })] })).toEqual([]);
    expect(faults({ hours: [hours({ to: '24:00' })] })).toEqual([]);
    expect(faults({ hours: [hours({ from: '24:00', to: '24:00' })] })).toContain('hours.0.from malformed');
    expect(faults({ hours: [hours({ to: '25:00' })] })).toEqual(['hours.0.to malformed']);
    expect(faults({ hours: [hours({ from: '9 o’clock' })] })).toContain('hours.0.from malformed');
    expect(faults({ hours: [hours({ from: 'x09:00' })] })).toContain('hours.0.from malformed');
    expect(faults({ hours: [hours({ to: '12:00x' })] })).toContain('hours.0.to malformed');
    expect(faults({ hours: [hours({ slotMinutes: 4 })] })).toEqual(['hours.0.slotMinutes too-small']);
    expect(faults({ hours: [hours({ slotMinutes: 5 })] })).toEqual([]);
    expect(faults({ hours: [hours({ slotMinutes: 7.5 })] })).toEqual(['hours.0.slotMinutes too-small']);
    expect(faults({ hours: [hours({ slotMinutes: 480, to: '20:00' })] })).toEqual([]);
    expect(faults({ hours: [hours({ slotMinutes: 481, to: '20:00' })] })).toEqual(['hours.0.slotMinutes too-big']);
    expect(faults({ hours: [hours({ places: 0 })] })).toEqual(['hours.0.places too-small']);
    expect(faults({ hours: [hours({ places: 1.5 })] })).toEqual(['hours.0.places too-small']);
    expect(faults({ hours: [hours({ places: 1 })] })).toEqual([]);
    expect(faults({ hours: [hours({ places: 500 })] })).toEqual([]);
    expect(faults({ hours: [hours({ from: '09:30', to: '10:29' })] })).toEqual(['hours.0.to too-early']);
    expect(faults({ hours: [hours({ from: '09:30', to: '10:30' })] })).toEqual([]);
    expect(faults({ hours: [hours({ places: 501 })] })).toEqual(['hours.0.places too-big']);
    expect(faults({ hours: [hours({ procedure: 'platelets' })] })).toEqual(['hours.0.procedure not-allowed']);
  });
  it('takes nobody twice into one chair', () => {
    const twice = [hours(), hours({ from: '11:00', to: '13:00' })];
    expect(faults({ hours: twice })).toEqual(['hours.1.from repeated']);
    expect(faults({ hours: [hours(), hours({ from: '08:00', to: '09:00' })] })).toEqual([]);
    expect(faults({ hours: [hours(), hours({ from: '12:00', to: '13:00' })] })).toEqual([]);
    expect(faults({ hours: [hours(), hours({ weekday: 3 })] })).toEqual([]);
    const both = [hours(), hours({ procedure: 'platelets' })];
    expect(faults({ hours: both }, { procedures: ['whole-blood', 'platelets'] })).toEqual([]);
  });
  it('begins today or later where it is new, and ends no earlier than it begins', () => {
    expect(faults({ effectiveFrom: '2026-11-22' })).toEqual(['effectiveFrom too-early']);
    expect(faults({ effectiveFrom: '2026-11-23' })).toEqual([]);
    expect(faults({ effectiveFrom: '2026-01-01' }, { isNew: false })).toEqual([]);
    expect(faults({ effectiveTo: '2026-11-23' })).toEqual(['effectiveTo too-early']);
    expect(faults({ effectiveTo: '2026-11-24' })).toEqual([]);
  });
  it('says of a date one thing', () => {
    const on = (date: string, own = [hours()]) => ({ on: date, hours: own });
    expect(faults({ otherHours: [on('2026-12-01'), on('2026-12-02')] })).toEqual([]);
    expect(faults({ otherHours: [on('2026-12-01'), on('2026-12-01')] })).toEqual(['otherHours.1.on repeated']);
    expect(faults({ otherHours: [on('2026-12-01')], closedOn: ['2026-12-01'] })).toEqual(['otherHours.0.on repeated']);
    expect(faults({ otherHours: [on('2026-12-01', [hours(), hours()])] })).toEqual([
      'otherHours.0.hours.1.from repeated',
    ]);
    expect(faults({ otherHours: [on('2026-12-01', [hours({ places: 0 })])] })).toEqual([
      'otherHours.0.hours.0.places too-small',
    ]);
  });
});
