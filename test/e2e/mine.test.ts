import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { BookingItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { mineZh as words } from '../../web/src/i18n/mine-zh.ts';
import { zh } from '../../web/src/i18n/zh.ts';
import { enterCodeAlone, fillFact, startBrowser, type Visitor, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { partByPart } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A donor of years, whose daughter uses the same telephone. */
const PHONE = '+8613800000032';
const NAME = '顾晓舟';

/** Signs in on a browser that nobody is known on; ends at the question who is here. */
async function arrives(it: Visitor): Promise<Page> {
  server.forgetCodes();
  await it.page.goto('/donations');
  await it.page.locator('main button', { hasText: /登录/ }).click();
  await enterCodeAlone(it.page, server, PHONE);
  await it.page.getByRole('heading', { name: words.who.title }).waitFor();
  return it.page;
}

describe('two people with one number', () => {
  let donor: Visitor;
  let daughter: Visitor;
  let fact: { birthDate: string; lastFour: string };
  let before = 0;

  partByPart();
  beforeAll(async () => {
    fact = (await server.secondFact(PHONE)) ?? { birthDate: '', lastFour: '' };
    [donor, daughter] = [await visitor(browser, server), await visitor(browser, server)];
  });
  afterAll(async () => {
    for (const each of [donor, daughter]) await each?.leave();
  });

  it('see nothing of a donor’s until their birth date and last four match', async () => {
    const page = await arrives(donor);
    await page.getByRole('link', { name: words.who.before }).click();
    await fillFact(page, { ...fact, lastFour: fact.lastFour === '9999' ? '9998' : '9999' });
    await page.getByRole('button', { name: words.before.submit }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.locator('body').innerText()).not.toContain(NAME);
    expect(await page.locator('#last-four').inputValue()).not.toBe('');
    await fillFact(page, fact);
    await page.getByRole('button', { name: words.before.submit }).click();
    await page.waitForURL(/\/donations$/);
    await page.locator('.journey').first().waitFor();
    expect(await page.locator('main').innerText()).toContain(NAME);
    before = await page.locator('.journey').count();
  });

  it('have pages of their own: the daughter begins as somebody new', async () => {
    const page = await arrives(daughter);
    await page.getByRole('button', { name: words.who.new }).click();
    await page.getByText(zh.donations.empty).waitFor();
    expect(await page.locator('body').innerText()).not.toContain(NAME);
    await donor.page.reload();
    await donor.page.locator('.journey').first().waitFor();
    expect(await donor.page.locator('.journey').count()).toBe(before);
  });

  it('choose how large the letters are, each for themselves, and it stays', async () => {
    const { page } = donor;
    const size = async (of: Page) =>
      await String(await of.evaluate('getComputedStyle(document.documentElement).fontSize'));
    const usual = await size(page);
    // A line so slow that what was chosen before comes after the page.
    await page.route('**/api/me', async (route) => {
      await page.locator('main .loading-card, input[value=large]:checked').first().waitFor();
      await route.continue();
    });
    await page.goto('/mine/settings');
    await page.getByLabel(words.settings.typeLarge).check();
    await expect.poll(async () => await size(page)).not.toBe(usual);
    await page.unrouteAll({ behavior: 'wait' });
    await page.goto('/donations');
    await page.locator('.journey').first().waitFor();
    expect(Number.parseFloat(await size(page))).toBeGreaterThan(Number.parseFloat(usual));
    expect(await size(daughter.page)).toBe(usual);
  });

  it('can have all that is kept of them, as it is', async () => {
    const { page } = donor;
    await page.goto('/mine/data');
    await page.getByRole('button', { name: words.data.show }).click();
    const everything = JSON.parse(await page.locator('#everything').inputValue());
    expect(everything.profile[0]).toMatchObject({ name: NAME, phone: PHONE });
    expect(everything.donations.length).toBeGreaterThan(0);
  });

  it('can be forgotten: the donor’s place is free at once, and nobody is told anything of them again', async () => {
    const { page } = donor;
    const date = daysAhead(5);
    const path = `/api/sites/yunting-central/slots?from=${date}&to=${date}&procedure=whole-blood`;
    type Slots = { items: { slotId: string; free: number }[] };
    const slot = (await call<Slots>(server.url, '', path)).body.items.find((each) => each.free > 0)?.slotId ?? '';
    const [token = ''] = await server.tokens(PHONE);
    const { body } = await call<{ bookingId: string }>(server.url, token, '/api/bookings', { body: { slotId: slot } });
    const standing = async () =>
      (await server.store().get<BookingItem>(keys.booking(body.bookingId), { consistent: true }))?.status === 'booked';
    expect(await standing()).toBe(true);

    await page.goto('/mine/erase');
    await page.getByText(words.erase.stays.blood).waitFor();
    await page.getByRole('button', { name: words.erase.submit, exact: true }).click();
    await page.getByRole('link', { name: words.erase.errorUnderstood }).waitFor();
    await fillFact(page, fact);
    await page.getByLabel(words.erase.understood).check();
    await page.getByRole('button', { name: words.erase.submit, exact: true }).click();
    await page.getByRole('heading', { name: words.erase.doneTitle }).waitFor();
    await expect.poll(standing, { timeout: 20_000 }).toBe(false);

    const again = await visitor(browser, server);
    const theirs = await arrives(again);
    await theirs.getByRole('link', { name: words.who.before }).click();
    await fillFact(theirs, fact);
    await theirs.getByRole('button', { name: words.before.submit }).click();
    await theirs.getByRole('alert').first().waitFor();
    await again.leave();
  });
});
