import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/contract/problem.ts';
import type { AuditItem, BookingItem, JobItem, SiteItem, SlotItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

type Settings = {
  phone: string;
  cutoffMinutes: number;
  reminders: { dayBeforeAt?: string; minutesBefore?: number };
  usedHoldMinutes?: number;
  version: number;
};
type Body = Partial<Settings> & Record<string, unknown>;

// In Shanghai it is ten in the morning of 23 November.
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const READ = 'GET /api/donations/settings/{siteId}';
const WRITE = 'PUT /api/donations/settings/{siteId}';
const FIRST = {
  version: 0,
  phone: '021 1234 5678',
  cutoffMinutes: 120,
  reminders: { dayBeforeAt: '18:00', minutesBefore: 120 },
} as const;
const MINUTE = 60_000;

const read = async () =>
  (await station.call<Settings & { deployment: unknown }>('donations', READ, { params: { siteId: 'central' } })).body;
const write = async (body: Body, more: { key?: string; as?: string; language?: string; siteId?: string } = {}) =>
  await station.call<Settings & Problem>('donations', WRITE, {
    as: more.as ?? station.staff,
    params: { siteId: more.siteId ?? 'central' },
    body: { ...FIRST, ...body },
    ...(more.key && { key: more.key }),
    ...(more.language && { headers: { 'accept-language': more.language } }),
  });
const stored = async (siteId = 'central') =>
  (await station.store.get<SiteItem>(keys.site(siteId), { consistent: true })) as SiteItem;

/** The ticks of the minutes that follow. */
async function minutes(count: number) {
  for (let n = 0; n < count; n += 1) await station.later(MINUTE);
}
async function bookedFor(date: string, time: string) {
  const slot = await aSlot(station.store, { date, time });
  const donor = await aPerson(station.store);
  const { body, status } = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
    as: donor,
    body: { slotId: slot.slotId },
  });
  expect(status).toBe(201);
  await station.settle();
  return { donor, bookingId: body.bookingId, slotId: slot.slotId };
}
const reminders = async (donor: string) =>
  (await station.messagesOf(donor))
    .filter(({ template }) => template === 'donation-day-before' || template === 'donation-soon')
    .map(({ template, status, dueAt, reason = '' }) =>
      `${template.slice('donation-'.length)} ${status} ${dueAt.slice(5, 16)} ${reason}`.trim(),
    )
    .toSorted();

describe('the settings of a site', () => {
  it('are read as they are in force, with what the deployment decides beside them', async () => {
    expect(await read()).toEqual({
      siteId: 'central',
      zone: 'Asia/Shanghai',
      phone: '+862112345678',
      cutoffMinutes: 120,
      reminders: { dayBeforeAt: '18:00', minutesBefore: 120 },
      version: 0,
      deployment: { usedHoldSeconds: 1800, quiet: { from: '21:00', to: '08:00' } },
    });
  });

  it('are written as they are typed, and the rest of the site stays as it is', async () => {
    const before = await stored();
    const { status, body } = await write({
      phone: '400-000-0102',
      cutoffMinutes: 240,
      reminders: { minutesBefore: 180 },
      usedHoldMinutes: 60,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      phone: '+864000000102',
      cutoffMinutes: 240,
      reminders: { minutesBefore: 180 },
      usedHoldMinutes: 60,
      version: 1,
    });
    expect(body.reminders).toEqual({ minutesBefore: 180 });
    expect(await stored()).toEqual({
      ...before,
      phone: '+864000000102',
      cutoffMinutes: 240,
      reminders: { minutesBefore: 180 },
      usedHoldMinutes: 60,
      settingsAt: '2026-11-23T02:00:00.000Z',
      accepted: [expect.anything()],
      version: 1,
    });
    const { usedHoldMinutes: _, ...rest } = await stored();
    expect((await write({ version: 1, phone: '+864000000102' })).status).toBe(200);
    expect(await stored()).toEqual({
      ...rest,
      ...FIRST,
      phone: '+864000000102',
      accepted: expect.anything(),
      version: 2,
    });
  });

  it('are written once, however often that is asked for, and by whoever was first', async () => {
    const answers = await Promise.all([60, 90, 180].map(async (cutoffMinutes) => await write({ cutoffMinutes })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('changed-meanwhile');
    const version = 1;
    expect((await write({ version, cutoffMinutes: 30 }, { key: 'one-key-for-it' })).body.version).toBe(2);
    expect((await write({ version, cutoffMinutes: 30 }, { key: 'one-key-for-it' })).body.version).toBe(2);
    expect((await write({ version, cutoffMinutes: 31 }, { key: 'one-key-for-it' })).body.code).toBe(
      'idempotency-key-reused',
    );
    expect((await stored()).cutoffMinutes).toBe(30);
  });

  it('are recorded when they change: who did it, and each that is other than before', async () => {
    await write({ cutoffMinutes: 60, reminders: { dayBeforeAt: '18:00' }, usedHoldMinutes: 45 });
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    expect(items).toEqual([
      expect.objectContaining({
        by: station.staff,
        action: 'site-changed',
        change: {
          cutoffMinutesFrom: 120,
          cutoffMinutesTo: 60,
          minutesBeforeFrom: 120,
          minutesBeforeTo: 'none',
          usedHoldMinutesFrom: 'none',
          usedHoldMinutesTo: 45,
        },
      }),
    ]);
  });

  it('are refused where something is wrong, each with its field, and nobody else’s are touched', async () => {
    const wrong = async (body: Body, language = 'en') => {
      const { status, body: answer } = await write(body, { language });
      return [status, ...(answer.errors ?? []).map(({ path, message }) => `${path} ${message}`)];
    };
    expect(await wrong({ phone: '12345' })).toEqual([400, 'phone is not a number that can be called']);
    expect(await wrong({ phone: '12345' }, 'zh')).toEqual([400, 'phone 不是可以拨打的电话号码']);
    expect(await wrong({ cutoffMinutes: 10_081 })).toEqual([400, 'cutoffMinutes is too large']);
    expect(await wrong({ cutoffMinutes: -1 })).toEqual([400, 'cutoffMinutes is too small']);
    expect(await wrong({ reminders: { dayBeforeAt: '24:00' } })).toEqual([
      400,
      'reminders.dayBeforeAt is not in the right form',
    ]);
    expect(await wrong({ reminders: { minutesBefore: 29 } })).toEqual([400, 'reminders.minutesBefore is too small']);
    expect(await wrong({ usedHoldMinutes: 4 })).toEqual([400, 'usedHoldMinutes is too small']);
    expect(await wrong({ quiet: 'off' })).toEqual([400, 'quiet is not a known field']);
    await aSite(station.store, { siteId: 'other' });
    expect((await write({}, { siteId: 'other' })).status).toBe(403);
    expect((await write({}, { as: await aPerson(station.store) })).status).toBe(403);
    expect((await stored()).version).toBeUndefined();
  });
});

describe('reminders of those who have booked already', () => {
  it('come when the site says now, within minutes; those it sends no more do not, and those it sends anew do', async () => {
    const { donor } = await bookedFor('2026-11-25', '1400');
    const before = ['day-before due 11-24T10:00', 'soon due 11-25T04:00'];
    expect(await reminders(donor)).toEqual(before);
    await write({ reminders: { dayBeforeAt: '19:30' } });
    await minutes(1);
    expect(await reminders(donor)).toEqual(before);
    await minutes(5);
    expect(await reminders(donor)).toEqual(['day-before due 11-24T11:30', 'soon void 11-25T04:00 site-settings']);
    await write({ version: 1, reminders: { minutesBefore: 60 } });
    await minutes(6);
    expect(await reminders(donor)).toEqual(['day-before void 11-24T11:30 site-settings', 'soon due 11-25T05:00']);
  });

  it('are said in the ledger not to be sent by the site any more', async () => {
    const { donor } = await bookedFor('2026-11-25', '1400');
    await write({ reminders: {} });
    await minutes(6);
    const ledger = await station.call<{ items: { template: string; standing: string; why?: string }[] }>(
      'me',
      'GET /api/me/messages',
      { as: donor },
    );
    expect(ledger.body.items.filter(({ template }) => template.startsWith('donation-')).map(({ why }) => why)).toEqual(
      expect.arrayContaining(['site', 'site']),
    );
  });

  it('whose new time has passed but who are not there yet are told at once, and who was told is not told again', async () => {
    const { donor } = await bookedFor('2026-11-24', '1400');
    station.world.set('2026-11-23T08:00:00.000Z');
    await station.settle();
    await write({ reminders: { dayBeforeAt: '15:00', minutesBefore: 120 } });
    await minutes(8);
    expect(await reminders(donor)).toEqual([
      expect.stringMatching(/^day-before sent 11-23T08:/),
      'soon due 11-24T04:00',
    ]);
    await write({ version: 1, reminders: { dayBeforeAt: '19:00', minutesBefore: 120 } });
    await minutes(8);
    expect(await reminders(donor)).toEqual([
      expect.stringMatching(/^day-before sent 11-23T08:/),
      'soon due 11-24T04:00',
    ]);
  });

  it('of a booking that was given up stay stopped', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
      as: donor,
      params: { bookingId },
      body: {},
    });
    await station.settle();
    await write({ reminders: { dayBeforeAt: '19:30', minutesBefore: 60 } });
    await minutes(6);
    expect(await reminders(donor)).toEqual(['day-before void 11-24T10:00 changed', 'soon void 11-25T04:00 changed']);
  });

  it('are brought in line date by date, from where a run stopped, and anew after another change', async () => {
    const near = await bookedFor('2026-11-25', '1400');
    const far = await bookedFor('2026-12-20', '1400');
    await write({ reminders: { minutesBefore: 60 } });
    await minutes(3);
    expect(await reminders(near.donor)).toContain('soon due 11-25T05:00');
    expect(await reminders(far.donor)).toContain('soon due 12-20T04:00');
    await write({ version: 1, reminders: { minutesBefore: 90 } });
    await minutes(8);
    expect(await reminders(near.donor)).toContain('soon due 11-25T04:30');
    expect(await reminders(far.donor)).toContain('soon due 12-20T04:30');
    const job = await station.store.get<JobItem>(keys.job('settings.central'), { consistent: true });
    expect(job?.watermark).toBe('2 ~');
  });
});

describe('the cut-off', () => {
  it('holds for what is booked from then on; who booked before keeps what they were told', async () => {
    const { donor, bookingId } = await bookedFor('2026-11-25', '1400');
    const { slotId } = await aSlot(station.store, { date: '2026-11-25', time: '1500', places: 2 });
    await write({ cutoffMinutes: 24 * 60 });
    await minutes(6);
    const slot = await station.store.get<SlotItem>(keys.slot(slotId), { consistent: true });
    expect(slot).toMatchObject({ cutoffMinutes: 24 * 60, version: 1 });
    const booking = await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true });
    expect(booking?.cutoffMinutes).toBe(120);
    const later = await aPerson(station.store);
    const made = await station.call<{ changeableUntil: string; bookingId: string }>('bookings', 'POST /api/bookings', {
      as: later,
      body: { slotId },
    });
    expect(made.body.changeableUntil).toBe('2026-11-24T07:00:00.000Z');
    station.world.set('2026-11-25T03:00:00.000Z');
    const cancel = async (as: string, id: string) =>
      (
        await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
          as,
          params: { bookingId: id },
          body: {},
        })
      ).status;
    expect(await cancel(later, made.body.bookingId)).toBe(409);
    expect(await cancel(donor, bookingId)).toBe(200);
  });
});

describe('the hold of the text about a use', () => {
  it('is the site’s from the next use on', async () => {
    const first = await station.issued();
    await station.use(first.din, 'wb-rc');
    await station.settle();
    await write({ usedHoldMinutes: 90 });
    await minutes(2);
    const second = await station.issued();
    await station.use(second.din, 'wb-rc');
    await station.settle();
    const due = async (donor: string, din: string) =>
      (await station.message(donor, `blood-used.${din}.once`))?.dueAt.slice(11, 16);
    expect(await due(first.donor, first.din)).toBe('02:30');
    expect(await due(second.donor, second.din)).toBe('03:32');
  });
});
