import type { Browser, Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startBrowser, visitorAs } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { partByPart, WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

const words = WORDS.zh;
/** Seeded donors who may give. */
const XIA = '+8613800000033';

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

/** What a scanner reads on a picture, half as large as it is kept. */
async function scanned(page: Page, image: string): Promise<string> {
  const { bits, width, height } = await page.evaluate<{ bits: string; width: number; height: number }>(`(async () => {
    const picture = document.querySelector(${JSON.stringify(image)});
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.naturalWidth / 2);
    canvas.height = Math.round(picture.naturalHeight / 2);
    const pen = canvas.getContext('2d');
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    let bits = '';
    for (let n = 1; n < data.length; n += 4) bits += data[n] < 128 ? '#' : ' ';
    return { bits, width: canvas.width, height: canvas.height };
  })()`);
  const data = new Uint8ClampedArray(width * height * 4);
  for (const [n, bit] of [...bits].entries())
    data.fill(bit === '#' ? 0 : 255, 4 * n, 4 * n + 3).fill(255, 4 * n + 3, 4 * n + 4);
  return decodeQR({ data, width, height });
}

describe('a donor who books and comes', () => {
  let path = '';
  let code = '';
  partByPart();

  it('reads what to bring, puts the day into the calendar, and opens the pass', async () => {
    const { page, leave } = await visitorAs(browser, server, XIA);
    await page.goto(`/donate/yunting-central?procedure=whole-blood&date=${daysAhead(3)}`);
    await page.locator('.times .chip').first().click();
    await button(page, words.check.confirm).click();
    await page.getByText(words.booking.booked).first().waitFor();
    const guide = page.locator('.visit');
    await guide.waitFor();
    const said = await guide.innerText();
    for (const expected of [/身份证/, /约 45 分钟/, /200、300 或 400 毫升/, /不要空腹/, /\+864000000101/]) {
      expect(said).toMatch(expected);
    }
    path = new URL(page.url()).pathname;

    const address = await link(page, words.visit.calendar).getAttribute('href');
    expect(address).not.toMatch(/demo-33|138/);
    const file = await fetch(server.url + address);
    expect(file.headers.get('content-type')).toMatch(/^text\/calendar/);
    expect(await file.text()).toMatch(/\r\nSEQUENCE:1\r\n/);

    await link(page, words.visit.passShow).click();
    await page.locator('.qr').waitFor();
    code = (await page.locator('.pass-code b').innerText()).replace(' ', '');
    await leave();
  });

  it('is found by staff with the code of the pass', async () => {
    const [staff = ''] = await server.tokens('+8613800000001');
    const query = new URLSearchParams({ siteId: 'yunting-central', date: daysAhead(3), code });
    const found = await call<{ items: { bookingId: string }[] }>(server.url, staff, `/api/donations/pass?${query}`);
    expect(found.body.items.map(({ bookingId }) => `/bookings/${bookingId}`)).toEqual([path]);
  });

  it('opens the pass without a connection, even after the page was closed, until they sign out', async () => {
    const { page, context, leave } = await visitorAs(browser, server, XIA);
    await page.goto(`${path}/pass`);
    await page.locator('.qr').waitFor();
    // Until the browser has put the pages aside.
    await page.waitForFunction(
      `caches.open('nuanliu-pages-1').then((store) => store.keys()).then((kept) => kept.length > 3)`,
    );
    await context.setOffline(true);
    await page.goto(`${path}/pass`);
    await page.locator('.qr').waitFor();
    await page.locator('.notice-warn').waitFor();
    expect((await page.locator('.pass-code b').innerText()).replace(' ', '')).toBe(code);

    await context.setOffline(false);
    await page.goto('/me');
    await button(page, words.nav.signOut).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto(`${path}/pass`);
    await button(page, words.nav.signIn).waitFor();
    expect(await page.locator('.qr').count()).toBe(0);
    await leave();
  });

  it('in WeChat keeps the pass as a picture that a scanner reads, and copies the calendar’s link', async () => {
    const signedIn = await visitorAs(browser, server, XIA);
    const context = await browser.newContext({
      baseURL: server.url,
      storageState: await signedIn.context.storageState(),
      locale: 'zh-CN',
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      serviceWorkers: 'block',
      permissions: ['clipboard-read', 'clipboard-write'],
      userAgent:
        'Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5127 MMWEBSDK/20230604 MicroMessenger/8.0.38.2400',
    });
    const page = await context.newPage();
    await page.goto(path);
    await page.locator('.visit').waitFor();
    expect(await link(page, words.visit.calendar).count()).toBe(0);
    await button(page, words.visit.copy).click();
    await page.getByText(words.visit.copied).waitFor();
    expect(await page.evaluate(`navigator.clipboard.readText()`)).toMatch(/^http.*calendar\.ics\?uid=/);

    await link(page, words.visit.passShow).click();
    await button(page, words.visit.passKeep).click();
    await page.locator('.pass-picture img').waitFor();
    expect(await scanned(page, '.pass-picture img')).toBe(`NUANLIU:${code}`);
    expect(await link(page, words.visit.passDownload).count()).toBe(0);
    await context.close();
    await signedIn.leave();
  });
});
