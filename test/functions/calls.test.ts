import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import type { CallSettings } from '../../shared/domain/calls.ts';
import type { EligibilityFacts } from '../../shared/domain/refusal.ts';
import { goOnCalling } from '../../shared/store/calls/go-on-calling.ts';
import { askToErase } from '../../shared/store/erase/job.ts';
import type { BloodGroupsItem, CalledItem, SiteItem } from '../../shared/store/items/index.ts';
import { indexes, keys, partitions } from '../../shared/store/keys.ts';
import { createSites } from '../../shared/store/sites.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

const DAY = '2026-11-26';
const MINUTE = 60_000;
let station: Station;
beforeEach(async () => {
  station = await aStation({ quiet: { from: '21:00', to: '08:00' } });
});

type Wish = { callWish?: string; callSites?: string[] };
const agrees = async (personId: string, wish: Wish = {}) => {
  const { body } = await station.call<{ version: number }>('me', 'GET /api/me', { as: personId });
  return await station.call<{ callWish: string }>('me', 'PATCH /api/me', {
    as: personId,
    body: { version: body.version, callWish: 'any', callSites: ['central'], ...wish },
  });
};
/** Somebody who has agreed to be called by the station. */
async function willing(more: Wish & { facts?: Partial<EligibilityFacts>; language?: 'zh' | 'en' } = {}) {
  const { facts, language, ...wish } = more;
  const personId = await aPerson(station.store, { ...(facts && { facts }), ...(language && { language }) });
  await agrees(personId, wish);
  return personId;
}
const several = async (n: number, more: Parameters<typeof willing>[0] = {}) => {
  const all: string[] = [];
  for (let each = 0; each < n; each += 1) all.push(await willing(more));
  await station.settle();
  return all;
};

type One = {
  callId: string;
  status: string;
  asked: number;
  wave: number;
  free: number;
  booked: number;
  given: number;
  texts: { sent: number; waiting: number; notSent: number };
  segments: number;
  cents?: number;
};
type Preview = {
  free: number;
  people: number;
  resting: number;
  segments: number;
  cents?: number;
  waves: number;
  text: { zh: string };
};
const whole = { siteId: 'central', procedure: 'whole-blood', from: DAY, to: DAY };
const preview = async (more: Record<string, string> = {}) =>
  (await station.call<Preview>('calls', 'GET /api/calls/preview', { query: { ...whole, ...more } })).body;
const begin = async (more: Record<string, unknown> = {}, key?: string) =>
  await station.call<One>('calls', 'POST /api/calls', { body: { ...whole, ...more }, ...(key && { key }) });
const look = async (callId: string) =>
  (await station.call<One>('calls', 'GET /api/calls/{callId}', { params: { callId }, query: { siteId: 'central' } }))
    .body;
const stop = async (callId: string) =>
  await station.call<One>('calls', 'POST /api/calls/{callId}/stop', {
    params: { callId },
    body: { siteId: 'central' },
  });
const set = async (settings: Partial<CallSettings>) => {
  const version = (await createSites(station.store).getNow('central'))?.calls?.version ?? 0;
  const body = { waveSize: 3, pauseMinutes: 30, restDays: 30, ...settings, version };
  return await station.call('calls', 'PUT /api/calls/settings/{siteId}', { params: { siteId: 'central' }, body });
};
const tick = async () => {
  await station.tick();
  await station.settle();
};
const calledTexts = async (people: readonly string[]) =>
  (await Promise.all(people.map(async (each) => await station.textsTo(each)))).map(
    (texts) => texts.filter((text) => text.includes('紧缺')).length,
  );
const reached = async (procedure = 'whole-blood', siteId = 'central') =>
  (await station.store.query<{ personId: string }>({ pk: indexes.reach(siteId, procedure), index: 'gsi1' })).items.map(
    ({ personId }) => personId,
  );
const book = async (as: string, slotId: string) =>
  await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', { as, body: { slotId } });

describe('who may be called', () => {
  it('is nobody who has not agreed to it, and by no other site; what is taken back holds at once', async () => {
    await aSite(station.store, { siteId: 'east' });
    const silent = await aPerson(station.store);
    const yes = await willing();
    await willing({ callSites: ['east'] });
    const platelets = await willing({ callWish: 'platelets' });
    await station.settle();
    expect(await reached()).toEqual([yes]);
    expect((await reached('platelets')).toSorted()).toEqual([yes, platelets].toSorted());
    expect(await reached()).not.toContain(silent);
    await agrees(yes, { callWish: 'no', callSites: [] });
    await station.settle();
    expect(await reached()).toEqual([]);
  });

  it('follows what somebody may give: their interval, a deferral, a place they hold, and being erased', async () => {
    await aSlot(station.store, { date: DAY, places: 9 });
    const donor = await willing({
      facts: { donations: [{ date: '2026-10-01', procedure: 'whole-blood', volumeMl: 400 }], repeatDonor: true },
    });
    const well = await willing();
    await station.settle();
    // Six months are not over.
    expect((await preview()).people).toBe(1);
    const other = await aSlot(station.store, { date: '2026-11-28', places: 1 });
    await book(well, other.slotId);
    await station.settle();
    expect((await preview()).people).toBe(0);
    await askToErase(engineDeps(station.store, station.world), donor);
    await station.settle();
    await station.tick();
    const { items } = await station.store.query({ pk: partitions.callable(donor), consistent: true });
    expect(items).toEqual([]);
    expect(await reached()).toEqual([well]);
  });

  it('goes along when two records become one: who was called under either is left in peace', async () => {
    const [first, second] = await several(2);
    await aSlot(station.store, { date: DAY, places: 1 });
    await set({ waveSize: 1 });
    const { body } = await begin();
    await tick();
    const [called = '', kept = ''] =
      (await calledTexts([first ?? '', second ?? '']))[0] === 1 ? [first, second] : [second, first];
    const engine = engineDeps(station.store, station.world);
    const { STEPS } = await import('../../shared/store/merge/steps.ts');
    const merge = {
      kind: 'merge',
      mergeId: 'm1',
      siteId: 'central',
      zone: 'Asia/Shanghai',
      keep: kept,
      join: called,
      reason: '',
      status: 'applying',
      proposedBy: 'a',
      proposedAt: '',
      accepted: [],
      version: 1,
    } as const;
    const step = STEPS.find(({ name }) => name === 'called');
    await step?.(engine, { ...merge, accepted: [] });
    const { items } = await station.store.query<CalledItem>({ pk: indexes.asked(body.callId), index: 'gsi1' });
    expect(items.map(({ personId }) => personId)).toEqual([kept]);
    await stop(body.callId);
    await begin();
    await tick();
    expect(await calledTexts([kept])).toEqual([0]);
  });
});

describe('before it begins, a call', () => {
  it('says how many it would ask and what that costs, by the texts as they will be sent', async () => {
    await several(4);
    await aSlot(station.store, { date: DAY, places: 2 });
    const unknown = await preview();
    expect(unknown).toMatchObject({ free: 2, people: 4, resting: 0, segments: 4, waves: 1 });
    expect(unknown).not.toHaveProperty('cents');
    await set({ waveSize: 3, centsPerSegment: 5 });
    expect(await preview()).toMatchObject({ people: 4, cents: 20, waves: 2 });
    expect(unknown.text.zh).toMatch(/紧缺.*11月26日.*https:\/\/nuanliu\.example\/c\/[a-z0-9]{6}$/);
  });

  it('is refused where nothing is free, where another fills the same places, and where it makes no sense', async () => {
    expect((await begin()).body.code).toBe('nothing-free');
    await aSlot(station.store, { date: DAY, places: 2 });
    expect((await begin({ from: '2026-11-20', to: '2026-11-20' })).body.code).toBe('invalid-input');
    expect((await begin({ to: '2026-12-20' })).body.code).toBe('invalid-input');
    expect((await begin({ fromTime: '14:00', toTime: '09:00' })).body.code).toBe('invalid-input');
    const first = await begin({}, 'call-key-1');
    expect(first.status).toBe(201);
    // A repeat is the same call; another of the same places is refused while it runs.
    expect((await begin({}, 'call-key-1')).body.callId).toBe(first.body.callId);
    expect((await begin()).body.code).toBe('already-calling');
  });
});

describe('a call', () => {
  it('asks in waves, waits between them, and stops when the places are taken', async () => {
    const people = await several(7);
    const slot = await aSlot(station.store, { date: DAY, places: 2 });
    await set({ waveSize: 3, pauseMinutes: 30, centsPerSegment: 5 });
    const { callId } = (await begin()).body;
    await tick();
    expect(await look(callId)).toMatchObject({
      status: 'running',
      asked: 3,
      booked: 0,
      free: 2,
      texts: { sent: 3 },
      cents: 15,
    });
    await tick();
    expect((await look(callId)).asked).toBe(3);
    await station.later(31 * MINUTE);
    expect((await look(callId)).asked).toBe(6);
    const asked = (await calledTexts(people)).map((n, i) => [people[i] ?? '', n] as const).filter(([, n]) => n === 1);
    expect(asked).toHaveLength(6);
    for (const [who] of asked.slice(0, 2)) expect((await book(who, slot.slotId)).status).toBe(201);
    await station.later(31 * MINUTE);
    expect(await look(callId)).toMatchObject({ status: 'filled', asked: 6, booked: 2, free: 0 });
    await station.later(31 * MINUTE);
    expect(await calledTexts(people)).toEqual(expect.arrayContaining([0]));
    expect((await look(callId)).asked).toBe(6);
  });

  it('killed in the middle of a wave goes on with the rest, and two runs at once ask no more than one', async () => {
    await several(8);
    await aSlot(station.store, { date: DAY, places: 9 });
    await set({ waveSize: 5 });
    const { callId } = (await begin()).body;
    const sites = (await createSites(station.store).list()) as SiteItem[];
    let left = 2;
    const dying = {
      ...station.store,
      transact: async (items: Parameters<typeof station.store.transact>[0]) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await station.store.transact(items);
      },
    };
    const engine = (store: typeof station.store) => ({ ...engineDeps(store, station.world), quiet: () => undefined });
    await expect(goOnCalling(engine(dying), sites)).rejects.toThrow();
    expect((await look(callId)).asked).toBe(2);
    await Promise.all([goOnCalling(engine(station.store), sites), goOnCalling(engine(station.store), sites)]);
    await tick();
    expect(await look(callId)).toMatchObject({ asked: 5, wave: 2, status: 'running', texts: { sent: 5 } });
  });

  it('that died between a wave and its texts, or whose records the stream has lost, tells whoever was asked once', async () => {
    const people = await several(3);
    await aSlot(station.store, { date: DAY, places: 9 });
    await set({ waveSize: 2, pauseMinutes: 60 });
    const { callId } = (await begin()).body;
    const sites = (await createSites(station.store).list()) as SiteItem[];
    await goOnCalling({ ...engineDeps(station.store, station.world), quiet: () => undefined }, sites);
    expect(await look(callId)).toMatchObject({ asked: 2, wave: 2 });
    // What the stream had is gone, and nobody has heard of it.
    await station.read();
    await station.later(4 * MINUTE);
    expect(await calledTexts(people)).toEqual([0, 0, 0]);
    await station.later(2 * MINUTE);
    const told = await calledTexts(people);
    expect(told.toSorted()).toEqual([0, 1, 1]);
    for (let n = 0; n < 3; n += 1) await station.later(6 * MINUTE);
    expect(await calledTexts(people)).toEqual(told);
    expect(await look(callId)).toMatchObject({ asked: 2, texts: { sent: 2 } });
    expect(station.world.lines.filter((line) => JSON.stringify(line).includes('a call had no text'))).toHaveLength(2);
    // The next wave is asked when it was to be.
    await station.later(40 * MINUTE);
    expect((await calledTexts(people)).toSorted()).toEqual([1, 1, 1]);
  });

  it('calls nobody at night, nor anybody twice within the days that the site has set, and says when nobody is left', async () => {
    // It is ten in the morning: the night ends late here.
    station = await aStation({ quiet: { from: '21:00', to: '10:30' } });
    const [donor = ''] = await several(1);
    await aSlot(station.store, { date: DAY, places: 2 });
    await aSlot(station.store, { date: '2026-11-27', places: 2 });
    await set({});
    const { callId } = (await begin()).body;
    await tick();
    expect(await calledTexts([donor])).toEqual([0]);
    await station.later(31 * MINUTE);
    expect(await calledTexts([donor])).toEqual([1]);
    await station.later(31 * MINUTE);
    expect(await look(callId)).toMatchObject({ status: 'exhausted', asked: 1 });
    expect(await preview({ from: '2026-11-27', to: '2026-11-27' })).toMatchObject({ people: 0, resting: 1 });
    const again = (await begin({ from: '2026-11-27', to: '2026-11-27' })).body;
    await tick();
    expect(await look(again.callId)).toMatchObject({ status: 'exhausted', asked: 0 });
    expect(await calledTexts([donor])).toEqual([1]);
  });

  it('that staff stop asks nobody more, and what was not sent yet is not', async () => {
    const people = await several(3);
    await aSlot(station.store, { date: DAY, places: 5 });
    await set({ waveSize: 1 });
    const { callId } = (await begin()).body;
    await station.tick();
    // The text is made, and not sent yet, when it is stopped.
    expect((await look(callId)).asked).toBe(1);
    await station.announce(await station.read());
    expect((await stop(callId)).body.status).toBe('stopped');
    await station.settle();
    await station.later(31 * MINUTE);
    expect(await calledTexts(people)).toEqual([0, 0, 0]);
    expect(await look(callId)).toMatchObject({
      status: 'stopped',
      asked: 1,
      texts: { sent: 0, notSent: 1 },
      segments: 0,
    });
    // Stopping it again changes nothing.
    expect((await stop(callId)).body.status).toBe('stopped');
  });

  it('tells each of the first of its days on which they may give, and its address leads to a day with room', async () => {
    const later = await willing({
      language: 'zh',
      facts: { donations: [{ date: '2026-05-27', procedure: 'whole-blood', volumeMl: 400 }], repeatDonor: true },
    });
    const now = await willing();
    await station.settle();
    const first = await aSlot(station.store, { date: DAY, places: 1 });
    await aSlot(station.store, { date: '2026-11-27', places: 1 });
    const { callId } = (await begin({ to: '2026-11-27' })).body;
    await tick();
    const said = async (who: string) => (await station.textsTo(who)).find((text) => text.includes('紧缺')) ?? '';
    expect(await said(now)).toContain('11月26日');
    expect(await said(later)).toContain('11月27日');
    const code = /\/c\/([a-z0-9]+)/.exec(await said(now))?.[1] ?? '';
    const open = async () =>
      (
        await station.call<{ date: string; siteId: string }>('calls', 'GET /api/calls/open/{code}', {
          params: { code },
        })
      ).body;
    expect(await open()).toMatchObject({ siteId: 'central', date: DAY });
    await book(now, first.slotId);
    expect(await open()).toMatchObject({ date: '2026-11-27' });
    expect((await look(callId)).booked).toBe(1);
  });

  it('for a group asks those whose group is on record as that, and its text does not name it', async () => {
    const [ours = '', other = '', twofold = '', unknown = '', listed = ''] = await several(5);
    const known = async (personId: string, ...groups: [abo: 'O' | 'A', rhd: 'positive' | 'negative'][]) => {
      const item: BloodGroupsItem = {
        kind: 'blood-groups',
        personId,
        groups: Object.fromEntries(groups.map(([abo, rhd], n) => [`d${n}`, { abo, rhd, date: '2025-01-01' }])),
        version: 1,
      };
      await station.store.put({ table: 'private', Item: { ...keys.bloodGroups(personId), ...item } });
    };
    await known(ours, ['O', 'negative'], ['O', 'negative']);
    await known(other, ['O', 'positive']);
    await known(twofold, ['O', 'negative'], ['A', 'negative']);
    const said = { siteId: 'central', loadedFrom: { importId: 'f1', row: 2 }, by: 'x', at: '2026-11-01' };
    await station.store.put({
      table: 'private',
      Item: {
        ...keys.bloodGroups(listed),
        ...{ kind: 'blood-groups', personId: listed, groups: {}, version: 1 },
        said: [{ abo: 'O', rhd: 'negative', ...said }],
      },
    });
    await aSlot(station.store, { date: DAY, places: 5 });
    await set({ waveSize: 9 });
    expect((await preview({ abo: 'O' })).people).toBe(3);
    expect((await preview({ abo: 'O', rhd: 'negative' })).people).toBe(2);
    await begin({ abo: 'O', rhd: 'negative' });
    await tick();
    expect(await calledTexts([ours, other, twofold, unknown, listed])).toEqual([1, 0, 0, 0, 1]);
    expect((await station.textsTo(ours)).join()).not.toMatch(/O|型|阴/);
  });

  it('says to nobody whom it asked', async () => {
    const [donor = ''] = await several(1);
    await aSlot(station.store, { date: DAY, places: 2 });
    const { callId } = (await begin()).body;
    await tick();
    expect(JSON.stringify(await look(callId))).not.toContain(donor);
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
    await aSite(station.store, { siteId: 'east' });
    const answer = await station.call('calls', 'GET /api/calls/{callId}', {
      as: other,
      params: { callId },
      query: { siteId: 'central' },
    });
    expect(answer.status).toBe(403);
    expect(await station.store.get(keys.call('central', callId))).toBeDefined();
  });
});
