import type { Browser, Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { takePlace } from '../../shared/store/slots.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { enterCode, startBrowser, visitor, visitorAs } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { partByPart, WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

const words = WORDS.zh;
/** Seeded donors who may give. */
const GU = '+8613800000032';
const XIA = '+8613800000033';

let server: Server;
let browser: Browser;
/** Two small rooms, one full on its first day. They are there before anybody asks: a list of sites is kept for a while. */
let room: Awaited<ReturnType<typeof aRoom>>;
let full: Awaited<ReturnType<typeof aRoom>>;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
  room = await aRoom('lane', daysAhead(7));
  full = await aRoom('full-lane', daysAhead(5));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const link = (page: Page, label: string | RegExp) => page.getByRole('link', { name: label });
const button = (page: Page, label: string | RegExp) => page.getByRole('button', { name: label });

type Booking = { bookingId: string; slotId: string; status: string };
const mine = async (phone: string) => {
  const [token = ''] = await server.tokens(phone);
  const { body } = await call<{ items: Booking[] }>(server.url, token, '/api/me/bookings');
  return { token, live: body.items.filter(({ status }) => status === 'booked') };
};

/** A small room of its own: at nine one place, at ten and at two some more. */
async function aRoom(siteId: string, date: string) {
  const store = server.store();
  await aSite(store, {
    siteId,
    name: { zh: '小巷献血屋', en: 'Lane Room' },
    siteKind: 'room',
    procedures: ['whole-blood'],
  });
  const [nine, ten, two] = await Promise.all([
    aSlot(store, { containerId: siteId, date, time: '0900', places: 1 }),
    aSlot(store, { containerId: siteId, date, time: '1000', places: 3 }),
    aSlot(store, { containerId: siteId, date, time: '1400', places: 3 }),
  ]);
  const check = (slot: { slotId: string }): string =>
    `/donate/check?${new URLSearchParams({ site: siteId, procedure: 'whole-blood', date, slot: slot.slotId })}`;
  return { store, nine, ten, two, check };
}

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
    for (const expected of [/身份证/, /约 45 分钟/, /200、300 或 400 毫升/, /不要空腹/, /4000000101/]) {
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
    // Until the browser has put the pages aside, and whoever does so is in charge of this page.
    await page.waitForFunction(
      `caches.open('nuanliu-pages-1').then((store) => store.keys()).then((kept) => kept.length > 3 && navigator.serviceWorker.controller !== null)`,
    );
    await page.waitForFunction(`navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')`);
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

describe('somebody who has never given looks for a time', () => {
  it('sees the soonest anywhere, narrows it to a district, and gets a month of days in one small answer', async () => {
    const { page, leave } = await visitor(browser, server);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/donate');
    await page.locator('.soonest').waitFor();
    await link(page, '梅溪区').click();
    await page.waitForURL(/district=Meixi/);
    expect(await page.locator('.site h3').allInnerTexts()).toEqual(['梅溪公园献血屋', '暖流一号献血车']);
    expect(asked.filter((path) => path.endsWith('/slots'))).toEqual([]);

    // Its own heading: the soonest time of all may be at this place as well.
    await page.locator('.site h3 a', { hasText: '梅溪公园献血屋' }).click();
    await page.locator('.times a.chip').first().waitFor();
    expect(await page.locator('.strip li').count()).toBe(29);
    expect(asked.filter((path) => /\/(days|slots)$/.test(path))).toHaveLength(2);
    expect(page.url()).toMatch(/\/donate\/meixi-park\?procedure=whole-blood&date=\d{4}-\d{2}-\d{2}$/);
    await page.goBack();
    await page.locator('.soonest').click();
    await page.getByRole('heading', { name: words.check.title }).waitFor();
    await leave();
  });

  it('opens a shared link to a day on which the room is closed, reads why, and goes on from there', async () => {
    const { page, leave } = await visitor(browser, server);
    await page.goto(`/donate/meixi-park?procedure=whole-blood&date=${daysAhead(9)}`);
    await page.getByText(/梅溪公园献血屋休息/).waitFor();
    await page.locator('.elsewhere a').nth(2).waitFor();
    await page.locator('.others .chip').first().click();
    await page.locator('.times a.chip').first().waitFor();
    await leave();
  });

  it('reads that a day is full, and what else there is', async () => {
    const { store, nine, ten, two } = full;
    const more = await aSlot(store, { containerId: 'full-lane', date: daysAhead(6), places: 1 });
    for (const { slotId, places } of [nine, ten, two]) {
      for (let n = 0; n < places; n += 1) await store.transact([takePlace(slotId, 0)]);
    }
    const { page, leave } = await visitor(browser, server);
    await page.goto(`/donate/full-lane?procedure=whole-blood&date=${nine.date}`);
    await page.getByText(/已经约满了/).waitFor();
    await page.locator('.elsewhere a').first().waitFor();
    await page.locator('.others .chip').first().click();
    await page.waitForURL(new RegExp(`date=${more.date}`));
    await leave();
  });
});

describe('when something goes wrong, a donor has one booking or a clear next step', () => {
  afterEach(async () => {
    const { token, live } = await mine(GU);
    for (const { bookingId } of live) {
      await call(server.url, token, `/api/bookings/${bookingId}/cancel`, { body: {} });
    }
  });
  const booked = async (page: Page): Promise<void> => {
    await page.getByText(words.booking.booked).first().waitFor();
    expect((await mine(GU)).live).toHaveLength(1);
  };

  it('the slot is taken while they check: the nearest other times are there at once', async () => {
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.goto(room.check(room.nine));
    await page.locator('.verdict-ok').waitFor();
    await room.store.transact([takePlace(room.nine.slotId, 0)]);
    await button(page, words.check.confirm).click();
    await page.locator('.nearest').waitFor();
    expect(await page.locator('.nearest .chip b').allInnerTexts()).toEqual(['10:00', '14:00']);
    await page.locator('.nearest .chip').first().click();
    await button(page, words.check.confirm).click();
    await booked(page);
    await leave();
  });

  it('the answer to “confirm” is lost: it is asked again and finds the booking made', async () => {
    const { page, leave } = await visitorAs(browser, server, GU);
    let lost = 0;
    await page.route('**/api/bookings', async (route) => {
      if (lost > 0) return await route.continue();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.goto(room.check(room.two));
    await page.locator('.verdict-ok').waitFor();
    await button(page, words.check.confirm).click();
    await booked(page);
    expect(lost).toBe(1);
    await leave();
  });

  it('the line stays dead: they are told that nothing is certain yet, and it is settled once the line is back', async () => {
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.clock.install();
    let dead = true;
    let made = 0;
    await page.route('**/api/bookings', async (route) => {
      if (!dead) return await route.continue();
      made += 1;
      if (made === 1) await route.fetch();
      await route.abort('connectionreset');
    });
    await page.goto(room.check(room.two));
    await page.locator('.verdict-ok').waitFor();
    await button(page, words.check.confirm).click();
    const unsure = page.getByText(words.find.unsure);
    for (let n = 0; n < 60 && !(await unsure.isVisible()); n += 1) await page.clock.runFor(2_000);
    await unsure.waitFor();
    await button(page, words.find.sure).waitFor();
    dead = false;
    await page.evaluate(`window.dispatchEvent(new Event('online'))`);
    await booked(page);
    await leave();
  });

  it('the line is dead when they open a page that was never there: it says so, and comes when the line is back', async () => {
    const { page, context, leave } = await visitorAs(browser, server, GU);
    await page.goto('/bookings');
    await page.locator('h1').waitFor();
    await context.setOffline(true);
    await page.locator('.tabs').getByRole('link', { name: words.nav.events }).click();
    await page.getByRole('heading', { name: words.crash.missing }).waitFor();
    await page.getByText(words.common.offline).waitFor();
    await page.locator('.tabs').getByRole('link', { name: words.nav.home }).click();
    await page.locator('.doors').waitFor();
    await page.locator('.tabs').getByRole('link', { name: words.nav.events }).click();
    await page.getByRole('heading', { name: words.crash.missing }).waitFor();
    await context.setOffline(false);
    await page.locator('.site.is-event').first().waitFor();
    await leave();
  });

  it('the session ends in the middle: they sign in again, are back where they were, and book', async () => {
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.goto(room.check(room.two));
    await page.locator('.verdict-ok').waitFor();
    await page.evaluate(`(() => {
      const kept = JSON.parse(localStorage.getItem('nuanliu.session'));
      localStorage.setItem('nuanliu.session', JSON.stringify({ ...kept, expiresAt: 0, refreshToken: undefined }));
      window.dispatchEvent(new StorageEvent('storage', { key: 'nuanliu.session' }));
    })()`);
    await button(page, words.check.confirm).click();
    await page.getByText(words.find.expired).waitFor();
    await button(page, words.check.signIn).click();
    const again = page.locator('#phone').or(button(page, words.check.confirm));
    await again.waitFor();
    if (await page.locator('#phone').isVisible()) await enterCode(page, server, GU);
    await page.getByText(/14:00–15:00/).waitFor();
    await button(page, words.check.confirm).click();
    await booked(page);
    await leave();
  });

  it('a tab was left open: it says that the booking has changed, and shows it as it is', async () => {
    const { token } = await mine(GU);
    const made = await call<Booking>(server.url, token, '/api/bookings', { body: { slotId: room.two.slotId } });
    const { bookingId } = made.body;
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.goto(`/bookings/${bookingId}/cancel`);
    await button(page, words.booking.cancelYes).waitFor();
    await call(server.url, token, `/api/bookings/${bookingId}/cancel`, { body: {} });
    await button(page, words.booking.cancelYes).click();
    await link(page, words.find.see).click();
    await page.getByText(words.booking.cause.person).waitFor();
    await leave();
  });

  it('they come back to the question after the answer: the booking is shown, not asked for again', async () => {
    const { token } = await mine(GU);
    await call<Booking>(server.url, token, '/api/bookings', { body: { slotId: room.two.slotId } });
    const { page, leave } = await visitorAs(browser, server, GU);
    await page.goto(room.check(room.two));
    await page.locator('.held .booking-card').waitFor();
    expect(await button(page, words.check.confirm).count()).toBe(0);
    await leave();
  });
});
