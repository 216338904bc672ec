import { createHash } from 'node:crypto';
import axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import { CONSENT_WORDING, type Language } from '../../shared/domain/vocabulary.ts';
import { packFor } from '../../shared/policy/index.ts';
import type { GuardianItem, MergeItem, RoleItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { timeOf } from '../../web/src/lib/time.ts';
import { keptOf, startBrowser, visitor, type Width } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { asOldestView } from '../support/oldest-view.ts';
import { pageRoutes, routeOf } from '../support/page-routes.ts';
import { type Server, startServer } from '../support/server.ts';
import { daysAhead } from '../support/today.ts';

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

const SITE = 'yunting-central';
const PHONES = {
  donor: '+8613800000031',
  /** Has a place kept for her, and answered the pre-check too long ago. */
  waiting: '+8613800000048',
  staff: '+8613800000001',
  organiser: '+8613800000011',
  auditor: '+8613800000021',
  admin: '+8613800000022',
  /** Has served for more than two years. */
  volunteer: '+8613800000049',
};

type Who = 'anyone' | keyof typeof PHONES;

/** What some addresses need of the city to be filled in. */
type City = Awaited<ReturnType<typeof look>>;

async function look() {
  const token = async (phone: string) => (await server.tokens(phone))[0] ?? '';
  const get = async <T>(who: string, path: string) => (await call<T>(server.url, who, path)).body;
  const [staff, donor, organiser, waits] = await Promise.all(
    [PHONES.staff, PHONES.donor, PHONES.organiser, PHONES.waiting].map(token),
  );
  if (!staff || !donor || !organiser || !waits) throw new Error('the demo city is not there');

  const date = daysAhead(4);
  type Slots = { items: { slotId: string; free: number; startsAt: string; endsAt: string }[] };
  const free = await get<Slots>('', `/api/sites/${SITE}/slots?from=${date}&to=${date}&procedure=platelets`);
  const [slot, other, , , closing] = free.items.filter((it) => it.free > 0);
  const booked = await call<{ bookingId: string }>(server.url, donor, '/api/bookings', {
    body: { slotId: closing?.slotId },
  });
  // The donor's time is closed: they are moved, and asked.
  const hour = (at: string) => timeOf(at, 'Asia/Shanghai');
  const closed = await call<{ closureId: string }>(server.url, staff, '/api/closures', {
    body: {
      siteId: SITE,
      from: date,
      to: date,
      procedure: 'platelets',
      fromTime: hour(closing?.startsAt ?? ''),
      toTime: hour(closing?.endsAt ?? ''),
      places: 0,
      reason: 'equipment',
    },
  });
  await vi.waitFor(async () => expect((await get<{ items: unknown[] }>(donor, '/api/moves')).items).toHaveLength(1), {
    timeout: 30_000,
    interval: 250,
  });

  type Roster = { items: { bookingId: string; status: string }[] };
  type Events = {
    items: {
      eventId: string;
      organisationId: string;
      status: string;
      seriesId?: string;
      insures?: true;
      shifts: { slotId: string }[];
    }[];
  };
  const events = (await get<Events>('', '/api/events')).items;
  const own = events.find(
    ({ organisationId, seriesId }) => organisationId === 'yunting-volunteers' && seriesId === undefined,
  );
  const [signedUp] = (
    await get<Roster>(organiser, `/api/events/${own?.eventId}/roster?date=${own?.shifts[0]?.slotId.split('_')[1]}`)
  ).items;
  const volunteer = await token(PHONES.volunteer);
  const certificate = await call<{ code: string }>(server.url, volunteer, '/api/me/service/certificates', {
    body: { organisationId: 'yunting-volunteers' },
  });
  const served = await get<{ years: { year: number }[] }>(volunteer, '/api/me/service');
  const drafts = (await get<Events>(organiser, '/api/organisations/yunting-volunteers/events')).items;

  // Somebody of two organisations chooses between them.
  const role: RoleItem = { kind: 'role', personId: 'demo-11', role: 'organiser', scope: 'nuanshou' };
  await server.store().put({ Item: { ...keys.role('demo-11', 'organiser', role.scope ?? ''), ...role } });

  // Two records that a colleague takes for one person's.
  const merge: MergeItem = {
    kind: 'merge',
    mergeId: 'm00000001',
    siteId: SITE,
    zone: 'Asia/Shanghai',
    keep: 'demo-31',
    join: 'demo-32',
    reason: '同一本护照，本人确认换过手机号',
    status: 'proposed',
    proposedBy: 'demo-2',
    proposedAt: new Date().toISOString(),
    accepted: [],
    version: 1,
  };
  await server.store().put({ Item: { ...keys.merge(SITE, merge.mergeId), ...merge } });

  const roster = await get<Roster>(staff, `/api/donations/roster?siteId=${SITE}&date=${daysAhead(0)}`);
  const here = roster.items.find(({ status }) => status === 'arrived');
  const due = roster.items.filter(({ status }) => status === 'booked');
  const coming = due[0];
  const expected = due[here ? 0 : 1]?.bookingId ?? '';
  const arrived = here?.bookingId ?? coming?.bookingId ?? '';
  if (!here)
    await call(server.url, staff, '/api/donations/check-in', {
      body: { bookingId: arrived, passCode: passCodeOf({ bookingId: arrived }) },
    });

  type Chains = { items: { din: string; units: { unitId: string; actions: string[] }[] }[] };
  const chains = await get<Chains>(staff, `/api/units?siteId=${SITE}&date=${daysAhead(-2)}`);
  // A hold of which a hospital has something, so that the alerts are not empty.
  const [out, next] = chains.items;
  await call(server.url, staff, '/api/holds', { body: { din: out?.din } });
  const unit = next?.units.find(({ actions }) => actions.length > 0);
  // One of which a hospital has something is called back.
  const recalled = await call<{ recallId: string }>(server.url, staff, '/api/recalls', {
    body: { din: out?.din, scope: 'donor', reason: 'component' },
  });

  // A morning’s places for a work unit; and what one admin has asked another of a colleague’s account.
  const morning = await get<Slots>('', `/api/sites/${SITE}/slots?from=${date}&to=${date}&procedure=whole-blood`);
  const block = await call<{ code: string; headcountCode: string }>(server.url, staff, '/api/blocks', {
    body: {
      siteId: SITE,
      unit: '云汀纺织厂',
      until: `${daysAhead(3)}T18:00`,
      slots: morning.items
        .filter((it) => it.free > 1)
        .slice(0, 2)
        .map((it) => ({ slotId: it.slotId, places: 1 })),
    },
  });
  await call(server.url, await token('+8613800000023'), '/api/roles/changes/phone', {
    body: {
      personId: 'demo-2',
      phone: '+8613700001234',
      was: '0002',
      besides: [],
      knownBy: 'document',
      reason: '手机丢失，已补办新号',
    },
  });

  const { din = '', date: givenOn = '' } =
    (await get<{ items: { din: string; date: string }[] }>(donor, '/api/me/donations')).items[0] ?? {};
  const record = await call<{ code: string }>(server.url, donor, `/api/me/donations/${din}/record`, {
    body: { date: givenOn },
  });
  await answerOn(donor, daysAhead(0));
  await answerOn(waits, daysAhead(-500));
  const declared = await call<{ items: { declaredId: string }[] }>(server.url, waits, '/api/precheck/elsewhere', {
    body: { date: daysAhead(-600), procedure: 'whole-blood', volumeMl: 400, place: '邻江市血液中心' },
  });
  // Donors are called for a morning.
  const day = daysAhead(5);
  const begun = await call<{ callId: string }>(server.url, staff, '/api/calls', {
    body: { siteId: SITE, procedure: 'whole-blood', from: day, to: day, toTime: '12:00' },
  });
  // Somebody who is not of age has asked a guardian.
  const asked = await call<{ organisationId: string }>(server.url, await token('+8613800000040'), '/api/me/guardians', {
    body: { eventId: events[0]?.eventId, guardian: '苗秀兰', relation: 'mother', phone: '13700004321' },
  });
  const guardian = await server.store().get<GuardianItem>(keys.guardian('demo-40', asked.body.organisationId));
  // A team of a class, whose place nobody has accepted yet.
  const forTeams = (
    await get<{ items: { eventId: string; mostTeam?: number; shifts: { slotId: string }[] }[] }>('', '/api/events')
  ).items.find(({ mostTeam }) => mostTeam !== undefined);
  const team = await call<{ teamId: string; seats: { code?: string }[] }>(
    server.url,
    volunteer,
    `/api/events/${forTeams?.eventId}/teams`,
    { body: { slotId: forTeams?.shifts[2]?.slotId, name: '云汀三中', members: ['小红', '小明'] } },
  );
  return {
    teamEvent: forTeams?.eventId ?? '',
    teamPlace: `${team.body.teamId}?code=${team.body.seats[0]?.code}`,
    guardian: guardian?.code ?? '',
    tokens: {
      staff,
      donor,
      organiser,
      waiting: waits,
      auditor: await token(PHONES.auditor),
      admin: await token(PHONES.admin),
      volunteer,
    },
    certificate: certificate.body.code,
    served: served.years[0]?.year ?? 0,
    invite: block.body.code,
    heads: block.body.headcountCode,
    donorCall: begun.body.callId,
    given: `${givenOn}/${din}`,
    code: record.body.code,
    slot: slot?.slotId ?? '',
    other: other?.slotId ?? '',
    closure: closed.body.closureId,
    file: await aTriedFile(server, staff),
    event: events[0]?.eventId ?? '',
    shift: events[0]?.shifts[0]?.slotId ?? '',
    own: own?.eventId ?? '',
    insured:
      events.find(({ organisationId, insures }) => organisationId === 'yunting-volunteers' && insures)?.eventId ?? '',
    signedUp: signedUp?.bookingId ?? '',
    repeated: events.find(({ seriesId }) => seriesId !== undefined)?.eventId ?? '',
    draft: drafts.find(({ status }) => status === 'draft')?.eventId ?? '',
    booking: booked.body.bookingId,
    arrived,
    expected,
    recall: recalled.body.recallId,
    din: out?.din ?? '',
    step: `${encodeURIComponent(next?.din ?? '')}/${unit?.unitId}/${unit?.actions[0]}`,
    declared: declared.body.items[0]?.declaredId ?? '',
  };
}

/** Agrees that answers are kept, and answers every question of the pre-check with “no”. */
/** A file of which one row is good and one is not, tried out. */
async function aTriedFile(on: Server, staff: string): Promise<string> {
  const content = 'row,name,phone,birthDate,sex\n2,甲某,13700009999,1990-01-01,男\n3,乙某,1.37E+10,1990-01-01,女';
  type Begun = { import: { importId: string }; upload: { url: string; headers: Record<string, string> } };
  const begun = await call<Begun>(on.url, staff, `/api/files/${SITE}`, {
    body: {
      kind: 'donors',
      fileName: 'donors.csv',
      bytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('base64'),
      rows: 2,
      fields: ['name', 'phone', 'birthDate', 'sex'],
      epoch: 1900,
      bareDins: false,
      columns: {},
    },
  });
  const { importId } = begun.body.import;
  const { url, headers } = begun.body.upload;
  await fetch(url, { method: 'PUT', headers, body: content });
  await call(on.url, staff, `/api/files/${SITE}/${importId}/check`, { body: {} });
  const path = `/api/files/${SITE}/${importId}`;
  await vi.waitFor(async () => expect((await call(on.url, staff, path)).body).toMatchObject({ status: 'checked' }), {
    timeout: 30_000,
    interval: 250,
  });
  return importId;
}

async function answerOn(token: string, answeredOn: string): Promise<void> {
  const consent = { given: true, wording: CONSENT_WORDING['health-answers'], version: 0 };
  await call(server.url, token, '/api/precheck/consents/health-answers', { method: 'PUT', body: consent });
  const answers = packFor('cn', daysAhead(0)).questions.map(({ id }) => ({ question: id, answeredOn, events: [] }));
  const kept = await call(server.url, token, '/api/precheck/answers', { method: 'PUT', body: { version: 0, answers } });
  if (kept.status !== 200) throw new Error(JSON.stringify(kept.body));
}

/** Every page there is, by whom it is for. */
const PAGES: Readonly<Record<Who, (city: City) => readonly string[]>> = {
  anyone: ({ slot, event, shift, code, invite, heads, certificate, guardian, teamEvent, teamPlace }) => [
    '/',
    '/donate',
    '/donate/yunting-central',
    '/donate?procedure=platelets',
    '/donate/nuanliu-bus-1',
    `/donate/meixi-park?procedure=whole-blood&date=${daysAhead(9)}`,
    `/donate/check?site=${SITE}&procedure=platelets&date=${daysAhead(4)}&slot=${encodeURIComponent(slot)}`,
    '/events',
    '/events?view=calendar',
    `/events/${event}`,
    `/events/${event}/check?slot=${encodeURIComponent(shift)}`,
    `/events/${event}/cover?slot=${encodeURIComponent(shift)}`,
    '/precheck',
    '/precheck/q/birth-date',
    '/precheck?pack=us',
    '/precheck/q/weight?pack=us',
    '/precheck/check',
    '/precheck/result',
    '/precheck/keep',
    '/me',
    '/bookings',
    '/staff',
    '/verify',
    `/verify/${code}`,
    `/verify/${certificate}`,
    '/mine/settings',
    // One that leads nowhere any more; where the others lead is a page of its own.
    '/c/aaaaaa',
    `/g/${guardian}`,
    `/events/${teamEvent}/team/${teamPlace}`,
    `/events/${teamEvent}/team`,
    '/g/aaaaaaaaaaaa',
    `/here/${event}/aaaaaa`,
    '/signed-in',
    `/i/${invite}`,
    `/u/${heads}`,
    '/no-such-page',
    '/phone',
  ],
  donor: ({ slot, other, booking, given, event }) => [
    `/events/${event}/guardian`,
    '/me',
    '/bookings',
    `/bookings/${booking}`,
    `/bookings/${booking}/pass`,
    '/pass',
    '/bookings?view=calendar',
    '/ledger',
    `/bookings/${booking}/change`,
    `/bookings/${booking}/change/check?date=${daysAhead(4)}&slot=${encodeURIComponent(other)}`,
    `/bookings/${booking}/cancel`,
    `/bookings/${booking}/cover`,
    '/m',
    '/waiting',
    `/donate/check?site=${SITE}&procedure=whole-blood&date=${daysAhead(4)}&slot=${encodeURIComponent(slot.replace('platelets', 'whole-blood'))}`,
    '/precheck',
    '/precheck/q/illness',
    '/precheck/q/tattoo',
    '/precheck/check',
    '/precheck/result',
    '/precheck/keep',
    '/precheck/elsewhere/new',
    '/donations',
    `/donations/${given}/record`,
    `/donations/${given}/do-not-use`,
    '/messages',
    '/messages/settings',
    '/profile',
    ...['name', 'birth-date', 'sex', 'weight', 'extended-age', 'language'].map((field) => `/profile/edit/${field}`),
    '/mine/settings',
    '/mine/second-fact',
    '/mine/skills',
    '/mine/insurance',
    '/mine/sign-out',
    '/mine/data',
    '/mine/calls',
    '/mine/erase',
    '/mine/who',
    '/mine/who/before',
  ],
  waiting: ({ declared }) => [
    '/waiting',
    '/o',
    '/precheck/still',
    '/precheck/consents',
    '/precheck/elsewhere',
    `/precheck/elsewhere/${declared}`,
  ],
  staff: ({ arrived, expected, din, step, closure, recall, file, donorCall }) => [
    '/staff',
    `/staff/${SITE}`,
    `/staff/${SITE}/check-in/${expected}?date=${daysAhead(0)}`,
    `/staff/${SITE}/waiting?date=${daysAhead(3)}`,
    `/staff/${SITE}/complete/${arrived}?date=${daysAhead(0)}`,
    `/staff/${SITE}/screening/${arrived}?date=${daysAhead(0)}`,
    `/staff/${SITE}/defer/${arrived}?date=${daysAhead(0)}`,
    `/staff/${SITE}/elsewhere/${arrived}?date=${daysAhead(0)}`,
    `/staff/${SITE}/people`,
    `/staff/${SITE}/people/new`,
    `/staff/${SITE}/people/${arrived.split('_')[0]}`,
    `/staff/${SITE}/people/${expected.split('_')[0]}/book?procedure=whole-blood`,
    `/staff/${SITE}/people/${expected.split('_')[0]}/phone`,
    `/staff/${SITE}/people/${expected.split('_')[0]}/profile`,
    `/staff/${SITE}/people/${expected.split('_')[0]}/second-fact`,
    `/staff/${SITE}/print`,
    `/staff/${SITE}/late?date=${daysAhead(0)}`,
    `/staff/${SITE}/places?date=${daysAhead(2)}`,
    `/staff/${SITE}/units?date=${daysAhead(-2)}`,
    `/staff/units/${encodeURIComponent(din)}`,
    `/staff/units/${encodeURIComponent(din)}/hold`,
    `/staff/units/${encodeURIComponent(din)}/lookback`,
    `/staff/units/${encodeURIComponent(din)}/correct`,
    `/staff/units/${encodeURIComponent(din)}/recall`,
    `/staff/units/${encodeURIComponent(din)}/results`,
    `/staff/${SITE}/results?date=${daysAhead(-2)}`,
    `/staff/${SITE}/results/plate`,
    `/staff/${SITE}/results/alerts`,
    `/staff/units/${step}`,
    `/staff/${SITE}/schedule`,
    `/staff/${SITE}/closures`,
    `/staff/${SITE}/closures/new`,
    `/staff/${SITE}/closures/new/check?from=${daysAhead(4)}&to=${daysAhead(4)}&reason=weather`,
    `/staff/${SITE}/closures/${closure}`,
    `/staff/${SITE}/blocks`,
    `/staff/${SITE}/drives`,
    `/staff/${SITE}/blocks/new?date=${daysAhead(5)}`,
    '/staff/figures',
    '/staff/figures/stock',
    `/staff/${SITE}/figures`,
    `/staff/${SITE}/figures/stock`,
    `/staff/${SITE}/calls`,
    `/staff/${SITE}/calls/new`,
    `/staff/${SITE}/calls/new/check?procedure=whole-blood&from=${daysAhead(6)}&to=${daysAhead(6)}`,
    `/staff/${SITE}/calls/settings`,
    `/staff/${SITE}/calls/${donorCall}`,
    `/staff/${SITE}/files`,
    `/staff/${SITE}/files/new`,
    `/staff/${SITE}/files/new/columns`,
    `/staff/${SITE}/files/${file}`,
    `/staff/${SITE}/holds`,
    `/staff/${SITE}/doubts`,
    `/staff/${SITE}/hospitals`,
    `/staff/${SITE}/merges`,
    `/staff/${SITE}/merges/m00000001`,
    `/staff/${SITE}/batch`,
    `/staff/${SITE}/batch/issue`,
    `/staff/${SITE}/batch/test`,
    `/staff/${SITE}/recalls`,
    `/staff/${SITE}/recalls/${recall}`,
    `/staff/${SITE}/unit-settings`,
    `/staff/${SITE}/settings`,
    `/staff/${SITE}/station`,
    '/staff/messages',
  ],
  auditor: () => ['/staff/audit', '/staff/audit?kind=site-roster-read', '/staff/audit?site=people', '/me'],
  admin: () => [
    '/staff',
    '/staff/stars',
    '/staff/roles',
    '/staff/roles/new',
    '/staff/roles/changes',
    '/staff/roles/demo-1',
    '/staff/roles/demo-1/phone',
    '/staff/roles/demo-1/second-fact',
    '/staff/roles/demo-1/second-factor',
    '/staff/factor',
    '/staff/station',
    '/staff/station/join',
  ],
  organiser: ({ own, insured, draft, signedUp, repeated }) => [
    '/organise',
    '/organise/yunting-volunteers',
    '/organise/yunting-volunteers/new',
    `/organise/yunting-volunteers/${own}`,
    `/organise/yunting-volunteers/${draft}/edit`,
    `/organise/yunting-volunteers/${own}/print`,
    `/organise/yunting-volunteers/${insured}/insurance`,
    `/organise/yunting-volunteers/${own}/roster`,
    `/organise/yunting-volunteers/${own}/people/${signedUp}`,
    `/organise/yunting-volunteers/${own}/people/${signedUp}/withdraw`,
    `/organise/yunting-volunteers/${own}/sign-up`,
    `/organise/yunting-volunteers/${own}/day`,
    `/organise/yunting-volunteers/${own}/code`,
    `/organise/yunting-volunteers/${own}/sheet`,
    `/organise/yunting-volunteers/${own}/cohosts`,
    `/organise/yunting-volunteers/${own}/drive`,
    `/organise/yunting-volunteers/${own}/change`,
    `/organise/yunting-volunteers/${repeated}/change/check`,
    `/organise/yunting-volunteers/${own}/note`,
    `/organise/yunting-volunteers/${own}/share`,
    `/organise/yunting-volunteers/${draft}/repeat`,
    `/organise/yunting-volunteers/${repeated}/series`,
    `/organise/yunting-volunteers/${repeated}/cancel`,
    `/organise/yunting-volunteers/${own}/cancel`,
    `/organise/yunting-volunteers/${draft}/publish`,
    '/organise/yunting-volunteers/hours',
    '/organise/yunting-volunteers/hours/requests',
    '/organise/yunting-volunteers/hours/export',
    '/organise/yunting-volunteers/hours/settings',
    `/organise/yunting-volunteers/${own}/people/${signedUp}/hours`,
  ],
  volunteer: ({ certificate, served, teamEvent }) => [
    `/events/${teamEvent}/team`,
    '/service',
    '/service/number',
    `/service/${served}/demo000/correct`,
    '/service/missing/demo-49_none',
    '/service/certify/yunting-volunteers',
    `/service/certificates/${certificate}`,
  ],
};

/** The narrowest phone we promise, and a desktop. */
const SIZES = {
  phone: { width: 360, height: 740 },
  desk: { width: 1280, height: 800 },
} as const satisfies Record<Width, { width: number; height: number }>;
/** One language begins on each: a page that Chinese shows on a phone is looked at in English on a desktop. */
const FIRST = { zh: 'phone', en: 'desk' } as const satisfies Record<Language, Width>;
const seen = new Set<string>();

/**
 * Opens a page as its links do, within the pages that are there already, and waits until it has what it shows. Only what is
 * no page of ours, and the same page with other words in its address, is loaded.
 */
async function open(page: Page, path: string): Promise<void> {
  const [from, to] = [new URL(page.url()), new URL(path, server.url)];
  if (from.origin !== to.origin || from.pathname === to.pathname || to.pathname === '/phone') await page.goto(path);
  else {
    await page.evaluate(`{
      for (const heading of document.querySelectorAll('h1')) heading.dataset.left = '';
      history.pushState(null, '', ${JSON.stringify(path)});
      dispatchEvent(new PopStateEvent('popstate'));
    }`);
  }
  await page.locator('h1:not([data-left])').first().waitFor();
  await page.locator('.loading, .loading-card').first().waitFor({ state: 'detached' });
}

/** What a key cannot reach, or reaches without showing it. */
const KEYS = `(() => {
  const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0;
  const reached = 'a[href], button, input, select, textarea, summary, label, [tabindex]:not([tabindex="-1"])';
  const name = (each) => each.outerHTML.slice(0, 120);
  const all = [...document.querySelectorAll('body *')].filter(shown);
  const pressed = all.filter((each) => getComputedStyle(each).cursor === 'pointer' && !each.closest(reached) && !each.querySelector(reached));
  const before = document.activeElement;
  const unseen = all.filter((each) => {
    if (!each.matches('a[href], button:not(:disabled), summary') || each.tabIndex < 0) return false;
    each.focus({ preventScroll: true, focusVisible: true });
    const shows = [undefined, '::after'].some((part) => {
      const { outlineStyle, boxShadow } = getComputedStyle(each, part);
      return outlineStyle !== 'none' || boxShadow !== 'none';
    });
    return document.activeElement !== each || !shows;
  });
  before?.focus?.({ preventScroll: true });
  return [...pressed.map((each) => 'no key presses ' + name(each)), ...unseen.map((each) => 'the focus does not show on ' + name(each))];
})()`;

const AXE = `axe.run(document, {
  resultTypes: ['violations'],
  iframes: false,
  preload: false,
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`;

/** What leaves the screen, or is cut off, when letters are twice as large: as WeChat shows them to whoever asks, or a browser zooms. */
const TWICE = `(() => {
  const root = document.documentElement;
  root.style.fontSize = '200%';
  const name = (each) => each.outerHTML.slice(0, 120);
  const shown = [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && !each.matches('.sr-only, .skip'));
  const scrolls = (each) => each && each !== root && (getComputedStyle(each).overflowX !== 'visible' || scrolls(each.parentElement));
  const out = root.scrollWidth <= root.clientWidth ? [] : shown.filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(each));
  const cut = shown.filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === 'hidden');
  const found = [...out.slice(-2).map((each) => 'leaves the screen: ' + name(each)), ...cut.map((each) => 'is cut off: ' + name(each))];
  root.style.fontSize = '';
  return found.map((fault) => 'in letters twice as large, ' + fault);
})()`;

/** What is wrong with the page that is open: asks axe, and looks at its width and its keys. */
async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeCore.source);
  const found = (await page.evaluate(AXE)) as string[];
  found.push(...((await page.evaluate(KEYS)) as string[]));
  // From here on the other screen, the next page too: to change it takes longer than to look.
  const isPhone = page.viewportSize()?.width === SIZES.phone.width;
  for (const next of [undefined, isPhone ? SIZES.desk : SIZES.phone]) {
    if (next) await page.setViewportSize(next);
    const width = page.viewportSize()?.width;
    const wide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    if (wide) found.push(`wider than a screen of ${width} points`);
    // Desks have screens, and donors phones.
    const isDesk = /^\/(staff|organise)/.test(new URL(page.url()).pathname);
    if (isDesk !== (width === SIZES.phone.width)) found.push(...((await page.evaluate(TWICE)) as string[]));
  }
  // A page that only says that something is missing would have nothing else to be found wrong.
  if ((await page.locator('.notice-bad, .crash').count()) > 0) found.push(await page.locator('main').innerText());
  return found;
}

async function walk(who: Who, language: Language): Promise<string[]> {
  const kept = who === 'anyone' ? {} : { kept: keptOf(server, city.tokens[who]) };
  const { context, page, leave } = await visitor(browser, server, { language, width: FIRST[language], ...kept });
  await asOldestView(context);
  await page.setViewportSize(SIZES[FIRST[language]]);
  const faults: string[] = [];
  for (const path of PAGES[who](city)) {
    await open(page, path);
    const at = new URL(page.url()).pathname;
    if (path !== '/phone') seen.add(routeOf(at) ?? at);
    faults.push(...(await faultsOf(page)).map((fault) => `${path} in ${language}: ${fault}`));
  }
  expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
  await leave();
  return faults;
}

it.each(Object.keys(PAGES) as Who[])(
  'nothing is wrong with the pages for %s, on a phone or a desktop, in Chinese or English',
  async (who) => {
    const faults = await Promise.all([walk(who, 'zh'), walk(who, 'en')]);
    expect(faults.flat()).toEqual([]);
  },
);

it('and with the sign-in’s own', async () => {
  const ask = async (language: Language) => {
    const { page, leave } = await visitor(browser, server, { language, width: FIRST[language] });
    await page.goto('/me');
    await page.locator('main button').first().click();
    await page.locator('#phone').waitFor();
    const faults = await faultsOf(page);
    await page.locator('#phone').fill('12');
    await page.locator('button.primary').click();
    await page.locator('.fault').waitFor();
    faults.push(...(await faultsOf(page)));
    await leave();
    return faults;
  };
  expect((await Promise.all([ask('zh'), ask('en')])).flat()).toEqual([]);
});

it('no page that the routers know was left out', () => {
  expect(pageRoutes.length).toBeGreaterThan(50);
  expect(pageRoutes.filter((path) => !seen.has(path) && !path.endsWith('/*'))).toEqual([]);
});
