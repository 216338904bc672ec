import { beforeEach, describe, expect, it } from 'vitest';
import { announceDeps } from '../../functions/events/announce/deps.ts';
import { announceBooking } from '../../functions/events/common/announce-booking.ts';
import { keepReminders } from '../../functions/events/common/booking-reminders.ts';
import { createBookings } from '../../shared/store/bookings.ts';
import type { BookingItem, JobItem, MessageItem, ProfileItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

// In Shanghai it is ten in the morning of 23 November.
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const MUTE = ['donation-day-before', 'donation-soon'] as const;

async function bookedFor(date: string, time: string, person: Parameters<typeof aPerson>[1] = {}) {
  const slot = await aSlot(station.store, { date, time });
  const donor = await aPerson(station.store, person);
  const { body } = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
    as: donor,
    body: { slotId: slot.slotId },
  });
  return { donor, bookingId: body.bookingId };
}
const cancel = async (as: string, bookingId: string) =>
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', { as, params: { bookingId }, body: {} });
const move = async (as: string, bookingId: string, date: string, time: string) => {
  const slot = await aSlot(station.store, { date, time });
  return await station.call('bookings', 'POST /api/bookings/{bookingId}/reschedule', {
    as,
    params: { bookingId },
    body: { slotId: slot.slotId },
  });
};
const edit = async (personId: string, change: Partial<ProfileItem>) => {
  const before = await station.store.get<ProfileItem>(keys.profile(personId), { consistent: true });
  if (!before) throw new Error('nobody');
  await station.store.put({
    Item: { ...keys.profile(personId), ...before, ...change, version: before.version + 1 },
  });
};

/** The tick of an instant, as if there had been one each minute before. */
async function at(instant: string) {
  station.world.set(instant);
  const job = await station.store.get<JobItem>(keys.job('due'), { consistent: true });
  const watermark = new Date(Date.parse(instant) - 5 * 60_000).toISOString().slice(0, 16);
  const item: JobItem = { kind: 'job', name: 'due', watermark, version: (job?.version ?? 0) + 1 };
  await station.store.put({ Item: { ...keys.job('due'), ...item } });
  await station.tick();
  await station.settle();
}
const reminders = async (donor: string) =>
  (await station.messagesOf(donor))
    .filter(({ template }) => template.endsWith('-day-before') || template.endsWith('-soon'))
    .map(
      ({ messageId, status, dueAt }) =>
        `${messageId.replace(donor, '').replace(/_\w+/, '')} ${status} ${dueAt.slice(5, 16)}`,
    )
    .toSorted();
const waiting = async (donor: string): Promise<MessageItem[]> =>
  (await station.messagesOf(donor)).filter(({ gsi2pk }) => gsi2pk !== undefined);

describe('somebody who has booked', () => {
  it('is reminded the evening before and two hours before, in their language', async () => {
    const { donor } = await bookedFor('2026-11-25', '1400', { language: 'en' });
    await station.settle();
    expect(await station.textsTo(donor)).toHaveLength(1);
    await at('2026-11-24T09:59:00.000Z');
    expect(await station.textsTo(donor)).toHaveLength(1);
    await at('2026-11-24T10:00:30.000Z');
    expect((await station.textsTo(donor)).at(-1)).toBe(
      'Reminder: you are booked to give blood on 25 Nov 14:00 at Place. Please eat well and bring your ID card. https://nuanliu.example/bookings',
    );
    await at('2026-11-25T04:00:30.000Z');
    expect(await station.textsTo(donor)).toHaveLength(3);
    expect((await station.textsTo(donor)).at(-1)).toMatch(/^See you soon: blood donation on 25 Nov 14:00 at Place\./);
    await at('2026-11-25T05:00:00.000Z');
    expect(await station.textsTo(donor)).toHaveLength(3);
  });

  it('for a shift is reminded of it with its role', async () => {
    const slot = await aSlot(station.store, {
      containerId: 'fair',
      date: '2026-11-28',
      time: '1400',
      shift: 'morning',
    });
    const helper = await aPerson(station.store);
    await station.call('bookings', 'POST /api/bookings', { as: helper, body: { slotId: slot.slotId } });
    await station.settle();
    await at('2026-11-27T10:00:30.000Z');
    await at('2026-11-28T04:00:30.000Z');
    expect((await station.textsTo(helper)).slice(1)).toEqual([
      expect.stringContaining('提醒：您已报名11月28日14:00“Place”（Helper）'),
      expect.stringContaining('期待与您相见：11月28日14:00“Place”（Helper）'),
    ]);
  });

  it('on the day itself has the one of two hours before, or none when it is closer than three', async () => {
    const near = await bookedFor('2026-11-23', '1300');
    const nearer = await bookedFor('2026-11-23', '1259');
    await station.settle();
    expect(await reminders(near.donor)).toEqual(['donation-soon..1 due 11-23T03:00']);
    expect(await reminders(nearer.donor)).toEqual([]);
  });

  it('is reminded as the site has chosen, from what is booked after the choice', async () => {
    await aSite(station.store, { reminders: { dayBeforeAt: '12:30' } });
    const { donor } = await bookedFor('2026-11-25', '1400');
    await station.settle();
    expect(await reminders(donor)).toEqual(['donation-day-before..1 due 11-24T04:30']);
    await aSite(station.store, { reminders: {} });
    station.world.advance(61_000);
    const other = await bookedFor('2026-11-25', '1500');
    await station.settle();
    expect(await reminders(other.donor)).toEqual([]);
  });

  it('and does not want reminders has none of them, but the rest', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await edit(donor, { mutedTemplates: [...MUTE] });
    await station.settle();
    await at('2026-11-24T10:00:30.000Z');
    expect(await station.textsTo(donor)).toHaveLength(1);
    expect(await station.message(donor, `donation-day-before.${bookingId}.1`)).toMatchObject({
      status: 'withheld',
      reason: 'muted',
    });
    await edit(donor, { mutedTemplates: [] });
    await at('2026-11-25T04:00:30.000Z');
    expect(await station.textsTo(donor)).toHaveLength(2);
  });
});

describe('a booking that changes', () => {
  it('when it is cancelled takes its reminders with it, and leaves nothing waiting', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await station.settle();
    expect(await waiting(donor)).toHaveLength(2);
    await cancel(donor, bookingId);
    await station.settle();
    expect(await waiting(donor)).toEqual([]);
    expect(await station.message(donor, `donation-soon.${bookingId}.1`)).toMatchObject({
      status: 'void',
      reason: 'changed',
      gsi1sk: expect.stringMatching(/^2026-11-23T/),
    });
    await at('2026-11-24T10:00:30.000Z');
    await at('2026-11-25T04:00:30.000Z');
    expect(await station.textsTo(donor)).toHaveLength(2);
  });

  it('when it is moved is reminded of where it is now, and of nothing else', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await station.settle();
    await move(donor, bookingId, '2026-11-27', '1500');
    await move(donor, bookingId, '2026-11-28', '1600');
    await station.settle();
    expect(await reminders(donor)).toEqual([
      'donation-day-before..1 void 11-24T10:00',
      'donation-day-before..3 due 11-27T10:00',
      'donation-soon..1 void 11-25T04:00',
      'donation-soon..3 due 11-28T06:00',
    ]);
    for (const instant of ['2026-11-24T10:00:30.000Z', '2026-11-25T04:00:30.000Z', '2026-11-26T10:00:30.000Z']) {
      await at(instant);
    }
    expect(await station.textsTo(donor)).toHaveLength(2);
    await at('2026-11-27T10:00:30.000Z');
    expect((await station.textsTo(donor)).at(-1)).toContain('11月28日16:00');
  });

  it('after its reminder was queued is not reminded of: the claim sees it first', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await station.settle();
    station.world.set('2026-11-24T10:00:30.000Z');
    await station.send([{ personId: donor, messageId: `donation-day-before.${bookingId}.1` }]);
    expect(await station.textsTo(donor)).toHaveLength(2);
    station.world.set('2026-11-25T02:00:00.000Z');
    await move(donor, bookingId, '2026-11-29', '1500');
    station.world.set('2026-11-25T04:00:30.000Z');
    // The stream stands still: only the claim's check of the version is between.
    await station.send([{ personId: donor, messageId: `donation-soon.${bookingId}.1` }]);
    expect(await station.textsTo(donor)).toHaveLength(2);
    expect(await station.message(donor, `donation-soon.${bookingId}.1`)).toMatchObject({ status: 'void', attempts: 0 });
  });

  it('when its person has come is reminded of no more', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-24', '1400');
    await station.settle();
    station.world.set('2026-11-24T03:30:00.000Z');
    await station.checkIn(bookingId);
    await station.settle();
    expect(await station.message(donor, `donation-soon.${bookingId}.1`)).toMatchObject({ status: 'void' });
    await at('2026-11-24T04:00:30.000Z');
    expect((await station.textsTo(donor)).filter((text) => text.includes('期待'))).toEqual([]);
  });

  it('while its reminder is being made leaves none waiting', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    const seen = (await createBookings(station.store).get(bookingId)) as BookingItem;
    await cancel(donor, bookingId);
    await station.settle();
    expect(await reminders(donor)).toEqual([]);
    // Another run of the consumer read the booking before it was cancelled, and writes only now.
    await keepReminders(announcer(), seen, seen.changedAt);
    expect(await reminders(donor)).toHaveLength(2);
    expect(await waiting(donor)).toEqual([]);
  });
});

const announcer = (store = station.store) =>
  announceDeps(store, station.world, {
    queue: async () => {},
    publicUrl: 'https://nuanliu.example',
    usedHoldSeconds: 0,
    quiet: { from: '21:00', to: '08:00' },
  });

describe('the stream', () => {
  it('that is replayed, reversed and doubled makes no other reminder', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await move(donor, bookingId, '2026-11-27', '1500');
    await station.settle();
    const before = await station.messagesOf(donor);
    await station.announce(station.seen.toReversed());
    await station.announce([...station.seen, ...station.seen]);
    await station.settle();
    expect(await station.messagesOf(donor)).toEqual(before);
    expect(await reminders(donor)).toEqual([
      'donation-day-before..2 due 11-26T10:00',
      'donation-soon..2 due 11-27T05:00',
    ]);
  });

  it('whose consumer dies between the confirmation and the reminders makes them when the record comes again', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    const dying: typeof station.store = {
      ...station.store,
      put: async (input) => {
        if (String(input.Item?.['messageId']).startsWith('donation-soon')) throw new Error('killed');
        await station.store.put(input);
      },
    };
    await expect(announceBooking(announcer(dying), bookingId)).rejects.toThrow('killed');
    expect(await reminders(donor)).not.toContain('donation-soon..1 due 11-25T04:00');
    await station.settle();
    expect(await reminders(donor)).toEqual([
      'donation-day-before..1 due 11-24T10:00',
      'donation-soon..1 due 11-25T04:00',
    ]);
  });

  it('whose records are lost is made good for at night', async () => {
    await station.tick();
    const half = await bookedFor('2026-12-01', '1500');
    await station.settle();
    const key = keys.message(half.donor, `donation-soon.${half.bookingId}.1`);
    await station.store.transact([{ Delete: { Key: key } }]);
    const { donor } = await bookedFor('2026-12-01', '1501');
    await station.read();
    await at('2026-11-23T18:30:00.000Z');
    for (let n = 0; n < 3; n += 1) await station.later(60_000);
    for (const [each, soon] of [
      [half.donor, '05:00'],
      [donor, '05:01'],
    ] as const) {
      expect(await reminders(each)).toEqual([
        'donation-day-before..1 due 11-30T10:00',
        `donation-soon..1 due 12-01T${soon}`,
      ]);
    }
  });

  it('that halted for the evening’s hour does not tell of the booking and remind of it at once', async () => {
    const { donor } = await bookedFor('2026-11-24', '1400');
    station.world.set('2026-11-23T10:30:00.000Z');
    await station.settle();
    expect(await station.textsTo(donor)).toHaveLength(1);
    expect(await reminders(donor)).toEqual(['donation-soon..1 due 11-24T04:00']);
  });
});

describe('a reminder that nobody could send in time', () => {
  it('is not sent when the night has begun, nor when the morning would be too late', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await station.settle();
    station.world.set('2026-11-24T13:30:00.000Z');
    await station.send([{ personId: donor, messageId: `donation-day-before.${bookingId}.1` }]);
    expect(await station.message(donor, `donation-day-before.${bookingId}.1`)).toMatchObject({
      status: 'void',
      reason: 'quiet-hours',
    });
    station.world.set('2026-11-25T05:31:00.000Z');
    await station.send([{ personId: donor, messageId: `donation-soon.${bookingId}.1` }]);
    expect(await station.message(donor, `donation-soon.${bookingId}.1`)).toMatchObject({
      status: 'void',
      reason: 'too-late',
    });
    expect(await station.textsTo(donor)).toHaveLength(1);
  });

  it('is for staff to see when an attempt may have arrived', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await station.settle();
    station.network.send = async () => {
      throw new Error('timeout');
    };
    const messageId = `donation-soon.${bookingId}.1`;
    station.world.set('2026-11-25T05:29:40.000Z');
    await station.send([{ personId: donor, messageId }]);
    expect(await station.message(donor, messageId)).toMatchObject({ status: 'due', unsure: true });
    station.world.set('2026-11-25T05:30:30.000Z');
    await station.send([{ personId: donor, messageId }]);
    expect(await station.message(donor, messageId)).toMatchObject({
      status: 'uncertain',
      reason: 'too-late',
      attempts: 1,
    });
  });
});
