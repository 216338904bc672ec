import axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startBrowser, visitor, visitorAs, type Width } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { daysAhead } from '../support/today.ts';

const axe = axeCore.source;

let server: Server;
let browser: Browser;
let city: City;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
  city = await look();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const DONOR = '+8613800000031';
const STAFF = '+8613800000001';
const ORGANISER = '+8613800000011';

/** What some addresses need of the city to be filled in. */
type City = {
  slot: string;
  event: string;
  shift: string;
  own: string;
  booking: string;
  arrived: string;
  din: string;
  given: string;
  code: string;
};

async function look(): Promise<City> {
  const get = async <T>(token: string, path: string) => (await call<T>(server.url, token, path)).body;
  const [staff = ''] = await server.tokens(STAFF);
  const [donor = ''] = await server.tokens(DONOR);
  const date = daysAhead(4);
  type Slots = { items: { slotId: string; free: number }[] };
  const path = `/api/sites/yunting-central/slots?from=${date}&to=${date}&procedure=platelets`;
  const slot = (await get<Slots>('', path)).items[0]?.slotId ?? '';
  const booked = await call<{ bookingId: string }>(server.url, donor, '/api/bookings', { body: { slotId: slot } });
  type Events = { items: { eventId: string; organisationId: string; shifts: { slotId: string }[] }[] };
  const events = (await get<Events>('', '/api/events')).items;
  type Roster = { items: { bookingId: string; status: string }[] };
  const roster = await get<Roster>(staff, `/api/donations/roster?siteId=yunting-central&date=${daysAhead(0)}`);
  const here = roster.items.find(({ status }) => status === 'arrived');
  const coming = roster.items.find(({ status }) => status === 'booked');
  const arrived = here?.bookingId ?? coming?.bookingId ?? '';
  if (!here) await call(server.url, staff, '/api/donations/check-in', { body: { bookingId: arrived } });
  type Units = { items: { din: string }[] };
  const units = await get<Units>(staff, `/api/units?siteId=yunting-central&date=${daysAhead(-2)}`);
  const { din: given = '', date: givenOn = '' } =
    (await get<{ items: { din: string; date: string }[] }>(donor, '/api/me/donations')).items[0] ?? {};
  const record = await call<{ code: string }>(server.url, donor, `/api/me/donations/${given}/record`, {
    body: { date: givenOn },
  });
  // A hold of which a hospital has something, so that the alerts are not empty.
  const out = units.items[0]?.din ?? '';
  await call(server.url, staff, '/api/holds', { body: { din: out } });
  return {
    given: `${givenOn}/${given}`,
    code: record.body.code,
    slot,
    event: events[0]?.eventId ?? '',
    shift: events[0]?.shifts[0]?.slotId ?? '',
    own: events.find(({ organisationId }) => organisationId === 'yunting-volunteers')?.eventId ?? '',
    booking: booked.body.bookingId,
    arrived,
    din: out,
  };
}

/** Every page there is, by whom it is for. */
const PAGES: Readonly<Record<'anyone' | 'donor' | 'staff' | 'organiser', (city: City) => readonly string[]>> = {
  anyone: ({ slot, event, shift, code }) => [
    '/',
    '/donate',
    '/donate?procedure=platelets',
    '/donate/yunting-central',
    '/donate/nuanliu-bus-1',
    `/donate/meixi-park?procedure=whole-blood&date=${daysAhead(9)}`,
    `/donate/check?site=yunting-central&procedure=platelets&date=${daysAhead(4)}&slot=${encodeURIComponent(slot)}`,
    '/events',
    `/events/${event}`,
    `/events/${event}/check?slot=${encodeURIComponent(shift)}`,
    '/precheck',
    '/precheck?pack=us',
    '/precheck/q/birth-date',
    '/precheck/q/weight?pack=us',
    '/precheck/check',
    '/precheck/result',
    '/precheck/keep',
    '/me',
    '/bookings',
    '/staff',
    '/verify',
    `/verify/${code}`,
    '/no-such-page',
    '/phone',
  ],
  donor: ({ slot, booking, given }) => [
    '/me',
    '/bookings',
    `/bookings/${booking}`,
    `/bookings/${booking}/pass`,
    `/bookings/${booking}/change`,
    `/bookings/${booking}/cancel`,
    '/waiting',
    '/o',
    `/donate/check?site=yunting-central&procedure=whole-blood&date=${daysAhead(4)}&slot=${encodeURIComponent(slot.replace('platelets', 'whole-blood'))}`,
    '/precheck',
    '/precheck/q/illness',
    '/precheck/q/tattoo',
    '/precheck/check',
    '/precheck/keep',
    '/precheck/consents',
    '/precheck/elsewhere',
    '/precheck/elsewhere/new',
    '/donations',
    `/donations/${given}/record`,
    `/donations/${given}/do-not-use`,
    '/messages',
    '/messages/settings',
    '/profile',
    ...['name', 'birth-date', 'sex', 'weight', 'extended-age', 'language'].map((field) => `/profile/edit/${field}`),
  ],
  staff: ({ arrived, din }) => [
    '/staff',
    '/staff/yunting-central',
    `/staff/yunting-central/waiting?date=${daysAhead(3)}`,
    `/staff/yunting-central/complete/${arrived}?date=${daysAhead(0)}`,
    `/staff/yunting-central/defer/${arrived}?date=${daysAhead(0)}`,
    `/staff/yunting-central/places?date=${daysAhead(1)}`,
    `/staff/yunting-central/units?date=${daysAhead(-2)}`,
    `/staff/units/${encodeURIComponent(din)}`,
    `/staff/units/${encodeURIComponent(din)}/hold`,
    '/staff/yunting-central/holds',
    '/staff/messages',
  ],
  organiser: ({ own }) => [
    '/organise',
    '/organise/yunting-volunteers',
    '/organise/yunting-volunteers/new',
    `/organise/yunting-volunteers/${own}`,
    `/organise/yunting-volunteers/${own}/roster`,
    `/organise/yunting-volunteers/${own}/cancel`,
  ],
};
const PHONES = { donor: DONOR, staff: STAFF, organiser: ORGANISER };

type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] };

/** Opens a page, waits until it has what it shows, and asks axe; also that nothing is wider than the screen. */
async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.locator('.loading, .loading-card').first().waitFor({ state: 'detached' });
  await page.evaluate(axe);
  const violations = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) => found.violations)`,
  )) as Violation[];
  const wide = (await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1')) as boolean;
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${path}: ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
  // A page that only says that something is missing would have nothing else to be found wrong.
  const failed = await page.locator('.notice-bad, .crash').count();
  return [
    ...found,
    ...(wide ? [`${path}: wider than the screen`] : []),
    ...(failed > 0 ? [`${path}: ${await page.locator('main').innerText()}`] : []),
  ];
}

describe.each([
  { language: 'zh', width: 'phone' },
  { language: 'en', width: 'phone' },
  { language: 'en', width: 'desk' },
] as const)('in $language on a $width', ({ language, width }) => {
  it.each(['anyone', 'donor', 'staff', 'organiser'] as const)('axe finds nothing on the pages for %s', async (who) => {
    const options: { language: 'zh' | 'en'; width: Width } = { language, width };
    const { page, leave } =
      who === 'anyone'
        ? await visitor(browser, server, options)
        : await visitorAs(browser, server, PHONES[who], options);
    const faults: string[] = [];
    for (const path of PAGES[who](city)) faults.push(...(await faultsOf(page, path)));
    expect(faults).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
    await leave();
  });

  it('and on the sign-in’s own', async () => {
    const { page, leave } = await visitor(browser, server, { language, width });
    await page.goto('/me');
    await page.locator('main button').first().click();
    await page.locator('#phone').waitFor();
    expect(await faultsOf(page, page.url())).toEqual([]);
    await page.locator('#phone').fill('12');
    await page.locator('button.primary').click();
    await page.locator('.fault').waitFor();
    await page.evaluate(axe);
    const left = await page.evaluate(`axe.run().then((found) => found.violations.map(({ id }) => id))`);
    expect(left).toEqual([]);
    await leave();
  });
});
