import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { mineZh } from '../../web/src/i18n/mine-zh.ts';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { fill, WORDS } from '../support/story.ts';
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

const SITE = 'yunting-central';
const STAFF = '+8613800000001';
/** Gives platelets often, and may give whole blood too. */
const DONOR = '+8613900080000';

it('a donor agrees to be called; staff see the figures, call for a day that is short, and see the donor come', async () => {
  const mine = mineZh.calls;
  const { calls, figures } = WORDS.zh.work;
  const [staffToken = ''] = await server.tokens(STAFF);
  const [donorToken = ''] = await server.tokens(DONOR);
  const donor = await visitor(browser, server, { kept: keptOf(server, donorToken) });
  await donor.page.goto('/messages/settings');
  await donor.page.getByRole('link', { name: mine.title }).click();
  await donor.page.getByLabel(mine['whole-blood']).check();
  await donor.page.getByRole('button', { name: mine.save }).click();
  // Nobody is called by a site that they did not choose.
  await donor.page.getByRole('link', { name: mine.error }).click();
  await donor.page.getByLabel('云汀市中心血站').check();
  await donor.page.getByRole('button', { name: mine.save }).click();
  await donor.page.getByText(mine.saved).waitFor();
  await server.settled();

  const staff = await visitor(browser, server, { width: 'desk', kept: keptOf(server, staffToken) });
  const { page } = staff;
  await page.goto(`/staff/${SITE}/figures`);
  await page.getByRole('heading', { name: figures.fill.title }).waitFor();
  await page.getByRole('button', { name: figures.fill.hour }).click();
  await page.getByRole('columnheader', { name: figures.fill.time }).first().waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: fill(figures.csvOf, { what: figures.fill.title }) }).click();
  expect((await saved).suggestedFilename()).toMatch(/hours.*\.csv$/);

  const date = daysAhead(12);
  await page.goto(`/staff/${SITE}/calls/new?procedure=whole-blood`);
  await page.getByRole('button', { name: calls.form.next }).click();
  await page.getByRole('link', { name: calls.form.error.from }).waitFor();
  await page.locator('#from').fill(date);
  await page.getByRole('button', { name: calls.form.next }).click();
  await page.getByRole('button', { name: /开始招募/ }).click();
  await page.getByText(calls.status.running).waitFor();
  const { body } = await server.textWith(DONOR, /紧缺/);
  const link = /\/c\/[a-z0-9]+/.exec(body)?.[0] ?? '';
  await donor.page.goto(link);
  await donor.page.waitForURL((url) => url.pathname === `/donate/${SITE}` && url.searchParams.get('date') === date);
  await donor.page.locator('.times .chip').first().click();
  await donor.page.getByRole('button', { name: WORDS.zh.check.confirm }).click();
  await donor.page.getByText(WORDS.zh.booking.booked).first().waitFor();
  await donor.leave();

  const booked = page.locator('.tile', { hasText: calls.one.booked });
  await booked.getByText(fill(calls.one.people, { count: 1 })).waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: calls.one.stop, exact: true }).click();
  await page.getByRole('button', { name: calls.one.stopYes }).click();
  await page.getByText(calls.status.stopped).waitFor();
  await staff.leave();
  type Calls = { items: { status: string; asked: number }[] };
  const list = await call<Calls>(server.url, staffToken, `/api/calls?siteId=${SITE}`);
  expect(list.body.items[0]).toMatchObject({ status: 'stopped' });
});
