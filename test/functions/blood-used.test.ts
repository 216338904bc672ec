import { beforeEach, describe, expect, it } from 'vitest';
import type { DonationItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { aStation, type Station } from '../support/station.ts';

const USED = '您的血液已用于临床';
/** Short, so that the tick has few minutes to read. */
const HOLD = 2 * 60_000;

let station: Station;
beforeEach(async () => {
  station = await aStation({ usedHoldSeconds: HOLD / 1000 });
});

const usedTexts = async (donor: string) => (await station.textsTo(donor)).filter((text) => text.includes(USED));
const usedMessage = async (donor: string, din: string) => await station.message(donor, `blood-used.${din}.once`);
const usedOn = async (donor: string, din: string) =>
  (await station.store.get<DonationItem>(keys.donation(donor, '2026-11-23', din), { consistent: true }))?.usedOn;

describe('a donor whose blood is used', () => {
  it('is told once, in the exact words, though two components are used', async () => {
    const { donor, din } = await station.issued();
    await station.settle();
    expect(await usedTexts(donor)).toEqual([]);
    await station.use(din, 'wb-rc');
    await station.use(din, 'wb-pl');
    await station.settle();
    expect(await usedTexts(donor)).toEqual([]);
    await station.later(HOLD + 1000);
    await station.later(HOLD);
    expect(await usedTexts(donor)).toHaveLength(1);
    expect(await usedOn(donor, din)).toBe('2026-11-23');
  });

  it('is told in English when that is their language', async () => {
    const { donor, din } = await station.issued({ language: 'en' });
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.later(HOLD + 1000);
    expect((await station.textsTo(donor)).at(-1)).toMatch(/^Your blood has been used clinically\./);
  });

  it('is told of every step that matters to them, and of nothing else', async () => {
    const { donor, din } = await station.booked().then(async ({ donor, bookingId }) => {
      await station.settle();
      const din = station.newDin();
      await station.checkIn(bookingId);
      await station.complete(bookingId, din);
      return { donor, din };
    });
    await station.step(din, 'wb', 'test');
    await station.settle();
    const texts = await station.textsTo(donor);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('您已预约11月23日12:');
    expect(texts[1]).toContain('感谢您11月23日献血');
  });
});

describe('a use that was recorded wrongly', () => {
  it('is never told when it is corrected within the hold', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    expect(await usedOn(donor, din)).toBe('2026-11-23');
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    expect(await usedOn(donor, din)).toBeUndefined();
    await station.later(HOLD + 1000);
    expect(await usedTexts(donor)).toEqual([]);
    expect(await usedMessage(donor, din)).toMatchObject({ status: 'void', reason: 'corrected' });
  });

  it('is not told even when the correction comes after the message was queued', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    station.world.advance(HOLD + 1000);
    await station.tick();
    await station.step(din, 'wb-rc', 'correct-use');
    // The queue is served before the stream: only the claim's check of the unit's version stands between.
    await station.send(station.queued.splice(0));
    expect(await usedTexts(donor)).toEqual([]);
    expect(await usedMessage(donor, din)).toMatchObject({ status: 'void', reason: 'changed' });
  });

  it('is told for the other component, which is in use', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.use(din, 'wb-pl');
    await station.settle();
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    await station.later(HOLD + 1000);
    expect(await usedTexts(donor)).toHaveLength(1);
    expect((await usedMessage(donor, din))?.bound?.sk).toContain('wb-pl');
  });

  it('is told later when the unit is then used after all', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.later(HOLD + 1000);
    expect(await usedTexts(donor)).toHaveLength(1);
  });

  it('is taken back with one kind text when the donor was told already', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.later(HOLD + 1000);
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    await station.later(HOLD);
    const texts = await station.textsTo(donor);
    expect(texts.filter((text) => text.startsWith('抱歉，医院更正了记录'))).toHaveLength(1);
    expect(await usedOn(donor, din)).toBeUndefined();
    // Used again and corrected again: neither text comes a second time.
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.later(HOLD + 1000);
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    await station.later(HOLD);
    expect(await station.textsTo(donor)).toHaveLength(texts.length);
  });

  it('is taken back when the correction came while the text was on its way', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    station.network.send = async (to, text) => {
      await station.step(din, 'wb-rc', 'correct-use');
      await station.announce(await station.read());
      return await station.accept(to, text);
    };
    station.world.advance(HOLD + 1000);
    await station.tick();
    await station.send(station.queued.splice(0));
    station.network.send = station.accept;
    await station.settle();
    await station.later(HOLD);
    expect((await station.textsTo(donor)).filter((text) => text.startsWith('抱歉'))).toHaveLength(1);
  });

  it('is not taken back when the other component stands as used', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.use(din, 'wb-pl');
    await station.settle();
    await station.later(HOLD + 1000);
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    await station.later(HOLD);
    expect((await station.textsTo(donor)).filter((text) => text.startsWith('抱歉'))).toEqual([]);
    expect(await usedOn(donor, din)).toBe('2026-11-23');
  });
});

describe('the stream', () => {
  it('adds nothing when its records come twice, in reverse or in pieces', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.use(din, 'wb-pl');
    await station.settle();
    await station.later(HOLD + 1000);
    const before = await station.messagesOf(donor);
    const texts = station.phone.length;
    const records = [...station.seen];
    await station.announce(records);
    await station.announce(records.toReversed());
    for (const record of records.slice(-10)) await station.announce([record]);
    await station.settle();
    await station.later(HOLD);
    expect(await station.messagesOf(donor)).toEqual(before);
    expect(station.phone).toHaveLength(texts);
  });

  it('tells of it whatever order its records first come in', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    const records = await station.read();
    await station.announce(records.toReversed());
    await station.settle();
    await station.later(HOLD + 1000);
    expect(await usedTexts(donor)).toHaveLength(1);
  });

  it('has only the records that failed come again', async () => {
    const { donor, din } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    const messages = (await station.messagesOf(donor)).filter(({ status }) => status === 'due');
    expect(messages).toHaveLength(1);
    station.world.advance(HOLD + 1000);
    const recordOf = (sk: string) =>
      station.seen.findLast(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S === sk) as Station['seen'][number];
    const due = recordOf(`blood-used.${din}.once`);
    station.breakQueue();
    const answer = await station.announce([recordOf('UNIT#wb-rc'), due]);
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: due.dynamodb?.SequenceNumber }]);
  });
});
