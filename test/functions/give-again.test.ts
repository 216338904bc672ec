import { beforeEach, describe, expect, it } from 'vitest';
import { applyDeferral, applyDonation } from '../../shared/domain/eligibility.ts';
import type { EligibilityFacts } from '../../shared/domain/refusal.ts';
import { packFor } from '../../shared/policy/index.ts';
import type { JobItem, LockItem, ProfileItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { lockWrite, unpackLock } from '../../shared/store/lock.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

// In Shanghai it is ten in the morning of 23 November. Platelets may be given again after two weeks.
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const platelets = (date: string) => ({ date, procedure: 'platelets', volumeMl: 250, platelets: 1 }) as const;
const GAVE = { donations: [platelets('2026-11-12')] };
const DAY = '2026-11-26';
const MORNING = '2026-11-26T02:00:30.000Z';

async function wish(personId: string, tellAgain: ProfileItem['tellAgain']): Promise<void> {
  const before = await station.store.get<ProfileItem>(keys.profile(personId), { consistent: true });
  if (!before) throw new Error('nobody');
  await station.store.put({
    Item: { ...keys.profile(personId), ...before, tellAgain, version: before.version + 1 },
  });
}
async function facts(personId: string, change: (facts: EligibilityFacts) => EligibilityFacts): Promise<void> {
  const item = await station.store.get<LockItem>(keys.lock(personId), { consistent: true });
  if (!item) throw new Error('nobody');
  const lock = unpackLock(item);
  await station.store.transact([lockWrite(lock, { facts: change(lock.facts) })]);
}
/** Somebody who gave eleven days ago and has asked to be told. */
async function asked(person: Parameters<typeof aPerson>[1] = {}): Promise<string> {
  const donor = await aPerson(station.store, { facts: GAVE, ...person });
  await wish(donor, 'any');
  await station.settle();
  return donor;
}
async function at(instant: string) {
  station.world.set(instant);
  const job = await station.store.get<JobItem>(keys.job('due'), { consistent: true });
  const watermark = new Date(Date.parse(instant) - 5 * 60_000).toISOString().slice(0, 16);
  const item: JobItem = { kind: 'job', name: 'due', watermark, version: (job?.version ?? 0) + 1 };
  await station.store.put({ Item: { ...keys.job('due'), ...item } });
  await station.tick();
  await station.settle();
}
const told = async (donor: string) => (await station.textsTo(donor)).filter((text) => text.includes('好消息'));
const text = async (donor: string, date = DAY) => await station.message(donor, `may-give-again.${donor}.${date}`);
const bookFor = async (donor: string, more: Parameters<typeof aSlot>[1]) => {
  const slot = await aSlot(station.store, more);
  const { body } = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
    as: donor,
    body: { slotId: slot.slotId },
  });
  return body.bookingId;
};
const cancel = async (as: string, bookingId: string) =>
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', { as, params: { bookingId }, body: {} });

describe('somebody who asked to be told when they may give again', () => {
  it('is told on that day, once', async () => {
    const donor = await asked();
    await at('2026-11-25T10:00:00.000Z');
    expect(await told(donor)).toEqual([]);
    await at(MORNING);
    await at('2026-11-26T04:00:00.000Z');
    await station.announce(station.seen.toReversed());
    await station.settle();
    expect(await told(donor)).toEqual([
      '好消息：从11月26日起，您又可以献血小板了。方便时欢迎再来，谢谢您！ https://nuanliu.example/donate',
    ]);
  });

  it('is told of the one thing they want to give', async () => {
    const donor = await aPerson(station.store, { facts: GAVE, language: 'en' });
    await wish(donor, 'whole-blood');
    await station.settle();
    expect(await text(donor)).toBeUndefined();
    await at('2026-12-10T02:00:30.000Z');
    expect((await station.textsTo(donor)).at(-1)).toMatch(/^Good news: from 10 Dec you may give whole blood again\./);
  });

  it('after a donation at the station is told when the rules say', async () => {
    const { donor, bookingId } = await station.booked();
    await wish(donor, 'any');
    await station.settle();
    await station.checkIn(bookingId);
    await station.complete(bookingId, station.newDin());
    await station.settle();
    expect(await text(donor, '2027-02-23')).toMatchObject({ status: 'due', dueAt: '2027-02-23T02:00:00.000Z' });
  });

  it('is not told when they have booked meanwhile, and is when they give the place back before that day', async () => {
    const donor = await asked();
    const bookingId = await bookFor(donor, { date: '2026-11-28', time: '1400', procedure: 'platelets' });
    await station.settle();
    expect(await text(donor)).toMatchObject({ status: 'void', reason: 'booked' });
    await cancel(donor, bookingId);
    await station.settle();
    expect(await text(donor)).toMatchObject({ status: 'due' });
    await bookFor(donor, { date: '2026-11-29', time: '1400', procedure: 'platelets' });
    await station.settle();
    await at(MORNING);
    expect(await told(donor)).toEqual([]);
  });

  it('is told all the same when they only help at an event', async () => {
    const donor = await asked();
    await bookFor(donor, { containerId: 'fair', date: '2026-11-28', shift: 'tea' });
    await station.settle();
    await at(MORNING);
    expect(await told(donor)).toHaveLength(1);
  });

  it.each<[string, (facts: EligibilityFacts) => EligibilityFacts, string | undefined]>([
    ['a deferral', (it) => applyDeferral(it, { until: '2026-12-03' }), '2026-12-03'],
    [
      'another donation, declared or recorded',
      (it) => applyDonation(packFor('cn', DAY), it, platelets('2026-11-20'), false),
      '2026-12-04',
    ],
    ['a correction', (it) => ({ ...it, donations: [platelets('2026-11-13')] }), '2026-11-27'],
    ['a deferral for good', (it) => applyDeferral(it, { permanent: true }), undefined],
  ])('is told on another day, or never, after %s', async (_, change, day) => {
    const donor = await asked();
    await facts(donor, change);
    await station.settle();
    expect(await text(donor)).toMatchObject({ status: 'void', reason: 'other-day' });
    await at(MORNING);
    expect(await told(donor)).toEqual([]);
    if (!day) return;
    await at(`${day}T02:00:30.000Z`);
    expect(await told(donor)).toHaveLength(1);
  });

  it('is told on the first day after all when what moved it is taken back', async () => {
    const donor = await asked();
    await facts(donor, (it) => applyDeferral(it, { until: '2026-12-03' }));
    await station.settle();
    await facts(donor, ({ deferredUntil: _, ...it }) => it);
    await station.settle();
    expect(await text(donor, '2026-12-03')).toMatchObject({ status: 'void' });
    await at(MORNING);
    await at('2026-12-03T02:00:30.000Z');
    expect(await told(donor)).toHaveLength(1);
  });

  it('and no longer wants to be is not, and is again when they want to', async () => {
    const donor = await asked();
    await wish(donor, 'no');
    await station.settle();
    expect(await text(donor)).toMatchObject({ status: 'void', reason: 'switched-off' });
    await wish(donor, 'platelets');
    await station.settle();
    await at(MORNING);
    expect(await told(donor)).toHaveLength(1);
  });
});

describe('the claim', () => {
  it('does not tell somebody who booked, or changed their mind, a moment before', async () => {
    const booked = await asked();
    const unwilling = await asked();
    await bookFor(booked, { date: '2026-11-28', time: '1400', procedure: 'platelets' });
    await wish(unwilling, 'no');
    // The stream stands still.
    station.world.set(MORNING);
    for (const personId of [booked, unwilling]) {
      await station.send([{ personId, messageId: `may-give-again.${personId}.${DAY}` }]);
    }
    expect(await text(booked)).toMatchObject({ status: 'void', reason: 'changed' });
    expect(await text(unwilling)).toMatchObject({ status: 'withheld', reason: 'muted' });
    await station.settle();
    expect(station.phone.filter(({ text: said }) => said.includes('好消息'))).toEqual([]);
  });

  it('waits for the text to be made again where something else of the person changed', async () => {
    const donor = await asked();
    await bookFor(donor, { containerId: 'fair', date: '2026-11-28', shift: 'tea' });
    station.world.set(MORNING);
    await station.send([{ personId: donor, messageId: `may-give-again.${donor}.${DAY}` }]);
    expect(await text(donor)).toMatchObject({ status: 'void', reason: 'changed' });
    await station.settle();
    expect(await told(donor)).toHaveLength(1);
  });

  it('lets the day pass when nobody could send it, and does not try again', async () => {
    const donor = await asked();
    station.world.set('2026-11-26T13:30:00.000Z');
    await station.send([{ personId: donor, messageId: `may-give-again.${donor}.${DAY}` }]);
    await station.settle();
    expect(await text(donor)).toMatchObject({ status: 'void', reason: 'quiet-hours' });
    expect(await told(donor)).toEqual([]);
  });
});

it('nobody is told who has not asked, nor who may give already', async () => {
  const silent = await aPerson(station.store, { facts: GAVE });
  const free = await aPerson(station.store, { facts: { donations: [platelets('2026-10-01')] } });
  await wish(free, 'any');
  await station.settle();
  for (const donor of [silent, free]) expect(await station.messagesOf(donor)).toEqual([]);
});

it('a donation whose records were lost is made good for at night', async () => {
  const { donor, bookingId } = await station.booked();
  await wish(donor, 'any');
  await station.checkIn(bookingId);
  await station.complete(bookingId, station.newDin());
  await station.read();
  await at('2026-11-23T17:00:00.000Z');
  await at('2026-11-23T18:30:00.000Z');
  for (let n = 0; n < 2; n += 1) await station.later(60_000);
  expect(await text(donor, '2027-02-23')).toMatchObject({ status: 'due' });
});
