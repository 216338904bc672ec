import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keptOf, startBrowser, type Visitor, visitor } from '../support/browser.ts';
import { type Server, startServer } from '../support/server.ts';
import { WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

let server: Server;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A line so slow that the pages' own scripts are not there yet; `arrive` lets them come. */
async function onSlowLine({ page }: Visitor): Promise<{ arrive: () => void }> {
  let arrive = (): void => undefined;
  const there = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/assets\/index-[^/]+\.js$/, async (route) => {
    await there;
    await route.continue();
  });
  return { arrive };
}

const check = `/donate/check?${new URLSearchParams({
  site: 'yunting-central',
  procedure: 'platelets',
  date: daysAhead(3),
  slot: `yunting-central_${daysAhead(3)}_0800_platelets`,
})}`;

describe('before the scripts of a page are there', () => {
  it('it says what it is in the reader’s language, its links lead on, and what was pressed is done when it can be', async () => {
    const donor = await visitor(browser, server, { language: 'en' });
    const { page } = donor;
    const { arrive } = await onSlowLine(donor);
    await page.goto(check, { waitUntil: 'commit' });
    await page.getByRole('heading', { level: 1, name: WORDS.en.check.title }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const back = new URL((await page.locator('a.back').getAttribute('href')) ?? '', server.url);
    expect(back.pathname).toBe('/donate/yunting-central');
    expect(back.searchParams.get('date')).toBe(daysAhead(3));
    expect(back.searchParams.get('procedure')).toBe('platelets');

    await page.getByRole('button', { name: WORDS.en.language.switch }).click();
    arrive();
    await page.getByRole('heading', { level: 1, name: WORDS.zh.check.title }).waitFor();
    await page.getByText('云汀市中心血站').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await donor.leave();
  });

  it.each(['mouse', 'finger'])('a link that a %s is on while they come leads where it says', async (by) => {
    const donor = await visitor(browser, server);
    const { page } = donor;
    const { arrive } = await onSlowLine(donor);
    await page.goto('/', { waitUntil: 'commit' });
    const link = page.getByRole('link', { name: WORDS.zh.home.precheck });
    const { x = 0, y = 0, width = 0, height = 0 } = (await link.boundingBox()) ?? {};
    const at = { x: x + width / 2, y: y + height / 2 };
    const touch = await donor.context.newCDPSession(page);
    const drawn = await link.elementHandle();
    if (by === 'mouse') {
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
    } else await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    arrive();
    await expect.poll(() => drawn?.isVisible(), { timeout: 15_000 }).toBe(false);
    if (by === 'mouse') await page.mouse.up();
    else await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForURL(/\/precheck$/);
    await page.goBack();
    await page.waitForURL(/\/$/);
    await donor.leave();
  });

  it('whoever chose a language here sees no other, and whoever is signed in is not asked to', async () => {
    const kept = keptOf(server, 'any');
    kept.origins[0]?.localStorage.push({ name: 'nuanliu.language', value: 'en' });
    const donor = await visitor(browser, server, { language: 'zh', kept });
    await onSlowLine(donor);
    await donor.page.goto(check, { waitUntil: 'commit' });
    await donor.page.getByRole('heading', { level: 1, name: WORDS.en.check.title }).waitFor();
    expect(await donor.page.getByRole('button', { name: WORDS.en.check.signIn }).count()).toBe(0);
    await donor.leave();
  });
});

it.each(['/', '/donate?procedure=platelets', `/donate/yunting-central?procedure=whole-blood&date=${daysAhead(4)}`])(
  '%s asks nothing twice, and nothing in sight moves when its scripts and answers come',
  async (path) => {
    const donor = await visitor(browser, server);
    const { page } = donor;
    const { arrive } = await onSlowLine(donor);
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname.startsWith('/api/')) asked.push(pathname + search);
    });
    await page.addInitScript(`
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.moved += value;
      }).observe({ type: 'layout-shift', buffered: true });
    `);
    await page.goto(path, { waitUntil: 'commit' });
    await page.locator('h1').waitFor();
    arrive();
    await expect.poll(() => page.title(), { timeout: 15_000 }).toContain(' · ');
    await page.locator('main .loading-card').first().waitFor({ state: 'detached' });
    expect(await page.evaluate('window.moved')).toBeLessThan(0.05);
    expect(asked).toEqual([...new Set(asked)]);
    expect(asked.length > 0).toBe(path !== '/');
    await donor.leave();
  },
);
