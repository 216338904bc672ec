import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import { systemWorld } from '../../functions/runtime/init.ts';
import { localDateOf } from '../../shared/domain/local-time.ts';
import { passCode, scannedPassCode } from '../../shared/domain/pass-code.ts';
import { splitBookingId } from '../../shared/store/keys.ts';
import { inParallel } from '../../shared/store/parallel.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { startBrowser, type Visitor, visitorAs } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { holdUp } from '../support/camera.ts';
import { type Server, startServer } from '../support/server.ts';
import { fill, partByPart, WORDS } from '../support/story.ts';
import { morningSite, type OpenSite } from '../support/today.ts';

partByPart();

const words = WORDS.zh.work;
const DONORS = 120;
let server: Server;
let browser: Browser;
let site: OpenSite;
let date = '';
let staff: Visitor;
const passes: string[] = [];
const bookings: string[] = [];
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
  site = await morningSite(server);
  date = await saturday();
  staff = await visitorAs(browser, server, site.staffPhone, { width: 'desk' });
});
afterAll(async () => {
  await staff?.leave();
  await browser?.close();
  await server?.stop();
});

/** A hundred and twenty people in twelve times of the afternoon, and one time with room. */
async function saturday(): Promise<string> {
  const store = server.store();
  const deps = engineDeps(store, systemWorld('tests'));
  const { zone } = await siteItem();
  const today = localDateOf(new Date().toISOString(), zone);
  const slots = await Promise.all(
    Array.from({ length: 12 }, (_, n) => n).map(
      async (n) =>
        await aSlot(store, {
          containerId: site.siteId,
          date: today,
          time: `${13 + Math.floor(n / 4)}${String(5 + 10 * (n % 4)).padStart(2, '0')}`,
          minutes: 10,
          zone,
          places: 10,
        }),
    ),
  );
  await inParallel(
    Array.from({ length: DONORS }, (_, n) => n),
    8,
    async (n) => {
      const personId = await aPerson(store, {
        personId: `psaturday${n}`,
        name: `献血者${n + 1}号`,
        phone: `+8613700${String(n).padStart(6, '0')}`,
      });
      const answer = await book(deps, {
        personId,
        slotId: slots[n % 12]?.slotId ?? '',
        idempotency: { key: Buffer.from(`saturday-${n}-of-the-story`).toString('base64url').slice(0, 22), input: 'x' },
      });
      if (answer.kind !== 'booked') throw new Error(answer.kind);
      bookings[n] = answer.booking.bookingId;
      passes[n] = passCode(splitBookingId(answer.booking.bookingId).suffix);
    },
  );
  return today;
}
async function siteItem(): Promise<{ zone: string }> {
  const answer = await fetch(`${server.url}/api/sites/${site.siteId}`);
  return (await answer.json()) as { zone: string };
}

const chip = (page: Page, state: keyof typeof words.board.state) =>
  page.getByRole('button', { name: new RegExp(`^${words.board.state[state]} `) });
const fullWidth = (text: string): string =>
  [...text].map((c) => (c > ' ' && c <= '~' ? String.fromCodePoint(c.charCodeAt(0) + 0xfee0) : c)).join('');

it('the board counts a Saturday, and a scanner with a Chinese input method on checks somebody in', async () => {
  const { page, context } = staff;
  await page.goto(`/staff/${site.siteId}`);
  await chip(page, 'booked').getByText(String(DONORS)).waitFor();
  const field = page.getByLabel(words.find.label);
  await field.focus();
  // The input method takes what the scanner types, letter by letter, and gives it back in full width.
  const cdp = await context.newCDPSession(page);
  const scanned = fullWidth(scannedPassCode(passes[0] ?? ''));
  for (let n = 1; n <= scanned.length; n += 1) {
    await cdp.send('Input.imeSetComposition', { text: scanned.slice(0, n), selectionStart: n, selectionEnd: n });
  }
  await cdp.send('Input.insertText', { text: scanned });
  await page.getByText(fill(words.find.ready, { name: '献血者1号' })).waitFor();
  await page.keyboard.press('Enter');
  await chip(page, 'arrived').getByText('1', { exact: true }).waitFor();
});

it('what is typed stays while the board follows a colleague, who is named, and a slip is taken back', async () => {
  const { page } = staff;
  const field = page.getByLabel(words.find.label);
  await field.fill(passes[3] ?? '');
  await field.press('Enter');
  await page.getByText(fill(words.find.ready, { name: '献血者4号' })).waitFor();
  const [token = ''] = await server.tokens(site.staffPhone);
  const body = { bookingId: bookings[3], passCode: passes[3] };
  expect((await call(server.url, token, '/api/donations/check-in', { body })).status).toBe(200);
  await field.press('Enter');
  await page.getByText(/许若川 已在 .* 签到，您这一步没有保存/).waitFor();
  await field.fill('献血者1号');
  await page.getByRole('button', { name: fill(words.board.beginFor, { name: '献血者1号' }) }).click();
  await chip(page, 'giving').getByText('1', { exact: true }).waitFor();
  expect(await field.inputValue()).toBe('献血者1号');
  const undo = { name: '献血者1号', what: words.board.step.begin };
  await page.getByRole('button', { name: fill(words.board.undoFor, undo) }).click();
  await chip(page, 'giving').getByText('0', { exact: true }).waitFor();
  await chip(page, 'arrived').getByText('2', { exact: true }).waitFor();
  await page.getByRole('button', { name: words.find.clear }).click();
});

it('a pass is read by the camera where the browser cannot read it by itself', async () => {
  const { page } = staff;
  await holdUp(page, scannedPassCode(passes[1] ?? ''));
  await page.getByRole('button', { name: words.desk.scan.open }).click();
  await page.getByText(fill(words.find.ready, { name: '献血者2号' })).waitFor();
  await page.getByRole('button', { name: words.find.clear }).click();
});

it('somebody without a phone who walks in is put on record, takes a time, and is at check-in', async () => {
  const { page } = staff;
  await page.getByRole('link', { name: words.desk.tools.people }).click();
  await page.getByLabel(words.desk.people.byName).check();
  await page.locator('#person-name').fill('陈桂芳');
  for (const [part, value] of Object.entries({ year: '1975', month: '3', day: '8' })) {
    await page.locator(`#${part}`).fill(value);
  }
  await page.getByRole('button', { name: words.desk.people.find }).click();
  await page.getByText(words.desk.people.none).waitFor();
  await page.getByRole('button', { name: words.desk.people.makeNoPhone }).click();
  expect(await page.locator('#new-name').inputValue()).toBe('陈桂芳');
  await page.getByLabel(words.desk.make.female).check();
  await page.locator('#weight').fill('５８');
  await page.getByRole('button', { name: words.desk.make.submit }).click();
  await page.getByRole('button', { name: /现场登记 .*全血/ }).click();
  await page.waitForURL(/check-in/);
  await page.getByText('陈桂芳').first().waitFor();
});

it('the day goes along as a file and on paper, and a line of paper is entered with its real time', async () => {
  const { page } = staff;
  await page.goto(`/staff/${site.siteId}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: words.desk.tools.csv }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\uFEFF预约时间,')).toBe(true);
  expect(text.trim().split('\r\n')).toHaveLength(DONORS + 2);

  await page.goto(`/staff/${site.siteId}/print?date=${date}`);
  await page.getByText(fill(words.desk.print.count, { count: DONORS + 1 })).waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('h1').isVisible()).toBe(false);
  expect(await page.locator('.sheet').isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });

  await page.goto(`/staff/${site.siteId}/late?date=${date}`);
  const line = async (name: string, time: string): Promise<void> => {
    await page.locator('#late-who').fill(name);
    await page.getByRole('button', { name: fill(words.desk.people.choose, { name }) }).click();
    await page.getByLabel(words.desk.late.came).check();
    await page.locator('#late-at').fill(time);
    await page.getByRole('button', { name: words.desk.late.add }).click();
  };
  await line('献血者3号', '23:59');
  await page.getByRole('link', { name: words.desk.late.error.at }).waitFor();
  await page.locator('#late-at').fill('06:30');
  await page.getByRole('button', { name: words.desk.late.add }).click();
  // A colleague has the first one already: this line stays, with why, and keeps no other from being entered.
  await line('献血者1号', '06:40');
  await page.getByRole('button', { name: fill(words.desk.late.send, { count: 2 }) }).click();
  await page.getByText(words.desk.late.done, { exact: true }).waitFor();
  await page.getByText(/没有补录：/).waitFor();
  await page.reload();
  await page.getByRole('button', { name: fill(words.desk.late.removeFor, { name: '献血者1号' }) }).waitFor();
  await page.goto(`/staff/${site.siteId}`);
  await page.getByRole('row', { name: /献血者3号.*补录/ }).waitFor();
});
