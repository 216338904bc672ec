import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, inject, it } from 'vitest';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { labelOf } from '../support/station.ts';
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
const HOSPITAL = '云汀市人民医院';

/** As a scanner does: every character at once, and Enter. */
async function scan(page: Page, code: string): Promise<void> {
  await page.locator('#scan').fill(code);
  await page.keyboard.press('Enter');
}

it('staff scan bags to a hospital, are told at once of what is wrong, and call back what its donor has given', async () => {
  const [token = ''] = await server.tokens(STAFF);
  type Units = { items: { din: string; units: { unitId: string; stage: string }[] }[] };
  const { items } = (await call<Units>(server.url, token, `/api/units?siteId=${SITE}&date=${daysAhead(-2)}`)).body;
  // One component of it is at the hospital, the other on the shelf.
  const din = items.find(({ units }) =>
    units.some(({ unitId, stage }) => unitId === 'wb-pl' && stage === 'stored'),
  )?.din;
  if (!din) throw new Error('the city has no stored plasma');

  const words = WORDS.zh.work;
  const staff = await visitor(browser, server, { width: 'desk', kept: keptOf(server, token) });
  const { page } = staff;
  await page.goto(`/staff/${SITE}/batch`);
  await page.getByRole('link', { name: words.batch.act.issue }).click();
  const label = labelOf(din);
  const slip = `${label.slice(0, -1)}${label.endsWith('A') ? 'B' : 'A'}`;
  await scan(page, slip);
  await page.getByRole('alert').getByText(words.batch.why['check-character']).waitFor();
  await scan(page, `=${din.slice(0, -2)}9900`);
  await page
    .getByRole('alert')
    .getByText(words.batch.why.unknown.split('{{')[0] ?? '')
    .waitFor();
  await scan(page, `=${din}00`);
  await page.getByRole('status').getByText(words.component.plasma).waitFor();
  await scan(page, `=${din}00`);
  await page
    .getByRole('alert')
    .getByText(words.batch.doubled.split('{{')[0] ?? '')
    .waitFor();
  // What was wrong has cost nothing of what was scanned; nor does a page that is opened anew.
  await page.reload();
  await page.getByRole('button', { name: fill(words.batch.apply, { action: words.action.issue, n: 1 }) }).click();
  await page.getByRole('link', { name: words.step.error.hospital }).waitFor();
  await page.locator('#hospital').fill(HOSPITAL);
  await page.getByRole('button', { name: fill(words.batch.apply, { action: words.action.issue, n: 1 }) }).click();
  await page.getByText(fill(words.batch.allDone, { done: 1 })).waitFor();

  await page.locator('tbody').getByRole('link').first().click();
  await page.getByText(HOSPITAL).first().waitFor();
  await page.getByRole('link', { name: words.lookback.link }).click();
  await page.getByText(words.lookback.lead).waitFor();
  // The red cells were there already.
  await page.getByText(HOSPITAL).nth(1).waitFor();
  await page.getByRole('link', { name: words.recall.link, exact: true }).click();
  await page.getByRole('button', { name: words.recall.begin }).click();
  await page.getByRole('link', { name: words.recall.error.reason }).waitFor();
  await page.getByLabel(words.recall.scopes.donor).check();
  await page.getByLabel(words.recall.reasons['donor-information']).check();
  await page.getByRole('button', { name: words.recall.begin }).click();
  const hospital = page.getByRole('article', { name: HOSPITAL });
  await hospital.getByText('wb-pl').waitFor();
  await hospital.locator('a[href^="tel:"]').waitFor();
  await page.getByRole('button', { name: fill(words.recall.tell, { hospital: HOSPITAL }) }).click();
  await page
    .getByText(words.recall.told.split('}}').at(-1) ?? '')
    .first()
    .waitFor();
  await page.goto(`/staff/units/${din}?site=${SITE}`);
  await page.getByText(words.recall.recalledText).waitFor();
  await staff.leave();
});
