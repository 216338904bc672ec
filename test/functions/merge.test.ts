import { beforeEach, describe, expect, it } from 'vitest';
import { isPassOf, passCodeOf } from '../../functions/runtime/booking-view.ts';
import { packFor } from '../../shared/policy/index.ts';
import type { Store } from '../../shared/store/client.ts';
import { askToErase, goOnErasing } from '../../shared/store/erase/job.ts';
import type {
  AuditItem,
  BloodGroupsItem,
  BookingItem,
  DeferralItem,
  DonationItem,
  LockItem,
  MergeItem,
} from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { goOnMerging } from '../../shared/store/merge/job.ts';
import { createPeople } from '../../shared/store/people.ts';
import { declareElsewhere } from '../../shared/store/transactions/declare-elsewhere.ts';
import { saveAnswers } from '../../shared/store/transactions/save-answers.ts';
import { setConsent } from '../../shared/store/transactions/set-consent.ts';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { TEST_ISSUER } from '../support/api.ts';
import { allItems, storeOn } from '../support/engine.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

const CARD = { type: 'passport', number: 'E12345678' };
const LATER = '2026-12-20';

let station: Station;
let second: string;
beforeEach(async () => {
  station = await aStation();
  second = await aPerson(station.store, { name: '李护士', roles: [{ role: 'staff', scope: 'central' }] });
});

const engine = (store: Store = station.store) => ({
  store,
  clock: station.world.clock,
  random: station.world.random,
  packOf: ({ pack, date }: { pack?: string; date: string }) => (pack === undefined ? undefined : packFor(pack, date)),
});
const items = async () => await allItems(station.names);
const route = async <T = { mergeId: string; version: number; status: string }>(
  name: string,
  input: Parameters<Station['call']>[2],
) => await station.call<T>('identity', name, input);
const arrive = async (bookingId: string) =>
  await station.call('donations', 'POST /api/donations/check-in', { body: { bookingId, document: CARD } });
const shiftOf = async (as: string, date: string) => {
  const slot = await aSlot(station.store, { containerId: 'walk', shift: 'guide', date, places: 3 });
  const body = { slotId: slot.slotId };
  const made = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', { as, body });
  return made.body.bookingId;
};

/** Somebody with a long past, who then signs up a second time and shows the same passport at the desk. */
async function aClash() {
  const old = await station.booked({ name: '林见暖', phone: '+8613900000901' });
  expect((await arrive(old.bookingId)).status).toBe(200);
  const din = station.newDin();
  expect((await station.complete(old.bookingId, din)).status).toBe(201);
  const here = await station.booked({ name: '林小暖', phone: '+8613900000902' });
  const other = old.donor;
  const shift = await shiftOf(other, '2026-11-28');
  const who = { personId: other, pack: packFor('cn', '2026-11-23'), on: '2026-11-23' };
  const idem = (name: string) => ({ key: name, input: name });
  const answers = [
    { question: 'tattoo', answeredOn: who.on, events: [{ code: 'tattoo-or-sharps', ended: '2026-11-01' }] },
  ];
  const donation = { date: '2026-01-05', procedure: 'platelets', volumeMl: 250, platelets: 1 } as const;
  expect([
    await setConsent(engine(), {
      purpose: 'health-answers',
      given: true,
      wording: '2026-11-25',
      version: 0,
      personId: other,
      idempotency: idem('agree'),
    }),
    await saveAnswers(engine(), { ...who, version: 0, answers, idempotency: idem('save') }),
    await declareElsewhere(engine(), { ...who, donation, idempotency: idem('declare') }),
  ]).toEqual(['done', 'done', 'done']);
  const deferral: DeferralItem = {
    kind: 'deferral',
    personId: other,
    reason: 'cold-or-gastroenteritis',
    until: '2026-11-30',
    permanent: false,
    siteId: 'central',
    bookingId: old.bookingId,
    recordedBy: station.staff,
    at: '2026-11-20T01:00:00.000Z',
  };
  await station.store.put({ table: 'private', Item: { ...keys.deferral(other, deferral.at), ...deferral } });
  const screening = { kind: 'screening', personId: other, bookingId: old.bookingId, siteId: 'central', measures: {} };
  const at = '2026-11-23T01:00:00.000Z';
  await station.store.put({
    table: 'private',
    Item: { ...keys.screening(other, at), ...screening, result: 'passed', by: station.staff, at },
  });
  await station.settle();
  return { here, other, din, shift, oldBooking: old.bookingId };
}

const proposing = async (
  bookingId: string,
  keep: 'here' | 'other' = 'here',
  more: { as?: string; key?: string } = {},
) =>
  await route('POST /api/identity/merges', {
    body: { bookingId, document: CARD, keep, reason: '同一本护照，本人确认换过号码' },
    ...more,
  });
const approving = async (merge: { mergeId: string; version: number }, as = second) =>
  await route('POST /api/identity/merges/{mergeId}/approve', {
    as,
    params: { mergeId: merge.mergeId },
    body: { siteId: 'central', version: merge.version },
  });

/** How many of each kind are about one of these people. */
async function countOf(...people: string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const item of await items()) {
    if (!people.includes(String(item['personId']))) continue;
    const kind = String(item['kind']);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

describe('a document that is on record for another donor', () => {
  it('shows staff both records, masked, and nobody who has not both the booking and the whole number', async () => {
    const { here, other } = await aClash();
    expect((await arrive(here.bookingId)).body.code).toBe('document-of-another');
    const clash = await route<Record<string, unknown>>('POST /api/identity/clashes', {
      body: { bookingId: here.bookingId, document: CARD },
    });
    expect(clash.status).toBe(200);
    expect(clash.body).toMatchObject({
      here: { maskedName: '林＊＊', phoneLast4: '0902', donations: 0, documents: [] },
      other: { maskedName: '林＊＊', phoneLast4: '0901', donations: 1, documents: [{ lastFour: '5678' }] },
    });
    const said = JSON.stringify(clash.body);
    for (const secret of ['见暖', '小暖', 'E1234', '1390000', other]) expect(said).not.toContain(secret);
    const unknown = { bookingId: here.bookingId, document: { type: 'passport', number: 'E12345679' } };
    expect((await route('POST /api/identity/clashes', { body: unknown })).body.code).toBe('not-found');
  });
});

describe('two records become one', () => {
  it('only by two of the staff, and once', async () => {
    const { here } = await aClash();
    const made = await proposing(here.bookingId, 'here', { key: 'propose-once' });
    expect(made.status).toBe(201);
    expect((await proposing(here.bookingId, 'here', { key: 'propose-once' })).body.mergeId).toBe(made.body.mergeId);
    expect((await approving(made.body, station.staff)).body.code).toBe('same-person');
    const elsewhere = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
    expect((await approving(made.body, elsewhere)).body.code).toBe('forbidden');
    expect((await approving({ ...made.body, version: 7 })).body.code).toBe('changed-meanwhile');
    const both = await Promise.all([approving(made.body), approving(made.body)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('and can be told apart again before it is approved', async () => {
    const { here } = await aClash();
    const { body } = await proposing(here.bookingId);
    const reject = { params: { mergeId: body.mergeId }, body: { siteId: 'central', version: 1 } };
    expect((await route('POST /api/identity/merges/{mergeId}/reject', reject)).body.status).toBe('rejected');
    expect((await approving(body)).body.code).toBe('wrong-state');
  });

  it('with every donation, deferral, text and link, whatever is killed on the way; nothing is lost and nothing doubled', async () => {
    const { here, other, din, shift, oldBooking } = await aClash();
    const keep = here.donor;
    const said = { siteId: 'central', loadedFrom: { importId: 'f1', row: 2 }, by: station.staff, at: '2026-11-01' };
    const A = { abo: 'A', rhd: 'positive' } as const;
    const B = { abo: 'B', rhd: 'positive' } as const;
    const grouped = async (personId: string, item: Omit<BloodGroupsItem, 'kind' | 'personId' | 'version'>) =>
      await station.store.put({
        table: 'private',
        Item: { ...keys.bloodGroups(personId), kind: 'blood-groups', personId, version: 1, ...item },
      });
    await grouped(other, { groups: { [din]: { ...A, date: '2026-11-23' } }, said: [{ ...said, ...A }] });
    await grouped(keep, { groups: {}, said: [{ ...said, ...B }] });
    const before = await countOf(keep, other);
    const { body } = await proposing(here.bookingId);
    expect((await approving(body)).status).toBe(200);

    // From here on each run may write once, and every other one dies before it hears that it has.
    let runs = 0;
    const statusNow = async () =>
      (await station.store.get<MergeItem>(keys.merge('central', body.mergeId), { consistent: true }))?.status;
    while ((await statusNow()) !== 'done') {
      runs += 1;
      expect(runs).toBeLessThan(60);
      await goOnMerging(engine(dyingAfter(1, runs % 2 === 0))).catch(() => undefined);
      if (runs % 5 === 0) await station.settle();
    }
    expect(runs).toBeGreaterThan(10);
    await station.settle();

    const after = await countOf(keep);
    for (const kind of [
      'donation',
      'deferral',
      'screening',
      'elsewhere',
      'consent',
      'answers',
      'document',
      'document-of',
      'booking',
      'linked',
      'din',
    ]) {
      expect([kind, after[kind]]).toEqual([kind, before[kind]]);
    }
    // Units say who gave them as they were taken; what leads to the donor leads to the one there is now.
    expect(Object.keys(await countOf(other)).sort()).toEqual(['lock', 'merged', 'unit']);
    // Of two records whose groups differ one may be somebody else's: what is said of both stays, and staff are told.
    const groups = await station.store.get<BloodGroupsItem>(keys.bloodGroups(keep), { table: 'private' });
    expect([groups?.groups, groups?.said]).toMatchObject([{}, [B, A]]);
    expect((await items()).filter(({ kind }) => kind === 'lab-alert')).toMatchObject([{ din, open: true }]);

    const people = createPeople(station.store);
    const lock = await people.lock(keep);
    expect(lock?.facts).toMatchObject({
      donations: [{ date: '2026-11-23' }],
      repeatDonor: true,
      elsewhere: [{ date: '2026-01-05' }],
      declared: { cn: { until: expect.any(String) } },
    });
    expect(lock?.commitments.map(({ bookingId }) => bookingId.split('_')[1])).toContain(shift.split('_')[1]);
    const donation = await station.store.get<DonationItem>(keys.donation(keep, '2026-11-23', din));
    expect(donation?.bookingId).toBe(`${keep}_${oldBooking.split('_')[1]}`);

    // The old sign-in, and the old link, lead to the one there is now.
    const link = await people.bySubject({ iss: TEST_ISSUER, sub: other });
    expect(link).toBe(keep);
    const opened = await station.call<{ bookingId: string }>('bookings', 'GET /api/bookings/{bookingId}', {
      as: keep,
      params: { bookingId: shift },
    });
    expect([opened.status, opened.body.bookingId]).toEqual([200, `${keep}_${shift.split('_')[1]}`]);
    // And so does the pass of the record that went.
    const carried = await station.store.get<BookingItem>(keys.booking(opened.body.bookingId), { consistent: true });
    expect(isPassOf(passCodeOf({ bookingId: shift }), carried as BookingItem)).toBe(true);
    expect(isPassOf(passCodeOf({ bookingId: shift }), { bookingId: opened.body.bookingId })).toBe(false);
    const records = (await items()).filter(({ kind }) => kind === 'audit') as unknown as AuditItem[];
    const decided = records.filter(({ action }) => action.startsWith('merge-')).map(({ action, by }) => [action, by]);
    expect(decided).toEqual(
      expect.arrayContaining([
        ['merge-proposed', station.staff],
        ['merge-approved', second],
        ['merge-done', second],
      ]),
    );
    expect(decided).toHaveLength(3);
  });

  it('and of a use that became known meanwhile one text is sent, to the number that is kept', async () => {
    const { here, din } = await aClash();
    // From now on the clock looks at what falls due.
    await station.tick();
    await station.step(din, 'wb', 'test');
    await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma'] });
    await station.issue(din, 'wb-rc');
    await station.use(din, 'wb-rc');
    await station.settle();
    const { body } = await proposing(here.bookingId);
    await approving(body);
    await goOnMerging(engine());
    await station.settle();
    await station.later(2 * 60 * 60_000);
    const used = station.phone.filter(({ text }) => text.includes('已用于临床'));
    expect(used.map(({ to }) => to)).toEqual(['+8613900000902']);
    // Of a shift that came along there is one reminder, not that of either record.
    const due = (await station.messagesOf(here.donor)).filter(({ status }) => status === 'due');
    expect(due.map(({ template }) => template).sort()).toEqual(['shift-day-before', 'shift-soon']);
  });

  it('and nobody is told again of what only came along', async () => {
    const { here } = await aClash();
    const told = station.phone.length;
    const { body } = await proposing(here.bookingId);
    await approving(body);
    await goOnMerging(engine());
    await station.settle();
    const since = station.phone.slice(told).map(({ text }) => text);
    // Only that today's place no longer holds, as they have given today already.
    expect(since.filter((text) => !text.includes('取消'))).toEqual([]);
  });

  it('and the longest wait of either holds at once, with what it ends', async () => {
    const { here, other } = await aClash();
    const { body } = await proposing(here.bookingId);
    const shown = await route<{ records: { keep: { upcoming: { stays: boolean }[] } } }>(
      'GET /api/identity/merges/{mergeId}',
      { as: second, params: { mergeId: body.mergeId }, query: { siteId: 'central' } },
    );
    expect(shown.body.records.keep.upcoming.map(({ stays }) => stays)).toEqual([false]);
    await approving(body);
    const booking = await station.store.get<BookingItem>(keys.booking(here.bookingId), { consistent: true });
    expect([booking?.status, booking?.cancelCause]).toEqual(['cancelled', 'no-longer-eligible']);
    const slot = await aSlot(station.store, { date: LATER, time: '0900', places: 5 });
    const again = { as: here.donor, body: { slotId: slot.slotId } };
    expect((await station.call('bookings', 'POST /api/bookings', again)).body.code).toBe('refused');
    // The record that goes can do nothing by itself any more.
    const alone = { as: other, body: { slotId: slot.slotId } };
    expect((await station.call('bookings', 'POST /api/bookings', alone)).body.code).toBe('refused');
  });

  it('and a shift stays whose sign-up has closed, with what is asked of others for it', async () => {
    const { here, other } = await aClash();
    const slot = await aSlot(station.store, {
      containerId: 'closed',
      shift: 'guide',
      closesAt: '2026-11-23T04:00:00.000Z',
    });
    const held = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as: other,
      body: { slotId: slot.slotId },
    });
    const before = held.body.bookingId;
    const ask = { as: other, params: { bookingId: before }, body: { open: true } };
    expect((await station.call('bookings', 'POST /api/bookings/{bookingId}/cover', ask)).status).toBe(200);
    station.world.set('2026-11-23T04:00:00.000Z');
    const { body } = await proposing(here.bookingId);
    const shown = await route<{ records: { join: { upcoming: { stays: boolean }[] } } }>(
      'GET /api/identity/merges/{mergeId}',
      { as: second, params: { mergeId: body.mergeId }, query: { siteId: 'central' } },
    );
    expect(shown.body.records.join.upcoming.map(({ stays }) => stays)).toEqual([true, true]);
    await approving(body);
    await station.tick();
    const bookingId = `${here.donor}_${before.split('_')[1]}`;
    const kept = await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true });
    expect(kept?.status).toBe('booked');
    const cover = await station.call<{ asked: boolean }>('bookings', 'GET /api/bookings/{bookingId}/cover', {
      as: here.donor,
      params: { bookingId },
    });
    expect(cover.body).toMatchObject({ asked: true, open: true });
    const taken = { as: await aPerson(station.store), body: { slotId: slot.slotId } };
    expect((await station.call('bookings', 'POST /api/covers', taken)).status).toBe(201);
  });

  it('and what a guardian said last of either stands, with their link; the other link opens nothing', async () => {
    await anOrganisation(station.store);
    const organiser = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
    const made = await station.call<{ eventId: string }>('events', 'POST /api/events', {
      as: organiser,
      body: anEventInput(),
    });
    const { eventId } = made.body;
    const params = { eventId };
    await station.call('events', 'POST /api/events/{eventId}/publish', { as: organiser, params, body: { version: 1 } });
    const { here, other } = await aClash();
    const young = async (personId: string) => {
      const lock = await station.store.get<LockItem>(keys.lock(personId), { consistent: true });
      await station.store.put({ Item: { ...lock, ...keys.lock(personId), birthDate: '2009-05-01' } });
    };
    await young(here.donor);
    await young(other);
    const asked = async (as: string, phone: string) => {
      const body = { eventId, guardian: '李敏', relation: 'mother', phone };
      expect((await station.call('guardians', 'POST /api/me/guardians', { as, body })).status).toBe(200);
      await station.settle();
      const { text = '' } = station.phone.filter(({ to }) => to === phone).at(-1) ?? {};
      return /\/g\/([a-z0-9]{12})/.exec(text)?.[1] ?? '';
    };
    const says = async (code: string, step: string) =>
      (await station.call('guardians', 'POST /api/guardians/{code}', { params: { code }, body: { step } })).status;
    const [kept, joined] = [await asked(here.donor, '+8613700000901'), await asked(other, '+8613700000902')];
    expect(await says(kept, 'give')).toBe(200);
    station.world.advance(60_000);
    expect([await says(joined, 'give'), await says(joined, 'withdraw')]).toEqual([200, 200]);
    const { body } = await proposing(here.bookingId);
    await approving(body);
    await station.tick();
    const guardianFor = async () => (await createPeople(station.store).lock(here.donor))?.facts.guardianFor;
    expect(await guardianFor()).toBeUndefined();
    expect([await says(kept, 'give'), await says(joined, 'give')]).toEqual([404, 200]);
    expect(await guardianFor()).toEqual(['helpers']);
  });

  it('and a team counts them among those who said yes, until they cancel', async () => {
    const { here, other } = await aClash();
    await anOrganisation(station.store);
    const organiser = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
    const shifts = [aShiftInput({ startsAtLocal: '2026-11-29T09:00', endsAtLocal: '2026-11-29T11:00' })];
    const made = await station.call<{ eventId: string; shifts: { slotId: string }[] }>('events', 'POST /api/events', {
      as: organiser,
      body: anEventInput({ mostTeam: 4, shifts }),
    });
    const params = { eventId: made.body.eventId };
    const shown = await station.call<typeof made.body>('events', 'POST /api/events/{eventId}/publish', {
      as: organiser,
      params,
      body: { version: 1 },
    });
    type Team = { teamId: string; seats: { code: string; status: string; left?: boolean }[] };
    const lead = await aPerson(station.store);
    const team = await station.call<Team>('teams', 'POST /api/events/{eventId}/teams', {
      as: lead,
      params,
      body: { slotId: shown.body.shifts[0]?.slotId ?? '', name: '云汀三中', members: ['甲'] },
    });
    const { teamId, seats } = team.body;
    const yes = await station.call<{ bookingId: string }>('teams', 'POST /api/events/{eventId}/teams/{teamId}/accept', {
      as: other,
      params: { ...params, teamId },
      body: { code: seats[0]?.code ?? '' },
    });
    expect(yes.status).toBe(201);
    const { body } = await proposing(here.bookingId);
    await approving(body);
    await station.tick();
    const seatOf = async () => {
      const mine = await station.call<{ items: Team[] }>('teams', 'GET /api/events/{eventId}/teams', {
        as: lead,
        params,
      });
      return mine.body.items[0]?.seats.map(({ status, left = false }) => [status, left]);
    };
    expect(await seatOf()).toEqual([['accepted', false]]);
    const bookingId = `${here.donor}_${yes.body.bookingId.split('_')[1]}`;
    const cancelled = await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
      as: here.donor,
      params: { bookingId },
      body: {},
    });
    expect(cancelled.status).toBe(200);
    expect(await seatOf()).toEqual([['accepted', true]]);
  });

  it('and a shift that was over a moment ago is remembered for the rest after it', async () => {
    const { here, shift } = await aClash();
    const past = '2026-11-28T04:00:00.000Z';
    const { body } = await proposing(here.bookingId);
    await approving(body);
    station.world.set(past);
    await goOnMerging(engine());
    const lock = await createPeople(station.store).lock(here.donor);
    expect(lock?.commitments.map(({ bookingId }) => bookingId)).toContain(`${here.donor}_${shift.split('_')[1]}`);
  });

  it('and staff are shown beforehand which places stay: no cap takes one, and the rest after a shift that is over does', async () => {
    const { here, other } = await aClash();
    const walk = { containerId: 'caps', shift: 'guide', places: 3, mostShifts: 1 };
    const book = async (as: string, slot: { slotId: string }) =>
      (await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', { as, body: slot })).body.bookingId;
    const on = async (date: string, more = {}) => {
      const { slotId } = await aSlot(station.store, { ...walk, date, ...more });
      return { slotId };
    };
    await book(here.donor, await on('2026-11-25'));
    const capped = await book(other, await on('2026-11-26'));
    // From nine to ten, with eight hours of rest; the other one's next is at eleven.
    const rest = { mostShifts: undefined, restMinutes: 480, date: '2026-11-24' };
    await book(here.donor, await on('2026-11-24', { ...rest, containerId: 'early' }));
    const soon = await book(other, await on('2026-11-24', { ...rest, containerId: 'late', time: '1100' }));
    const { body } = await proposing(here.bookingId);
    station.world.set('2026-11-24T02:30:00.000Z');
    const shown = async () => {
      const seen = await route<{ records: { join: { upcoming: { startsAt: string; stays: boolean }[] } } }>(
        'GET /api/identity/merges/{mergeId}',
        { as: second, params: { mergeId: body.mergeId }, query: { siteId: 'central' } },
      );
      return seen.body.records.join.upcoming
        .filter(({ startsAt }) => startsAt < '2026-11-27')
        .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
        .map(({ stays }) => stays);
    };
    expect(await shown()).toEqual([false, true]);
    await approving(body);
    await station.tick();
    const statusOf = async (id: string) =>
      (await station.store.get<BookingItem>(keys.booking(`${here.donor}_${id.split('_')[1]}`), { consistent: true }))
        ?.status;
    expect([await statusOf(soon), await statusOf(capped)]).toEqual(['cancelled', 'booked']);
  });

  it('and what was recorded of a donation is put right under it: after, and not while it is on its way', async () => {
    const { here, din, oldBooking } = await aClash();
    const correct = async (of: string, what: Record<string, unknown>) =>
      await station.call<{ din: string }>('donations', 'POST /api/donations/{din}/corrections', {
        params: { din: of },
        body: { reason: 'misread the scale', ...what },
      });
    const drawn = { kind: 'drawn', procedure: 'whole-blood', volumeMl: 200 };
    const { body } = await proposing(here.bookingId);
    await approving(body);
    expect((await correct(din, drawn)).body.code).toBe('busy');
    await goOnMerging(engine());
    expect((await correct(din, drawn)).status).toBe(201);
    expect((await createPeople(station.store).lock(here.donor))?.facts.donations).toMatchObject([{ volumeMl: 200 }]);
    const newDin = station.newDin();
    expect((await correct(din, { kind: 'din', newDin: labelOf(newDin) })).status).toBe(201);
    const visit = `${here.donor}_${oldBooking.split('_')[1]}`;
    expect((await station.store.get<BookingItem>(keys.booking(visit), { consistent: true }))?.din).toBe(newDin);
  });

  it('but not while one of them is at the desk, has a role, or is being forgotten', async () => {
    const { here, other } = await aClash();
    const role = { kind: 'role', personId: other, role: 'staff', scope: 'east' } as const;
    await station.store.put({ Item: { ...keys.role(other, 'staff', 'east'), ...role } });
    expect((await proposing(here.bookingId)).body.code).toBe('has-roles');
    await station.store.transact([{ Delete: { Key: keys.role(other, 'staff', 'east') } }]);
    const { body } = await proposing(here.bookingId, 'other');
    const passCode = passCodeOf(here);
    await station.call('donations', 'POST /api/donations/check-in', { body: { bookingId: here.bookingId, passCode } });
    expect((await approving(body)).body.code).toBe('not-now');
    await station.call('donations', 'POST /api/donations/undo', { body: { bookingId: here.bookingId, version: 2 } });
    await askToErase(engine(), other);
    expect((await approving(body)).body.code).toBe('not-now');
  });

  it('and a wish to be forgotten that comes meanwhile is for all of it', async () => {
    const { here } = await aClash();
    const { body } = await proposing(here.bookingId);
    await approving(body);
    expect(await askToErase(engine(), here.donor)).toBe('done');
    await goOnErasing(engine());
    expect(await createPeople(station.store).profile(here.donor)).toBeDefined();
    await goOnMerging(engine());
    await goOnErasing(engine());
    expect(await createPeople(station.store).profile(here.donor)).toBeUndefined();
    expect((await items()).filter(({ kind }) => kind === 'document' || kind === 'elsewhere')).toEqual([]);
  });
});

/** A store of a process that is killed after so many transactions, before or after it hears how the last of them ended. */
function dyingAfter(writes: number, unheard: boolean): Store {
  const store = storeOn(station.names);
  let left = writes;
  store.base.middlewareStack.add(
    (next, context) => async (args) => {
      if (context['commandName'] !== 'TransactWriteItemsCommand') return await next(args);
      if (left <= 0) throw new Error('killed');
      left -= 1;
      const answer = await next(args);
      if (unheard && left === 0) throw new Error('killed');
      return answer;
    },
    { step: 'initialize', name: 'killed' },
  );
  return store;
}
