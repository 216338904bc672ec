import { randomUUID } from 'node:crypto';
import { mod37_2 } from 'cdigit';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import { newTotpSecret, totpCode } from '../../functions/runtime/totp.ts';
import { passCode } from '../../shared/domain/pass-code.ts';
import { DEVICE_HEADER } from '../../shared/domain/second-fact.ts';
import { CONSENT_WORDING } from '../../shared/domain/vocabulary.ts';
import { doubtWrite } from '../../shared/store/doubts.ts';
import { sealFactor } from '../../shared/store/factors.ts';
import { importWrite } from '../../shared/store/files/imports.ts';
import { guardianCodeWrite, guardianWrite } from '../../shared/store/guardians.ts';
import type {
  BloodGroupsItem,
  CallItem,
  ClosureItem,
  FactorItem,
  GuardianItem,
  ImportItem,
  LockItem,
  MoveItem,
  PhoneItem,
  ProfileItem,
  RoleItem,
  SubjectItem,
  WaitItem,
} from '../../shared/store/items/index.ts';
import { keys, partitions, slotId, splitBookingId } from '../../shared/store/keys.ts';
import { asProblem, newMessage } from '../../shared/store/messages.ts';
import { deviceDigest, subjectDigest } from '../../shared/store/people.ts';
import { createSites } from '../../shared/store/sites.ts';
import { subjectWrite } from '../../shared/store/subjects.ts';
import { nowOf } from '../../shared/store/transactions/deps.ts';
import { goOnClosing } from '../../shared/store/transactions/go-on-closing.ts';
import { moveLine } from '../../shared/store/transactions/move-line.ts';
import { anIssuedDonation } from '../builders/donations.ts';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson, factorShown, UNDER_AGE } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aService, whoCertifies } from '../builders/service.ts';
import { TEST_ISSUER } from './api.ts';
import { type Gateway, type RouteName, type Sent, UPLOADED_BYTES } from './gateway.ts';

/** Whoever may call. `owner` is the donor a thing belongs to; the others are somebody else. */
export const CALLERS = [
  'nobody',
  'nameless',
  'owner',
  'donor',
  'staff',
  'staff-elsewhere',
  'organiser',
  'organiser-elsewhere',
  'auditor',
  'admin',
] as const;
export type Caller = (typeof CALLERS)[number];

/** A call that would do what its route is for, in the hands of whoever may; `owner` where the thing has its own. */
export type Arranged = Sent & { owner?: string };

const TODAY = '2026-11-23';
const SLOT_PLACES = 20;
const AGREEING = { given: true, wording: CONSENT_WORDING['health-answers'], version: 0 };
const GIVEN_ELSEWHERE = { date: '2026-03-01', procedure: 'whole-blood', volumeMl: 400, place: 'Elsewhere' };

/** A city of two sites and two organisations with somebody of every role, and what each route needs to have something to do. */
export async function arrange(gateway: Gateway) {
  const { store, call, token } = gateway;
  const someone = async (n: number, role?: RoleItem['role'], scope = 'ALL') =>
    await aPerson(store, {
      name: `Somebody-${n}`,
      phone: `+861390000739${n}`,
      ...(role && { roles: [{ role, scope }] }),
    });
  await aSite(store);
  await aSite(store, { siteId: 'east', name: { zh: '东站', en: 'East' } });
  await anOrganisation(store, 'helpers');
  await anOrganisation(store, 'others');
  const people: Record<Exclude<Caller, 'nobody'>, string> = {
    nameless: 'a-subject-of-nobody',
    owner: await someone(1),
    donor: await someone(2),
    staff: await someone(3, 'staff', 'central'),
    'staff-elsewhere': await someone(4, 'staff', 'east'),
    organiser: await someone(5, 'organiser', 'helpers'),
    'organiser-elsewhere': await someone(6, 'organiser', 'others'),
    auditor: await someone(7, 'auditor'),
    admin: await someone(8, 'admin'),
  };
  /** What no refusal may hold: everybody's names, and the ends of their numbers. */
  const secrets = [/Somebody-\d/, /739\d/, /\+86\d{5}/];

  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (sub: string): Promise<string> => {
    const known = tokens.get(sub) ?? token(sub);
    tokens.set(sub, known);
    return known;
  };
  /** Does something that must succeed. */
  const done = async <T>(as: string, route: RouteName, sent: Sent): Promise<T> => {
    const answer = await call(route, { ...sent, token: await tokenOf(as) });
    if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${answer.text}`);
    return answer.json as T;
  };

  let counter = 0;
  const nextDate = (): string => {
    counter += 1;
    return new Date(Date.UTC(2026, 11, 1 + counter)).toISOString().slice(0, 10);
  };
  /** A shift on a day of its own, so that nobody's bookings overlap. */
  const aShift = async (): Promise<string> =>
    (await aSlot(store, { containerId: 'walk', shift: 'guide', date: nextDate(), places: 20 })).slotId;
  const aDonationSlot = async (containerId: string): Promise<string> =>
    (await aSlot(store, { containerId, date: nextDate(), places: 5 })).slotId;
  const booked = async (): Promise<string> =>
    (await done<{ bookingId: string }>(people.owner, 'POST /api/bookings', { body: { slotId: await aShift() } }))
      .bookingId;

  let waiters = 0;
  /** Somebody in line for a full slot; `offered`, with the place held for them. A shift for the owner, else a donation. */
  async function inLine({ offered, owner }: { offered: boolean; owner?: string }) {
    const date = nextDate();
    const slot = owner
      ? await aSlot(store, { containerId: 'walk', shift: 'guide', date })
      : await aSlot(store, { date, time: '1500' });
    const holder = await aPerson(store);
    const { bookingId } = await done<{ bookingId: string }>(holder, 'POST /api/bookings', {
      body: { slotId: slot.slotId },
    });
    waiters += 1;
    const waiter =
      owner ?? (await aPerson(store, { name: 'Somebody-9', phone: `+8615${String(waiters).padStart(5, '0')}7399` }));
    await done(waiter, 'POST /api/waiting', { body: { slotId: slot.slotId, anyTime: false } });
    if (!offered) return { slotId: slot.slotId, waitId: slot.slotId, code: '', owner: waiter };
    await done(holder, 'POST /api/bookings/{bookingId}/cancel', { params: { bookingId }, body: {} });
    const engine = { ...engineDeps(store, gateway.world), quiet: () => undefined };
    await moveLine(engine, { containerId: slot.containerId, date });
    const wait = await store.get<WaitItem>(keys.wait(slot.slotId, waiter), { consistent: true });
    return { slotId: slot.slotId, waitId: slot.slotId, code: wait?.offer?.code ?? '', owner: waiter };
  }
  /** A full slot of a day of its own, in which nobody waits. */
  async function full(): Promise<string> {
    const { slotId: id } = await aSlot(store, { containerId: 'walk', shift: 'guide', date: nextDate() });
    await done(await aPerson(store), 'POST /api/bookings', { body: { slotId: id } });
    return id;
  }

  let minutes = 0;
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  /** An event that teams may sign up for, on a day of its own. */
  async function forTeams() {
    const day = nextDate();
    const { eventId } = await done<{ eventId: string }>(people.organiser, 'POST /api/events', {
      body: anEventInput({
        mostTeam: 3,
        shifts: [aShiftInput({ startsAtLocal: `${day}T09:00`, endsAtLocal: `${day}T11:00` })],
      }),
    });
    const params = { eventId };
    const event = await done<Shown>(people.organiser, 'POST /api/events/{eventId}/publish', {
      params,
      body: { version: 1 },
    });
    return { eventId, slotId: event.shifts[0]?.slotId ?? '' };
  }
  /** A team of two, of whom one is asked. */
  async function aTeam() {
    const { eventId, slotId } = await forTeams();
    const owner = await aPerson(store);
    type Made = { teamId: string; seats: { code?: string }[] };
    const { teamId, seats } = await done<Made>(owner, 'POST /api/events/{eventId}/teams', {
      params: { eventId },
      body: { slotId, name: 'A school', members: ['A friend'] },
    });
    return { owner, params: { eventId, teamId }, code: seats[0]?.code ?? '' };
  }
  /** Somebody who is not of age, and whose guardian was texted. */
  async function askedGuardian(status: GuardianItem['status'] = 'asked') {
    const personId = await aPerson(store, { facts: UNDER_AGE });
    const item: GuardianItem = {
      kind: 'guardian',
      personId,
      organisationId: 'helpers',
      organisation: { zh: 'Helpers', en: 'Helpers' },
      zone: 'Asia/Shanghai',
      status,
      guardian: 'A mother',
      relation: 'mother',
      phone: '+8613700007391',
      code: personId.slice(-12).padStart(12, 'g'),
      asked: [],
      accepted: [],
      version: 1,
    };
    const { code = '' } = item;
    await store.transact([guardianWrite(item, undefined), guardianCodeWrite(code, item)]);
    return { personId, code };
  }
  /** A minute of a near day of the central site, in which places are free and which no other call is for. */
  async function short() {
    minutes += 1;
    const [fromTime, toTime] = [clock(minutes), clock(minutes + 1)];
    const { date } = await aSlot(store, { date: '2026-11-27', time: fromTime.replace(':', ''), places: 5 });
    return { procedure: 'whole-blood', from: date, to: date, fromTime, toTime };
  }
  /** A call for donors that is under way. One that somebody made for the same places, for a whole day say, is stopped first. */
  async function begunCall() {
    const token = await tokenOf(people.staff);
    const body = { siteId: 'central', ...(await short()) };
    let answer = await call('POST /api/calls', { body, token });
    while (answer.json['code'] === 'already-calling') {
      const { items } = await done<{ items: { callId: string; status: string }[] }>(people.staff, 'GET /api/calls', {
        query: { siteId: 'central' },
      });
      for (const { callId } of items.filter(({ status }) => status === 'running')) {
        await call('POST /api/calls/{callId}/stop', { params: { callId }, body: { siteId: 'central' }, token });
      }
      answer = await call('POST /api/calls', { body, token });
    }
    if (answer.status !== 201) throw new Error(`no call was begun: ${answer.status} ${answer.text}`);
    const callId = String(answer.json['callId']);
    const item = await store.get<CallItem>(keys.call('central', callId), { consistent: true });
    return { callId, code: item?.code ?? '' };
  }

  const arriving = (bookingId: string) => ({ bookingId, passCode: passCodeOf({ bookingId }) });
  let arrivals = 0;
  let slotOfToday: Promise<{ slotId: string }>;
  /** A donor with a place today at the central site. */
  async function expected(): Promise<{ owner: string; bookingId: string }> {
    const n = arrivals;
    arrivals += 1;
    const minute = Math.floor(n / SLOT_PLACES);
    const time = `${11 + Math.floor(minute / 60)}${String(minute % 60).padStart(2, '0')}`;
    if (n % SLOT_PLACES === 0) slotOfToday = aSlot(store, { date: TODAY, time, places: SLOT_PLACES });
    const slot = await slotOfToday;
    const owner = await aPerson(store, { name: 'Somebody-9', phone: `+8613${String(n).padStart(5, '0')}7399` });
    const { bookingId } = await done<{ bookingId: string }>(owner, 'POST /api/bookings', {
      body: { slotId: slot.slotId },
    });
    return { owner, bookingId };
  }
  async function here() {
    const donor = await expected();
    await done(people.staff, 'POST /api/donations/check-in', { body: arriving(donor.bookingId) });
    return donor;
  }
  let cards = 10_000_000;
  /** Somebody who is expected, before whom lies a document that is on record for somebody else. */
  async function clash() {
    cards += 1;
    const document = { type: 'passport', number: `E${cards}` };
    const other = await expected();
    await done(people.staff, 'POST /api/donations/check-in', { body: { bookingId: other.bookingId, document } });
    await done(people.staff, 'POST /api/donations', { body: drawn(other.bookingId, newDin()) });
    return { bookingId: (await expected()).bookingId, document };
  }
  const colleague = await aPerson(store, { name: 'Somebody-0', roles: [{ role: 'staff', scope: 'central' }] });
  /** A merge that another of the staff has proposed. */
  const proposed = async () =>
    await done<{ mergeId: string; version: number }>(colleague, 'POST /api/identity/merges', {
      body: { ...(await clash()), keep: 'here', reason: 'the same card' },
    });
  let dins = 100_000;
  const newDin = (): string => {
    dins += 1;
    return `G123426${dins}`;
  };
  const drawn = (bookingId: string, din: string) => ({
    bookingId,
    din: din + mod37_2.compute(din),
    procedure: 'whole-blood',
    volumeMl: 400,
    reaction: false,
  });
  async function given() {
    const donor = await here();
    const din = newDin();
    await done(people.staff, 'POST /api/donations', { body: drawn(donor.bookingId, din) });
    return { ...donor, din };
  }
  /** A donation of which something is doubtful, as the stream finds it. */
  async function doubted() {
    const { owner, din } = await given();
    const at = new Date(gateway.world.clock.now()).toISOString();
    const { doubt, write } = doubtWrite(
      {
        kind: 'doubt',
        doubtId: 'reappeared.wb.9',
        din,
        siteId: 'central',
        zone: 'Asia/Shanghai',
        doubt: 'reappeared',
        evidence: [{ unitId: 'wb', component: 'whole-blood', version: 9, to: 'stored', at }],
        status: 'open',
        foundAt: at,
        changedAt: at,
        verdicts: [],
        accepted: [],
      },
      undefined,
    );
    await gateway.store.transact([write]);
    return { owner, din, doubtId: doubt.doubtId, version: doubt.version };
  }
  const REACTED = { kind: 'test', test: 'hbsag', result: 'reactive' };
  /** A donation of which a test has reacted. */
  async function reacted() {
    const donor = await given();
    const body = { siteId: 'central', lines: [{ din: donor.din, found: [REACTED] }] };
    await done(people.staff, 'POST /api/laboratory/results', { body });
    return donor;
  }
  async function recalled() {
    const { owner, din } = await given();
    const { recallId } = await done<{ recallId: string }>(people.staff, 'POST /api/recalls', {
      body: { din, scope: 'donation', reason: 'component' },
    });
    return { owner, din, recallId };
  }
  const draft = async (more?: Parameters<typeof anEventInput>[0]) =>
    await done<{ eventId: string; version: number }>(people.organiser, 'POST /api/events', {
      body: anEventInput(more),
    });
  const changeInput = () => {
    const { organisationId: _, ...input } = anEventInput({ address: { zh: '别处', en: 'Elsewhere' } });
    return input;
  };
  const askedToCohost = async () => {
    const { eventId } = await draft();
    await done(people.organiser, 'POST /api/events/{eventId}/cohosts', {
      params: { eventId },
      body: { organisationId: 'others' },
    });
    return eventId;
  };
  /** An event on a day of its own, so that no other is tied to the site then; `asked`: whose organiser has asked the site. */
  async function drivable(asked: boolean) {
    drives += 1;
    const date = new Date(Date.UTC(2027, 0, drives)).toISOString().slice(0, 10);
    const shifts = [aShiftInput({ startsAtLocal: `${date}T09:00`, endsAtLocal: `${date}T11:00` })];
    const made = await done<{ eventId: string; version: number }>(people.organiser, 'POST /api/events', {
      body: anEventInput({ shifts }),
    });
    const params = { eventId: made.eventId };
    const shown = await done<Shown>(people.organiser, 'POST /api/events/{eventId}/publish', {
      params,
      body: { version: made.version },
    });
    if (!asked) return { params, version: shown.version };
    const tied = await done<Shown>(people.organiser, 'POST /api/events/{eventId}/drive', {
      params,
      body: { siteId: 'central', version: shown.version },
    });
    return { params, version: tied.version };
  }
  let drives = 0;
  type Shown = { eventId: string; version: number; shifts: { slotId: string }[] };
  async function published(more?: Parameters<typeof anEventInput>[0]) {
    const { eventId, version } = await draft(more);
    return await done<Shown>(people.organiser, 'POST /api/events/{eventId}/publish', {
      params: { eventId },
      body: { version },
    });
  }
  let soons = 0;
  /** An event whose shift begins within the hour, at a minute of its own. */
  async function soon(): Promise<Shown> {
    soons += 1;
    const [from, to] = [10 * 60 + 10 + soons, 10 * 60 + 11 + soons].map((minute) => `${TODAY}T${clock(minute)}`);
    const { eventId } = await done<{ eventId: string }>(people.organiser, 'POST /api/events', {
      body: anEventInput({ shifts: [aShiftInput({ startsAtLocal: from ?? '', endsAtLocal: to ?? '' })] }),
    });
    const params = { eventId };
    return await done(people.organiser, 'POST /api/events/{eventId}/publish', { params, body: { version: 1 } });
  }
  /** Somebody who has a place in it. */
  async function volunteering() {
    const { eventId, shifts } = await soon();
    const { bookingId } = await done<{ bookingId: string }>(await aPerson(store), 'POST /api/bookings', {
      body: { slotId: shifts[0]?.slotId },
    });
    return { eventId, bookingId };
  }
  /** What its organiser shows for volunteers to scan. */
  async function coded() {
    const { eventId } = await soon();
    const { codes } = await done<{ codes: string[] }>(people.organiser, 'POST /api/events/{eventId}/codes', {
      params: { eventId },
      body: { shiftId: 'guide' },
    });
    return { eventId, code: codes[0] ?? '' };
  }
  /** A shift that the owner worked for the organisation. */
  const worked = async () => await aService(store, { personId: people.owner });
  const askedToCorrect = async () => {
    const { serviceId } = await worked();
    return await done<{ requestId: string }>(people.owner, 'POST /api/me/service/corrections', {
      body: { recordId: serviceId, minutes: 180, reason: 'Stayed on' },
    });
  };
  /** The place of somebody in a shift of the organisation. */
  async function placeOfSomebody() {
    const { shifts } = await published();
    waiters += 1;
    const phone = `+8615${String(waiters).padStart(5, '0')}7399`;
    const somebody = await aPerson(store, { name: 'Somebody-9', phone });
    return await done<{ bookingId: string }>(somebody, 'POST /api/bookings', { body: { slotId: shifts[0]?.slotId } });
  }
  await whoCertifies(store);
  /** A text to the owner that failed. */
  async function failedText(scope = 'central'): Promise<string> {
    const now = new Date(gateway.world.clock.now()).toISOString();
    const text = asProblem(
      newMessage({
        personId: people.owner,
        template: 'donation-booked',
        subject: randomUUID(),
        version: 1,
        scope,
        zone: 'Asia/Shanghai',
        params: {},
        bound: { ...keys.profile(people.owner), version: 1 },
        now,
      }),
      'failed',
      now,
      'no-route',
    );
    await store.put({ Item: { ...keys.message(text.personId, text.messageId), ...text } });
    return text.messageId;
  }

  let declarers = 0;
  /** A donor of their own who lets answers be kept, and one who declared a donation made elsewhere. */
  async function declarer(): Promise<string> {
    declarers += 1;
    return await aPerson(store, { name: 'Somebody-9', phone: `+8614${String(declarers).padStart(5, '0')}7399` });
  }
  async function agreed(): Promise<string> {
    const owner = await declarer();
    const sent = { params: { purpose: 'health-answers' }, body: AGREEING };
    await done(owner, 'PUT /api/precheck/consents/{purpose}', sent);
    return owner;
  }
  async function declared(): Promise<{ owner: string; declaredId: string }> {
    const owner = await declarer();
    const { items } = await done<{ items: { declaredId: string }[] }>(owner, 'POST /api/precheck/elsewhere', {
      body: GIVEN_ELSEWHERE,
    });
    return { owner, declaredId: items[0]?.declaredId ?? '' };
  }

  /** Somebody who is expected today and gave elsewhere long ago. */
  async function expectedDeclarer() {
    const { owner, bookingId } = await expected();
    const { items } = await done<{ items: { declaredId: string }[] }>(owner, 'POST /api/precheck/elsewhere', {
      body: { ...GIVEN_ELSEWHERE, date: '2024-02-03' },
    });
    return { owner, bookingId, declaredId: items[0]?.declaredId ?? '' };
  }

  let moving = 0;
  /** Somebody whose slot the central site has closed, who was moved to another of that day. */
  async function moved() {
    moving += 1;
    const date = nextDate();
    const from = await aSlot(store, { date, time: '0900' });
    await aSlot(store, { date, time: '1300', places: 3 });
    const owner = await aPerson(store, { name: 'Somebody-9', phone: `+8616${String(moving).padStart(5, '0')}7399` });
    const { bookingId } = await done<{ bookingId: string }>(owner, 'POST /api/bookings', {
      body: { slotId: from.slotId },
    });
    const { closureId } = await done<{ closureId: string }>(people.staff, 'POST /api/closures', {
      body: closingOf(date),
    });
    const engine = { ...engineDeps(store, gateway.world), quiet: () => undefined };
    await goOnClosing(engine, await createSites(store).list(), { siteId: 'central', closureId });
    const move = await store.get<MoveItem>(keys.move(closureId, bookingId), { consistent: true });
    const closure = await store.get<ClosureItem>(keys.closure('central', closureId), { consistent: true });
    return { owner, bookingId, closureId, code: move?.code ?? '', version: closure?.version ?? 0 };
  }
  const closingOf = (date: string) => ({
    siteId: 'central',
    from: date,
    to: date,
    toTime: '12:00',
    places: 0,
    reason: 'equipment',
  });

  const aFile = {
    kind: 'usage',
    fileName: 'used.csv',
    bytes: UPLOADED_BYTES,
    sha256: `${'A'.repeat(43)}=`,
    rows: 1,
    fields: ['din', 'component', 'date', 'hospital'],
    epoch: 1900,
    bareDins: false,
    columns: {},
  };
  /** An import that the central site has begun, as far as asked for. */
  async function begun(...asked: ('check' | 'checked' | 'stop')[]) {
    const { import: made } = await done<{ import: { importId: string } }>(people.staff, 'POST /api/files/{siteId}', {
      params: { siteId: 'central' },
      body: aFile,
    });
    const params = { siteId: 'central', importId: made.importId };
    if (asked.length > 0) await done(people.staff, 'POST /api/files/{siteId}/{importId}/check', { params, body: {} });
    if (asked.includes('stop'))
      await done(people.staff, 'POST /api/files/{siteId}/{importId}/stop', { params, body: {} });
    if (asked.includes('checked')) {
      const item = await store.get<ImportItem>(keys.import('central', made.importId), { consistent: true });
      if (item) await store.transact([importWrite(item, { ...item, status: 'checked' })]);
    }
    return params;
  }

  const roleHolder = async (): Promise<string> => await aPerson(store, { roles: [{ role: 'staff', scope: 'east' }] });
  /** A wish to move a roleHolder to a number that nobody has. */
  async function askingMove() {
    const personId = await roleHolder();
    const was = ((await store.get<ProfileItem>(keys.profile(personId)))?.phone ?? '').slice(-4);
    counter += 1;
    const phone = `+86137${String(counter).padStart(8, '0')}`;
    return { personId, phone, was, besides: [], knownBy: 'document', reason: 'Lost the old one' };
  }
  const BROWSER = 'the browser of a station';
  const KEY = 'a'.repeat(32);
  /** Everybody of the city is known in one browser too, and has shown their second factor there. */
  let known: Promise<void> | undefined;
  async function sharing(): Promise<void> {
    for (const personId of Object.values(people).slice(1)) {
      const subject = subjectDigest({ iss: TEST_ISSUER, sub: personId });
      const before = await store.get<SubjectItem>(keys.subject(subject), { consistent: true });
      const here = { device: deviceDigest(BROWSER), personId, seenAt: `${TODAY}T00:00:00.000Z` };
      if (before) await store.transact([subjectWrite(subject, before, { ...before, devices: [here] })]);
    }
  }
  type AtStation = {
    at: { params: { stationId: string }; headers: Record<string, string> };
    body: { key: string; pin: string };
  };
  /** What is sent from a shared station of the central site, where staff have a seat. */
  async function atStation({ seat }: { seat: boolean }, again = 5): Promise<AtStation> {
    known ??= sharing();
    await known;
    const shown = Object.values(people).slice(1);
    await Promise.all(shown.map((personId) => store.transact([factorShown(personId, { device: BROWSER })])));
    const headers = { [DEVICE_HEADER]: BROWSER };
    const token = await tokenOf(people.staff);
    const made = await call('POST /api/stations', { headers, token, body: { siteId: 'central', key: KEY } });
    const { stationId } = made.json as { stationId: string };
    const at = { params: { stationId }, headers };
    const body = { key: KEY, pin: '271828' };
    const last =
      seat && made.status < 300 ? await call('POST /api/stations/{stationId}/join', { ...at, body, token }) : made;
    if (last.status < 300) return { at, body };
    // It is one browser: another call, made at the same time, may just have locked it, or ended what was shown there.
    if ((last.status === 403 || last.status === 409) && again > 0) return await atStation({ seat }, again - 1);
    throw new Error(`no place at the station: ${last.status} ${last.text}`);
  }
  const stationed = async () => ({ ...(await atStation({ seat: true })).at, body: { key: KEY } });

  /** Everybody of the city with an authenticator, of one secret, and one of the same that waits to be confirmed. */
  async function authenticators(of: readonly string[] = Object.values(people)) {
    const secret = newTotpSecret();
    for (const personId of of) {
      const sealed = sealFactor('a key of the tests', personId, secret);
      const item: FactorItem = {
        kind: 'factor',
        personId,
        live: { sealed, since: `${TODAY}T00:00:00.000Z`, lastStep: 0 },
        pending: { sealed, until: '9999-12-31T00:00:00.000Z' },
        accepted: [],
        version: 1,
      };
      await store.transact([{ Put: { Item: { ...keys.factor(personId), ...item }, table: 'private' } }]);
    }
    return { body: { code: totpCode(secret, gateway.world.clock.now()) } };
  }
  /** The same, asked by another admin. */
  async function askedMove() {
    const admin = await aPerson(store, { roles: [{ role: 'admin', scope: 'ALL' }] });
    const { changeId } = await done<{ changeId: string }>(admin, 'POST /api/roles/changes/phone', {
      body: await askingMove(),
    });
    return { params: { changeId }, body: { version: 1 } };
  }

  /** Places of a time of its own, for a work unit. */
  async function blocking() {
    const slotId = await aDonationSlot('central');
    const until = `${TODAY}T23:30`;
    return { siteId: 'central', unit: 'A mill', until, slots: [{ slotId, places: 2 }] };
  }
  const blocked = async () =>
    await done<{ blockId: string; version: number; code: string; headcountCode: string }>(
      people.staff,
      'POST /api/blocks',
      { body: await blocking() },
    );

  const shown = await published();
  const hidden = await draft();
  const donation = await given();
  const mine = await booked();
  await failedText();
  const today = { siteId: 'central', date: TODAY };

  const calls: Record<RouteName, () => Promise<Arranged>> = {
    'GET /api/health': async () => ({}),
    'GET /api/openapi.json': async () => ({}),
    'GET /api/openapi/{area}': async () => ({ params: { area: 'bookings' } }),
    'GET /api/sites': async () => ({}),
    'GET /api/sites/{siteId}': async () => ({ params: { siteId: 'central' } }),
    'GET /api/sites/{siteId}/slots': async () => ({
      params: { siteId: 'central' },
      query: { from: TODAY, to: '2026-12-01' },
    }),
    'GET /api/sites/{siteId}/days': async () => ({
      params: { siteId: 'central' },
      query: { from: TODAY, to: '2026-12-01', procedure: 'whole-blood' },
    }),
    'GET /api/next-free': async () => ({ query: { from: TODAY } }),
    'GET /api/slots/{slotId}/calendar.ics': async () => ({
      params: { slotId: slotId('central', TODAY, '1100', 'whole-blood') },
      query: { uid: '0123456789abcdef0123456789abcdef', sequence: '1', language: 'zh' },
    }),
    // The ID token is the caller's own: see the tests, which sign it.
    'POST /api/me/sign-in': async () => ({ body: { idToken: '' } }),
    'GET /api/me': async () => ({}),
    'PATCH /api/me': async () => ({ body: { version: 1, language: 'en' } }),
    'PUT /api/me/second-fact': async () => ({ body: { lastFour: '123X', present: '123X' } }),
    'GET /api/me/export': async () => ({ query: { part: 'bookings', limit: '5' } }),
    // Whoever is asked to be forgotten is somebody of their own: see the tests, which make them.
    'POST /api/me/erase': async () => ({ body: { understood: true } }),
    'GET /api/me/eligibility': async () => ({ query: { siteId: 'central', date: '2026-12-20' } }),
    'GET /api/me/bookings': async () => ({ query: { limit: '5' } }),
    'GET /api/me/donations': async () => ({ query: { limit: '5' }, owner: donation.owner }),
    'GET /api/me/messages': async () => ({ query: { limit: '5' } }),
    'GET /api/precheck/rules': async () => ({ query: { siteId: 'central' } }),
    'GET /api/precheck': async () => ({ query: { siteId: 'central' } }),
    'PUT /api/precheck/answers': async () => ({
      owner: await agreed(),
      body: {
        version: 0,
        answers: [
          {
            question: 'tattoo',
            answeredOn: TODAY,
            events: [{ code: 'tattoo-or-sharps', ended: '2026-10-01' }],
          },
        ],
      },
    }),
    'GET /api/precheck/consents': async () => ({}),
    'PUT /api/precheck/consents/{purpose}': async () => ({ params: { purpose: 'health-answers' }, body: AGREEING }),
    'GET /api/precheck/elsewhere': async () => ({}),
    'POST /api/precheck/elsewhere': async () => ({ body: GIVEN_ELSEWHERE, owner: await declarer() }),
    'PUT /api/precheck/elsewhere/{declaredId}': async () => {
      const { owner, declaredId } = await declared();
      return { owner, params: { declaredId }, body: { ...GIVEN_ELSEWHERE, volumeMl: 200, version: 1 } };
    },
    'POST /api/precheck/elsewhere/{declaredId}/remove': async () => {
      const { owner, declaredId } = await declared();
      return { owner, params: { declaredId }, body: { version: 1 } };
    },
    'POST /api/bookings': async () => ({ body: { slotId: await aShift() } }),
    'GET /api/bookings/{bookingId}': async () => ({ params: { bookingId: mine } }),
    'POST /api/bookings/{bookingId}/cancel': async () => ({ params: { bookingId: await booked() }, body: {} }),
    'GET /api/bookings/{bookingId}/cover': async () => ({ params: { bookingId: await booked() } }),
    'POST /api/bookings/{bookingId}/cover': async () => ({
      params: { bookingId: await booked() },
      body: { open: true },
    }),
    'POST /api/bookings/{bookingId}/cover/withdraw': async () => {
      const bookingId = await booked();
      await done(people.owner, 'POST /api/bookings/{bookingId}/cover', { params: { bookingId }, body: { open: true } });
      return { params: { bookingId }, body: {} };
    },
    'POST /api/covers': async () => {
      const slotId = await aShift();
      const giver = await aPerson(store);
      const { bookingId } = await done<{ bookingId: string }>(giver, 'POST /api/bookings', { body: { slotId } });
      await done(giver, 'POST /api/bookings/{bookingId}/cover', { params: { bookingId }, body: { open: true } });
      return { body: { slotId } };
    },
    'POST /api/bookings/{bookingId}/reschedule': async () => ({
      params: { bookingId: await booked() },
      body: { slotId: await aShift() },
    }),
    'GET /api/waiting': async () => ({}),
    'POST /api/waiting': async () => ({ body: { slotId: await full(), anyTime: false } }),
    'POST /api/waiting/{waitId}/leave': async () => ({
      params: { waitId: (await inLine({ offered: false, owner: people.owner })).waitId },
      body: {},
    }),
    'POST /api/waiting/{waitId}/accept': async () => ({
      params: { waitId: (await inLine({ offered: true, owner: people.owner })).waitId },
      body: {},
    }),
    'POST /api/waiting/{waitId}/decline': async () => ({
      params: { waitId: (await inLine({ offered: true, owner: people.owner })).waitId },
      body: {},
    }),
    'GET /api/waiting/line': async () => {
      const { slotId: id, owner } = await inLine({ offered: false });
      return { query: { siteId: 'central', date: id.split('_')[1] ?? '', slotId: id }, owner };
    },
    'GET /api/waiting/offers': async () => {
      const { code, owner } = await inLine({ offered: true });
      return { query: { siteId: 'central', code }, owner };
    },
    'POST /api/waiting/offers/answer': async () => {
      const { code, owner } = await inLine({ offered: true });
      return { body: { siteId: 'central', code, answer: 'accept' }, owner };
    },
    'GET /api/closures': async () => ({ query: { siteId: 'central' } }),
    'GET /api/closures/preview': async () => ({
      query: { siteId: 'central', from: TODAY, to: TODAY, places: '0' },
      owner: donation.owner,
    }),
    'POST /api/closures': async () => ({ body: closingOf(nextDate()) }),
    'GET /api/closures/{closureId}': async () => {
      const { owner, closureId } = await moved();
      return { owner, params: { closureId }, query: { siteId: 'central' } };
    },
    'POST /api/closures/{closureId}/reopen': async () => {
      const { owner, closureId, version } = await moved();
      return { owner, params: { closureId }, body: { siteId: 'central', version } };
    },
    'GET /api/closures/moves': async () => {
      const { owner, code } = await moved();
      return { owner, query: { siteId: 'central', code } };
    },
    'POST /api/closures/{closureId}/answers': async () => {
      const { owner, closureId, bookingId } = await moved();
      return { owner, params: { closureId }, body: { siteId: 'central', bookingId, answer: 'accept' } };
    },
    'GET /api/moves': async () => ({ owner: (await moved()).owner }),
    'POST /api/moves/{bookingId}/accept': async () => {
      const { owner, bookingId } = await moved();
      return { owner, params: { bookingId }, body: {} };
    },
    'GET /api/blocks': async () => ({ query: { siteId: 'central' } }),
    'POST /api/blocks': async () => ({ body: await blocking() }),
    'POST /api/blocks/{blockId}/release': async () => {
      const { blockId, version } = await blocked();
      return { params: { blockId }, body: { siteId: 'central', version } };
    },
    'GET /api/invitations/{code}': async () => ({ params: { code: (await blocked()).code } }),
    'GET /api/headcounts/{code}': async () => ({ params: { code: (await blocked()).headcountCode } }),
    'GET /api/planning/{siteId}': async () => ({ params: { siteId: 'central' } }),
    'GET /api/planning/{siteId}/drives': async () => ({ params: { siteId: 'central' } }),
    'POST /api/planning/{siteId}/drives/{eventId}': async () => {
      const { params, version } = await drivable(true);
      return { params: { ...params, siteId: 'central' }, body: { step: 'agree', version } };
    },
    'PUT /api/planning/{siteId}/weeks/{effectiveFrom}': async () => ({
      // Later than anything else that is arranged.
      params: { siteId: 'central', effectiveFrom: nextDate().replace(/^\d{4}/, '2040') },
      body: { isNew: true, version: 0, hours: [], closedOn: [], otherHours: [], stops: [] },
    }),
    'GET /api/figures': async () => ({ query: { siteId: 'central', from: TODAY, to: TODAY } }),
    'GET /api/figures/stock': async () => ({ query: { siteId: 'central' } }),
    'GET /api/figures/sites': async () => ({ query: { sites: 'central', from: TODAY, to: TODAY } }),
    'GET /api/figures/sites/stock': async () => ({ query: { sites: 'central' } }),
    'GET /api/figures/sites/table.csv': async () => ({
      query: { sites: 'central', from: TODAY, to: TODAY, table: 'sites' },
    }),
    'GET /api/figures/table.csv': async () => ({ query: { siteId: 'central', from: TODAY, to: TODAY, table: 'days' } }),
    'GET /api/calls': async () => ({ query: { siteId: 'central' } }),
    'GET /api/calls/days': async () => ({ query: { siteId: 'central' } }),
    'GET /api/calls/preview': async () => ({ query: { siteId: 'central', ...(await short()) } }),
    'POST /api/calls': async () => ({ body: { siteId: 'central', ...(await short()) } }),
    'GET /api/calls/{callId}': async () => ({
      params: { callId: (await begunCall()).callId },
      query: { siteId: 'central' },
    }),
    'POST /api/calls/{callId}/stop': async () => ({
      params: { callId: (await begunCall()).callId },
      body: { siteId: 'central' },
    }),
    'GET /api/calls/settings/{siteId}': async () => ({ params: { siteId: 'central' } }),
    'PUT /api/calls/settings/{siteId}': async () => ({
      params: { siteId: 'central' },
      body: {
        waveSize: 20,
        pauseMinutes: 60,
        restDays: 30,
        version: (await createSites(store).getNow('central'))?.calls?.version ?? 0,
      },
    }),
    'GET /api/calls/open/{code}': async () => ({ params: { code: (await begunCall()).code } }),
    'GET /api/files/{siteId}': async () => ({ params: { siteId: 'central' } }),
    'GET /api/files/{siteId}/mappings/{kind}': async () => ({ params: { siteId: 'central', kind: 'usage' } }),
    'POST /api/files/{siteId}': async () => ({ params: { siteId: 'central' }, body: aFile }),
    'GET /api/files/{siteId}/{importId}': async () => ({ params: await begun() }),
    'POST /api/files/{siteId}/{importId}/check': async () => ({ params: await begun(), body: {} }),
    'POST /api/files/{siteId}/{importId}/apply': async () => ({ params: await begun('checked'), body: {} }),
    'POST /api/files/{siteId}/{importId}/stop': async () => ({ params: await begun('check'), body: {} }),
    'POST /api/files/{siteId}/{importId}/resume': async () => ({ params: await begun('check', 'stop'), body: {} }),
    'POST /api/files/{siteId}/{importId}/discard': async () => ({ params: await begun('checked'), body: {} }),
    'GET /api/files/{siteId}/{importId}/refused': async () => ({ params: await begun('check') }),
    'GET /api/donations/roster': async () => ({ query: today, owner: donation.owner }),
    'GET /api/donations/roster.csv': async () => ({ query: today, owner: donation.owner }),
    'GET /api/donations/pass': async () => ({
      query: { ...today, code: passCode(splitBookingId(donation.bookingId).suffix) },
      owner: donation.owner,
    }),
    'POST /api/stations': async () => {
      const { at } = await atStation({ seat: false });
      return { headers: at.headers, body: { siteId: 'central', key: KEY } };
    },
    'POST /api/stations/{stationId}/join': async () => {
      const { at, body } = await atStation({ seat: false });
      return { ...at, body };
    },
    'POST /api/stations/{stationId}/unlock': async () => {
      const { at, body } = await atStation({ seat: true });
      return { params: at.params, body: { ...body, personId: people.staff } };
    },
    'POST /api/stations/{stationId}/lock': async () => ({ ...(await stationed()), headers: {} }),
    'POST /api/stations/{stationId}/stay': stationed,
    'POST /api/stations/{stationId}/leave': stationed,
    'POST /api/stations/{stationId}/end': stationed,
    'GET /api/factor': async () => ({}),
    'POST /api/factor/enrolment': async () => await authenticators(),
    'POST /api/factor/confirm': async () => await authenticators(),
    'POST /api/factor/show': async () => await authenticators(),
    'GET /api/roles': async () => ({ query: { limit: '5' } }),
    'GET /api/roles/scopes': async () => ({}),
    'POST /api/roles/people/find': async () => ({ body: { phone: '+8613900007392' } }),
    'POST /api/roles/grant': async () => ({
      body: { personId: await aPerson(store), role: 'staff', scope: 'central', reason: 'starts today' },
    }),
    'POST /api/roles/revoke': async () => ({
      body: { personId: await roleHolder(), role: 'staff', scope: 'east', reason: 'has left' },
    }),
    'GET /api/roles/changes': async () => ({}),
    'POST /api/roles/changes/phone': async () => ({ body: await askingMove() }),
    'POST /api/roles/changes/second-fact': async () => ({
      body: {
        personId: await roleHolder(),
        birthDate: '1985-06-15',
        lastFour: '123x',
        knownBy: 'document',
        reason: 'Forgotten',
      },
    }),
    'POST /api/roles/changes/second-factor': async () => ({
      body: { personId: await roleHolder(), knownBy: 'known', reason: 'Lost the phone' },
    }),
    'POST /api/roles/changes/{changeId}/approve': async () => await askedMove(),
    'POST /api/roles/changes/{changeId}/reject': async () => await askedMove(),
    'GET /api/audit/seal': async () => ({ query: today }),
    'GET /api/audit': async () => ({ query: today }),
    'POST /api/identity/clashes': async () => ({ body: await clash() }),
    'POST /api/identity/merges': async () => ({ body: { ...(await clash()), keep: 'here', reason: 'the same card' } }),
    'GET /api/identity/merges': async () => ({ query: { siteId: 'central' } }),
    'GET /api/identity/merges/{mergeId}': async () => ({
      params: { mergeId: (await proposed()).mergeId },
      query: { siteId: 'central' },
    }),
    'POST /api/identity/merges/{mergeId}/approve': async () => {
      const { mergeId, version } = await proposed();
      return { params: { mergeId }, body: { siteId: 'central', version } };
    },
    'POST /api/identity/merges/{mergeId}/reject': async () => {
      const { mergeId, version } = await proposed();
      return { params: { mergeId }, body: { siteId: 'central', version } };
    },
    'POST /api/donations/check-in': async () => {
      const { owner, bookingId } = await expected();
      return { owner, body: arriving(bookingId) };
    },
    'POST /api/donations/begin': async () => {
      const { owner, bookingId } = await here();
      return { owner, body: { bookingId } };
    },
    'POST /api/donations/undo': async () => {
      const { owner, bookingId } = await here();
      return { owner, body: { bookingId, version: 2 } };
    },
    'POST /api/donations': async () => {
      const { owner, bookingId } = await here();
      return { owner, body: drawn(bookingId, newDin()) };
    },
    'GET /api/donations/screening': async () => {
      const { owner, bookingId } = await here();
      return { owner, query: { bookingId } };
    },
    'POST /api/donations/screening': async () => {
      const { owner, bookingId } = await here();
      const measures = { weight: 70, systolic: 120, diastolic: 80, pulse: 70, haemoglobin: 140 };
      return { owner, body: { bookingId, measures } };
    },
    'GET /api/donations/{din}/reaction': async () => ({ params: { din: donation.din }, owner: donation.owner }),
    'POST /api/donations/{din}/corrections': async () => {
      const { owner, din } = await given();
      return {
        owner,
        params: { din },
        body: { kind: 'drawn', procedure: 'whole-blood', volumeMl: 200, reason: 'misread' },
      };
    },
    'POST /api/donations/deferrals': async () => {
      const { owner, bookingId } = await here();
      return { owner, body: { bookingId, reason: 'permanent' } };
    },
    'GET /api/donations/deferral-reasons': async () => ({ query: { siteId: 'central' } }),
    'GET /api/donations/elsewhere': async () => {
      const { owner, bookingId } = await expectedDeclarer();
      return { owner, query: { bookingId } };
    },
    'POST /api/donations/elsewhere/{declaredId}/verification': async () => {
      const { owner, bookingId, declaredId } = await expectedDeclarer();
      return { owner, params: { declaredId }, body: { bookingId, version: 1, verified: true } };
    },
    'POST /api/desk/people/find': async () => ({
      body: { siteId: 'central', name: 'Somebody-9', birthDate: '1950-01-01' },
    }),
    'POST /api/desk/people': async () => ({
      body: {
        siteId: 'central',
        name: 'Somebody-8',
        sex: 'female',
        birthDate: nextDate().replace(/^\d{4}/, '1990'),
        weightKg: 60,
        wantsExtendedAge: false,
        besides: [],
      },
    }),
    'GET /api/desk/people/{personId}': async () => {
      const { owner } = await expected();
      return { owner, params: { personId: owner }, query: { siteId: 'central' } };
    },
    'POST /api/desk/people/{personId}/phone': async () => {
      const owner = await aPerson(store);
      const was = ((await store.get<ProfileItem>(keys.profile(owner)))?.phone ?? '').slice(-4);
      const phone = '+8613600001111';
      const besides = (await store.query<PhoneItem>({ pk: partitions.phones(phone) })).items.map((it) => it.personId);
      const body = { siteId: 'central', phone, was, knownBy: 'document', reason: 'New number', besides };
      return { owner, params: { personId: owner }, body };
    },
    'POST /api/desk/people/{personId}/profile': async () => {
      const owner = await aPerson(store);
      return {
        owner,
        params: { personId: owner },
        body: { siteId: 'central', version: 1, agreed: true, weightKg: 61 },
      };
    },
    'POST /api/desk/people/{personId}/second-fact': async () => {
      const owner = await aPerson(store);
      const fact = { birthDate: '1996-05-01', lastFour: '123x' };
      const body = { siteId: 'central', ...fact, knownBy: 'document', reason: 'Forgotten' };
      return { owner, params: { personId: owner }, body };
    },
    'POST /api/desk/bookings': async () => {
      const owner = await aPerson(store);
      return { owner, body: { personId: owner, slotId: await aDonationSlot('central'), walkIn: false } };
    },
    'POST /api/desk/bookings/{bookingId}/reschedule': async () => {
      const { owner, bookingId } = await expected();
      return { owner, params: { bookingId }, body: { slotId: await aDonationSlot('central') } };
    },
    'POST /api/desk/bookings/{bookingId}/cancel': async () => {
      const { owner, bookingId } = await expected();
      return { owner, params: { bookingId }, body: {} };
    },
    'POST /api/desk/late': async () => {
      const { owner, bookingId } = await expected();
      const at = new Date(gateway.world.clock.now()).toISOString();
      return { owner, body: { siteId: 'central', who: { bookingId }, at, paper: { kind: 'came' } } };
    },
    'GET /api/donations/slots': async () => ({ query: today }),
    'PATCH /api/donations/slots/{slotId}': async () => ({
      params: { slotId: await aDonationSlot('central') },
      body: { version: 1, places: 30, open: false },
    }),
    'GET /api/donations/settings/{siteId}': async () => ({ params: { siteId: 'central' } }),
    'PUT /api/donations/settings/{siteId}': async () => ({
      params: { siteId: 'central' },
      body: {
        version: (await createSites(store).getNow('central'))?.version ?? 0,
        phone: '021 1234 5678',
        cutoffMinutes: 120,
        reminders: { dayBeforeAt: '18:00', minutesBefore: 120 },
      },
    }),
    'GET /api/units': async () => ({ query: today, owner: donation.owner }),
    'GET /api/units/{din}': async () => ({ params: { din: donation.din }, owner: donation.owner }),
    'POST /api/units/{din}/{unitId}/steps': async () => {
      const { owner, din } = await given();
      return { owner, params: { din, unitId: 'wb' }, body: { action: 'test', version: 1 } };
    },
    'GET /api/units/scan': async () => ({
      query: { siteId: 'central', action: 'test', code: `=${donation.din}00` },
      owner: donation.owner,
    }),
    'POST /api/units/steps': async () => {
      const { owner, din } = await given();
      return { owner, body: { siteId: 'central', action: 'test', lines: [{ din, unitId: 'wb', version: 1 }] } };
    },
    'GET /api/units/settings/{siteId}': async () => ({ params: { siteId: 'central' } }),
    'PUT /api/units/settings/{siteId}': async () => ({
      params: { siteId: 'central' },
      body: {
        version: (await createSites(store).getNow('central'))?.units?.version ?? 0,
        screening: 'paper',
        master: 'nuanliu',
        shelfLifeDays: { platelets: 5 },
        hospitals: [{ name: 'First Hospital', phone: '021 1234 5678' }],
        products: [{ code: 'E0336', component: 'red-cells' }],
      },
    }),
    'GET /api/lookback': async () => ({ query: { din: donation.din }, owner: donation.owner }),
    'POST /api/recalls': async () => {
      const { owner, din } = await given();
      return { owner, body: { din, scope: 'donor', reason: 'donor-information' } };
    },
    'GET /api/recalls': async () => {
      const { owner } = await recalled();
      return { owner, query: { siteId: 'central' } };
    },
    'GET /api/recalls/{recallId}': async () => {
      const { owner, recallId } = await recalled();
      return { owner, params: { recallId }, query: { siteId: 'central' } };
    },
    'POST /api/recalls/{recallId}/told': async () => {
      const { owner, recallId } = await recalled();
      return { owner, params: { recallId }, body: { siteId: 'central', hospital: 'First Hospital' } };
    },
    'POST /api/recalls/{recallId}/lift': async () => {
      const { owner, recallId } = await recalled();
      return { owner, params: { recallId }, body: { siteId: 'central' } };
    },
    'GET /api/records/{code}': async () => {
      const { owner, din } = await given();
      const body = { date: TODAY };
      const { code } = await done<{ code: string }>(owner, 'POST /api/me/donations/{din}/record', {
        params: { din },
        body,
      });
      return { owner, params: { code } };
    },
    'GET /api/me/donations/{din}': async () => ({
      owner: donation.owner,
      params: { din: donation.din },
      query: { date: TODAY },
    }),
    'POST /api/me/donations/{din}/record': async () => {
      const { owner, din } = await given();
      return { owner, params: { din }, body: { date: TODAY } };
    },
    'POST /api/me/donations/{din}/do-not-use': async () => {
      const { owner, din } = await given();
      return { owner, params: { din }, body: {} };
    },
    'GET /api/doubts': async () => {
      const { owner } = await doubted();
      return { owner, query: { siteId: 'central' } };
    },
    'GET /api/doubts/hospitals': async () => ({ query: { siteId: 'central', months: '1' } }),
    'GET /api/doubts/hospitals.csv': async () => ({ query: { siteId: 'central', months: '1' } }),
    'POST /api/doubts/{din}/{doubtId}/settle': async () => {
      const { owner, din, doubtId, version } = await doubted();
      const body = { verdict: 'explained', reason: 'the hospital named another bag by mistake', version };
      return { owner, params: { din, doubtId }, body };
    },
    'GET /api/laboratory': async () => ({ query: today, owner: donation.owner }),
    'GET /api/laboratory/tests/{siteId}': async () => ({ params: { siteId: 'central' } }),
    'GET /api/laboratory/tube': async () => ({
      query: { siteId: 'central', code: `=${donation.din}00` },
      owner: donation.owner,
    }),
    'GET /api/laboratory/alerts': async () => {
      const { owner } = await reacted();
      return { owner, query: { siteId: 'central' } };
    },
    'POST /api/laboratory/results': async () => {
      const { owner, din } = await given();
      return { owner, body: { siteId: 'central', lines: [{ din, found: [REACTED] }] } };
    },
    'GET /api/laboratory/{din}': async () => {
      const { owner, din } = await reacted();
      return { owner, params: { din } };
    },
    'POST /api/laboratory/{din}/void': async () => {
      const { owner, din } = await reacted();
      return { owner, params: { din }, body: { n: 1, reason: 'another tube' } };
    },
    'POST /api/laboratory/{din}/take-back': async () => {
      const { owner, din } = await reacted();
      const before = await store.get<BloodGroupsItem>(keys.bloodGroups(owner), { consistent: true, table: 'private' });
      const said = { abo: 'O', rhd: 'positive', siteId: 'central', by: 'nobody', at: nowOf(gateway.world) } as const;
      await store.put({
        table: 'private',
        Item: {
          ...keys.bloodGroups(owner),
          ...{ kind: 'blood-groups', personId: owner, groups: {}, version: 1 },
          ...before,
          said: [{ ...said, loadedFrom: { importId: 'f1', row: 2 } }],
        },
      });
      return { owner, params: { din }, body: { abo: 'O', rhd: 'positive', reason: 'another donor’s' } };
    },
    'POST /api/laboratory/{din}/settle': async () => {
      const { owner, din } = await reacted();
      return { owner, params: { din }, body: { note: 'the donor was told' } };
    },
    'POST /api/holds': async () => {
      const { owner, din } = await given();
      return { owner, body: { din } };
    },
    'GET /api/holds': async () => ({ query: { siteId: 'central' }, owner: donation.owner }),
    'POST /api/holds/{din}/acknowledge': async () => {
      const { donor, din } = await anIssuedDonation(store, newDin());
      await done(donor, 'POST /api/me/donations/{din}/do-not-use', { params: { din }, body: {} });
      return { owner: donor, params: { din }, body: {} };
    },
    'POST /api/holds/{din}/lift': async () => {
      const { owner, din } = await given();
      await done(owner, 'POST /api/me/donations/{din}/do-not-use', { params: { din }, body: {} });
      return { owner, params: { din }, body: {} };
    },
    'GET /api/messages/problems': async () => ({ query: { month: '2026-11' } }),
    'POST /api/messages/problems/resend': async () => ({
      body: { personId: people.owner, messageId: await failedText() },
    }),
    'GET /api/events': async () => ({ query: { from: TODAY, limit: '5' } }),
    'GET /api/events/{eventId}': async () => ({ params: { eventId: shown.eventId } }),
    'GET /api/organisations/{organisationId}/events': async () => ({ params: { organisationId: 'helpers' } }),
    'POST /api/events': async () => ({ body: anEventInput() }),
    'PUT /api/events/{eventId}': async () => ({
      params: { eventId: (await draft()).eventId },
      body: { ...anEventInput(), version: 1 },
    }),
    'POST /api/events/{eventId}/publish': async () => ({
      params: { eventId: (await draft()).eventId },
      body: { version: 1 },
    }),
    'POST /api/events/{eventId}/cancel': async () => ({
      params: { eventId: (await published()).eventId },
      body: { version: 2 },
    }),
    'GET /api/events/{eventId}/roster.csv': async () => ({
      params: { eventId: shown.eventId },
      query: { date: '2026-11-28' },
    }),
    'GET /api/events/{eventId}/roster': async () => ({
      params: { eventId: shown.eventId },
      query: { date: '2026-11-28' },
    }),
    'GET /api/events/{eventId}/waiting': async () => ({
      params: { eventId: shown.eventId },
      query: { date: '2026-11-28' },
    }),
    'GET /api/events/{eventId}/desk': async () => ({ params: { eventId: shown.eventId } }),
    'GET /api/organisations': async () => ({}),
    'GET /api/organisations/{organisationId}/cohosted': async () => ({ params: { organisationId: 'helpers' } }),
    'POST /api/events/{eventId}/drive': async () => {
      const { params, version } = await drivable(false);
      return { params, body: { siteId: 'central', version } };
    },
    'POST /api/events/{eventId}/drive/end': async () => {
      const { params, version } = await drivable(true);
      return { params, body: { version } };
    },
    'POST /api/events/{eventId}/cohosts': async () => ({
      params: { eventId: (await draft()).eventId },
      body: { organisationId: 'others' },
    }),
    'POST /api/events/{eventId}/cohosts/{organisationId}/answer': async () => ({
      params: { eventId: await askedToCohost(), organisationId: 'others' },
      body: { accept: true },
    }),
    'POST /api/events/{eventId}/cohosts/{organisationId}/end': async () => ({
      params: { eventId: await askedToCohost(), organisationId: 'others' },
      body: {},
    }),
    'GET /api/events/{eventId}/repeats': async () => ({
      params: { eventId: shown.eventId },
      query: { every: 'week', count: '3' },
    }),
    'POST /api/events/{eventId}/repeats': async () => ({
      params: { eventId: (await draft()).eventId },
      body: { every: 'week', count: 3, publish: false, version: 1 },
    }),
    'GET /api/series/{seriesId}': async () => {
      const { eventId } = await draft();
      const { seriesId } = await done<{ seriesId: string }>(people.organiser, 'POST /api/events/{eventId}/repeats', {
        params: { eventId },
        body: { every: 'week', count: 3, publish: false, version: 1 },
      });
      return { params: { seriesId } };
    },
    'POST /api/events/{eventId}/change-previews': async () => ({
      params: { eventId: shown.eventId },
      body: { ...changeInput(), version: 2, scope: 'this' },
    }),
    'POST /api/events/{eventId}/changes': async () => ({
      params: { eventId: (await published()).eventId },
      body: { ...changeInput(), version: 2, scope: 'this' },
    }),
    'GET /api/events/{eventId}/following': async () => ({ params: { eventId: shown.eventId } }),
    'POST /api/events/{eventId}/notes': async () => ({
      params: { eventId: shown.eventId },
      body: { note: { zh: '请带雨具', en: 'Bring an umbrella' } },
    }),
    'GET /api/events/{eventId}/teams': async () => ({ params: { eventId: shown.eventId } }),
    'POST /api/events/{eventId}/teams': async () => {
      const { eventId, slotId } = await forTeams();
      return { params: { eventId }, body: { slotId, name: 'A school', members: ['A friend'] } };
    },
    'GET /api/events/{eventId}/teams/{teamId}/place': async () => {
      const { params, code } = await aTeam();
      return { params, query: { code } };
    },
    'POST /api/events/{eventId}/teams/{teamId}/accept': async () => {
      const { params, code } = await aTeam();
      return { params, body: { code } };
    },
    'POST /api/events/{eventId}/teams/{teamId}/decline': async () => {
      const { params, code } = await aTeam();
      return { params, body: { code } };
    },
    'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/rename': async () => {
      const { owner, params } = await aTeam();
      return { owner, params: { ...params, n: '0' }, body: { name: 'Another friend' } };
    },
    'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/withdraw': async () => {
      const { owner, params } = await aTeam();
      return { owner, params: { ...params, n: '0' }, body: {} };
    },
    'GET /api/me/insurance': async () => ({}),
    'PUT /api/me/insurance': async () => ({ body: { document: { type: 'passport', number: 'E73910001' } } }),
    'POST /api/me/insurance/remove': async () => ({ body: {} }),
    'GET /api/events/{eventId}/insurance': async () => {
      const { eventId } = await published({ insures: true });
      return { params: { eventId }, query: { date: '2026-11-28' } };
    },
    'POST /api/events/{eventId}/insurance': async () => {
      const { eventId, shifts } = await published({ insures: true });
      const personId = await aPerson(store);
      const { bookingId } = await done<{ bookingId: string }>(personId, 'POST /api/bookings', {
        body: { slotId: shifts[0]?.slotId },
      });
      return { params: { eventId }, body: { bookingId, document: { type: 'passport', number: 'E73910002' } } };
    },
    'GET /api/events/{eventId}/insurance.csv': async () => {
      const { eventId } = await published({ insures: true });
      return { params: { eventId }, query: { date: '2026-11-28' } };
    },
    'GET /api/me/guardians': async () => ({}),
    'POST /api/me/guardians': async () => {
      const owner = await aPerson(store, { name: 'Somebody-9', facts: UNDER_AGE });
      const body = { eventId: shown.eventId, guardian: 'A mother', relation: 'mother', phone: '+8613700007391' };
      return { owner, body };
    },
    'GET /api/guardians/{code}': async () => ({ params: { code: (await askedGuardian()).code } }),
    'POST /api/guardians/{code}': async () => ({
      params: { code: (await askedGuardian()).code },
      body: { step: 'refuse' },
    }),
    'POST /api/events/{eventId}/guardians': async () => {
      const personId = await aPerson(store, { facts: UNDER_AGE });
      const body = { personId, guardian: 'A father', relation: 'father', signedOn: '2026-11-20' };
      return { params: { eventId: shown.eventId }, body };
    },
    'POST /api/events/{eventId}/guardians/withdraw': async () => {
      const { eventId, shifts } = await published();
      const { personId } = await askedGuardian('given');
      const lock = await store.get<LockItem>(keys.lock(personId));
      await store.put({ Item: { ...lock, guardianFor: ['helpers'] } });
      const { bookingId } = await done<{ bookingId: string }>(personId, 'POST /api/bookings', {
        body: { slotId: shifts[0]?.slotId },
      });
      return { params: { eventId }, body: { bookingId } };
    },
    'POST /api/events/{eventId}/people/find': async () => ({
      params: { eventId: shown.eventId },
      body: { phone: '+8613900007391' },
      owner: people.owner,
    }),
    'POST /api/events/{eventId}/people': async () => {
      counter += 1;
      const phone = `+8618${String(counter).padStart(5, '0')}7399`;
      return {
        params: { eventId: shown.eventId },
        body: { name: 'Somebody-9', phone, birthDate: '1960-01-01', agreed: true, besides: [] },
      };
    },
    'POST /api/events/{eventId}/people/{personId}/profile': async () => {
      counter += 1;
      const phone = `+8617${String(counter).padStart(5, '0')}7399`;
      const personId = await aPerson(store, { phone });
      return { params: { eventId: shown.eventId, personId }, body: { phone, skills: ['sewing'], agreed: true } };
    },
    'POST /api/events/{eventId}/sign-ups': async () => {
      const { eventId, shifts } = await published();
      return { params: { eventId }, body: { personId: await aPerson(store), slotId: shifts[0]?.slotId } };
    },
    'POST /api/events/{eventId}/sign-ups/{bookingId}/cancel': async () => {
      const { eventId, shifts } = await published();
      const { bookingId } = await done<{ bookingId: string }>(await aPerson(store), 'POST /api/bookings', {
        body: { slotId: shifts[0]?.slotId },
      });
      return { params: { eventId, bookingId }, body: {} };
    },
    'GET /api/me/open-shifts': async () => ({ query: { from: TODAY, limit: '5' } }),
    'GET /api/me/qualifications': async () => ({}),
    'PUT /api/me/qualifications': async () => ({ body: { skills: ['driving'] } }),
    'POST /api/events/{eventId}/qualifications': async () => {
      const { eventId, shifts } = await published();
      const { bookingId } = await done<{ bookingId: string }>(await aPerson(store), 'POST /api/bookings', {
        body: { slotId: shifts[0]?.slotId },
      });
      return { params: { eventId }, body: { bookingId, qualification: 'first-aid', confirmed: true } };
    },
    'GET /api/events/{eventId}/attendance': async () => ({
      params: { eventId: shown.eventId },
      query: { date: '2026-11-28' },
    }),
    'POST /api/events/{eventId}/attendance': async () => {
      const { eventId, bookingId } = await volunteering();
      return { params: { eventId }, body: { bookingId, step: 'in', at: nowOf(gateway.world) } };
    },
    'POST /api/events/{eventId}/attendance/undo': async () => {
      const { eventId, bookingId } = await volunteering();
      const { version } = await done<{ version: number }>(people.organiser, 'POST /api/events/{eventId}/attendance', {
        params: { eventId },
        body: { bookingId, step: 'in', at: nowOf(gateway.world) },
      });
      return { params: { eventId }, body: { bookingId, version } };
    },
    'POST /api/events/{eventId}/attendance/sheet': async () => {
      const { eventId, bookingId } = await volunteering();
      const sheet = { kind: 'came', startedAtLocal: `${TODAY}T09:30`, endedAtLocal: `${TODAY}T09:40` };
      return { params: { eventId }, body: { bookingId, version: 1, sheet } };
    },
    'POST /api/events/{eventId}/codes': async () => ({
      params: { eventId: (await soon()).eventId },
      body: { shiftId: 'guide' },
    }),
    'GET /api/here/{eventId}': async () => {
      const { eventId, code } = await coded();
      return { params: { eventId }, query: { code } };
    },
    'POST /api/here/{eventId}': async () => {
      const { eventId, code } = await coded();
      const { seen } = await done<{ seen: string }>(people.donor, 'GET /api/here/{eventId}', {
        params: { eventId },
        query: { code },
      });
      return { params: { eventId }, body: { seen, step: 'join' } };
    },
    'GET /api/me/service': async () => ({}),
    'GET /api/me/service/records': async () => ({ query: { year: '2026' } }),
    'POST /api/me/service/corrections': async () => ({
      body: { recordId: (await worked()).serviceId, minutes: 180, reason: 'Stayed on' },
    }),
    'PUT /api/me/service/number': async () => ({ body: { number: 'A-20261', version: 0 } }),
    'POST /api/me/service/certificates': async () => {
      await worked();
      return { body: { organisationId: 'helpers' } };
    },
    'GET /api/certificates/{code}': async () => {
      const owner = await aPerson(store, { name: 'Somebody-9', phone: '+8615999997399' });
      await aService(store, { personId: owner });
      const body = { organisationId: 'helpers' };
      const { code } = await done<{ code: string }>(owner, 'POST /api/me/service/certificates', { body });
      return { owner, params: { code } };
    },
    'GET /api/organisations/{organisationId}/hours': async () => {
      await worked();
      return { params: { organisationId: 'helpers' }, query: { year: '2026' } };
    },
    'GET /api/organisations/{organisationId}/hours/requests': async () => {
      await askedToCorrect();
      return { params: { organisationId: 'helpers' } };
    },
    'GET /api/organisations/{organisationId}/hours/people/{bookingId}': async () => ({
      params: { organisationId: 'helpers', bookingId: (await placeOfSomebody()).bookingId },
    }),
    'POST /api/organisations/{organisationId}/hours/requests': async () => ({
      params: { organisationId: 'helpers' },
      body: { bookingId: (await placeOfSomebody()).bookingId, date: TODAY, minutes: 60, reason: 'Prepared at home' },
    }),
    'POST /api/organisations/{organisationId}/hours/requests/{requestId}/decision': async () => ({
      params: { organisationId: 'helpers', requestId: (await askedToCorrect()).requestId },
      body: { approve: false, answer: 'Left on time', version: 1 },
    }),
    'GET /api/organisations/{organisationId}/hours/settings': async () => ({ params: { organisationId: 'helpers' } }),
    'PUT /api/organisations/{organisationId}/hours/settings': async () => {
      await whoCertifies(store);
      const body = { responsible: 'A', handler: 'B', contact: 'C', language: 'zh', categories: {}, version: 1 };
      return { params: { organisationId: 'helpers' }, body };
    },
    'GET /api/organisations/{organisationId}/hours/export.csv': async () => {
      await worked();
      return { params: { organisationId: 'helpers' }, query: { from: '2026-01-01', to: '2026-12-31' } };
    },
    'GET /api/hours/stars': async () => ({}),
    'PUT /api/hours/stars': async () => ({ body: { hours: [50, 100, 200, 300, 500], version: 0 } }),
  };
  return {
    people,
    secrets,
    tokenOf,
    calls,
    authenticators,
    done,
    shown,
    hidden,
    donation,
    expected,
    here,
    booked,
    aDonationSlot,
    published,
    failedText,
  };
}
export type City = Awaited<ReturnType<typeof arrange>>;
