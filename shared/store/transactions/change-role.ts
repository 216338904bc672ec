import { isAskedSooner } from '../../domain/factor.ts';
import { grantFault, type Held } from '../../domain/roles.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { asRead } from '../as-read.ts';
import type { DraftItem } from '../client.ts';
import { endFactorSessions } from '../factors.ts';
import type { FactorItem, ProfileItem, RoleBookItem, RoleItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createRoles, roleItem } from '../roles.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { underWayKeys } from './move-phone.ts';

type Deps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;
type Change = Held & { personId: string; by: string; audit: DraftItem; idempotency: Idempotency };

export type RoleAnswer =
  | { readonly kind: 'done' }
  /** Has the role already, has no number to sign in by, or is being forgotten or joined with another record. */
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'own-role' | 'roles-apart' | 'last-admin' | 'not-found' | 'key-reused' };

const absent = 'attribute_not_exists(pk)';
const present = 'attribute_exists(pk)';

/** Gives somebody a role, from their next request on. */
export async function grantRole(deps: Deps, input: Change): Promise<RoleAnswer> {
  const { personId, role, scope, by } = input;
  return await changing(deps, input, async (held, now) => {
    const fault = grantFault({ by, to: personId, held, role });
    if (fault) return { kind: fault };
    if (held.some((it) => it.role === role && it.scope === scope)) return { kind: 'wrong-state' };
    const [profile, ...underWay] = await deps.store.batchGet([keys.profile(personId), ...underWayKeys(personId)], {
      consistent: true,
    });
    if (!profile) return { kind: 'not-found' };
    if (!(profile as ProfileItem).phone || underWay.some((it) => it !== undefined)) return { kind: 'wrong-state' };
    return [
      {
        Put: {
          Item: { ...keys.role(personId, role, scope), ...roleItem({ personId, role, scope }, { since: now, by }) },
          ConditionExpression: absent,
        },
      },
      { ConditionCheck: { Key: keys.profile(personId), ConditionExpression: present } },
      ...underWayKeys(personId).map((Key): DraftItem => ({ ConditionCheck: { Key, ConditionExpression: absent } })),
      // What was shown before holds for longer than this role allows.
      ...(isAskedSooner(role, held) ? await shownEnds(deps, personId) : []),
    ];
  });
}

/** Takes a role from somebody, from their next request on. An admin stays: who that is must still be one when it is done. */
export async function revokeRole(deps: Deps, input: Change): Promise<RoleAnswer> {
  const { personId, role, scope } = input;
  return await changing(deps, input, async (held) => {
    if (!held.some((it) => it.role === role && it.scope === scope)) return { kind: 'not-found' };
    const Key = keys.role(personId, role, scope);
    // What was shown for it goes with it: whoever is given a role again shows their second factor again.
    const gone: DraftItem[] = [{ Delete: { Key, ConditionExpression: present } }, ...(await shownEnds(deps, personId))];
    if (role !== 'admin') return gone;
    const stays = await createRoles(deps.store).anotherAdmin(personId);
    return stays ? [...gone, ...stays] : { kind: 'last-admin' };
  });
}

/** What ends all that was shown. Whoever shows it in between changes their factor, and then this begins anew. */
async function shownEnds({ store }: Deps, personId: string): Promise<DraftItem[]> {
  const Key = keys.factor(personId);
  const factor = await store.get<FactorItem>(Key, { consistent: true, table: 'private' });
  return [
    { ConditionCheck: { Key, table: 'private', ...asRead(factor) } },
    ...(await endFactorSessions(store, personId)),
  ];
}

/** One change of a person's roles after another: what was decided on is what is changed. */
async function changing(
  deps: Deps,
  { personId, audit, idempotency }: Change,
  decide: (held: readonly RoleItem[], now: string) => Promise<RoleAnswer | DraftItem[]>,
): Promise<RoleAnswer> {
  const roles = createRoles(deps.store);
  return await withRetries<RoleAnswer>(async () => {
    const book = await roles.book(personId);
    const known = wasAccepted(book?.accepted ?? [], idempotency);
    if (known) return { kind: known === 'same' ? 'done' : 'key-reused' };
    const decided = await decide(await roles.of(personId), nowOf(deps));
    if (!Array.isArray(decided)) {
      // Not for what this same press has done in the meantime.
      return (await roles.book(personId))?.version === book?.version ? decided : AGAIN;
    }
    const after: RoleBookItem = {
      kind: 'role-book',
      personId,
      accepted: accept(book?.accepted ?? [], idempotency),
      version: (book?.version ?? 0) + 1,
    };
    const result = await deps.store.transact([
      ...decided,
      { Put: { Item: { ...keys.roleBook(personId), ...after }, ...asRead(book) } },
      audit,
    ]);
    return result.ok ? { kind: 'done' } : AGAIN;
  }, deps);
}
