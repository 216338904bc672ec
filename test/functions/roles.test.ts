import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import type { Store } from '../../shared/store/client.ts';
import type { AccountChangeItem, AuditItem, ProfileItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { BusyError } from '../../shared/store/retry.ts';
import { roleItem } from '../../shared/store/roles.ts';
import { revokeRole } from '../../shared/store/transactions/change-role.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
let admin: string;
let other: string;
beforeEach(async () => {
  station = await aStation();
  admin = await aPerson(station.store, { name: '管平川', roles: [{ role: 'admin', scope: 'ALL' }] });
  other = await aPerson(station.store, { name: '沈砚', roles: [{ role: 'admin', scope: 'ALL' }] });
});

type Held = { role: string; scope: string };
type Route = Parameters<Station['call']>[1];
const act = async (as: string, route: string, body: object, key?: string) =>
  await station.call<{ roles: Held[] } & Record<string, unknown>>('roles', route as Route, {
    as,
    body,
    ...(key && { key }),
  });
const grant = async (as: string, personId: string, role: string, scope: string, key?: string) =>
  await act(as, 'POST /api/roles/grant', { personId, role, scope, reason: '新同事上岗' }, key);
const revoke = async (as: string, personId: string, role: string, scope: string, key?: string) =>
  await act(as, 'POST /api/roles/revoke', { personId, role, scope, reason: '已离岗' }, key);
const mayReadRoster = async (as: string) =>
  (
    await station.call('donations', 'GET /api/donations/roster', {
      as,
      query: { siteId: 'central', date: '2026-11-23' },
    })
  ).status;
const log = async (scope: string) =>
  (await station.store.query<AuditItem>({ pk: partitions.audit(scope, '2026-11-23'), consistent: true })).items;

describe('a role', () => {
  it('is given with a reason and counts with the next request; taken, it ends with the next request; both are recorded', async () => {
    const nurse = await aPerson(station.store, { name: '许若川', factor: 'shown' });
    expect(await mayReadRoster(nurse)).toBe(403);
    const given = await grant(admin, nurse, 'staff', 'central');
    expect([given.status, given.body.roles]).toEqual([200, [{ role: 'staff', scope: 'central' }]]);
    expect(await mayReadRoster(nurse)).toBe(200);
    const taken = await revoke(other, nurse, 'staff', 'central');
    expect([taken.status, taken.body.roles]).toEqual([200, []]);
    expect(await mayReadRoster(nurse)).toBe(403);
    expect((await log('central')).filter(({ action }) => action.startsWith('role-'))).toMatchObject([
      {
        by: admin,
        subjects: [nurse],
        action: 'role-granted',
        change: { role: 'staff', of: 'central', reason: '新同事上岗' },
      },
      { by: other, subjects: [nurse], action: 'role-revoked', change: { reason: '已离岗' } },
    ]);
  });

  it('is given once, however often that is asked and by whom', async () => {
    const nurse = await aPerson(station.store);
    const same = await Promise.all([1, 2, 3].map(() => grant(admin, nurse, 'staff', 'central', 'one press')));
    expect(same.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await grant(other, nurse, 'staff', 'central')).body.code).toBe('wrong-state');
    expect((await grant(admin, nurse, 'organiser', 'helpers', 'one press')).body.code).toBe('invalid-input');
    expect((await revoke(admin, nurse, 'staff', 'central', 'one press')).body.code).toBe('idempotency-key-reused');
    expect((await log('central')).filter(({ action }) => action === 'role-granted')).toHaveLength(1);
  });

  it('is nobody’s to give to themselves, whatever they are', async () => {
    for (const [role, scope] of [
      ['staff', 'central'],
      ['auditor', 'ALL'],
    ] as const) {
      expect((await grant(admin, admin, role, scope)).body.code).toBe('own-role');
    }
    expect((await grant(station.staff, station.staff, 'admin', 'ALL')).body.code).toBe('forbidden');
  });

  it('of an auditor goes with no other, not even when two admins give both at once', async () => {
    const nurse = await aPerson(station.store);
    const both = await Promise.all([grant(admin, nurse, 'auditor', 'ALL'), grant(other, nurse, 'admin', 'ALL')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('roles-apart');
    expect((await grant(admin, station.staff, 'auditor', 'ALL')).body.code).toBe('roles-apart');
  });

  it('is of a site, an organisation or everything, as it has to be', async () => {
    const nurse = await aPerson(station.store);
    for (const [role, scope] of [
      ['staff', 'nowhere'],
      ['staff', 'ALL'],
      ['organiser', 'central'],
      ['auditor', 'central'],
      ['admin', 'central'],
    ] as const) {
      expect((await grant(admin, nurse, role, scope)).body.code, `${role} ${scope}`).toBe('invalid-input');
    }
  });

  it('is given to nobody who is being forgotten, who has no number, or whom nobody knows', async () => {
    const leaving = await aPerson(station.store);
    await station.store.put({ Item: { ...keys.erasure(leaving), kind: 'erasure', personId: leaving, askedAt: '' } });
    expect((await grant(admin, leaving, 'staff', 'central')).body.code).toBe('wrong-state');
    expect((await grant(admin, 'nobody', 'staff', 'central')).body.code).toBe('not-found');
  });
});

describe('the last admin', () => {
  it('is forgotten only once there is another, who is not about to be: of two who ask for that at once, one stays', async () => {
    const erase = async (as: string): Promise<string> => {
      const { status, body } = await station.call('me', 'POST /api/me/erase', { as, body: { understood: true } });
      return status === 200 ? 'done' : body.code;
    };
    const both = await Promise.all([erase(admin), erase(other)]);
    expect(both.toSorted()).toEqual(['done', 'last-admin']);
    const left = both[0] === 'done' ? other : admin;
    expect((await revoke(left, left, 'admin', 'ALL')).body.code).toBe('last-admin');
    expect(await erase(await aPerson(station.store))).toBe('done');
  });

  it('stays; of two who take it from each other at once, one stays', async () => {
    const both = await Promise.all([revoke(admin, other, 'admin', 'ALL'), revoke(other, admin, 'admin', 'ALL')]);
    expect(both.map(({ status }) => status).toSorted()).not.toEqual([200, 200]);
    const left = both[0]?.status === 200 ? admin : other;
    expect((await revoke(left, left, 'admin', 'ALL')).body.code).toBe('last-admin');
    expect((await station.call('roles', 'GET /api/roles', { as: left })).status).toBe(200);
  });
});

describe('whoever is shown by a list that lags behind to be an admin still', () => {
  it('is no reason to let the last one go', async () => {
    const [mine, theirs] = [admin, other].map((personId) => roleItem({ personId, role: 'admin', scope: 'ALL' }));
    const query = async <T>(input: Parameters<Store['query']>[0]) =>
      input.index ? { items: [mine, theirs] as T[] } : await station.store.query<T>(input);
    const deps = { ...engineDeps(station.store, station.world), store: { ...station.store, query } as Store };
    const take = async (personId: string, by: string) =>
      await revokeRole(deps, {
        personId,
        role: 'admin',
        scope: 'ALL',
        by,
        audit: { ConditionCheck: { Key: keys.lock(by), ConditionExpression: 'attribute_exists(pk)' } },
        idempotency: { key: `${by} of ${personId}`, input: '' },
      });
    expect(await take(other, admin)).toEqual({ kind: 'done' });
    await expect(take(admin, admin)).rejects.toThrow(BusyError);
    expect((await station.call('roles', 'GET /api/roles', { as: admin })).status).toBe(200);
  });
});

describe('an admin', () => {
  it('finds somebody by number, and sees no more of them than says who they are', async () => {
    const nurse = await aPerson(station.store, { name: '许若川', phone: '+8613800138000' });
    const found = await act(admin, 'POST /api/roles/people/find', { phone: '138 0013 8000' });
    expect(found.body['items']).toEqual([
      { personId: nurse, name: '许＊＊', phoneLast4: '8000', roles: [], isMe: false },
    ]);
    expect((await log('people')).at(-1)).toMatchObject({ action: 'person-looked-up', by: admin, subjects: [nurse] });
  });

  it('sees who has which role where, and who gave it', async () => {
    await grant(admin, await aPerson(station.store, { name: '田知秋' }), 'staff', 'central');
    const list = await station.call<{ items: Record<string, unknown>[] }>('roles', 'GET /api/roles', { as: admin });
    expect(list.body.items.filter(({ role }) => role === 'admin')).toMatchObject([{ isMe: true }, { isMe: false }]);
    expect(list.body.items.find(({ name }) => name === '田知秋')).toMatchObject({ role: 'staff', by: '管平川' });
  });
});

describe('what lets somebody with a role in', () => {
  const NEW = '+8613700001234';
  const profileOf = async () => await station.store.get<ProfileItem>(keys.profile(station.staff), { consistent: true });
  const ask = async (as: string, more: object = {}, key?: string) =>
    await act(
      as,
      'POST /api/roles/changes/phone',
      {
        personId: station.staff,
        phone: NEW,
        was: ((await profileOf())?.phone ?? '').slice(-4),
        besides: [],
        knownBy: 'document',
        reason: '手机丢失',
        ...more,
      },
      key,
    );
  const decide = async (as: string, changeId: unknown, what: 'approve' | 'reject', version = 1, key?: string) =>
    await station.call<Record<string, unknown>>('roles', `POST /api/roles/changes/{changeId}/${what}` as Route, {
      as,
      params: { changeId: String(changeId) },
      body: { version },
      ...(key && { key }),
    });

  it('changes by two admins, never by one, and by nobody at the desk', async () => {
    const desk = await station.call('desk', 'POST /api/desk/people/{personId}/phone', {
      as: station.staff,
      params: { personId: station.staff },
      body: { siteId: 'central', phone: NEW, was: '', knownBy: 'document', reason: '手机丢失', besides: [] },
    });
    expect(desk.status).toBe(409);
    const asked = await ask(admin);
    expect([asked.status, asked.body['mayApprove']]).toEqual([201, false]);
    expect((await decide(admin, asked.body['changeId'], 'approve')).body['code']).toBe('own-request');
    expect((await profileOf())?.phone).not.toBe(NEW);
    const done = await decide(other, asked.body['changeId'], 'approve', 1, 'yes, the other');
    expect([done.status, done.body['status'], done.body['decidedBy']]).toEqual([200, 'approved', '沈砚']);
    expect((await profileOf())?.phone).toBe(NEW);
    // A repeat of the press is the same; the number is kept nowhere else.
    expect((await decide(other, asked.body['changeId'], 'approve', 1, 'yes, the other')).status).toBe(200);
    expect((await decide(other, asked.body['changeId'], 'reject', 2)).body['code']).toBe('wrong-state');
    const item = await station.store.get<AccountChangeItem>(keys.accountChange(String(asked.body['changeId'])), {
      table: 'private',
    });
    expect(JSON.stringify(item)).not.toContain(NEW);
    expect((await log('people')).map(({ by, action }) => [by, action])).toEqual([
      [admin, 'phone-move-asked'],
      [other, 'phone-move-approved'],
    ]);
  });

  it('is not changed after a day, nor when another admin has said no', async () => {
    const late = await ask(admin);
    station.world.advance(24 * 3_600_000);
    expect((await decide(other, late.body['changeId'], 'approve')).body['code']).toBe('wrong-state');
    const second = await ask(admin);
    expect((await decide(other, second.body['changeId'], 'reject')).body['status']).toBe('rejected');
    expect((await decide(other, second.body['changeId'], 'approve', 2)).body['code']).toBe('wrong-state');
    expect((await profileOf())?.phone).not.toBe(NEW);
  });

  it('is done once when two admins approve at once, and not by whom it is about', async () => {
    const third = await aPerson(station.store, { name: '周行', roles: [{ role: 'admin', scope: 'ALL' }] });
    const asked = await ask(admin);
    const both = await Promise.all([other, third].map((as) => decide(as, asked.body['changeId'], 'approve')));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const about = await ask(admin, { personId: other, phone: '+8613700001235', was: '' });
    expect((await decide(other, about.body['changeId'], 'approve')).body['code']).toBe('own-request');
    expect((await ask(admin, { personId: admin })).body.code).toBe('own-request');
  });

  it('as a second fact is set anew the same way, and stored nowhere in digits that could be read', async () => {
    const body = {
      personId: station.staff,
      birthDate: '1985-06-15',
      lastFour: '987X',
      knownBy: 'document',
      reason: '忘记',
    };
    const asked = await act(admin, 'POST /api/roles/changes/second-fact', body);
    const item = await station.store.get<AccountChangeItem>(keys.accountChange(String(asked.body['changeId'])), {
      table: 'private',
    });
    expect(JSON.stringify(item)).not.toMatch(/987x/i);
    expect((await decide(other, asked.body['changeId'], 'approve')).status).toBe(200);
    expect(await profileOf()).toMatchObject({ birthDate: '1985-06-15', secondFact: true });
  });

  it('of somebody without a role is the desk’s alone', async () => {
    expect((await ask(admin, { personId: await aPerson(station.store), was: '' })).body.code).toBe('wrong-state');
  });

  it('is not moved by the desk while a role is being given: one of the two comes first', async () => {
    const donor = await aPerson(station.store, { phone: '+8613600000001' });
    const desk = async (phone: string, was: string) =>
      await station.call('desk', 'POST /api/desk/people/{personId}/phone', {
        as: station.staff,
        params: { personId: donor },
        body: {
          siteId: 'central',
          phone,
          was,
          knownBy: 'document',
          reason: '换号',
          besides: [],
        },
      });
    const [given, moved] = await Promise.all([grant(admin, donor, 'staff', 'central'), desk('+8613600000002', '0001')]);
    expect(given.status).toBe(200);
    // Moved before the role was given, or not at all.
    expect([200, 409]).toContain(moved.status);
    const now = moved.status === 200 ? '0002' : '0001';
    expect((await desk('+8613600000003', now)).body.code).toBe('has-roles');
  });
});
