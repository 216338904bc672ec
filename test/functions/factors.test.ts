import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import { totpCode, totpStep } from '../../functions/runtime/totp.ts';
import { MESSAGE_TEMPLATES } from '../../shared/domain/vocabulary.ts';
import { auditItem } from '../../shared/store/audit.ts';
import type { Store } from '../../shared/store/client.ts';
import { createFactors, openFactor } from '../../shared/store/factors.ts';
import type { AuditItem, FactorItem, FactorSessionItem, ProfileItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { grantRole, revokeRole } from '../../shared/store/transactions/change-role.ts';
import { aPerson } from '../builders/people.ts';
import { aSite } from '../builders/places.ts';
import { TEST_ISSUER } from '../support/api.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
let nurse: string;
beforeEach(async () => {
  station = await aStation();
  nurse = await aPerson(station.store, {
    name: '许若川',
    factor: 'unset',
    roles: [{ role: 'staff', scope: 'central' }],
  });
});

type Body = Record<string, unknown> & { code: string };
const ask = async (as: string, what: 'enrolment' | 'confirm' | 'show', body: object, key?: string) =>
  await station.call<Body>('factors', `POST /api/factor/${what}`, { as, body, ...(key && { key }) });
const mayWork = async (as: string, headers: Record<string, string> = {}) => {
  const query = { siteId: 'central', date: '2026-11-23' };
  const { status, body } = await station.call('donations', 'GET /api/donations/roster', { as, query, headers });
  return status === 200 ? 'yes' : body.code;
};
const now = (): number => station.world.clock.now();
const item = async (personId: string) =>
  await station.store.get<FactorItem>(keys.factor(personId), { consistent: true, table: 'private' });
const log = async () =>
  (await station.store.query<AuditItem>({ pk: partitions.audit('people', '2026-11-23'), consistent: true })).items;

/** Sets an authenticator up; answers with its secret. */
async function setUp(personId: string): Promise<string> {
  const secret = String((await ask(personId, 'enrolment', {})).body['secret']);
  expect((await ask(personId, 'confirm', { code: totpCode(secret, now()) })).status).toBe(200);
  return secret;
}
/** A code that this secret does not show around now. */
const wrongFor = (secret: string): string => {
  const right = [-60_000, -30_000, 0, 30_000, 60_000].map((ms) => totpCode(secret, now() + ms));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code)) ?? '';
};

describe('whoever works here', () => {
  it('sets up an authenticator at first need and works at once, in that browser; each step is recorded', async () => {
    expect(await mayWork(nurse)).toBe('second-factor-needed');
    const begun = await ask(nurse, 'enrolment', {});
    expect(begun.body['uri']).toMatch(/^otpauth:\/\/totp\//);
    expect(await mayWork(nurse)).toBe('second-factor-needed');
    const secret = String(begun.body['secret']);
    expect((await ask(nurse, 'confirm', { code: wrongFor(secret) })).body.code).toBe('code-wrong');
    const done = await ask(nurse, 'confirm', { code: totpCode(secret, now()) });
    expect(done.body).toMatchObject({ set: true, shown: true });
    expect(await mayWork(nurse)).toBe('yes');
    expect((await log()).map(({ by, action }) => [by, action]).toSorted()).toEqual(
      ['factor-begun', 'factor-refused', 'factor-set'].map((action) => [nurse, action]),
    );
  });

  it('shows it again after a shift, and an admin sooner', async () => {
    const admin = await aPerson(station.store, { factor: 'unset', roles: [{ role: 'admin', scope: 'ALL' }] });
    const secret = await setUp(nurse);
    await setUp(admin);
    const mayManage = async () => (await station.call('roles', 'GET /api/roles', { as: admin, query: {} })).status;
    station.world.advance(4 * 3_600_000 - 1);
    expect([await mayWork(nurse), await mayManage()]).toEqual(['yes', 200]);
    station.world.advance(1);
    expect([await mayWork(nurse), await mayManage()]).toEqual(['yes', 403]);
    station.world.advance(8 * 3_600_000);
    expect(await mayWork(nurse)).toBe('second-factor-needed');
    expect((await ask(nurse, 'show', { code: totpCode(secret, now()) })).status).toBe(200);
    expect(await mayWork(nurse)).toBe('yes');
  });

  it('is taken a code once, by one of two who send it at once; a repeat of the press is the same press', async () => {
    const secret = await setUp(nurse);
    const first = totpCode(secret, now());
    expect((await ask(nurse, 'show', { code: first })).body.code).toBe('code-wrong');
    station.world.advance(60_000);
    const code = totpCode(secret, now());
    const both = await Promise.all([
      ask(nurse, 'show', { code }, 'press-one'),
      ask(nurse, 'show', { code }, 'press-two'),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    expect((await log()).filter(({ action }) => action === 'factor-refused')).toHaveLength(2);
    const won = both[0]?.status === 200 ? 'press-one' : 'press-two';
    expect((await ask(nurse, 'show', { code }, won)).status).toBe(200);
    // One from before the last is as good as used.
    expect((await ask(nurse, 'show', { code: totpCode(secret, now() - 30_000) })).body.code).toBe('code-wrong');
  });

  it('tries five times a day and no more, however many at once; a right one clears the count', async () => {
    const secret = await setUp(nurse);
    station.world.advance(60_000);
    for (let n = 0; n < 4; n += 1) await ask(nurse, 'show', { code: wrongFor(secret) });
    expect((await ask(nurse, 'show', { code: totpCode(secret, now()) })).status).toBe(200);
    station.world.advance(60_000);
    const many = await Promise.all(Array.from({ length: 8 }, () => ask(nurse, 'show', { code: wrongFor(secret) })));
    expect(many.filter(({ body }) => body.code === 'code-wrong')).toHaveLength(5);
    expect((await ask(nurse, 'show', { code: totpCode(secret, now()) })).body.code).toBe('codes-used-up');
    station.world.advance(24 * 3_600_000);
    expect((await ask(nurse, 'show', { code: totpCode(secret, now()) })).status).toBe(200);
  });

  it('confirms another authenticator after a right code of the present one, however often it was wrong before', async () => {
    const secret = await setUp(nurse);
    station.world.advance(60_000);
    for (let n = 0; n < 4; n += 1) await ask(nurse, 'enrolment', { code: wrongFor(secret) });
    const begun = await ask(nurse, 'enrolment', { code: totpCode(secret, now()) });
    const code = totpCode(String(begun.body['secret']), now());
    expect((await ask(nurse, 'confirm', { code })).status).toBe(200);
  });

  it.each(['show', 'enrolment'] as const)(
    'tries anew with each half minute in which the same press of %s is sent again, as the code it is held against is another',
    async (what) => {
      const secret = await setUp(nurse);
      const right = Array.from({ length: 12 }, (_, n) => totpCode(secret, now() + n * 30_000));
      const code = ['000000', '111111', '222222'].find((it) => !right.includes(it)) ?? '';
      const again = async () => (await ask(nurse, what, { code }, 'one-press-sent-again')).body.code;
      for (let n = 0; n < 5; n += 1) {
        station.world.advance(30_000);
        // Within it, a repeat is the same try.
        expect([await again(), await again()]).toEqual(['code-wrong', 'code-wrong']);
      }
      station.world.advance(30_000);
      expect(await again()).toBe('codes-used-up');
      expect((await log()).filter(({ action }) => action === 'factor-refused')).toHaveLength(5);
    },
  );

  it('moves to another authenticator by a code of the present one, which then is worth nothing, wherever it was shown', async () => {
    const old = await setUp(nurse);
    station.world.advance(60_000);
    expect((await ask(nurse, 'enrolment', {})).body.code).toBe('wrong-state');
    expect((await ask(nurse, 'enrolment', { code: wrongFor(old) })).body.code).toBe('code-wrong');
    expect((await log()).map(({ action }) => action)).toContain('factor-refused');
    const begun = await ask(nurse, 'enrolment', { code: totpCode(old, now()) });
    const secret = String(begun.body['secret']);
    expect((await ask(nurse, 'confirm', { code: totpCode(secret, now()) })).status).toBe(200);
    station.world.advance(60_000);
    expect((await ask(nurse, 'show', { code: totpCode(old, now()) })).body.code).toBe('code-wrong');
    expect((await ask(nurse, 'show', { code: totpCode(secret, now()) })).status).toBe(200);
  });

  it('has a quarter of an hour to confirm a new one', async () => {
    const secret = String((await ask(nurse, 'enrolment', {})).body['secret']);
    station.world.advance(15 * 60_000);
    expect((await ask(nurse, 'confirm', { code: totpCode(secret, now()) })).body.code).toBe('wrong-state');
  });
});

describe('a secret', () => {
  it('is stored sealed, for its owner alone, and stands in no line of the log', async () => {
    const secret = await setUp(nurse);
    const stored = await item(nurse);
    expect(JSON.stringify(stored)).not.toContain(secret);
    const sealed = stored?.live?.sealed;
    if (!sealed) throw new Error('there is none');
    expect(openFactor('a key of the tests', nurse, sealed)).toBe(secret);
    expect(() => openFactor('a key of the tests', 'another', sealed)).toThrow();
    expect(() => openFactor('another key', nurse, sealed)).toThrow();
    expect(JSON.stringify(station.world.lines)).not.toContain(secret);
  });
});

/** What another admin's yes to the reset of the nurse's authenticator is. */
async function resetAsked(admin: string) {
  const asked = await station.call<Body>('roles', 'POST /api/roles/changes/second-factor', {
    as: admin,
    body: { personId: nurse, knownBy: 'known', reason: '手机丢失' },
  });
  return async (as = '', key?: string) =>
    await station.call<Body>('roles', 'POST /api/roles/changes/{changeId}/approve', {
      as,
      params: { changeId: String(asked.body['changeId']) },
      body: { version: 1 },
      ...(key && { key }),
    });
}

describe('a second factor', () => {
  it('ends with the role, and is asked for anew when the role is given back', async () => {
    const admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
    await setUp(nurse);
    for (const what of ['revoke', 'grant'] as const) {
      const body = { personId: nurse, role: 'staff', scope: 'central', reason: '换岗' };
      expect((await station.call('roles', `POST /api/roles/${what}`, { as: admin, body })).status).toBe(200);
    }
    expect(await mayWork(nurse)).toBe('second-factor-needed');
  });

  it('is shown again by whoever is given a role that asks for it sooner, and by nobody for one like their own', async () => {
    const admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
    await setUp(nurse);
    const grant = async (role: string, scope: string) => {
      const body = { personId: nurse, role, scope, reason: '轮岗' };
      expect((await station.call('roles', 'POST /api/roles/grant', { as: admin, body })).status).toBe(200);
    };
    await aSite(station.store, { siteId: 'second' });
    await grant('staff', 'second');
    expect(await mayWork(nurse)).toBe('yes');
    await grant('admin', 'ALL');
    expect(await mayWork(nurse)).toBe('second-factor-needed');
  });

  it.each(['grant', 'revoke'] as const)(
    'that is shown at the moment of a %s does not outlive it, whichever is first',
    async (what) => {
      const admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
      const secret = await setUp(nurse);
      const [role, scope] = what === 'grant' ? (['admin', 'ALL'] as const) : (['staff', 'central'] as const);
      /** The store of one of the two, where the other is done the moment before the first write that is not only of tries. */
      const crossedBy = (other: () => Promise<unknown>): Store => {
        let isFirst = true;
        return {
          ...station.store,
          transact: async (items) => {
            if (isFirst && items.length > 1) {
              isFirst = false;
              await other();
            }
            return await station.store.transact(items);
          },
        };
      };
      const on = (store: Store) => ({ ...engineDeps(store, station.world), store });
      const at = () => new Date(now()).toISOString();
      const record = () => ({
        Put: auditItem({
          scope: 'people',
          zone: 'UTC',
          by: admin,
          action: 'tried',
          at: at(),
          id: station.world.newId(),
        }),
      });
      const change = async (how: 'grant' | 'revoke', key: string, store: Store = station.store) =>
        await { grant: grantRole, revoke: revokeRole }[how](on(store), {
          personId: nurse,
          role,
          scope,
          by: admin,
          audit: record(),
          idempotency: { key, input: 'same' },
        });
      const show = async (store: Store = station.store) =>
        await createFactors(on(store), async () => 'a key of the tests', totpStep).show({
          what: 'show',
          at: { iss: TEST_ISSUER, sub: nurse, device: 'another browser' },
          personId: nurse,
          code: totpCode(secret, now()),
          audit: record(),
          refused: record(),
          idempotency: { key: `show-${now()}`, input: 'same' },
        });
      const untils = async () => {
        const query = { ...partitions.factorSessions(nurse), consistent: true };
        return (await station.store.query<FactorSessionItem>(query)).items.map(({ until }) => until);
      };

      station.world.advance(60_000);
      // Shown once the change was decided on: it ends with the change.
      expect(
        (
          await change(
            what,
            'first',
            crossedBy(async () => await show()),
          )
        ).kind,
      ).toBe('done');
      expect(await untils()).toEqual([]);
      await change(what === 'grant' ? 'revoke' : 'grant', 'back');

      station.world.advance(60_000);
      // Changed once it was taken: it holds for what the roles say by then.
      const shown = await show(crossedBy(async () => await change(what, 'second')));
      const inFourHours = new Date(now() + 4 * 3_600_000).toISOString();
      expect([shown.kind, await untils()]).toEqual(what === 'grant' ? ['done', [inFourHours]] : ['wrong-state', []]);
    },
  );

  it('that was lost is reset by two admins: it ends everywhere at once, and another is set up', async () => {
    const [admin, other] = await Promise.all(
      ['管平川', '季清和'].map((name) => aPerson(station.store, { name, roles: [{ role: 'admin', scope: 'ALL' }] })),
    );
    const secret = await setUp(nurse);
    const approve = await resetAsked(admin ?? '');
    expect((await approve(admin)).body.code).toBe('own-request');
    expect(await mayWork(nurse)).toBe('yes');
    expect((await approve(other)).body['status']).toBe('approved');
    expect(await mayWork(nurse)).toBe('second-factor-needed');
    station.world.advance(60_000);
    expect((await ask(nurse, 'show', { code: totpCode(secret, now()) })).body.code).toBe('wrong-state');
    await setUp(nurse);
    expect(await mayWork(nurse)).toBe('yes');
    expect((await log()).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['second-factor-reset-asked', 'second-factor-reset-approved']),
    );
  });

  it('that is reset is told its owner once each time, by text to the number that is theirs then, whatever they have switched off', async () => {
    const [admin = '', other = ''] = await Promise.all(
      ['管平川', '季清和'].map((name) => aPerson(station.store, { name, roles: [{ role: 'admin', scope: 'ALL' }] })),
    );
    const profile = async (change: Partial<ProfileItem> = {}) => {
      const before = await station.store.get<ProfileItem>(keys.profile(nurse), { consistent: true });
      if (!before) throw new Error('nobody');
      const after = { ...before, ...change, version: before.version + 1 };
      await station.store.put({ Item: { ...after, ...keys.profile(nurse) } });
      return before;
    };
    const told = () => station.phone.filter(({ text }) => text.includes('身份验证器已由两名管理员重置'));
    const { phone } = await profile({ mutedTemplates: [...MESSAGE_TEMPLATES] });
    await setUp(nurse);
    const approve = await resetAsked(admin);
    await approve(admin, 'their-own-request');
    await station.settle();
    expect(told()).toEqual([]);
    expect((await approve(other, 'approved-once')).status).toBe(200);
    // Whoever had it reset moves the number next.
    await profile({ phone: '+8613911112222' });
    expect((await approve(other, 'approved-once')).status).toBe(200);
    await station.settle();
    expect(told().map(({ to }) => to)).toEqual([phone]);
    await setUp(nurse);
    expect((await (await resetAsked(admin))(other)).status).toBe(200);
    await station.settle();
    expect(told().map(({ to }) => to)).toEqual([phone, '+8613911112222']);
  });
});
