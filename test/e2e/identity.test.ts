import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { RoleItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { eventually, type Server, startServer } from '../support/server.ts';
import { labelOf } from '../support/station.ts';
import { fill, WORDS } from '../support/story.ts';
import { morningSite, type OpenSite } from '../support/today.ts';

let server: Server;
let browser: Browser;
let site: OpenSite;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
  site = await morningSite(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const words = WORDS.zh.work;
const PASSPORT = 'E87654321';

/** Somebody with a place today. */
async function booked(phone: string, name: string, nth: number): Promise<string> {
  const [token = ''] = await server.tokens(phone);
  await call(server.url, token, '/api/me', { method: 'PATCH', body: { version: 1, name } });
  type Days = { items: { slotId: string; date: string }[] };
  const today = new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);
  const until = new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10);
  const { items } = (await call<Days>(server.url, token, `/api/sites/${site.siteId}/slots?from=${today}&to=${until}`))
    .body;
  const made = await call<{ bookingId: string }>(server.url, token, '/api/bookings', {
    body: { slotId: items[nth]?.slotId },
  });
  expect(made.status).toBe(201);
  return made.body.bookingId;
}

async function showPassport(page: Page): Promise<void> {
  await page.getByLabel(words.identity.checkIn.other, { exact: true }).check();
  await page.locator('#number').fill(PASSPORT);
  await page.getByRole('button', { name: words.identity.checkIn.submit, exact: true }).click();
}

const look = async (page: Page, name: string): Promise<void> => {
  if (process.env['SHOTS'])
    writeFileSync(`${process.env['SHOTS']}/${name}.png`, await page.screenshot({ fullPage: true }));
};

it('a document that is another donor’s leads two of the staff to make one record of two', async () => {
  const role: RoleItem = { kind: 'role', personId: 'demo-3', role: 'staff', scope: site.siteId };
  await server.store().put({ Item: { ...keys.role('demo-3', 'staff', site.siteId), ...role } });
  const before = await booked('+8613700002001', '林见暖', 0);
  await booked('+8613700002002', '林小暖', 1);
  const [first = ''] = await server.tokens('+8613800000001');
  const [second = ''] = await server.tokens('+8613800000003');

  const staff = await visitor(browser, server, { width: 'desk', kept: keptOf(server, first) });
  const { page } = staff;
  await page.goto(`/staff/${site.siteId}`);
  await page.getByRole('link', { name: fill(words.staff.checkInFor, { name: '林见暖' }) }).click();
  await page.getByRole('button', { name: words.identity.checkIn.submit, exact: true }).click();
  await page.getByRole('link', { name: words.identity.checkIn.error.scan }).waitFor();
  // A slip of the finger in an identity number is noticed before anything is sent.
  await page.locator('#scan').fill('11010519491231002１');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: words.identity.checkIn.error.resident }).waitFor();
  await look(page, 'check-in');
  await showPassport(page);
  await page.getByText(fill(words.identity.checkIn.done, { name: '林见暖' })).waitFor();
  const drawn = { bookingId: before, din: labelOf('N700126700901'), procedure: 'whole-blood', volumeMl: 400 };
  const given = await call(server.url, first, '/api/donations', { body: { ...drawn, reaction: false } });
  expect(given.status).toBe(201);

  await page.getByRole('link', { name: fill(words.staff.checkInFor, { name: '林小暖' }) }).click();
  await showPassport(page);
  await page.getByText(words.identity.merge.clash).waitFor();
  await page.getByText(words.identity.card.other).waitFor();
  expect(await page.locator('.record-pair').innerText()).not.toMatch(/见暖|小暖|E8765/);
  await look(page, 'clash');
  await page.getByLabel(fill(words.identity.merge.keepHere, { digits: '2002' })).check();
  await page.locator('#reason').fill('同一本护照，本人确认换过手机号');
  await page.getByRole('button', { name: words.identity.merge.propose }).click();
  await page.getByText(words.identity.merge.mine).waitFor();
  expect(await page.getByRole('button', { name: words.identity.merge.approve }).count()).toBe(0);
  await look(page, 'proposed');

  const other = await visitor(browser, server, { width: 'phone', kept: keptOf(server, second) });
  await other.page.goto(`/staff/${site.siteId}/merges`);
  await look(other.page, 'merges-phone');
  await other.page.locator('table').getByRole('link').click();
  await other.page.getByText(words.identity.card.ends).waitFor();
  await look(other.page, 'merge-phone');
  await other.page.getByRole('button', { name: words.identity.merge.approve }).click();
  await eventually('the records are one', async () => {
    await other.page.reload();
    return (await other.page.getByText(words.identity.merge.status.done).count()) > 0 || undefined;
  });
  await look(other.page, 'done-phone');
  await other.leave();

  // They gave today, under whichever name: the second place of today is gone, and so is the way to check it in.
  await page.goto(`/staff/${site.siteId}`);
  await page.getByText('林小暖').first().waitFor();
  expect(await page.getByRole('link', { name: fill(words.staff.checkInFor, { name: '林小暖' }) }).count()).toBe(0);
  await look(page, 'roster');
  await staff.leave();
});

it('somebody with a new number is moved to it by staff, and who has it already stays a person of their own', async () => {
  const known = async (phone: string, name: string): Promise<string> => {
    const [own = ''] = await server.tokens(phone);
    await call(server.url, own, '/api/me', { method: 'PATCH', body: { version: 1, name } });
    return (await call<{ personId: string }>(server.url, own, '/api/me')).body.personId;
  };
  const id = await known('+8613700002005', '何玉兰');
  await known('+8613700002006', '陈桂芳');
  const [token = ''] = await server.tokens('+8613800000001');
  const { page, leave } = await visitor(browser, server, { width: 'phone', kept: keptOf(server, token) });
  await page.goto(`/staff/${site.siteId}/people/${id}`);
  await page.getByRole('link', { name: words.desk.person.phone }).click();
  const change = page.getByRole('button', { name: words.desk.phone.submit, exact: true });
  await change.click();
  await page.getByRole('link', { name: words.desk.phone.error.who }).waitFor();
  await page.getByLabel(words.desk.phone.new).fill('137 0000 2006');
  await page.getByLabel(words.desk.phone.document).check();
  await page.getByLabel(words.desk.phone.reason).fill('本人换号');
  await change.click();
  await page.getByText(words.desk.phone.known).waitFor();
  await page.getByText('陈桂芳').waitFor();
  await look(page, 'phone-known');
  await page.getByRole('button', { name: words.desk.phone.another }).click();
  await page.getByText(fill(words.desk.phone.done, { digits: '2006' })).waitFor();
  await page.getByText(fill(words.desk.people.last4, { digits: '2006' })).waitFor();
  await leave();
  await eventually('the old number is told', async () => {
    const texts = await server.texts('+8613700002005');
    return texts.some(({ body }) => body.includes('如非您本人要求')) || undefined;
  });
});
