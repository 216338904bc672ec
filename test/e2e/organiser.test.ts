import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
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
const VOLUNTEER = '+8613900070000';
const OWN = '/organise/yunting-volunteers';

type Event = {
  eventId: string;
  status: string;
  seriesId?: string;
  title: { zh: string };
  shifts: { slotId: string }[];
};
type List = { items: Event[] };

it('an organiser copies last week’s event, completes its notice, repeats it, moves it an hour and tells who is coming', async () => {
  const words = WORDS.zh.work;
  const [token = ''] = await server.tokens(ORGANISER);
  const mine = async () =>
    (await call<List>(server.url, token, '/api/organisations/yunting-volunteers/events')).body.items;
  const [from] = (await mine()).filter(({ status, seriesId }) => status === 'published' && seriesId === undefined);
  const { page, leave } = await visitor(browser, server, { kept: keptOf(server, token) });
  await page.setViewportSize({ width: 360, height: 740 });

  // Copied, but for what nobody may leave out.
  await page.goto(`${OWN}/${from?.eventId}`);
  await page.getByRole('link', { name: words.run.copy.go, exact: true }).click();
  await page.locator('[id="title.zh"]').fill('周末益起来 · 院里义诊');
  await page.locator('[id="risks.zh"]').fill('');
  await page.locator('[id="risks.en"]').fill('');
  await page.getByRole('button', { name: words.form.save }).click();
  await page.getByRole('link', { name: words.organise.publish, exact: true }).click();
  await page.getByText(words.organise.publishMissing).waitFor();
  await page.getByRole('link', { name: words.organise.complete }).click();
  await page
    .getByRole('link', { name: new RegExp(words.form.risks) })
    .first()
    .click();
  await page.keyboard.type('人多拥挤，请照看好老人');
  expect(await page.locator('[id="risks.zh"]').inputValue()).toBe('人多拥挤，请照看好老人');
  await page.locator('[id="risks.en"]').fill('It may be crowded');
  await page.getByRole('button', { name: words.form.save }).click();
  await page.getByRole('button', { name: words.organise.publishYes }).click();
  await page.getByText(words.organise.published).waitFor();

  // Three more weeks, but not the second.
  await page.getByRole('link', { name: words.run.repeat.go, exact: true }).click();
  await page.locator('#count').fill('4');
  await page.getByText(fill(words.run.repeat.summary, { count: 3 })).waitFor();
  await page.locator('#dates input').nth(1).uncheck();
  await page.getByRole('button', { name: fill(words.run.repeat.make, { count: 2 }) }).click();
  await page.getByText(fill(words.run.series.made, { all: 3 })).waitFor({ timeout: 20_000 });

  // Somebody signs up; then the first shift begins half an hour later, and so it does in the weeks that follow.
  const made = (await mine()).find(
    ({ title, status }) => title.zh === '周末益起来 · 院里义诊' && status === 'published',
  );
  const firstOf = async () =>
    (await call<{ items: { eventId: string }[] }>(server.url, token, `/api/series/${made?.seriesId}`)).body.items;
  const [first] = await firstOf();
  const event = await call<{ event: Event }>(server.url, token, `/api/events/${first?.eventId}/desk`);
  const [volunteer = ''] = await server.tokens(VOLUNTEER);
  const signed = await call(server.url, volunteer, '/api/bookings', {
    body: { slotId: event.body.event.shifts[0]?.slotId },
  });
  expect(signed.status).toBe(201);
  await server.textWith(VOLUNTEER, /院里义诊/);
  await page.goto(`${OWN}/${first?.eventId}/change`);
  const starts = page.locator('[id="shifts.0.startsAtLocal"]');
  await starts.fill((await starts.inputValue()).replace(/T.*/, 'T09:00'));
  await page.getByRole('button', { name: words.run.change.next }).click();
  await page.getByLabel(fill(words.run.change.following, { count: 2 })).check();
  await page.getByText(fill(words.run.change.moved, { count: 1 })).waitFor();
  await page.getByRole('button', { name: fill(words.run.change.applyTold, { count: 1 }) }).click();
  await page.getByText(words.run.change.done).waitFor();
  await server.textWith(VOLUNTEER, /已改为.*09:00/);
  await eventually('the last week to begin later too', async () => {
    const last = (await firstOf()).at(-1);
    const shown = await call<{ event: Event }>(server.url, token, `/api/events/${last?.eventId}/desk`);
    return shown.body.event.shifts[0]?.slotId.includes('_0900_') || undefined;
  });

  // A word to those who come, and a picture for the group.
  await page.goto(`${OWN}/${first?.eventId}/note`);
  await page.getByRole('button', { name: words.run.note.presets.rain.zh }).click();
  await page.getByRole('button', { name: fill(words.run.note.send, { count: 1 }) }).click();
  await page.getByText(fill(words.run.note.sent, { count: 1 })).waitFor();
  await server.textWith(VOLUNTEER, /请带雨具/);
  await page.goto(`${OWN}/${first?.eventId}/share`);
  const picture = page.getByRole('img', { name: /院里义诊/ });
  await picture.waitFor();
  expect(await picture.getAttribute('src')).toMatch(/^data:image\/png/);
  expect(await page.evaluate('document.querySelector(".kept-picture img").naturalWidth')).toBe(1080);
  await leave();
});
