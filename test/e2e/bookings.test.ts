import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { mineEn } from '../../web/src/i18n/mine-en.ts';
import { enterCode, startBrowser, visitor, visitorAs } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { fill, partByPart, WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

const words = WORDS.zh;
/** Seeded donors who may give, an adult volunteer, and an organiser. */
const GU = '+8613800000032';
const XIA = '+8613800000033';
const JIANG = '+8613800000034';
const MAYA = '+8613800000041';
const ORGANISER = '+8613800000011';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const link = (page: Page, label: string | RegExp) => page.getByRole('link', { name: label });
const button = (page: Page, label: string | RegExp) => page.getByRole('button', { name: label });
const heading = (page: Page, label: string) => page.getByRole('heading', { name: label, level: 1 });
const slotsPage = (days: number): string => `/donate/yunting-central?procedure=whole-blood&date=${daysAhead(days)}`;

type Booking = { bookingId: string; status: string; startsAt: string };
const liveOf = async (phone: string): Promise<Booking[]> => {
  const [token = ''] = await server.tokens(phone);
  const { body } = await call<{ items: Booking[] }>(server.url, token, '/api/me/bookings');
  return body.items.filter(({ status }) => status === 'booked');
};

describe('a donor who thinks again', () => {
  partByPart();

  it('presses twice on “confirm” and has one booking', async () => {
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.goto(slotsPage(3));
    await page.locator('.times .chip').first().click();
    await page.locator('.verdict-ok').waitFor();
    await button(page, words.check.confirm).dblclick();
    await page.getByText(words.booking.booked).first().waitFor();
    expect(await liveOf(GU)).toHaveLength(1);
    await server.textWith(GU, /您已预约/);
    await leave();
  });

  it('goes back with the browser and forth again without booking anew', async () => {
    const { page, leave } = await visitorAs(browser, server, XIA);
    await page.goto('/donate');
    await page.locator('.site h3 a', { hasText: '云汀市中心血站' }).click();
    await page.locator('.strip a.has-room').nth(2).click();
    await page.locator('.times .chip').first().click();
    await heading(page, words.check.title).waitFor();
    await page.goBack();
    await page.locator('.times .chip').first().waitFor();
    await page.goForward();
    await page.locator('.verdict-ok').waitFor();
    await button(page, words.check.confirm).click();
    await page.getByText(words.booking.booked).first().waitFor();
    // The confirmation took the place of the question: back leads past it.
    await page.goBack();
    await page.locator('.times').waitFor();
    expect(await liveOf(XIA)).toHaveLength(1);
    await leave();
  });

  it('moves the booking to another day and is texted', async () => {
    const [before] = await liveOf(GU);
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.goto('/bookings');
    await page.locator('.booking-card').first().click();
    await link(page, words.booking.change).click();
    await page.locator('.strip a.has-room').nth(4).click();
    await page.locator('.times .chip').last().click();
    await button(page, words.check.confirmChange).click();
    await page.getByText(words.booking.changed).first().waitFor();
    await server.textWith(GU, /已改为/);
    const [after, ...more] = await liveOf(GU);
    expect(more).toEqual([]);
    expect(after?.bookingId).toBe(before?.bookingId);
    expect(after?.startsAt).not.toBe(before?.startsAt);
    await leave();
  });

  it('cancels, is texted, and books the same time again', async () => {
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.goto('/bookings');
    await page.locator('.booking-card').first().click();
    await link(page, words.booking.cancel).click();
    await button(page, words.booking.cancelYes).click();
    await page.getByText(words.booking.cancelled).first().waitFor();
    await server.textWith(GU, /您已取消/);
    expect(await liveOf(GU)).toEqual([]);

    const last = (await server.texts(GU)).at(-1)?.id;
    await page.goto(slotsPage(3));
    await page.locator('.times .chip').first().click();
    await button(page, words.check.confirm).click();
    await page.getByText(words.booking.booked).first().waitFor();
    await server.textWith(GU, /您已预约/, last);
    expect(await liveOf(GU)).toHaveLength(1);
    await leave();
  });

  it('who gave too recently reads why, by which rule, and from when', async () => {
    const { page, leave } = await visitorAs(browser, server, JIANG);
    await page.goto(slotsPage(3));
    await page.locator('.times .chip').first().click();
    await page.locator('.verdict .reasons').waitFor();
    const said = await page.locator('.verdict').innerText();
    expect(said).toMatch(/GB 18467/);
    expect(said).toMatch(/\d{4} ?年/);
    expect(await button(page, words.check.confirm).count()).toBe(0);
    await leave();
  });
});

it('a donor books with the keyboard alone', async () => {
  const phone = '+8613700001003';
  const { page, leave } = await visitor(browser, server, { width: 'desk', language: 'en' });
  const en = WORDS.en;
  /** Tab until this has the focus, as someone without a mouse would. */
  const reach = async (selector: string): Promise<void> => {
    const wanted = page.locator(selector).first();
    await wanted.waitFor();
    for (let n = 0; n < 120; n += 1) {
      if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reaches ${selector}`);
  };
  const enter = async (selector: string): Promise<void> => {
    await reach(selector);
    await page.keyboard.press('Enter');
  };
  const type = async (selector: string, text: string): Promise<void> => {
    await reach(selector);
    await page.keyboard.type(text);
  };
  const submit = 'form button[type=submit]';

  await page.goto('/');
  await page.locator('h1').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe(en.skip);
  await enter('a.door-donate');
  await enter('.site h3 a:has-text("Yunting Central")');
  await enter('.times a.chip');
  await enter(`button:has-text("${en.check.signIn}")`);
  await page.locator('#phone').waitFor();
  await type('#phone', phone);
  await page.keyboard.press('Enter');
  const { body } = await server.textWith(phone, /\d{6}/);
  await type('#code', /\d{6}/.exec(body)?.[0] ?? '');
  await page.keyboard.press('Enter');
  await enter(`button:has-text("${mineEn.who.new}")`);
  await enter(`a:has-text("${en.check.complete}")`);
  await type('#name', 'Kay Board');
  await enter(submit);
  await type('#year', '1988');
  await type('#month', '5');
  await type('#day', '4');
  await enter(submit);
  await reach('#sex-female');
  await page.keyboard.press('Space');
  await enter(submit);
  await type('#weight', '60');
  await enter(submit);
  await page.locator('.verdict-ok').waitFor();
  await enter(`button:has-text("${en.check.confirm}")`);
  await page.getByText(en.booking.booked).first().waitFor();
  expect(await liveOf(phone)).toHaveLength(1);
  await leave();
});

it('a volunteer signs up for a weekend event and cancels', async () => {
  const en = WORDS.en;
  const { page, leave } = await visitorAs(browser, server, MAYA, { language: 'en', width: 'desk' });
  await page.goto('/events');
  await page.locator('.is-event a').first().click();
  await page.locator('.shift-go').first().click();
  await button(page, en.check.confirmShift).click();
  await page.getByText(en.booking.bookedShift).first().waitFor();
  await server.textWith(MAYA, /You are signed up for/);
  await link(page, en.booking.cancel).click();
  await button(page, en.booking.cancelYes).click();
  await page.getByText(en.booking.cancelled).first().waitFor();
  await server.textWith(MAYA, /You cancelled your volunteer shift/);
  await leave();
});

describe('an organiser', () => {
  const TITLE = { zh: '周末益起来 · 旧书换绿植', en: 'Weekend Together: Books for Plants' };
  const VOLUNTEER = '+8613700001004';

  partByPart();

  it('drafts an event, is told what is missing, and publishes it', async () => {
    const { page, leave } = await visitorAs(browser, server, ORGANISER, { width: 'desk' });
    await page.goto('/organise');
    await link(page, words.work.organise.new).click();
    await heading(page, words.work.form.newTitle).waitFor();
    const set = async (id: string, value: string): Promise<void> => await page.locator(`[id="${id}"]`).fill(value);
    await set('title.zh', TITLE.zh);
    await button(page, words.work.form.save).click();
    await page.locator('.notice-bad li').first().waitFor();
    expect(await page.locator('[id="title.zh"]').inputValue()).toBe(TITLE.zh);

    await set('title.en', TITLE.en);
    for (const [name, zh, en] of [
      ['content', '用旧书换一盆绿植', 'Bring old books, take a plant'],
      ['district', '南塘区', 'Nantang'],
      ['community', '榆树里社区', 'Yushuli Community'],
      ['address', '榆树里社区广场', 'Yushuli Community Square'],
      ['shifts.0.role', '登记', 'Register'],
      ['conditions', '年满 16 周岁', 'At least 16'],
      ['risks', '无特殊风险', 'No particular risks'],
      ['support', '提供饮水', 'Water is provided'],
    ] as const) {
      await set(`${name}.zh`, zh);
      await set(`${name}.en`, en);
    }
    await set('contactPhone', ORGANISER);
    await page.locator('[id="zone"]').selectOption('Asia/Shanghai');
    await set('shifts.0.startsAtLocal', `${daysAhead(11)}T09:00`);
    await set('shifts.0.endsAtLocal', `${daysAhead(11)}T11:00`);
    await set('shifts.0.places', '6');
    await button(page, words.work.form.save).click();
    await page.getByText(words.work.organise.saved).waitFor();
    await link(page, words.work.organise.publish).click();
    await button(page, words.work.organise.publishYes).click();
    await page.getByText(words.work.organise.published).waitFor();
    await leave();
  });

  it('someone new finds it and signs up', async () => {
    const { page, leave } = await visitor(browser, server);
    await page.goto('/events');
    await link(page, TITLE.zh).click();
    await page.locator('.shift-go').first().click();
    await button(page, words.check.signIn).click();
    await enterCode(page, server, VOLUNTEER);
    await button(page, words.check.confirmShift).click();
    // Whoever is not of age needs a guardian’s consent: that alone is asked, once.
    await link(page, words.check.complete).click();
    for (const [part, value] of [
      ['year', '1999'],
      ['month', '3'],
      ['day', '9'],
    ] as const)
      await page.locator(`#${part}`).fill(value);
    await button(page, words.common.save).click();
    await button(page, words.check.confirmShift).click();
    await page.getByText(words.booking.bookedShift).first().waitFor();
    await server.textWith(VOLUNTEER, /您已报名.*旧书换绿植/);
    await leave();
  });

  it('cancels it; the volunteer is texted and released', async () => {
    const { page, leave } = await visitorAs(browser, server, ORGANISER, { width: 'desk' });
    await page.goto('/organise');
    await link(page, TITLE.zh).click();
    await link(page, words.work.organise.cancel).click();
    await page.getByText(fill(words.work.organise.cancelText, { taken: 1 })).waitFor();
    await button(page, words.work.organise.cancelYes).click();
    await page.getByText(words.work.organise.cancelled).waitFor();
    await server.textWith(VOLUNTEER, /旧书换绿植.*已取消/);
    expect(await liveOf(VOLUNTEER)).toEqual([]);
    await leave();
  });
});
