import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Language } from '../../shared/domain/vocabulary.ts';
import type { BrowserBinary } from './e2e-setup.ts';
import type { Server } from './server.ts';

/** Nothing but the pages under test: no update, no sync, no check of a network that may not be there. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];

export async function startBrowser(
  { executablePath, env }: BrowserBinary,
  flags: readonly string[] = [],
): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    args: [...FLAGS, ...flags],
    headless: true,
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

export type Width = 'phone' | 'desk';
export type Visitor = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Leaves; throws if a page failed meanwhile. */
  readonly leave: () => Promise<void>;
};

const SCREENS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } } as const;
const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const;
const PATIENCE_MS = 15_000;

/** Somebody at a browser of their own. */
export async function visitor(
  browser: Browser,
  server: Server,
  { width = 'phone', language = 'zh', kept }: { width?: Width; language?: Language; kept?: Kept } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: SCREENS[width],
    locale: LOCALES[language],
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...(width === 'phone' && { hasTouch: true, isMobile: true }),
    ...(kept && { storageState: kept }),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  return {
    context,
    page: await context.newPage(),
    leave: async () => {
      await context.close();
      if (faults.length > 0) throw new Error(`the pages failed: ${faults.join('; ')}`);
    },
  };
}

/** What a browser keeps of somebody signed in. */
export type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What a browser keeps of somebody who is signed in with this token, for walks that are not about signing in. */
export function keptOf(server: Server, accessToken: string): Kept {
  const value = sessionWith(accessToken);
  return { cookies: [], origins: [{ origin: server.url, localStorage: [{ name: 'nuanliu.session', value }] }] };
}

/** A session with this token, as a browser keeps it. */
export const sessionWith = (accessToken: string): string =>
  JSON.stringify({ accessToken, idToken: accessToken, expiresAt: Date.now() + 3_600_000 });

/** On the provider's pages: the number, then the code it was texted. Ends where it was begun, or at the question who is here. */
export async function enterCodeAlone(page: Page, server: Server, phone: string): Promise<void> {
  const before = (await server.texts(phone)).at(-1)?.id ?? 0;
  await page.locator('#phone').fill(phone);
  await page.locator('button.primary').click();
  await page.locator('#code').waitFor();
  const { body } = await server.textWith(phone, /\d{6}/, before);
  await page.locator('#code').fill(/\d{6}/.exec(body)?.[0] ?? '');
  await page.locator('button.primary').click();
  await page.waitForURL((url) => url.origin === server.url && !/^\/(identity|signed-in)/.test(url.pathname));
}

/** The same, and who is here where that is asked. Ends where it was begun. */
export async function enterCode(page: Page, server: Server, phone: string): Promise<void> {
  await enterCodeAlone(page, server, phone);
  const device = await page.evaluate(() => localStorage.getItem('nuanliu.device') ?? undefined);
  // As if those who work here had shown their second factor too, without which no page of theirs shows anything.
  await server.showFactor(phone, device);
  if (new URL(page.url()).pathname === '/mine/who') await sayWho(page, server, phone);
}

/** On a new browser: the second fact of a person of the demo city, or that one is new. Ends where the sign-in was begun. */
async function sayWho(page: Page, server: Server, phone: string): Promise<void> {
  const known = await server.secondFact(phone);
  if (!known) await page.locator('main button').click();
  else {
    await page.locator('main a[href^="/mine/who/before"]').click();
    await fillFact(page, known);
    await page.locator('main button[type="submit"]').click();
  }
  await page.waitForURL((url) => !url.pathname.startsWith('/mine/who'));
}

/** The fields of a second fact, filled in. */
export async function fillFact(page: Page, fact: { birthDate: string; lastFour: string }): Promise<void> {
  const [year = '', month = '', day = ''] = fact.birthDate.split('-');
  await page.locator('#year').fill(year);
  await page.locator('#month').fill(String(Number(month)));
  await page.locator('#day').fill(String(Number(day)));
  await page.locator('#last-four').fill(fact.lastFour);
}

const signedIn = new WeakMap<Server, Map<string, Kept>>();

/** A browser in which this number is signed in. Its code is asked for once; other browsers of the same person follow. */
export async function visitorAs(
  browser: Browser,
  server: Server,
  phone: string,
  options: { width?: Width; language?: Language } = {},
): Promise<Visitor> {
  const known = signedIn.get(server) ?? new Map<string, Kept>();
  signedIn.set(server, known);
  const kept = known.get(phone);
  const it = await visitor(browser, server, { ...options, ...(kept && { kept }) });
  if (!kept) {
    await it.page.goto('/me');
    await it.page.locator('main button', { hasText: /登录|Sign in/ }).click();
    await enterCode(it.page, server, phone);
    known.set(phone, await it.context.storageState());
  }
  return it;
}
