import { generateKeyPair, SignJWT } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { meDeps } from '../../functions/http/me/deps.ts';
import type { Identity } from '../../functions/http/me/id-token.ts';
import { meRoutes } from '../../functions/http/me/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { me } from '../../shared/contract/me.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { DEVICE_HEADER, MOST_TRIES } from '../../shared/domain/second-fact.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import type { IdentityItem, ProfileItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { type Call, callRoute, TEST_ISSUER } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

type Me = { personId: string; phone: string; name?: string; secondFact: boolean; version: number } & Problem;

const DAY_MS = 86_400_000;
const FACT = { birthDate: '1968-03-27', lastFour: '123x' };

let store: Store;
let world: TestWorld;
let handler: unknown;
/** What the provider would vouch for, by token. */
const vouched = new Map<string, Identity>();

beforeAll(async () => {
  const names = await freshTables();
  store = storeOn(names);
  world = testWorld();
  const deps = meDeps(
    guarded(storeOn(names), ACCESS.me, names.private),
    world,
    async (token) => vouched.get(token),
    async () => 'a key of the tests',
  );
  handler = areaHandler(me, async () => deps, meRoutes);
});

let phones = 0;
let phone: string;
beforeEach(() => {
  phones += 1;
  phone = `+86137${String(phones).padStart(8, '0')}`;
});

/** Somebody at a browser of their own who has been let in by the provider: one subject a number, as it gives. */
function at(device: string, sub = phone) {
  vouched.set(`token of ${sub}`, { iss: TEST_ISSUER, sub, phone });
  const call = async (route: string, more: Call = {}) =>
    await callRoute<Me>(handler, route, {
      as: sub,
      ...more,
      headers: { [DEVICE_HEADER]: device, 'accept-language': 'en' },
    });
  return {
    call,
    signIn: async (said: Record<string, unknown> = {}, key?: string) =>
      await call('POST /api/me/sign-in', {
        body: { idToken: `token of ${sub}`, language: 'en', ...said },
        ...(key && { key }),
      }),
    me: async () => await call('GET /api/me'),
  };
}

/** A person with a name and a second fact, who began on a device of their own. */
async function known(device = 'old phone') {
  const here = at(device);
  const { body } = await here.signIn({ isNew: true });
  const edited = { version: 1, name: '林晓', birthDate: FACT.birthDate };
  expect((await here.call('PATCH /api/me', { body: edited })).status).toBe(200);
  expect((await here.call('PUT /api/me/second-fact', { body: { lastFour: FACT.lastFour } })).body.secondFact).toBe(
    true,
  );
  return { here, personId: body.personId };
}

describe('somebody new', () => {
  it('is one person on their device, however often and at once that is asked', async () => {
    const here = at('phone');
    const answers = await Promise.all([1, 2, 3, 4].map(() => here.signIn({ isNew: true })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.personId)).size).toBe(1);
    expect((await here.me()).body).toMatchObject({ phone, language: 'en', secondFact: false });
    expect((await here.signIn()).body.personId).toBe(answers[0]?.body.personId);
  });

  it('is asked who they are before anything, in the words in which everybody is', async () => {
    await known();
    const fresh = `${phone.slice(0, -1)}x`;
    vouched.set(`token of ${fresh}`, { iss: TEST_ISSUER, sub: fresh, phone: '+8613799999999' });
    const [nobodys, somebodys] = [at('new', fresh), at('new')];
    for (const said of [{}, { birthDate: '1990-01-01', lastFour: '0000' }]) {
      const answers = [await nobodys.signIn(said), await somebodys.signIn(said)].map(({ status, body }) => ({
        ...body,
        status,
        instance: '',
      }));
      expect(answers[0]).toEqual(answers[1]);
    }
    expect((await somebodys.me()).body.code).toBe('person-unknown');
  });

  it('is not let in with an ID token that is another’s, or that nobody vouches for', async () => {
    await known();
    const stranger = at('x', 'somebody else');
    const other = await stranger.call('POST /api/me/sign-in', { body: { idToken: `token of ${phone}`, isNew: true } });
    expect(other.body.code).toBe('identity-rejected');
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT({ phone_number: phone }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
    expect((await at('x').signIn({ idToken: forged })).body.code).toBe('identity-rejected');
  });

  it('without a device there is nothing to link', async () => {
    const answer = await at('').signIn({ isNew: true });
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, 'header.x-nuanliu-device']);
  });
});

describe('on a new device', () => {
  it('nothing is shown until birth date and last four match; then it is the same person, on both', async () => {
    const { here, personId } = await known();
    const there = at('new phone');
    for (const route of ['GET /api/me', 'GET /api/me/bookings', 'GET /api/me/donations', 'GET /api/me/messages']) {
      const answer = await there.call(route);
      expect([answer.status, answer.body.code], route).toEqual([403, 'person-unknown']);
      expect(JSON.stringify(answer.body)).not.toContain('林');
    }
    for (const wrong of [{ lastFour: '1234' }, { birthDate: '1968-03-28' }]) {
      expect((await there.signIn({ ...FACT, ...wrong })).body.code).toBe('no-match');
    }
    expect((await there.signIn({ birthDate: FACT.birthDate })).body.errors?.[0]?.path).toBe('lastFour');
    expect((await there.signIn(FACT)).body.personId).toBe(personId);
    expect((await there.me()).body.name).toBe('林晓');
    expect((await here.me()).body.personId).toBe(personId);
  });

  it('another subject of the same number, as after a change of the provider, is the same person after the same question', async () => {
    const { personId } = await known();
    const moved = at('new phone', `moved ${phone}`);
    expect((await moved.signIn()).body.code).toBe('person-unknown');
    expect((await moved.signIn(FACT)).body.personId).toBe(personId);
  });

  it('a person who gave no second fact cannot be claimed by anyone', async () => {
    const bare = at('old phone');
    await bare.signIn({ isNew: true });
    await bare.call('PATCH /api/me', { body: { version: 1, birthDate: FACT.birthDate } });
    expect((await at('new phone').signIn(FACT)).body.code).toBe('no-match');
  });

  it(`after ${MOST_TRIES} tries in a day, counted also when made at once, not even the right answer is taken till tomorrow`, async () => {
    const { personId } = await known();
    const there = at('guessing');
    // Beginning anew was a try as well.
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => there.signIn({ ...FACT, lastFour: `10${10 + n}` })),
    );
    const codes = guesses.map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'no-match')).toHaveLength(MOST_TRIES - 1);
    expect(codes.filter((code) => code === 'tries-used-up')).toHaveLength(12 - MOST_TRIES + 1);
    expect((await there.signIn(FACT)).body.code).toBe('tries-used-up');
    expect((await there.signIn({ isNew: true })).body.code).toBe('tries-used-up');
    world.advance(DAY_MS);
    expect((await there.signIn(FACT)).body.personId).toBe(personId);
  });

  it('a try whose answer was lost is repeated under its key and counts once; a right one counts not at all', async () => {
    await known();
    const there = at('slow line');
    for (let n = 0; n < 8; n += 1) {
      expect((await there.signIn({ ...FACT, lastFour: '0000' }, 'one-and-the-same')).body.code).toBe('no-match');
    }
    expect((await there.signIn({ ...FACT, lastFour: '0001' }, 'one-and-the-same')).body.code).toBe(
      'idempotency-key-reused',
    );
    for (let n = 0; n < 8; n += 1) expect((await at(`browser ${n}`).signIn(FACT)).status).toBe(200);
  });
});

describe('a device', () => {
  it('that was away for more than ninety days says again who is there', async () => {
    const { here, personId } = await known();
    world.advance(89 * DAY_MS);
    expect((await here.me()).status).toBe(200);
    world.advance(89 * DAY_MS);
    expect((await here.me()).status).toBe(200);
    world.advance(91 * DAY_MS);
    expect((await here.me()).body.code).toBe('person-unknown');
    expect((await here.signIn()).body.code).toBe('person-unknown');
    expect((await here.signIn(FACT)).body.personId).toBe(personId);
    expect((await here.me()).status).toBe(200);
  });

  it('writes nothing of a visit more often than once a week', async () => {
    const { here, personId } = await known();
    const seenAt = async () => (await store.get<ProfileItem>(keys.profile(personId), { consistent: true }))?.seenAt;
    const first = await seenAt();
    world.advance(6 * DAY_MS);
    await here.me();
    expect(await seenAt()).toBe(first);
    world.advance(2 * DAY_MS);
    await here.me();
    expect(await seenAt()).not.toBe(first);
  });
});

describe('two people with one number', () => {
  it('are two people, on two browsers or one after the other on one, and neither sees the other', async () => {
    const { here, personId } = await known();
    const there = at('second browser');
    const other = await there.signIn({ isNew: true });
    expect(other.body.personId).not.toBe(personId);
    expect((await there.me()).body).not.toHaveProperty('name');
    expect((await here.me()).body).toMatchObject({ personId, name: '林晓' });
    await there.call('PATCH /api/me', { body: { version: 1, name: '王安', birthDate: '1970-01-02' } });
    await there.call('PUT /api/me/second-fact', { body: { lastFour: '9876' } });
    const third = at('third browser');
    expect((await third.signIn({ birthDate: '1970-01-02', lastFour: '9876' })).body.name).toBe('王安');
    expect((await at('fourth').signIn(FACT)).body.name).toBe('林晓');
  });
});

describe('a token of the local deployment', () => {
  it('means whoever signed in with its number in a browser last, and makes a person only where there is none', async () => {
    const subject = { iss: TEST_ISSUER, sub: phone };
    const asked = { ...subject, phone, language: 'zh', now: '2026-11-23T02:00:00.000Z', newId: () => 'token' } as const;
    const { here, personId } = await known();
    const people = createPeople(store);
    expect(await people.ensurePerson(asked)).toBe(personId);
    expect(await people.ensurePerson(asked)).toBe(personId);
    expect((await here.me()).body.personId).toBe(personId);
    const nobodys = { ...asked, sub: `nobody ${phone}`, newId: () => `new${phone.slice(-4)}` };
    expect(await people.ensurePerson(nobodys)).toBe(`pnew${phone.slice(-4)}`);
  });
});

describe('the second fact', () => {
  it('is kept as a digest that differs from person to person, in the table that announces nothing', async () => {
    const { personId } = await known();
    const item = await store.get<IdentityItem>(keys.identity(personId), { table: 'private' });
    expect(JSON.stringify(item).toUpperCase()).not.toContain('123X');
    const { personId: second } = await known('another');
    const other = await store.get<IdentityItem>(keys.identity(second), { table: 'private' });
    expect(other?.lastFour).not.toBe(item?.lastFour);
  });

  it('is changed only by who can say the present one', async () => {
    const { here } = await known();
    const put = async (body: Record<string, unknown>) => (await here.call('PUT /api/me/second-fact', { body })).body;
    expect((await put({ lastFour: '5555' })).errors?.[0]?.path).toBe('present');
    expect((await put({ lastFour: '5555', present: '0000' })).code).toBe('no-match');
    expect((await put({ lastFour: '5555', present: '123X' })).secondFact).toBe(true);
    expect((await at('new phone').signIn({ ...FACT, lastFour: '5555' })).status).toBe(200);
  });

  it('needs the birth date first', async () => {
    const here = at('phone');
    await here.signIn({ isNew: true });
    const answer = await here.call('PUT /api/me/second-fact', { body: { lastFour: '1234' } });
    expect(answer.body.errors?.[0]?.path).toBe('birthDate');
  });

  it('is asked for before somebody is forgotten; after that, the device is nobody’s', async () => {
    const { here, personId } = await known();
    const erase = async (body: Record<string, unknown>) =>
      (await here.call('POST /api/me/erase', { body: { understood: true, ...body } })).body;
    expect((await erase({})).errors?.[0]?.path).toBe('lastFour');
    expect((await erase({ ...FACT, lastFour: '0000' })).code).toBe('no-match');
    expect(await erase(FACT)).toEqual({ erasing: true });
    expect(await store.get(keys.erasure(personId), { consistent: true })).toMatchObject({ personId });
  });
});
