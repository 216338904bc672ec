import { beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL, GATE, SITES } from '../../local/seed/city.ts';
import { type DemoPerson, seed } from '../../local/seed/index.ts';
import { FAMOUS, HELPER, HOLDER, OFFERED, WAITER } from '../../local/seed/people.ts';
import { subjectFor } from '../../local/subjects.ts';
import { addSpan } from '../../shared/domain/dates.ts';
import { honours } from '../../shared/domain/honours.ts';
import { addMinutes, localDateOf } from '../../shared/domain/local-time.ts';
import { isAllowed } from '../../shared/domain/unit-stages.ts';
import { MESSAGE_TEMPLATES } from '../../shared/domain/vocabulary.ts';
import { inOrder } from '../../shared/domain/waitlist.ts';
import { packFor } from '../../shared/policy/index.ts';
import { createBookings } from '../../shared/store/bookings.ts';
import { createStore, type Store } from '../../shared/store/client.ts';
import { createClosures } from '../../shared/store/closures.ts';
import { createDonations } from '../../shared/store/donations.ts';
import { createEvents } from '../../shared/store/events.ts';
import type { BookingItem, DonationItem } from '../../shared/store/items/index.ts';
import { partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { createWaits } from '../../shared/store/waits.ts';
import { freshTables, storeOn } from '../support/engine.ts';

/** Tuesday, two in the afternoon in the city. */
const now = Date.parse('2026-11-24T06:00:00.000Z');
const today = '2026-11-24';
const options = { now, issuer: 'http://127.0.0.1:24000/identity', subjectFor, factKey: 'a key of the tests' };
const page = { limit: 100 };

let store: Store;
let people: readonly DemoPerson[];

beforeAll(async () => {
  store = storeOn(await freshTables());
  people = await seed(store, options);
});

const rosterOf = async (siteId: string, date: string) =>
  (await createDonations(store).roster(siteId, date, page)).items;

describe('the demo city', () => {
  it('can be signed in to by everyone it names, with the roles it names', async () => {
    const known = createPeople(store);
    for (const { phone, roles } of people) {
      const personId = await known.bySubject({ iss: options.issuer, sub: subjectFor(phone) });
      expect((await known.profile(personId ?? ''))?.phone).toBe(phone);
      expect((await known.roles(personId ?? '')).map(({ role }) => role)).toEqual(roles);
    }
    expect(people.filter(({ roles }) => roles.length === 0).length).toBeGreaterThanOrEqual(12);
    // Those of `npm run token` begin at +8613900000001.
    expect(people.every(({ phone }) => phone.startsWith('+861380000'))).toBe(true);
  });

  it('shows its best-known donor’s 100 donations as 39,600 ml, 198 times and the lifetime standard, from the records', async () => {
    const { items } = await store.query<DonationItem>({ pk: partitions.donations(FAMOUS) });
    const rules = packFor('cn', today).honours;
    if (!rules) throw new Error('the pack has no honours');
    const total = honours(rules, items);
    expect(total).toMatchObject({ donations: 100, volumeMl: 39_600, times: 198 });
    expect(total.met.some(({ honour }) => honour === 'lifetime')).toBe(true);
    expect(items.every(({ historical }) => historical)).toBe(true);
  });

  it('has 28 days of slots ahead at each site', async () => {
    const slots = createSlots(store);
    for (const { siteId } of SITES) {
      const week = [22, 23, 24, 25, 26, 27, 28].map((value) =>
        slots.day(siteId, addSpan(today, { value, unit: 'day' })),
      );
      const open = (await Promise.all(week)).flat();
      expect(open.length).toBeGreaterThan(0);
      expect(open.every(({ slot, free }) => free === slot.places)).toBe(true);
    }
    expect((await slots.day(CENTRAL, addSpan(today, { value: 28, unit: 'day' }))).length).toBeGreaterThan(0);
  });

  it('has staff’s rosters alive: given, waiting and expected today, others to come', async () => {
    const roster = await rosterOf(CENTRAL, today);
    const statuses = new Set(roster.map(({ status }) => status));
    expect(statuses).toEqual(new Set(['fulfilled', 'giving', 'screened', 'arrived', 'booked', 'cancelled']));
    // Half over: some have gone, some are there, some have been missed and some have yet to come.
    const at = new Date(now).toISOString();
    expect(roster.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(5);
    expect(roster.filter(({ status, endsAt }) => status === 'booked' && endsAt < at).length).toBeGreaterThanOrEqual(2);
    expect(roster.filter(({ status, startsAt }) => status === 'booked' && startsAt > at).length).toBeGreaterThanOrEqual(
      3,
    );
    for (const { step, startsAt } of roster) if (step) expect(step.at > startsAt && step.at <= at).toBe(true);
    const coming = await Promise.all(
      SITES.flatMap(({ siteId }) =>
        [1, 2].map((days) => rosterOf(siteId, addSpan(today, { value: days, unit: 'day' }))),
      ),
    );
    expect(coming.flat().length).toBeGreaterThanOrEqual(4);
    expect(coming.flat().every(({ status }) => status === 'booked')).toBe(true);
  });

  it('texts nobody whose visits only make the day', async () => {
    const roster = await rosterOf(CENTRAL, today);
    const seen = await createPeople(store).profiles(roster.map(({ personId }) => personId));
    const quiet = seen.filter((it) => it && it.mutedTemplates.length > 0);
    expect(quiet).toHaveLength(18);
    expect(quiet.every((it) => it && MESSAGE_TEMPLATES.every((template) => it.mutedTemplates.includes(template)))).toBe(
      true,
    );
  });

  it('has an afternoon that was closed: everybody moved, some answered and some not', async () => {
    const closures = createClosures(store);
    const [closure] = await closures.ofSite(GATE);
    expect(closure).toMatchObject({ status: 'applied', places: 0 });
    const moves = await closures.moves(closure?.closureId ?? '');
    expect(moves).toHaveLength(4);
    expect(moves.every(({ to }) => to !== undefined)).toBe(true);
    expect(moves.filter(({ acceptedAt }) => acceptedAt)).toHaveLength(1);
    const bookings = await Promise.all(moves.map(async ({ bookingId }) => await createBookings(store).get(bookingId)));
    expect(bookings.map((booking) => booking?.status).sort()).toEqual(['booked', 'booked', 'booked', 'cancelled']);
    const slots = await createSlots(store).dayNow(GATE, closure?.from ?? '');
    expect(slots.filter(({ slot }) => slot.status === 'closed').length).toBeGreaterThan(3);
  });

  it('has units at many stages, each come there by steps that the rules allow', async () => {
    const donations = createDonations(store);
    const stages = new Set<string>();
    const dins: string[] = [];
    for (const days of [-2, -1, 0]) {
      for (const { siteId } of SITES) {
        const taken = await donations.takenOn(siteId, addSpan(today, { value: days, unit: 'day' }), page);
        dins.push(...taken.items.map(({ din }) => din));
      }
    }
    const { items: records } = await store.query<DonationItem>({ pk: partitions.donations(FAMOUS) });
    dins.push(...records.filter(({ usedOn }) => usedOn).map(({ din }) => din));
    for (const din of dins) {
      const chain = await donations.chain(din);
      for (const unit of chain?.units ?? []) {
        if (!unit.historical) stages.add(unit.stage);
        const steps = (chain?.steps ?? [])
          .filter(({ unitId }) => unitId === unit.unitId)
          .sort((a, b) => a.version - b.version);
        expect(steps.at(-1)?.to).toBe(unit.stage);
        expect(steps.every((step, n) => n === 0 || step.at >= (steps[n - 1]?.at ?? ''))).toBe(true);
        for (const [n, { action, from }] of steps.slice(1).entries()) {
          expect(from).toBe(steps[n]?.to);
          expect(
            action !== 'collect' &&
              action !== 'mirror' &&
              action !== 'correct' &&
              from !== undefined &&
              isAllowed(action, from),
          ).toBe(true);
        }
      }
    }
    expect([...stages].sort()).toEqual(
      ['collected', 'discarded', 'issued', 'processed', 'quarantined', 'stored', 'tested', 'used'].sort(),
    );
    const used = records.filter(({ usedOn }) => usedOn);
    expect(used.length).toBeGreaterThan(5);
    for (const { din, usedOn } of used) {
      const uses = (await donations.chain(din))?.steps.filter(({ action }) => action === 'use') ?? [];
      expect(uses.map(({ at }) => localDateOf(at, 'Asia/Shanghai')).sort()[0]).toBe(usedOn);
    }
  });

  it('has a donor whose red cells a hospital holds, so that marking them used tells that donor', async () => {
    const donor = people.find(({ note }) => note.en.includes('mark them used'));
    const personId = await createPeople(store).bySubject({ iss: options.issuer, sub: subjectFor(donor?.phone ?? '') });
    const donations = createDonations(store);
    const [din] = (await donations.takenOn(CENTRAL, addSpan(today, { value: -2, unit: 'day' }), page)).items.filter(
      (it) => it.personId === personId,
    );
    const chain = await donations.chain(din?.din ?? '');
    expect(chain?.units.find(({ component }) => component === 'red-cells')).toMatchObject({ stage: 'issued' });
    expect(din?.historical).toBeUndefined();
  });

  it('has published events for two weekends with neighbours signed up, and a draft', async () => {
    const events = createEvents(store);
    const shown = (await events.published(new Date(now).toISOString(), page)).items;
    // And one that repeats every Saturday, for six weeks.
    const items = shown.filter(({ seriesId }) => seriesId === undefined);
    expect(shown.length - items.length).toBe(6);
    expect(items).toHaveLength(8);
    expect(new Set(items.map(({ community }) => community.en)).size).toBe(4);
    const rosters = await Promise.all(items.map((it) => events.roster(it.eventId, it.shifts[0]?.date ?? '', page)));
    expect(rosters.every((roster) => roster.items.length > 0)).toBe(true);
    const all = await Promise.all(
      ['yunting-volunteers', 'nuanshou'].map((organisationId) => events.ofOrganisation(organisationId, page)),
    );
    expect(all.flatMap((list) => list.items).filter(({ status }) => status === 'draft')).toHaveLength(1);
  });

  it('has people waiting for a full time, and a place that is kept for one of them', async () => {
    const waits = createWaits(store);
    const lineOn = async (days: number) => {
      const date = addSpan(today, { value: days, unit: 'day' });
      return inOrder((await waits.ofDay({ containerId: CENTRAL, date })).waits);
    };
    const coming = await lineOn(2);
    expect(coming.map(({ personId, status }) => [personId, status])).toEqual([
      [WAITER, 'waiting'],
      [expect.any(String), 'waiting'],
    ]);
    const slot = await createSlots(store).whole(coming[0]?.slotId ?? '');
    expect(slot?.pools.map(({ free, waits: waited }) => [free, waited])).toEqual([[0, true]]);
    expect((await store.query<BookingItem>({ pk: partitions.bookings(HOLDER) })).items[0]?.slotId).toBe(
      slot?.slot.slotId,
    );

    const [first, second] = await lineOn(3);
    expect(first).toMatchObject({ personId: OFFERED, status: 'offered' });
    expect((first?.offer?.until ?? '') > addMinutes(new Date(now).toISOString(), 100)).toBe(true);
    expect(second?.status).toBe('waiting');
  });

  it('has a full shift with somebody in line, and a place of it that is kept for the first', async () => {
    const { items } = await createEvents(store).published(new Date(now).toISOString(), page);
    const lines = await Promise.all(
      items.map(async ({ eventId, shifts }) => {
        const { waits } = await createWaits(store).ofDay({ containerId: eventId, date: shifts[0]?.date ?? '' });
        return inOrder(waits).map(({ personId, status }) => [personId, status]);
      }),
    );
    expect(lines.filter((line) => line.length > 0)).toEqual([
      [
        [HELPER, 'offered'],
        [expect.any(String), 'waiting'],
      ],
    ]);
  });

  it('is made once: a later start changes nothing, and lets the same people in under another address', async () => {
    const before = await rosterOf(CENTRAL, today);
    const issuer = 'http://127.0.0.1:24001/identity';
    const again = await seed(store, { ...options, now: now + 5 * 86_400_000, issuer });
    expect(again).toEqual(people);
    expect(await rosterOf(CENTRAL, today)).toEqual(before);
    const { items } = await store.query<DonationItem>({ pk: partitions.donations(FAMOUS) });
    expect(items).toHaveLength(100);
    const phone = again[0]?.phone ?? '';
    expect(await createPeople(store).bySubject({ iss: issuer, sub: subjectFor(phone) })).toBe('demo-1');
  });
});

describe('seeding', () => {
  it('that was killed is taken up by the next start', async () => {
    const killed = storeOn(await freshTables());
    let left = 60;
    const dying: Store = {
      ...killed,
      transact: async (items) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await killed.transact(items);
      },
    };
    await expect(seed(dying, options)).rejects.toThrow();
    await seed(killed, { ...options, now: now + 60_000 });
    const { items } = await killed.query<DonationItem>({ pk: partitions.donations(FAMOUS) });
    expect(items).toHaveLength(100);
    const bookings = await killed.query<BookingItem>({ pk: partitions.bookings('demo-101'), consistent: true });
    expect(bookings.items.filter(({ slotKind }) => slotKind === 'donation')).toHaveLength(1);
  });

  it('is refused to any engine that is not on this machine', async () => {
    const elsewhere = (endpoint?: string) =>
      createStore({ tableName: 'schedule', client: { region: 'eu-west-1', ...(endpoint && { endpoint }) } });
    await expect(seed(elsewhere(), options)).rejects.toThrow('only for a table engine on this machine');
    await expect(seed(elsewhere('https://127.0.0.1.example.com'), options)).rejects.toThrow('only for');
  });
});
