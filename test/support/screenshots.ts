import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import { builtWeb } from '../../local/build-web.ts';
import { startBrowser, visitorAs } from './browser.ts';
import { call } from './caller.ts';
import { findBrowser } from './e2e-setup.ts';
import { type Server, startOn } from './server.ts';
import { labelOf } from './station.ts';
import { fill, WORDS } from './story.ts';
import { daysAhead } from './today.ts';

/** `npm run screenshots`: the README's picture, from the pages as they are. It wants fonts with Chinese on the machine. */
const OUT = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const DONOR = '+8613800000033';
const STAFF = '+8613800000001';
const SITE = 'yunting-central';

/** A donor's booking for a morning of this week, just confirmed. */
async function phone(browser: Browser, server: Server): Promise<Buffer> {
  const words = WORDS.zh;
  const { page, leave } = await visitorAs(browser, server, DONOR);
  await page.goto(`/donate/${SITE}?procedure=whole-blood&date=${daysAhead(4)}`);
  await page.locator('.times .chip').nth(1).click();
  await page.getByRole('button', { name: words.check.confirm }).click();
  await page.getByText(words.booking.booked).first().waitFor();
  await page.locator(`a[href^="tel:"]`).waitFor();
  const shot = await page.screenshot();
  await leave();
  return shot;
}

/** The station's day under way: one has given, some are here, others are still to come. */
async function desk(browser: Browser, server: Server): Promise<Buffer> {
  const [staff = ''] = await server.tokens(STAFF);
  type Roster = { items: { bookingId: string; status: string; procedure: string }[] };
  const roster = await call<Roster>(server.url, staff, `/api/donations/roster?siteId=${SITE}&date=${daysAhead(0)}`);
  const coming = roster.body.items.filter(({ procedure }) => procedure === 'whole-blood').slice(0, 2);
  for (const { bookingId, status } of coming) {
    if (status === 'booked')
      await call(server.url, staff, '/api/donations/check-in', {
        body: { bookingId, passCode: passCodeOf({ bookingId }) },
      });
  }
  const [first] = coming;
  if (first && first.status !== 'fulfilled') {
    await call(server.url, staff, '/api/donations', {
      body: {
        bookingId: first.bookingId,
        din: labelOf('N700126800001'),
        procedure: 'whole-blood',
        volumeMl: 400,
        reaction: false,
      },
    });
  }
  const { page, leave } = await visitorAs(browser, server, STAFF, { width: 'desk', language: 'en' });
  await page.goto(`/staff/${SITE}`);
  await page.getByText(fill(WORDS.en.work.staff.live, {})).waitFor();
  const shot = await page.screenshot();
  await leave();
  return shot;
}

/** Both on one picture. */
async function beside(browser: Browser, left: Buffer, right: Buffer): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 660 } });
  const image = (shot: Buffer, css: string): string =>
    `<img style="border-radius:14px;border:1px solid #e5d6c9;box-shadow:0 8px 24px #0002;${css}" src="data:image/png;base64,${shot.toString('base64')}">`;
  await page.setContent(
    `<body style="margin:0;height:660px;display:flex;gap:24px;align-items:center;justify-content:center;background:#f4e9df">
     ${image(left, 'height:600px')}${image(right, 'width:850px')}</body>`,
  );
  const shot = await page.screenshot();
  await page.close();
  return shot;
}

await builtWeb(console.log);
const { binary, remove } = await findBrowser();
const [server, browser] = await Promise.all([startOn(), startBrowser(binary)]);
try {
  const picture = await beside(browser, await phone(browser, server), await desk(browser, server));
  await mkdir(OUT, { recursive: true });
  await writeFile(`${OUT}nuanliu.png`, picture);
  console.log(`docs/images/nuanliu.png, ${Math.round(picture.byteLength / 1024)} KB`);
} finally {
  await browser.close();
  await server.stop();
  await remove();
}
