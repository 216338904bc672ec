import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startBrowser, visitorAs } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

let server: Server;
let browser: Browser;
beforeAll(async () => {
  // The story is told at any hour.
  process.env['QUIET_HOURS'] = 'off';
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const SITE = 'yunting-central';
const DONOR = '+8613900050000';

it('a donor waits for a full time, is offered the place that comes free, and takes it', async () => {
  const date = daysAhead(6);
  type Slots = { items: { slotId: string; free: number }[] };
  const slots = await call<Slots>(
    server.url,
    '',
    `/api/sites/${SITE}/slots?from=${date}&to=${date}&procedure=platelets`,
  );
  const slot = slots.body.items.filter(({ free }) => free > 0).sort((a, b) => a.free - b.free)[0];
  if (!slot) throw new Error('the demo city has no free slot');
  const others = await server.tokens('+8613900060000', slot.free);
  let last = { bookingId: '' };
  for (const other of others) {
    last = (await call<typeof last>(server.url, other, '/api/bookings', { body: { slotId: slot.slotId } })).body;
  }

  const words = WORDS.zh.wait;
  const { page, leave } = await visitorAs(browser, server, DONOR);
  const [token = ''] = await server.tokens(DONOR);
  const grownUp = { version: 1, name: '候一位', birthDate: '1990-03-27', sex: 'male', weightKg: 70 };
  expect((await call(server.url, token, '/api/me', { method: 'PATCH', body: grownUp })).status).toBe(200);
  await page.goto(
    `/donate/check?${new URLSearchParams({ site: SITE, procedure: 'platelets', date, slot: slot.slotId })}`,
  );
  await page.getByRole('button', { name: words.here.thisTime }).click();
  await page.getByText(words.aheadNone).waitFor();

  await call(server.url, others.at(-1) ?? '', `/api/bookings/${last.bookingId}/cancel`, { body: {} });
  type Waits = { items: { status: string }[] };
  await expect
    .poll(async () => (await call<Waits>(server.url, token, '/api/waiting')).body.items[0]?.status, { timeout: 30_000 })
    .toBe('offered');
  await page.goto('/o');
  await page.getByRole('button', { name: words.take }).click();
  await page.getByText(words.status.accepted).waitFor();
  await page.getByRole('link', { name: words.toBooking }).click();
  await page.waitForURL(/\/bookings\//);
  await leave();
});
