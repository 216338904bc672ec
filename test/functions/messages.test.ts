import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { SendError } from '../../shared/notify/sms.ts';
import { createSnsSender } from '../../shared/notify/sns.ts';
import type { JobItem, ProfileItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

type Problems = { items: { personId: string; messageId: string; status: string; reason?: string }[] };

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const problems = async (as = station.staff) =>
  (await station.call<Problems>('messages', 'GET /api/messages/problems', { as })).body.items;
const resend = async (body: { personId: string; messageId: string }, key?: string, as = station.staff) =>
  await station.call<{ status: string }>('messages', 'POST /api/messages/problems/resend', {
    as,
    body,
    ...(key && { key }),
  });
const cancel = async (as: string, bookingId: string) =>
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', { as, params: { bookingId }, body: {} });

const RETRY = 31_000;
const LEASE = 61_000;

describe('a booking', () => {
  it('is confirmed by one text, in the person’s language, with a link that only opens a page', async () => {
    const { donor } = await station.booked({ language: 'en' });
    await station.settle();
    expect(await station.textsTo(donor)).toEqual([
      expect.stringMatching(
        /^You are booked to give blood on 23 Nov 12:\d\d at Place\. .* https:\/\/nuanliu\.example\/bookings$/,
      ),
    ]);
  });

  it('that was cancelled before its text was sent is only told of as cancelled', async () => {
    const { donor, bookingId } = await station.booked();
    await station.announce(await station.read());
    const [first] = station.queued;
    expect(first).toBeUndefined();
    await cancel(donor, bookingId);
    await station.settle();
    const texts = await station.textsTo(donor);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('您已取消');
    expect(await station.message(donor, `donation-booked.${bookingId}.1`)).toMatchObject({
      status: 'void',
      reason: 'changed',
      attempts: 0,
    });
  });

  it('that was moved is told of where it is now', async () => {
    const { donor, bookingId } = await station.booked();
    await station.settle();
    const slot = await aSlot(station.store, { date: '2026-11-25', time: '1500' });
    await station.call('bookings', 'POST /api/bookings/{bookingId}/reschedule', {
      as: donor,
      params: { bookingId },
      body: { slotId: slot.slotId },
    });
    await station.settle();
    expect((await station.textsTo(donor)).at(-1)).toContain('已改为11月25日15:00');
  });

  it('of a shift is told of with its role', async () => {
    const slot = await aSlot(station.store, { containerId: 'fair', date: '2026-11-28', shift: 'morning' });
    const donor = await aPerson(station.store);
    await station.call('bookings', 'POST /api/bookings', { as: donor, body: { slotId: slot.slotId } });
    await station.settle();
    expect(await station.textsTo(donor)).toEqual([expect.stringContaining('您已报名11月28日09:00“Place”（Helper）')]);
  });

  it('that is over is not announced by a record that comes late', async () => {
    const { donor } = await station.booked();
    station.world.advance(24 * 60 * 60_000);
    await station.settle();
    expect(await station.textsTo(donor)).toEqual([]);
  });
});

describe('a publishing that failed', () => {
  it('ends before the staff when the provider refuses it, and can be sent again', async () => {
    station.network.send = async () => {
      throw new SendError('refused', 'InvalidParameter');
    };
    const { donor, bookingId } = await station.booked();
    await station.settle();
    const messageId = `donation-booked.${bookingId}.1`;
    expect(await problems()).toMatchObject([
      { personId: donor, messageId, status: 'failed', reason: 'InvalidParameter' },
    ]);
    expect(JSON.stringify(await problems())).not.toMatch(/\+86/);

    station.network.send = station.accept;
    expect((await resend({ personId: donor, messageId }, 'resend-key-1')).status).toBe(200);
    expect((await resend({ personId: donor, messageId }, 'resend-key-1')).status).toBe(200);
    await station.tick();
    await station.settle();
    expect(await station.textsTo(donor)).toHaveLength(1);
    expect(await problems()).toEqual([]);
    expect((await resend({ personId: donor, messageId })).body.code).toBe('wrong-state');
    expect((await resend({ personId: donor, messageId: 'none' })).body.code).toBe('not-found');
  });

  it('is tried a second time when the provider was not reached, and then fails', async () => {
    let calls = 0;
    station.network.send = async () => {
      calls += 1;
      throw new SendError('not-accepted', 'ECONNREFUSED');
    };
    await station.booked();
    await station.settle();
    expect(await problems()).toEqual([]);
    await station.later(RETRY);
    await station.later(LEASE);
    await station.later(LEASE);
    expect(calls).toBe(2);
    expect(await problems()).toMatchObject([{ status: 'failed', reason: 'ECONNREFUSED' }]);
  });

  it('without an answer is tried once more and then left uncertain', async () => {
    let calls = 0;
    station.network.send = async () => {
      calls += 1;
      throw new Error('timeout');
    };
    await station.booked();
    await station.settle();
    await station.later(RETRY);
    await station.later(LEASE);
    await station.later(LEASE);
    expect(calls).toBe(2);
    expect(await problems()).toMatchObject([{ status: 'uncertain', reason: 'no-answer' }]);
  });

  it('is shown to staff of the site it is about and to administrators', async () => {
    station.network.send = async () => {
      throw new SendError('refused', 'InvalidParameter');
    };
    const { donor, bookingId } = await station.booked();
    await station.settle();
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    const admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
    expect(await problems(other)).toEqual([]);
    expect(await problems(admin)).toHaveLength(1);
    const body = { personId: donor, messageId: `donation-booked.${bookingId}.1` };
    expect((await resend(body, undefined, other)).body.code).toBe('not-found');
    const { items } = await station.store.query<{ action: string; by: string }>({ pk: 'AUDIT#messages#2026-11-23' });
    expect(items.map(({ action, by }) => [action, by])).toContainEqual(['message-problems-read', admin]);
  });
});

describe('a sender that dies', () => {
  it('between publishing and writing the outcome repeats the text at most once, then it is uncertain', async () => {
    const { donor, bookingId } = await station.booked();
    const died = async (to: string, text: string): Promise<never> => {
      await station.accept(to, text);
      throw Object.assign(new Error('killed'), { name: 'Killed' });
    };
    // As a killed process would: what the provider took is not written down.
    station.network.send = died;
    const replace = station.sender.messages.replace;
    station.sender.messages.replace = async () => {
      throw new Error('killed');
    };
    await station.announce(await station.read());
    await station.announce(await station.read());
    expect(station.queued).toHaveLength(1);
    expect((await station.send(station.queued.splice(0))).batchItemFailures).toHaveLength(1);
    expect(await station.textsTo(donor)).toHaveLength(1);
    // Within the lease nobody else touches it, though the queue hands it out again.
    await station.send([{ personId: donor, messageId: `donation-booked.${bookingId}.1` }]);
    expect(await station.textsTo(donor)).toHaveLength(1);
    await station.tick();
    expect(station.queued).toEqual([]);

    station.world.advance(LEASE);
    await station.tick();
    expect(station.queued).toHaveLength(1);
    await station.send(station.queued.splice(0));
    expect(await station.textsTo(donor)).toHaveLength(2);

    station.sender.messages.replace = replace;
    for (let n = 0; n < 3; n += 1) await station.later(LEASE);
    expect(await station.textsTo(donor)).toHaveLength(2);
    expect(await station.message(donor, `donation-booked.${bookingId}.1`)).toMatchObject({
      status: 'uncertain',
      reason: 'no-outcome',
    });
    expect(await problems()).toHaveLength(1);
  });

  it.each([
    ['the second is refused', 'InvalidParameter'],
    ['the booking changes before the second', 'changed-after-attempt'],
  ])('after publishing leaves it uncertain when %s: the first may have arrived', async (what, reason) => {
    const { donor, bookingId } = await station.booked();
    const replace = station.sender.messages.replace;
    station.sender.messages.replace = async () => {
      throw new Error('killed');
    };
    await station.announce(await station.read());
    await station.announce(await station.read());
    await station.send(station.queued.splice(0));
    expect(await station.textsTo(donor)).toHaveLength(1);
    station.sender.messages.replace = replace;
    station.network.send = async () => {
      throw new SendError('refused', 'InvalidParameter');
    };
    if (what.startsWith('the booking')) await cancel(donor, bookingId);
    station.world.advance(LEASE);
    await station.tick();
    await station.send(station.queued.splice(0));
    expect(await station.message(donor, `donation-booked.${bookingId}.1`)).toMatchObject({
      status: 'uncertain',
      reason,
    });
  });

  it('does not keep the message from two others that take it at once: one sends', async () => {
    const { donor } = await station.booked();
    await station.announce(await station.read());
    await station.announce(await station.read());
    const [one] = station.queued.splice(0);
    if (!one) throw new Error('nothing was queued');
    await Promise.all([station.send([one, one]), station.send([one]), station.send([one])]);
    expect(await station.textsTo(donor)).toHaveLength(1);
  });
});

describe('SNS', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
    server = undefined;
  });
  const snsAt = async (answer: (status: (code: number, body: string) => void) => void) => {
    server = createServer((request, response) => {
      request.resume().on('end', () => answer((code, body) => response.writeHead(code).end(body)));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return createSnsSender({ client: { ...LOCAL_AWS, endpoint } });
  };
  const fault = (code: string) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code></Error></ErrorResponse>`;

  it('that refuses a number ends before the staff', async () => {
    let calls = 0;
    station.network.send = await snsAt((answer) => {
      calls += 1;
      answer(400, fault('InvalidParameter'));
    });
    await station.booked();
    await station.settle();
    expect(await problems()).toMatchObject([{ status: 'failed' }]);
    expect(calls).toBe(1);
  });

  it('that throttles surely took nothing; one that fails may have', async () => {
    const throttled = await snsAt((answer) =>
      answer(400, fault('Throttling').replace('Throttling', 'ThrottledException')),
    );
    await expect(throttled('+8613900000001', 'x')).rejects.toMatchObject({ name: 'SendError', kind: 'not-accepted' });
    server?.close();
    let calls = 0;
    const failing = await snsAt((answer) => {
      calls += 1;
      answer(500, fault('InternalError'));
    });
    await expect(failing('+8613900000001', 'x')).rejects.not.toBeInstanceOf(SendError);
    expect(calls).toBe(1);
  });

  it('that cannot be reached surely took nothing', async () => {
    const gone = createSnsSender({ client: { ...LOCAL_AWS, endpoint: 'http://127.0.0.1:9' } });
    await expect(gone('+8613900000001', 'x')).rejects.toMatchObject({ kind: 'not-accepted', code: 'ECONNREFUSED' });
  });
});

describe('a text that is not wanted, or not now', () => {
  it('is withheld when the person muted its kind', async () => {
    const { donor, bookingId } = await station.booked();
    const profile = await station.store.get<ProfileItem>(keys.profile(donor));
    await station.store.put({ Item: { ...keys.profile(donor), ...profile, mutedTemplates: ['donation-booked'] } });
    await station.settle();
    expect(await station.textsTo(donor)).toEqual([]);
    expect(await station.message(donor, `donation-booked.${bookingId}.1`)).toMatchObject({
      status: 'withheld',
      reason: 'muted',
    });
  });

  it('waits for the morning when it can, and comes at night when it is about a booking', async () => {
    const { donor, din } = await station.issued();
    await station.settle();
    station.world.set('2026-11-23T13:30:00.000Z');
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.later(31 * 60_000);
    expect(await station.message(donor, `blood-used.${din}.once`)).toMatchObject({
      status: 'due',
      dueAt: '2026-11-24T00:00:00.000Z',
    });
    const slot = await aSlot(station.store, { date: '2026-11-26', time: '1500' });
    const late = await aPerson(station.store);
    await station.call('bookings', 'POST /api/bookings', { as: late, body: { slotId: slot.slotId } });
    await station.settle();
    expect(await station.textsTo(late)).toHaveLength(1);
    station.world.set('2026-11-24T00:00:30.000Z');
    // Ten hours without a tick are caught up with in a few.
    for (let n = 0; n < 4; n += 1) await station.later(0);
    expect((await station.textsTo(donor)).at(-1)).toContain('您的血液已用于临床');
  });

  it('is withheld beyond the person’s day and beyond the month’s budget, and says so', async () => {
    station = await aStation({ dailyCap: 1, monthlySegments: 2 });
    const { donor, bookingId } = await station.booked();
    await station.settle();
    await cancel(donor, bookingId);
    await station.settle();
    expect(await station.textsTo(donor)).toHaveLength(1);
    expect(await station.message(donor, `donation-cancelled.${bookingId}.2`)).toMatchObject({ reason: 'daily-cap' });

    await station.booked();
    await station.settle();
    expect(station.phone).toHaveLength(2);
    const third = await station.booked();
    await station.settle();
    expect(station.phone).toHaveLength(2);
    expect(await station.message(third.donor, `donation-booked.${third.bookingId}.1`)).toMatchObject({
      status: 'withheld',
      reason: 'monthly-budget',
    });
    expect(station.world.lines.some(({ message }) => message.includes('budget'))).toBe(true);
  });
});

describe('the tick', () => {
  it('moves its watermark only past minutes that are old enough to be complete', async () => {
    await station.tick();
    const job = async () => (await station.store.get<JobItem>(keys.job('due'), { consistent: true }))?.watermark;
    expect(await job()).toBe('2026-11-23T01:55');
    station.world.advance(10 * 60 * 60_000);
    await station.tick();
    expect(await job()).toBe('2026-11-23T05:55');
    for (let n = 0; n < 3; n += 1) await station.tick();
    expect(await job()).toBe('2026-11-23T11:55');
  });

  it('finds, at night, the booking that nobody announced and the message that nobody took', async () => {
    await station.tick();
    const silent = await station.booked();
    const day = 24 * 60 * 60_000;
    const slot = await aSlot(station.store, { date: '2026-12-01', time: '1500' });
    const donor = await aPerson(station.store);
    await station.call('bookings', 'POST /api/bookings', { as: donor, body: { slotId: slot.slotId } });
    const lost = await aPerson(station.store);
    const other = await aSlot(station.store, { date: '2026-12-01', time: '1600' });
    // The stream's records of the first two are lost; those of the third make a message that the queue loses.
    await station.read();
    const { body } = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as: lost,
      body: { slotId: other.slotId },
    });
    await station.announce(await station.read());
    await station.read();
    expect(await station.message(lost, `donation-booked.${body.bookingId}.1`)).toMatchObject({ status: 'due' });
    station.queued.splice(0);
    station.world.advance(day);
    await station.store.put({
      Item: { ...keys.job('due'), kind: 'job', name: 'due', watermark: '2026-11-24T01:00', version: 9 },
    });
    for (let n = 0; n < 3; n += 1) await station.later(1000);
    expect(await station.textsTo(donor)).toHaveLength(1);
    expect(await station.textsTo(lost)).toHaveLength(1);
    expect(await station.textsTo(silent.donor)).toEqual([]);
  });
});
