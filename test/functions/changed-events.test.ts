import { expect, it } from 'vitest';
import { createEvents } from '../../shared/store/events.ts';
import type { BookingItem, EventItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { anEventInput, anOrganisation, aShiftInput, type ShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { aStation } from '../support/station.ts';

type View = { eventId: string; version: number; isChanging?: boolean; shifts: { shiftId: string; slotId: string }[] };
type Preview = { events: number; moved: number; lose: number; told: number; stay: number; faults: { path: string }[] };

async function aPublishedEvent(shifts: Partial<ShiftInput>[] = [{}]) {
  const station = await aStation();
  await anOrganisation(station.store);
  const as = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
  const own = { shifts: shifts.map((shift) => aShiftInput(shift)) };
  const made = await station.call<View>('events', 'POST /api/events', { as, body: anEventInput(own) });
  const params = { eventId: made.body.eventId };
  await station.call<View>('events', 'POST /api/events/{eventId}/publish', { as, params, body: { version: 1 } });
  const bodyOf = (more: Record<string, unknown>, scope: string, version: number) => {
    const { organisationId: _, ...input } = anEventInput({ ...own, ...more });
    return { ...input, scope, version };
  };
  const event = async () => (await createEvents(station.store).get(params.eventId)) as EventItem;
  return {
    station,
    as,
    params,
    event,
    preview: async (more: Record<string, unknown>, scope = 'this') =>
      await station.call<Preview>('events', 'POST /api/events/{eventId}/change-previews', {
        as,
        params,
        body: bodyOf(more, scope, (await event()).version),
      }),
    change: async (more: Record<string, unknown>, scope = 'this', key?: string, version?: number) =>
      await station.call<View>('events', 'POST /api/events/{eventId}/changes', {
        as,
        params,
        body: bodyOf(more, scope, version ?? (await event()).version),
        ...(key && { key }),
      }),
    signUp: async (personId: string, n = 0) =>
      (
        await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
          as: personId,
          body: { slotId: (await event()).shifts[n]?.slotId },
        })
      ).body.bookingId,
    booking: async (bookingId: string) =>
      (await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true })) as BookingItem,
    free: async (slotId: string | undefined) =>
      (await createSlots(station.store).pools(slotId ?? '', { consistent: true })).reduce(
        (sum, { free }) => sum + free,
        0,
      ),
  };
}

it('a shift at another time takes those signed up along, releases whom it no longer suits, and tells each once', async () => {
  const it_ = await aPublishedEvent([
    { places: 3 },
    { shiftId: 'late', startsAtLocal: '2026-11-28T14:00', endsAtLocal: '2026-11-28T16:00' },
  ]);
  const { station, signUp, preview, change, booking, event } = it_;
  const [free, busy] = [await aPerson(station.store, { language: 'en' }), await aPerson(station.store)];
  const [moving, losing] = [await signUp(free), await signUp(busy)];
  await signUp(busy, 1);
  await station.settle();
  // The morning moves into the afternoon, where one of the two is already.
  const later = {
    shifts: [
      aShiftInput({ startsAtLocal: '2026-11-28T14:30', endsAtLocal: '2026-11-28T17:00' }),
      aShiftInput({ shiftId: 'late', startsAtLocal: '2026-11-28T14:00', endsAtLocal: '2026-11-28T16:00' }),
    ],
  };
  expect((await preview(later)).body).toMatchObject({ events: 1, moved: 1, lose: 1, told: 0, stay: 1, faults: [] });
  const before = (await event()).shifts[0]?.slotId;
  const changed = await change(later);
  expect(changed).toMatchObject({ status: 200, body: { isChanging: true } });
  await station.settle();

  const slotId = (await event()).shifts[0]?.slotId;
  expect(slotId).not.toBe(before);
  expect((await event()).changing).toBeUndefined();
  expect(await booking(moving)).toMatchObject({ status: 'booked', slotId, startsAt: '2026-11-28T06:30:00.000Z' });
  expect(await booking(losing)).toMatchObject({ status: 'cancelled', cancelCause: 'event-changed' });
  expect(await it_.free(slotId)).toBe(2);
  const [told, lost] = [await station.textsTo(free), await station.textsTo(busy)];
  expect(told).toHaveLength(2);
  expect(told.at(-1)).toContain('28 Nov 14:30');
  expect(lost).toHaveLength(3);
  expect(lost.at(-1)).toContain('有变动');
  // The new time is open to others, the old one to nobody.
  expect(typeof (await signUp(await aPerson(station.store)))).toBe('string');
});

it('a new address is told to those who stay, once; a new risk or kind of service is nobody’s news', async () => {
  const { station, signUp, preview, change, booking, event } = await aPublishedEvent();
  const volunteer = await aPerson(station.store);
  const bookingId = await signUp(volunteer);
  await station.settle();
  const quiet = { risks: { zh: '地滑', en: 'Slippery' }, category: 'blood-donation' };
  expect((await preview(quiet)).body).toMatchObject({ told: 0, stay: 1 });
  await change(quiet);
  await station.settle();
  expect(await station.textsTo(volunteer)).toHaveLength(1);
  expect((await event()).category).toBe('blood-donation');
  const moved = { address: { zh: '北广场', en: 'North Square' } };
  expect((await preview(moved)).body).toMatchObject({ told: 1, stay: 0 });
  await change(moved);
  await station.settle();
  await station.later(2 * 60_000);
  expect((await booking(bookingId)).address.en).toBe('North Square');
  expect(await station.textsTo(volunteer)).toHaveLength(2);
  expect((await event()).changing).toBeUndefined();
});

it('no more are left out than may be: places below those signed up, times that are over and a missing notice are refused at their field', async () => {
  const { station, signUp, change, preview, event, free } = await aPublishedEvent([{ places: 30 }]);
  for (let n = 0; n < 3; n += 1) await signUp(await aPerson(station.store));
  const to = (shift: Partial<ShiftInput>) => ({ shifts: [aShiftInput(shift)] });
  expect((await preview(to({ places: 2 }))).body.faults).toMatchObject([{ path: 'shifts.0.places' }]);
  const refused = await change(to({ places: 2 }));
  expect(refused).toMatchObject({
    status: 422,
    body: { code: 'event-incomplete', errors: [{ path: 'shifts.0.places' }] },
  });
  expect(refused.body.errors?.[0]?.message).toContain('已约出 3 个');
  expect((await change(to({ places: 30, endsAtLocal: '2026-11-28T08:00' }))).body.errors?.[0]?.message).toBe(
    '结束须晚于开始',
  );
  expect((await change({ risks: undefined })).body.errors).toMatchObject([{ path: 'risks' }]);
  expect(
    (await change(to({ places: 30, startsAtLocal: '2026-11-22T09:00', endsAtLocal: '2026-11-22T10:00' }))).body.errors,
  ).toMatchObject([{ path: 'shifts.0.startsAtLocal' }]);
  expect(await free((await event()).shifts[0]?.slotId)).toBe(27);
  // Down to those who are there, and up again: as many places as it says, whichever pools they are in.
  expect((await change(to({ places: 3 }))).status).toBe(200);
  expect(await free((await event()).shifts[0]?.slotId)).toBe(0);
  expect((await change(to({ places: 60 }))).status).toBe(200);
  expect(await free((await event()).shifts[0]?.slotId)).toBe(57);
});

it('a change sent twice under one key is made once; one that rests on what was there before is refused', async () => {
  const { station, change, event } = await aPublishedEvent();
  await station.settle();
  const key = 'change-it-once';
  const later = { title: { zh: '新名', en: 'New name' } };
  const [one, two] = [await change(later, 'this', key, 2), await change(later, 'this', key, 2)];
  expect([one.status, two.status, two.body.version]).toEqual([200, 200, one.body.version]);
  expect(await change(later, 'this', undefined, 2)).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
  expect((await event()).version).toBe(3);
});

it('this and those that follow are changed, or cancelled, together: each by as many days', async () => {
  const { station, as, params, change, preview, signUp, event } = await aPublishedEvent();
  await station.call('events', 'POST /api/events/{eventId}/repeats', {
    as,
    params,
    body: { every: 'week', count: 4, publish: true, version: 2 },
  });
  await station.settle();
  type Following = { items: { eventId: string; date: string; taken: number; status: string }[] };
  const following = async () =>
    (await station.call<Following>('events', 'GET /api/events/{eventId}/following', { as, params })).body.items;
  expect((await following()).map(({ date }) => date)).toEqual(['2026-12-05', '2026-12-12', '2026-12-19']);
  await signUp(await aPerson(station.store));
  // From Saturday to Sunday, at ten.
  const sunday = { shifts: [aShiftInput({ startsAtLocal: '2026-11-29T10:00', endsAtLocal: '2026-11-29T12:00' })] };
  expect((await preview(sunday, 'following')).body).toMatchObject({ events: 4, moved: 1, lose: 0 });
  const key = 'all-on-sundays';
  expect((await change(sunday, 'following', key)).status).toBe(200);
  await station.settle();
  expect((await following()).map(({ date }) => date)).toEqual(['2026-12-06', '2026-12-13', '2026-12-20']);
  const last = await createEvents(station.store).get((await following()).at(-1)?.eventId ?? '');
  expect(last?.shifts[0]).toMatchObject({ startsAt: '2026-12-20T02:00:00.000Z' });

  const [second] = await following();
  const cancelled = await station.call('events', 'POST /api/events/{eventId}/cancel', {
    as,
    params: { eventId: second?.eventId ?? '' },
    body: { version: (await createEvents(station.store).get(second?.eventId ?? ''))?.version, scope: 'following' },
  });
  expect(cancelled.status).toBe(200);
  await station.later(3 * 60_000);
  expect((await following()).map(({ status }) => status)).toEqual([]);
  expect((await event()).status).toBe('published');
});

it('a note is told once to each who is signed up for the shifts that are meant, in their language, and dies with a booking', async () => {
  const { station, as, params, signUp } = await aPublishedEvent([
    { places: 3 },
    { shiftId: 'late', startsAtLocal: '2026-11-28T14:00', endsAtLocal: '2026-11-28T16:00' },
  ]);
  const [morning, gone, late] = [
    await aPerson(station.store, { language: 'en' }),
    await aPerson(station.store),
    await aPerson(station.store),
  ];
  await signUp(morning);
  const leaving = await signUp(gone);
  await signUp(late, 1);
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
    as: gone,
    params: { bookingId: leaving },
    body: {},
  });
  await station.settle();
  const counts = async () =>
    await Promise.all([morning, gone, late].map(async (each) => (await station.textsTo(each)).length));
  const before = await counts();
  const note = { zh: '请带雨具', en: 'Bring an umbrella' };
  const send = (body: object, key?: string) =>
    station.call<{ people: number }>('events', 'POST /api/events/{eventId}/notes', {
      as,
      params,
      body: { note, ...body },
      ...(key && { key }),
    });
  const key = 'say-it-only-once';
  expect((await send({ shiftIds: ['guide'] }, key)).body).toEqual({ people: 1 });
  expect((await send({ shiftIds: ['guide'] }, key)).status).toBe(201);
  await station.settle();
  await station.later(2 * 60_000);
  expect(await counts()).toEqual([(before[0] ?? 0) + 1, before[1], before[2]]);
  expect((await station.textsTo(morning)).at(-1)).toBe('About 28 Nov 09:00, Free clinic: Bring an umbrella');
  expect((await send({ shiftIds: ['elsewhere'] })).body.code).toBe('invalid-input');
  const stranger = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'others' }] });
  const asked = { as: stranger, params, body: { note } };
  expect((await station.call('events', 'POST /api/events/{eventId}/notes', asked)).status).toBe(403);
});

it('places that are added while somebody waits are offered to them first; who waits for a time that is no longer is told so', async () => {
  const { station, signUp, change, event, free } = await aPublishedEvent([{ places: 1 }]);
  await signUp(await aPerson(station.store));
  const waiter = await aPerson(station.store, { language: 'en' });
  const slotId = (await event()).shifts[0]?.slotId;
  const joined = await station.call('waiting', 'POST /api/waiting', { as: waiter, body: { slotId, anyTime: false } });
  expect(joined.status).toBe(201);
  await station.settle();
  expect((await change({ shifts: [aShiftInput({ places: 2 })] })).status).toBe(200);
  await station.settle();
  expect(await free(slotId)).toBe(0);
  expect((await station.textsTo(waiter)).at(-1)).toContain('A place you wait for is free');
  const later = { startsAtLocal: '2026-11-28T15:00', endsAtLocal: '2026-11-28T16:00', places: 2 };
  expect((await change({ shifts: [aShiftInput(later)] })).status).toBe(200);
  await station.settle();
  expect((await station.textsTo(waiter)).at(-1)).toContain('takes no more volunteers');
});

it('a cap that was set later takes nobody a shift that moves, and shifts that move together are judged where they come to be', async () => {
  const at = (shiftId: string, from: string, to: string) =>
    aShiftInput({ shiftId, startsAtLocal: `2026-11-28T${from}`, endsAtLocal: `2026-11-28T${to}` });
  const { station, signUp, preview, change, booking } = await aPublishedEvent([
    at('one', '09:00', '10:00'),
    at('two', '12:00', '13:00'),
  ]);
  const who = await aPerson(station.store);
  const [one, two] = [await signUp(who), await signUp(who, 1)];
  await station.settle();
  // The first comes to where the second was, and the second goes on: two hours lie between them as before.
  const later = {
    restMinutes: 120,
    mostShifts: 1,
    shifts: [at('one', '12:00', '13:00'), at('two', '15:00', '16:00')],
  };
  expect((await preview(later)).body).toMatchObject({ moved: 2, lose: 0 });
  expect((await change(later)).status).toBe(200);
  await station.settle();
  await station.tick();
  expect([(await booking(one)).status, (await booking(two)).status]).toEqual(['booked', 'booked']);
  // Too near each other where they come to be, one of them goes.
  const near = { ...later, shifts: [at('one', '13:00', '14:00'), at('two', '14:30', '15:30')] };
  expect((await preview(near)).body).toMatchObject({ moved: 1, lose: 1 });
  await change(near);
  await station.settle();
  await station.tick();
  expect([(await booking(one)).status, (await booking(two)).status].sort()).toEqual(['booked', 'cancelled']);
});
