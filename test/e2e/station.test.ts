import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEVICE_HEADER } from '../../shared/domain/second-fact.ts';
import { LOCK_MINUTES } from '../../shared/domain/station.ts';
import { queryAll } from '../../shared/store/every.ts';
import type { FactorSessionItem, RoleItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { enterCodeAlone, fillFact, sessionWith, startBrowser, type Visitor, visitor } from '../support/browser.ts';
import { type Server, startServer } from '../support/server.ts';
import { partByPart, WORDS } from '../support/story.ts';

const SITE = 'yunting-central';
const XU = { phone: '+8613800000001', name: '许若川', pin: '271828' };
const TIAN = { phone: '+8613800000002', name: '田知秋', pin: '314159' };
/** Works elsewhere, and signs in here by mistake. */
const FANG = { phone: '+8613800000003' };
const XU_ID = 'demo-1';
type Colleague = typeof XU;
const SWITCH_MS = 5_000;

const words = WORDS.zh.work;
let server: Server;
let browser: Browser;
let desk: Visitor;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
  // Both work at the same site.
  const role: RoleItem = { kind: 'role', personId: 'demo-2', role: 'staff', scope: SITE };
  await server.store().put({ Item: { ...keys.role('demo-2', 'staff', SITE), ...role } });
  desk = await visitor(browser, server, { width: 'desk' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
partByPart();

/** The texted code, who they are on this browser where that is asked, and what their authenticator shows. */
async function signIn({ phone }: Pick<Colleague, 'phone'>): Promise<void> {
  const { page } = desk;
  await enterCodeAlone(page, server, phone);
  if (new URL(page.url()).pathname === '/mine/who') {
    await page.locator('main a[href^="/mine/who/before"]').click();
    const fact = await server.secondFact(phone);
    if (fact) await fillFact(page, fact);
    await page.locator('main button[type="submit"]').click();
  }
  await page.locator('#factor-code').fill(await server.factorCode(phone));
}

async function takeSeat({ pin }: Colleague): Promise<void> {
  await desk.page.locator('#station-pin').fill(pin);
  await desk.page.getByRole('button', { name: words.station.join }).click();
  await desk.page.waitForURL(`**/staff/${SITE}`);
}

/** What lies in the browser where whoever opens another tab of it reads it. */
const openSession = async (): Promise<string | null> =>
  await desk.page.evaluate(() => localStorage.getItem('nuanliu.session'));

const lock = async (): Promise<void> => {
  await desk.page.getByRole('button', { name: words.station.lock }).click();
  await desk.page.waitForURL('**/staff/station');
};

async function unlock({ name, pin }: Colleague, page = desk.page): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.locator('#station-pin').fill(pin);
  await page.waitForURL((url) => url.pathname !== '/staff/station');
}

/** The token of whoever is at the station, as their tab has it. */
const tokenHere = async (page = desk.page): Promise<string> =>
  await page.evaluate(() => JSON.parse(sessionStorage.getItem('nuanliu.session') ?? '{}').accessToken ?? '');
const rosterAs = async (token: string): Promise<string | number> => {
  const device = (await desk.page.evaluate(() => localStorage.getItem('nuanliu.device'))) ?? '';
  const date = new Date().toISOString().slice(0, 10);
  const answer = await fetch(`${server.url}/api/donations/roster?siteId=${SITE}&date=${date}`, {
    headers: { authorization: `Bearer ${token}`, [DEVICE_HEADER]: device },
  });
  return answer.ok ? answer.status : ((await answer.json()) as { code: string }).code;
};
/** Everything that the browser holds and whoever sits down next could read. */
const held = async (): Promise<string> =>
  (await desk.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))) +
  (await desk.page.content());

describe('a station that several share', () => {
  it('is made of a browser by staff who have shown both factors, and theirs is the first seat', async () => {
    const { page } = desk;
    await page.goto(`/staff/${SITE}`);
    await page.locator('main button', { hasText: '登录' }).click();
    await signIn(XU);
    await page.locator('.desk-tabs').waitFor();
    await page.goto(`/staff/${SITE}/station`);
    await page.getByRole('button', { name: words.station.set }).click();
    await page.locator('#station-pin').waitFor();
    // Whoever comes next takes no seat as them.
    expect(await openSession()).toBeNull();
    await takeSeat(XU);
    await page.locator('.station-bar', { hasText: XU.name }).waitFor();
  });

  let token = '';
  it('locked, it shows nothing of them, holds nothing of theirs that could be read, and the service refuses them', async () => {
    const { page } = desk;
    await page.goto(`/staff/${SITE}/people/new`);
    await page.locator('#new-name').fill('李一粟');
    token = await tokenHere();
    expect(await rosterAs(token)).toBe(200);
    await lock();
    expect(await rosterAs(token)).toBe('station-locked');
    const all = await held();
    expect(all).not.toContain('李一粟');
    expect(all).not.toContain(token);
    // Every way leads to the question who is next.
    await page.goto(`/staff/${SITE}`);
    await page.waitForURL('**/staff/station');
  });

  it('is a colleague’s after they have signed in there themselves', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: words.station.another }).click();
    await signIn(TIAN);
    await page.locator('#station-pin').waitFor();
    expect(await openSession()).toBeNull();
    await takeSeat(TIAN);
    await page.locator('.station-bar', { hasText: TIAN.name }).waitFor();
    expect(await held()).not.toContain('李一粟');
    expect(await rosterAs(await tokenHere())).toBe(200);
    expect(await rosterAs(token)).toBe('station-locked');
  });

  it('changes hands within five seconds, with what each had typed, for them alone', async () => {
    const { page } = desk;
    const began = Date.now();
    await lock();
    await unlock(XU);
    const name = page.locator('#new-name');
    await name.waitFor();
    await expect.poll(async () => await name.inputValue(), { interval: 20, timeout: 10_000 }).toBe('李一粟');
    const took = Date.now() - began;
    console.log(`a station changed hands in ${took} ms, page and all`);
    expect(took).toBeLessThan(SWITCH_MS);
    await lock();
    await unlock(TIAN);
    await page.waitForURL(`**/staff/${SITE}`);
    expect(await held()).not.toContain('李一粟');
  });

  it('puts what somebody had typed into no other page than theirs', async () => {
    const { page } = desk;
    await lock();
    await unlock(XU);
    await page.locator('#new-name').waitFor();
    // A field that the page does not draw again of itself: what stood in it waits for it.
    await page.evaluate(
      `document.querySelector('main form').append(Object.assign(document.createElement('input'), { id: 'move-phone', value: '13900000000' }))`,
    );
    await lock();
    await unlock(XU);
    await expect.poll(async () => await page.locator('#new-name').inputValue()).toBe('李一粟');
    await page.locator('main a[href^="/staff"]').first().click();
    await page.waitForURL((url) => !url.pathname.endsWith('/people/new'));
    await page.evaluate(
      `document.querySelector('main').append(Object.assign(document.createElement('input'), { id: 'move-phone' }))`,
    );
    await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))`);
    expect(await page.locator('#move-phone').inputValue()).toBe('');
  });

  it('is locked for whoever an old tab still shows, and stays open for the colleague who has it in another', async () => {
    const other = await desk.context.newPage();
    await other.goto('/staff/station');
    await unlock(TIAN, other);
    await other.locator('.station-bar', { hasText: TIAN.name }).waitFor();
    // By itself: it neither shows the one before any longer, nor locks the other.
    await desk.page.waitForURL('**/staff/station');
    await desk.page.bringToFront();
    await desk.page.reload();
    await desk.page.waitForURL('**/staff/station');
    await other.locator('.station-bar', { hasText: TIAN.name }).waitFor();
    expect(await rosterAs(await tokenHere(other))).toBe(200);
    await other.close();
  });

  it('keeps no colleague’s session under the name of whoever’s had run out', async () => {
    const { page } = desk;
    await unlock(XU);
    await page.evaluate(() => {
      const kept = JSON.parse(sessionStorage.getItem('nuanliu.session') ?? '{}');
      sessionStorage.setItem('nuanliu.session', JSON.stringify({ ...kept, expiresAt: 0, refreshToken: undefined }));
    });
    await page.reload();
    await page.locator('main button', { hasText: '登录' }).click();
    await signIn(FANG);
    await page.locator('#station-pin').waitFor();
    // What they have shown holds for a seat alone; and were they to go now, whoever signs in next is asked for a number.
    expect(await rosterAs(await tokenHere())).toBe('station-locked');
    const next = await desk.context.newPage();
    await next.goto('/staff/station');
    await next.getByRole('button', { name: words.station.another }).click();
    await next.locator('#phone').waitFor();
    await next.close();
    await page.getByRole('button', { name: words.station.back }).click();
    await page.waitForURL('**/staff/station');
    await unlock(XU);
    await page.locator('.station-bar', { hasText: XU.name }).waitFor();
    expect(await rosterAs(await tokenHere())).toBe(200);
    const mine = await page.evaluate(async () => {
      const { accessToken } = JSON.parse(sessionStorage.getItem('nuanliu.session') ?? '{}');
      const device = localStorage.getItem('nuanliu.device') ?? '';
      const headers = { authorization: `Bearer ${accessToken}`, 'x-nuanliu-device': device };
      return ((await (await fetch('/api/me', { headers })).json()) as { name: string }).name;
    });
    expect(mine).toBe(XU.name);
  });

  it('takes a wrong PIN for what it is', async () => {
    const { page } = desk;
    await lock();
    await page.getByRole('button', { name: XU.name, exact: true }).click();
    await page.locator('#station-pin').fill('908172');
    await page.getByText('密码不正确').waitFor();
    // The field waits for another: nothing has to be touched.
    await page.locator('#station-pin:focus').waitFor();
    await page.keyboard.type(XU.pin);
    await page.waitForURL((url) => url.pathname !== '/staff/station');
  });

  it('locks when nobody touches it, for as long as its site says', async () => {
    const { page } = desk;
    token = await tokenHere();
    await page.evaluate(() => {
      const station = JSON.parse(localStorage.getItem('nuanliu.station') ?? '{}');
      localStorage.setItem('nuanliu.station', JSON.stringify({ ...station, lockMinutes: 0.02 }));
    });
    await page.waitForURL('**/staff/station');
    for (const { name } of [XU, TIAN]) await page.getByRole('button', { name, exact: true }).waitFor();
    expect(await page.locator('.station-bar').count()).toBe(0);
    expect(await rosterAs(token)).toBe('station-locked');
    await unlock(XU);
    await page.locator('.station-bar', { hasText: XU.name }).waitFor();
    const minutes = await page.evaluate(() => JSON.parse(localStorage.getItem('nuanliu.station') ?? '{}').lockMinutes);
    expect(minutes).toBe(LOCK_MINUTES);
  });

  it('ended, is a browser like any other: whoever had a seat signs in with both factors and works', async () => {
    const { page } = desk;
    await page.goto(`/staff/${SITE}/station`);
    await page.getByRole('button', { name: words.station.end }).click();
    await page.getByRole('button', { name: words.station.endSure }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto(`/staff/${SITE}`);
    // A number is texted one code a minute: as if it had been entered.
    const [accessToken = ''] = await server.tokens(XU.phone);
    await page.evaluate((session) => localStorage.setItem('nuanliu.session', session), sessionWith(accessToken));
    await page.reload();
    await page.locator('#factor-code').waitFor();
    expect(await rosterAs(accessToken)).toBe('second-factor-needed');
    const device = await page.evaluate(() => localStorage.getItem('nuanliu.device') ?? undefined);
    await server.showFactor(XU.phone, device);
    await page.reload();
    await page.locator('.desk-tabs').waitFor();
    expect(await rosterAs(accessToken)).toBe(200);
  });

  it('that the service has not heard the end of asks for the second factor, and shuts nobody out', async () => {
    const { page } = desk;
    const store = server.store();
    const sessions = await queryAll<FactorSessionItem>(store, {
      ...partitions.factorSessions(XU_ID),
      consistent: true,
    });
    const station = { stationId: 's0123456789abcdef01234567', openUntil: new Date(0).toISOString() };
    for (const it of sessions) {
      await store.put({ Item: { ...it, ...keys.factorSession(XU_ID, it.session), station } });
    }
    await page.reload();
    await page.locator('#factor-code').waitFor();
  });
});
