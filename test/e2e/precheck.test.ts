import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { precheckEn } from '../../web/src/i18n/precheck-en.ts';
import { precheckZh } from '../../web/src/i18n/precheck-zh.ts';
import { enterCode, startBrowser, visitor, visitorAs } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

/** A number nobody has signed in with, a seeded regular donor, and one who has answered before. */
const NEW = '+8613700001919';
const REGULAR = '+8613800000032';
const ANSWERED = '+8613800000045';

let server: Server;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const submit = async (page: Page): Promise<void> => {
  const before = page.url();
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((url) => url.href !== before);
};
/** Answers what is asked, page after page, up to the page on which answers are checked; what is not named is “no”. */
async function answer(
  page: Page,
  yes: Readonly<Record<string, (page: Page) => Promise<void>>> = {},
): Promise<string[]> {
  const asked: string[] = [];
  for (;;) {
    await page.locator('form.question, dl.answers').first().waitFor();
    const name = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    if (name === 'check') return asked;
    asked.push(name);
    await (yes[name] ?? ((it: Page) => it.locator(`#${name}-none`).check()))(page);
    await submit(page);
  }
}
const typeDate = async (page: Page, date: string): Promise<void> => {
  const [year = '', month = '', day = ''] = date.split('-');
  for (const [id, text] of Object.entries({ year, month, day })) await page.locator(`#${id}`).fill(text);
};
const mine = async <T>(phone: string, path: string): Promise<T> => {
  const [token = ''] = await server.tokens(phone);
  return (await call<T>(server.url, token, path)).body;
};
type Kept = { answers: { question: string }[]; version: number; facts: { birthDate?: string; declared?: object } };

it('at nineteen, before the first donation: asks without an account, keeps the answers, and takes them back', async () => {
  const words = precheckZh;
  const { page, leave } = await visitor(browser, server);
  await page.goto('/');
  await page.getByRole('link', { name: WORDS.zh.home.precheck }).click();
  await page.getByRole('link', { name: words.start }).click();
  // Nothing was typed: the page says so, and loses nothing.
  await page.locator('#year').fill('2007');
  await page.locator('form button[type=submit]').click();
  await page.locator('.notice-bad').waitFor();
  expect(await page.locator('#year').inputValue()).toBe('2007');
  await typeDate(page, '2007-03-09');
  await submit(page);
  await page.locator('#sex-female').check();
  await submit(page);
  await page.locator('#weight').fill('52');
  await submit(page);
  await page.goBack();
  await page.locator('#weight').waitFor();
  expect(await page.locator('#weight').inputValue()).toBe('52');
  await submit(page);
  const asked = await answer(page);
  expect(asked).toEqual(expect.arrayContaining(['past', 'illness', 'tattoo', 'pregnancy']));
  await page.getByRole('link', { name: words.check.show }).click();
  await page.locator('.verdict-ok').nth(1).waitFor();
  // Times are offered where they are, from the first day on which she may give.
  await page.locator('.verdict-ok .soonest a').first().waitFor();

  await page.getByRole('link', { name: words.keep.open }).click();
  await page.getByRole('button', { name: words.keep.signIn }).click();
  await enterCode(page, server, NEW);
  await page.getByRole('button', { name: words.keep.agree }).click();
  await page.getByText(words.keep.saved).waitFor();
  const kept = await mine<Kept>(NEW, '/api/precheck');
  expect([kept.facts.birthDate, kept.answers.length, kept.version]).toEqual(['2007-03-09', 10, 1]);

  await page.goto('/precheck');
  await page.getByRole('link', { name: words.result }).click();
  await page.locator('.verdict-ok').first().waitFor();
  await page.getByRole('link', { name: words.link.consents }).click();
  await page.getByRole('button', { name: words.consents.withdraw }).click();
  await page.getByText(words.consents.done).waitFor();
  expect(await mine<Kept>(NEW, '/api/precheck')).toMatchObject({ answers: [], version: 0 });
  await leave();
});

it('a regular donor who got a tattoo says so: the booking is released, the reason and the day are told', async () => {
  const words = precheckEn;
  const [token = ''] = await server.tokens(REGULAR);
  const date = daysAhead(5);
  type Slots = { items: { slotId: string; free: number }[] };
  const slots = await call<Slots>(
    server.url,
    '',
    `/api/sites/yunting-central/slots?from=${date}&to=${date}&procedure=whole-blood`,
  );
  const slotId = slots.body.items.find(({ free }) => free > 0)?.slotId;
  const booked = await call<{ bookingId: string }>(server.url, token, '/api/bookings', { body: { slotId } });
  expect(booked.status).toBe(201);

  const { page, leave } = await visitorAs(browser, server, REGULAR, { language: 'en' });
  await page.goto('/precheck');
  await page.getByRole('link', { name: words.start }).click();
  const asked = await answer(page, {
    tattoo: (it) => it.locator('#tattoo-tattoo-or-sharps').check(),
    'tattoo--tattoo-or-sharps': (it) => it.getByRole('button', { name: words.date.yesterday }).click(),
  });
  // What the profile and the records say is not asked again.
  for (const known of ['birth-date', 'sex', 'weight', 'past', 'pregnancy']) expect(asked).not.toContain(known);
  await page.getByRole('link', { name: words.check.show }).click();
  await page.locator('.verdict').first().waitFor();
  const said = await page.locator('.verdict').first().innerText();
  expect(said).toMatch(/Tattoo.*1 year; from/);
  expect(said).toMatch(/GB 18467/);
  await page.getByRole('link', { name: words.keep.open }).click();
  await page.getByRole('button', { name: words.keep.agree }).click();
  await page.getByText(words.keep.saved).waitFor();
  const { status } = await mine<{ status: string }>(REGULAR, `/api/bookings/${booked.body.bookingId}`);
  expect(status).toBe('cancelled');
  await leave();
});

describe('who answered some weeks ago', () => {
  it('says with one tap that it is all still true, and declares a donation made elsewhere', async () => {
    const words = precheckZh;
    const { page, leave } = await visitorAs(browser, server, ANSWERED);
    await page.goto('/precheck');
    await page.getByRole('link', { name: words.goOn }).click();
    await page.getByRole('button', { name: words.still.all }).click();
    await page.locator('.verdict .reasons').first().waitFor();
    expect((await mine<Kept>(ANSWERED, '/api/precheck')).version).toBe(2);

    await page.goto('/precheck/elsewhere');
    await page.getByRole('link', { name: words.elsewhere.add }).click();
    await page.getByRole('button', { name: words.date.yesterday }).click();
    await page.getByRole('button', { name: '400 毫升' }).click();
    await page.locator('form button[type=submit]').click();
    await page.getByText(words.elsewhere.saved).waitFor();
    await page.locator('.menu li').nth(1).waitFor();
    expect(await page.locator('.menu li').count()).toBe(2);
    await page.locator('.menu a').first().click();
    await page.getByRole('button', { name: words.elsewhere.remove }).click();
    await page.getByText(words.elsewhere.removed).waitFor();
    expect(await page.locator('.menu li').count()).toBe(1);
    await leave();
  });
});
