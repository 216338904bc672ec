import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asDue, createMessages } from '../../shared/store/messages.ts';
import { dayName } from '../../web/src/lib/time.ts';
import { startBrowser, type Visitor, visitorAs } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { fill, partByPart, WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

const words = WORDS.zh.texts;
/** Seeded donors: one who may give anything, and one who gave platelets ten days ago and asked to be told. */
const GU = { phone: '+8613800000032', personId: 'demo-32' };
const TAO = '+8613800000035';
const JIANG = '+8613800000034';
const STAFF = '+8613800000001';

let server: Server;
let browser: Browser;
let donor: Visitor;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
  donor = await visitorAs(browser, server, GU.phone);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const booked = async (days: number): Promise<string> => {
  const [token = ''] = await server.tokens(GU.phone);
  const date = daysAhead(days);
  type Slots = { items: { slotId: string; free: number; startsAt: string }[] };
  const path = `/api/sites/yunting-central/slots?from=${date}&to=${date}&procedure=whole-blood`;
  const { items } = (await call<Slots>(server.url, '', path)).body;
  // At two in the afternoon: nobody's night is near.
  const slot = items.find(({ startsAt, free }) => free > 0 && startsAt.endsWith('T06:00:00.000Z'));
  const made = await call<{ bookingId: string }>(server.url, token, '/api/bookings', {
    body: { slotId: slot?.slotId },
  });
  return made.body.bookingId;
};

/** As if the evening had come: the reminder is due now. */
async function eveningComes(bookingId: string): Promise<void> {
  const messages = createMessages(server.store());
  const message = await messages.get({ personId: GU.personId, messageId: `donation-day-before.${bookingId}.1` });
  if (!message) throw new Error('no reminder was made');
  await messages.replace(asDue(message, new Date().toISOString()));
}

const kinds = async (page: Page, part: string): Promise<string[]> =>
  await page.getByRole('region', { name: part }).locator('.text-kind').allInnerTexts();
const text = (page: Page, kind: string) => page.locator('.text-item').filter({ hasText: kind });

describe('a donor who has booked', () => {
  partByPart();
  let bookingId = '';

  it('sees which reminders will come, and when', async () => {
    bookingId = await booked(3);
    await server.textWith(GU.phone, /您已预约/);
    const { page } = donor;
    await page.goto('/messages');
    const soon = text(page, words.template['donation-soon']);
    await soon.waitFor();
    // The next to come first.
    expect(await kinds(page, words.coming)).toEqual([
      words.template['donation-day-before'],
      words.template['donation-soon'],
    ]);
    const when = `${dayName(daysAhead(3), 'zh')} 12:00`;
    expect(await soon.innerText()).toContain(fill(words.standing.coming, { when }));
  });

  it('is reminded on the phone, and the page says so', async () => {
    await eveningComes(bookingId);
    const { body } = await server.textWith(GU.phone, /^提醒：您预约了/);
    expect(body).toContain('在云汀市中心血站献血');
    const { page } = donor;
    await page.goto('/messages');
    const sent = page.getByRole('region', { name: words.past }).locator('.text-sent');
    await sent.filter({ hasText: words.template['donation-day-before'] }).first().waitFor();
  });

  it('who gives the place back is reminded of it no more, and reads why', async () => {
    const { page } = donor;
    await page.goto(`/bookings/${bookingId}/cancel`);
    await page.getByRole('button', { name: WORDS.zh.booking.cancelYes }).click();
    await server.textWith(GU.phone, /您已取消/);
    await page.goto('/messages');
    const stopped = text(page, words.template['donation-soon']).filter({ hasText: words.why.changed });
    await stopped.first().waitFor();
    expect(await page.getByRole('region', { name: words.coming }).count()).toBe(0);
  });
});

describe('a donor who chooses', () => {
  it('which texts come is asked kind by kind, and told which always do', async () => {
    const { page } = donor;
    await page.goto('/messages');
    await page.getByRole('link', { name: words.choose }).click();
    await page.getByText(words.settings.lost).waitFor();
    await page.getByLabel(words.settings.reminders.label).uncheck();
    await page.getByRole('button', { name: WORDS.zh.common.save }).click();
    await page.getByText(words.settings.saved).waitFor();
    await page.reload();
    await page.getByLabel(words.settings.reminders.label).waitFor();
    expect(await page.getByLabel(words.settings.reminders.label).isChecked()).toBe(false);
    expect(await page.getByLabel(words.settings.booking.label).isChecked()).toBe(true);

    // What was to come says at once that it will not.
    await booked(4);
    await page.goto('/messages');
    await text(page, words.template['donation-soon']).filter({ hasText: words.why.muted }).first().waitFor();
    await page.goto('/profile');
    await page.getByText(fill(words.settings.rowSome, { groups: words.settings.reminders.label })).waitFor();
    await donor.leave();
  });

  it('to be told of the day they may give again sees that day', async () => {
    const { page, leave } = await visitorAs(browser, server, TAO);
    await page.goto('/messages');
    const again = text(page, words.template['may-give-again']);
    await again.waitFor();
    expect(await again.innerText()).toContain('您又可以献血小板了');
    await page.goto('/messages/settings');
    await page.getByLabel(words.settings.again.no).check();
    await page.getByRole('button', { name: WORDS.zh.common.save }).click();
    await page.getByText(words.settings.saved).waitFor();
    await page.goto('/messages');
    await again.filter({ hasText: words.why.muted }).waitFor();
    await leave();
  });

  it('is asked, where they see that they have to wait, and never again once they have said yes', async () => {
    const { page, leave } = await visitorAs(browser, server, JIANG);
    await page.goto('/donations');
    await page.getByRole('button', { name: words.ask.yes }).click();
    await page.getByText(words.ask.done).waitFor();
    await page.reload();
    await page.locator('.loading').first().waitFor({ state: 'detached' });
    expect(await page.getByText(words.ask.title).count()).toBe(0);
    await page.goto('/messages');
    await text(page, words.template['may-give-again']).waitFor();
    await leave();
  });
});

describe('the head of a station', () => {
  it('changes when reminders come; whoever was first stays first, and nothing that was typed is lost', async () => {
    const own = WORDS.zh.work.settings;
    const address = '/api/donations/settings/yunting-central';
    const { page, leave } = await visitorAs(browser, server, STAFF, { width: 'desk' });
    await page.goto('/staff/yunting-central');
    await page.getByRole('button', { name: WORDS.zh.work.staff.more }).click();
    await page.getByRole('link', { name: own.title }).click();
    const time = page.getByLabel(own.dayBeforeAt);
    await time.fill('19:30');
    await page
      .getByText(`${dayName(daysAhead(2), 'zh')} 19:30`)
      .first()
      .waitFor();
    await page.getByLabel(own.phone).fill('12345');
    await page.getByRole('button', { name: own.save }).click();
    await page.getByRole('link', { name: own.error.phone }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('０５７１－８８００１２３４');

    const [colleague = ''] = await server.tokens(STAFF);
    const {
      deployment: _,
      siteId: _id,
      zone: _zone,
      changedAt: _at,
      ...body
    } = (await call<Record<string, unknown> & { phone: string }>(server.url, colleague, address)).body;
    const first = await call(server.url, colleague, address, { method: 'PUT', body: { ...body, cutoffMinutes: 240 } });
    expect(first.status).toBe(200);
    await page.getByRole('button', { name: own.save }).click();
    await page.getByText(own.stale).waitFor();
    await page.getByText(fill(own.now, { value: fill(own.before, { length: fill(own.hours, { n: 4 }) }) })).waitFor();
    expect(await time.inputValue()).toBe('19:30');
    await page.getByLabel(own.cutoffMinutes).selectOption('240');
    await page.getByRole('button', { name: own.save }).click();
    await page.getByText(own.saved).waitFor();
    const { body: kept } = await call<Record<string, unknown>>(server.url, colleague, address);
    expect(kept).toMatchObject({
      phone: '+8657188001234',
      cutoffMinutes: 240,
      reminders: { dayBeforeAt: '19:30', minutesBefore: 120 },
    });
    await leave();
  });
});
