import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { givenZh } from '../../web/src/i18n/given-zh.ts';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { type Server, startServer } from '../support/server.ts';
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

const VOLUNTEER = '+8613800000049';
const ORGANISER = '+8613800000011';
const OWN = '/organise/yunting-volunteers/hours';
const words = givenZh.service;
const work = WORDS.zh.work.hours;

async function as(phone: string) {
  const [token = ''] = await server.tokens(phone);
  const somebody = await visitor(browser, server, { kept: keptOf(server, token) });
  await somebody.page.setViewportSize({ width: 360, height: 740 });
  return somebody;
}

/** What a press saves as a file. */
async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return await readFile(await file.path());
}

it('a volunteer asks for a correction, the organiser answers it, and whoever is shown the certificate checks it', async () => {
  const volunteer = await as(VOLUNTEER);
  const { page } = volunteer;
  await page.goto('/service');
  await page
    .getByText(fill(words.stars.next, { n: 2, of: 300, left: '' }).slice(0, 6))
    .first()
    .waitFor();
  await page
    .getByRole('link', { name: /^申请更正/ })
    .first()
    .click();
  await page.getByRole('button', { name: words.request.send }).click();
  // The summary leads to each field that is missing.
  await page.getByRole('link', { name: words.request.errorMinutes }).click();
  await page.keyboard.type('3');
  await page.locator('#minutes').fill('45');
  await page.locator('#reason').fill('结束后留下来一起打扫');
  await page.getByRole('button', { name: words.request.send }).click();
  await page.getByText(words.request.done).waitFor();

  const organiser = await as(ORGANISER);
  await organiser.page.goto(OWN);
  await organiser.page.getByRole('link', { name: work.pendingGo }).click();
  const asked = organiser.page.locator('.hours-list > li').filter({ hasText: '结束后留下来一起打扫' });
  await asked.getByRole('button', { name: new RegExp(`^${work.list.approve}`) }).click();
  await asked.getByLabel(work.add.minutes).fill('200');
  await asked.getByRole('button', { name: work.list.approve, exact: true }).click();
  // Another figure than was asked for needs a word.
  await asked.getByRole('link', { name: work.list.reasonNeeded }).waitFor();
  await asked.getByLabel(work.list.reasonLabel).fill('按离场登记的时间计');
  await asked.getByRole('button', { name: work.list.approve, exact: true }).click();
  // The tab of those that are decided has the same words.
  await organiser.page.locator('.notice-good').getByText(work.list.saved, { exact: true }).waitFor();

  await page.goto('/service');
  await page.getByText(fill(words.answer, { answer: '按离场登记的时间计' })).waitFor();
  await page.getByRole('link', { name: fill(words.certificate.makeFor, { name: '云汀市志愿者协会' }) }).click();
  await page.getByRole('button', { name: words.certificate.go, exact: true }).click();
  await page.getByText(words.certificate.not).waitFor();
  for (const field of ['赵敏行', '钱若水', '0571-8000 0011', '蓝天阔']) await page.getByText(field).first().waitFor();
  const pdf = await saved(page, () => page.getByRole('button', { name: givenZh.record.pdf }).click());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const code = page.url().split('/').at(-1) ?? '';
  await volunteer.leave();

  const stranger = await visitor(browser, server);
  await stranger.page.goto('/verify');
  await stranger.page.locator('#code').fill(code.toLowerCase().replaceAll('-', ' '));
  await stranger.page.getByRole('button', { name: givenZh.verify.check, exact: true }).click();
  await stranger.page.getByText('蓝＊＊').waitFor();
  await stranger.page.getByText(words.certificate.not).waitFor();
  expect(await stranger.page.getByText('蓝天阔').count()).toBe(0);
  await stranger.leave();

  // The platform's own column names, kept for the next time.
  await organiser.page.goto(`${OWN}/export`);
  await organiser.page.locator('#header-0').fill('志愿者姓名');
  await organiser.page.getByText(work.file.unsaved).waitFor();
  await organiser.page.getByRole('button', { name: work.file.save, exact: true }).click();
  await organiser.page.getByText(work.file.saved).waitFor();
  await organiser.page.locator('#from').fill('2026-01-01');
  await organiser.page.locator('#to').fill('2026-12-31');
  const csv = await saved(organiser.page, () =>
    organiser.page.getByRole('button', { name: work.file.download }).click(),
  );
  expect(csv.toString().split('\r\n')[0]).toMatch(/^\uFEFF志愿者姓名,志愿者编号,/);
  expect(csv.toString()).toContain('蓝天阔');
  await organiser.leave();
});
