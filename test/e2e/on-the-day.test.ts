import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import { localOf } from '../../shared/domain/local-time.ts';
import { scannedPassCode } from '../../shared/domain/pass-code.ts';
import { hereZh } from '../../web/src/i18n/here-zh.ts';
import { anEventInput, aShiftInput } from '../builders/events.ts';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { holdUp } from '../support/camera.ts';
import { eventually, type Server, startServer } from '../support/server.ts';
import { fill, WORDS } from '../support/story.ts';

let server: Server;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const ORGANISER = '+8613800000011';
const VOLUNTEERS = ['+8613900070000', '+8613900000021', '+8613900000022'];
const ZONE = 'Asia/Shanghai';

it('an organiser in a courtyard goes on when the line is dead, and a volunteer checks in with the code on their phone', async () => {
  const words = WORDS.zh.work.day;
  const [organiser = ''] = await server.tokens(ORGANISER);
  const wall = (minutes: number) => localOf(new Date(Date.now() + minutes * 60_000).toISOString(), ZONE);
  const shift = aShiftInput({ startsAtLocal: wall(30), endsAtLocal: wall(210), places: 4 });
  type View = { eventId: string; shifts: { slotId: string }[] };
  const drafted = await call<View>(server.url, organiser, '/api/events', {
    body: anEventInput({ organisationId: 'yunting-volunteers', shifts: [shift] }),
  });
  const { eventId } = drafted.body;
  const shown = await call<View>(server.url, organiser, `/api/events/${eventId}/publish`, { body: { version: 1 } });
  const slotId = shown.body.shifts[0]?.slotId;
  const people = await Promise.all(VOLUNTEERS.map(async (phone) => (await server.tokens(phone))[0] ?? ''));
  const [one, two] = await Promise.all(
    people.slice(0, 2).map(async (token) => {
      const made = await call<{ bookingId: string }>(server.url, token, '/api/bookings', { body: { slotId } });
      expect(made.status).toBe(201);
      return made.body.bookingId;
    }),
  );
  type Sheet = { items: { bookingId: string; name: string; status: string; attended?: { in: string } }[] };
  const date = wall(30).slice(0, 'YYYY-MM-DD'.length);
  const sheet = async () =>
    (await call<Sheet>(server.url, organiser, `/api/events/${eventId}/attendance?date=${date}`)).body.items;
  await eventually('two on the sheet', async () => (await sheet()).length === 2 || undefined);
  const nameOf = (await sheet()).find(({ bookingId }) => bookingId === one)?.name ?? '';

  const { page, context, leave } = await visitor(browser, server, { kept: keptOf(server, organiser) });
  // Also of the page that a reload begins: that one is told of a dead line only once it has begun.
  const line = async (isUp: boolean): Promise<void> => {
    if (isUp) await context.unroute('**/api/**');
    else await context.route('**/api/**', (route) => route.abort('internetdisconnected'));
    await context.setOffline(!isUp);
  };
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/organise/yunting-volunteers/${eventId}`);
  await page.getByRole('link', { name: words.go, exact: true }).click();
  await page.getByRole('heading', { name: fill(words.missing, { count: 2 }) }).waitFor();
  // Kept for when the line goes: the pages too, once their worker has them.
  await page.waitForFunction('navigator.serviceWorker.ready.then(() => caches.match("/")).then(Boolean)');
  // And what reads a pass, where the browser cannot by itself.
  await page.waitForFunction(`caches.open('nuanliu-pages-1').then((kept) => kept.keys())
    .then((keys) => keys.some(({ url }) => url.includes('/decode-')))`);

  // The line goes: a tap, and a pass that is scanned, are shown and kept, and the page says what is not sent.
  const offline = page.getByText(new RegExp(words.offline.replace('{{when}}', '.*')));
  await line(false);
  await offline.waitFor();
  await page.getByRole('button', { name: fill(words.checkInOf, { name: nameOf }), exact: true }).click();
  await holdUp(page, scannedPassCode(passCodeOf({ bookingId: two ?? '' })));
  await page.getByRole('button', { name: WORDS.zh.work.desk.scan.open }).click();
  await page.getByText(fill(words.unsentCount, { count: 2 })).waitFor();
  await page.reload();
  await page.getByText(fill(words.unsentCount, { count: 2 })).waitFor();
  await page.getByRole('heading', { name: fill(words.here, { count: 2 }) }).waitFor();
  expect((await sheet()).map(({ status }) => status)).toEqual(['booked', 'booked']);

  // When it is back, what was kept is sent, on whichever page they are by then.
  await page.locator('header a[href="/"]').click();
  await line(true);
  await eventually('both here', async () => (await sheet()).every(({ status }) => status === 'arrived') || undefined);
  await page.goBack();
  await page.getByText(words.lineOk).waitFor({ timeout: 30_000 });
  expect((await sheet()).map(({ attended }) => attended?.in).sort()).toEqual(['pass', 'tap']);

  await page.getByRole('link', { name: words.code.go }).click();
  await page.getByRole('img', { name: words.code.label }).waitFor();
  type Codes = { from: number; seconds: number; codes: string[] };
  const { codes } = (
    await call<Codes>(server.url, organiser, `/api/events/${eventId}/codes`, { body: { shiftId: 'guide' } })
  ).body;
  const volunteer = await visitor(browser, server, { kept: keptOf(server, people[2] ?? '') });
  // A photo of a code that is to come, or is over, opens nothing.
  await volunteer.page.goto(`/here/${eventId}/${codes[40]}`);
  await volunteer.page.getByText(hereZh.over).waitFor();
  await volunteer.page.goto(`/here/${eventId}/${codes[0]}`);
  await volunteer.page.getByRole('button', { name: hereZh.join }).click();
  const came = volunteer.page.getByText(new RegExp(hereZh.came.replace('{{time}}', '.*')));
  await came.waitFor();
  // Looked at again it says the same, and has nobody check out who has just come.
  await volunteer.page.reload();
  await came.waitFor();
  expect(await volunteer.page.getByRole('button', { name: hereZh.checkOut }).count()).toBe(0);
  await volunteer.leave();
  await page.getByRole('link', { name: words.code.close }).click();
  await page.getByRole('heading', { name: fill(words.here, { count: 3 }) }).waitFor({ timeout: 30_000 });

  // Somebody leaves while the line is dead again and the second factor's time runs out: it is asked for, and then what was kept is
  // sent. A slip is taken back.
  await line(false);
  await offline.waitFor();
  await page.getByRole('button', { name: fill(words.checkOutOf, { name: nameOf }), exact: true }).click();
  await page.getByRole('heading', { name: fill(words.left, { count: 1 }) }).waitFor();
  await server.endFactor(ORGANISER);
  await line(true);
  await page.locator('#factor-code').waitFor();
  // Without a line nobody can show it, and people leave all the same.
  await line(false);
  await page.getByRole('heading', { name: fill(words.left, { count: 1 }) }).waitFor();
  await line(true);
  await page.locator('#factor-code').fill(await server.factorCode(ORGANISER));
  await page.getByRole('link', { name: fill(words.rightOf, { name: nameOf }), exact: true }).waitFor();
  expect((await sheet()).some(({ status }) => status === 'fulfilled')).toBe(true);
  await page
    .getByRole('button', { name: fill(words.undoOf, { name: nameOf }), exact: true })
    .first()
    .click();
  await page.getByRole('heading', { name: fill(words.here, { count: 3 }) }).waitFor();
  await leave();
});
