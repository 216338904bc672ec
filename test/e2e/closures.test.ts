import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { fill, WORDS } from '../support/story.ts';
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
const STAFF = '+8613800000001';
const DONOR = '+8613900070000';

it('staff close an evening; a donor is moved, and says that it suits them; somebody who calls is answered for', async () => {
  const date = daysAhead(9);
  type Slots = { items: { slotId: string; startsAt: string }[] };
  const slots = await call<Slots>(
    server.url,
    '',
    `/api/sites/${SITE}/slots?from=${date}&to=${date}&procedure=whole-blood`,
  );
  const evening = slots.body.items.find(
    ({ startsAt }) => startsAt === new Date(`${date}T20:00:00+08:00`).toISOString(),
  );
  const tokens = await server.tokens(DONOR, 2);
  for (const each of tokens) {
    const booked = await call(server.url, each, '/api/bookings', { body: { slotId: evening?.slotId } });
    expect(booked.status).toBe(201);
  }

  const words = WORDS.zh.work.closures;
  const [token = ''] = await server.tokens(STAFF);
  const staff = await visitor(browser, server, { width: 'desk', kept: keptOf(server, token) });
  const { page } = staff;
  await page.goto(`/staff/${SITE}/closures/new`);
  await page.locator('#from').fill(date);
  await page.getByLabel(words.form.part).check();
  await page.locator('#fromTime').fill('19:00');
  await page.locator('#toTime').fill('18:00');
  await page.getByRole('button', { name: words.form.next }).click();
  await page.getByRole('link', { name: words.form.error.times }).waitFor();
  await page.locator('#toTime').fill('22:00');
  await page.getByRole('button', { name: words.form.next }).click();
  await page.getByText(fill(words.check.sum, { count: 2 })).waitFor();
  // Back brings what was typed again.
  await page.goBack();
  expect(await page.locator('#toTime').inputValue()).toBe('22:00');
  await page.goForward();
  await page.getByRole('button', { name: fill(words.check.applyFor, { count: 2 }) }).click();
  await page.getByText(words.one.state.asked).nth(1).waitFor();

  const [own = '', caller = ''] = tokens;
  const donor = await visitor(browser, server, { kept: keptOf(server, own) });
  await donor.page.goto('/m');
  await donor.page.getByRole('button', { name: WORDS.zh.moves.accept }).click();
  await donor.page.getByText(WORDS.zh.moves.accepted).waitFor();
  await donor.page.getByRole('link', { name: WORDS.zh.moves.toBooking }).click();
  await donor.page.getByText(/20:00/).waitFor();
  await donor.leave();

  await page.goto(`/staff/${SITE}/closures`);
  await page.getByText(fill(words.answered, { answered: 1, all: 2 })).waitFor();
  type Moves = { items: { code: string }[] };
  const code = (await call<Moves>(server.url, caller, '/api/moves')).body.items[0]?.code ?? '';
  await page.getByLabel(words.code.label).fill(code);
  await page.keyboard.press('Enter');
  await page.locator('table').getByRole('button', { name: words.one.accept }).click();
  await page.getByText(fill(words.answered, { answered: 2, all: 2 })).waitFor();
  await staff.leave();
});

it('staff open an hour more each day, see what that adds before it holds, and what only a closure could end', async () => {
  const [token = ''] = await server.tokens('+8613800000003');
  const words = WORDS.zh.work.schedule;
  const { page, leave } = await visitor(browser, server, { width: 'desk', kept: keptOf(server, token) });
  await page.goto('/staff/meixi-park/schedule');
  await page.getByText(words.nothing).waitFor();
  await page.locator('#rows-0-to').fill('08:00');
  await page.getByRole('button', { name: words.apply }).click();
  await page.getByRole('link', { name: words.error.times }).waitFor();
  await page.locator('#rows-0-to').fill('18:00');
  await page
    .getByText(fill(words.addedSlots, { count: 1 }))
    .first()
    .waitFor();
  await page.getByRole('button', { name: words.apply }).click();
  await page.getByText(words.nothing).waitFor();
  type Days = { days: { slots: { time: string }[] }[] };
  const { days } = (await call<Days>(server.url, token, '/api/planning/meixi-park')).body;
  expect(days.filter(({ slots }) => slots.some(({ time }) => time === '1700')).length).toBeGreaterThan(10);
  await leave();
});
