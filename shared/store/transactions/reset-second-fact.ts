import { createHmac } from 'node:crypto';
import type { LocalDate } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import type { IdentityItem, LockItem, ProfileItem, RoleItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { unpackLock } from '../lock.ts';
import { newMessage } from '../messages.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createRoles, rolesAsRead } from '../roles.ts';
import { identityItem, type SecondFact } from '../second-fact.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { underWayKeys } from './move-phone.ts';
import { factsWrite } from './redecide.ts';

export type ResetSecondFactAnswer =
  | { readonly kind: 'done'; readonly profile: ProfileItem }
  /** Whoever works here could be taken the place of so. */
  | { readonly kind: 'has-roles' }
  /** Being forgotten or joined with another record, or without a number to sign in by. */
  | { readonly kind: 'changed-meanwhile' | 'wrong-state' | 'not-found' | 'key-reused' };

const absent = 'attribute_not_exists(pk)';

/**
 * What a person says on a new device, as staff have read it from their document: in place of what was forgotten or mistyped. The
 * number may try anew today, and is told, should it not have been the person. A corrected birth date is the rules' too.
 */
export async function resetSecondFact(
  deps: EngineDeps,
  input: {
    personId: string;
    fact: SecondFact | { readonly birthDate: LocalDate; readonly digest: string };
    /** The key of the digests of second facts. */
    key: string;
    site: { readonly siteId: string; readonly zone: string; readonly phone: string };
    audit: DraftItem;
    idempotency: Idempotency;
    /** Of somebody with a role: what two admins have agreed on, as it stands now and is written along. */
    approved?: () => Promise<DraftItem[] | 'changed-meanwhile'>;
  },
): Promise<ResetSecondFactAnswer> {
  const { personId, fact, key, site } = input;
  const { store } = deps;
  // What remembers calls is not where so few digits may be tried out.
  const idempotency = {
    ...input.idempotency,
    input: createHmac('sha256', key).update(input.idempotency.input).digest('base64url').slice(0, 22),
  };
  return await withRetries<ResetSecondFactAnswer>(async () => {
    const [profile, lockItem] = (await store.batchGet([keys.profile(personId), keys.lock(personId)], {
      consistent: true,
    })) as [ProfileItem | undefined, LockItem | undefined];
    if (!profile || !lockItem) return { kind: 'not-found' };
    const known = wasAccepted(profile.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', profile } : { kind: 'key-reused' };
    if (!profile.phone) return { kind: 'wrong-state' };
    const book = await createRoles(store).book(personId);
    const [roles, identity, ...underWay] = await Promise.all([
      store.query<RoleItem>({ ...partitions.held(personId), consistent: true, limit: 1 }),
      store.get<IdentityItem>(keys.identity(personId), { consistent: true, table: 'private' }),
      ...underWayKeys(personId).map(async (it) => await store.get(it, { consistent: true })),
    ]);
    if (roles.items.length > 0 && !input.approved) return { kind: 'has-roles' };
    const approved = (await input.approved?.()) ?? [];
    if (approved === 'changed-meanwhile') return { kind: approved };
    if (underWay.some((it) => it !== undefined)) return { kind: 'wrong-state' };

    const now = nowOf(deps);
    const after: ProfileItem = {
      ...profile,
      birthDate: fact.birthDate,
      secondFact: true,
      accepted: accept(profile.accepted, idempotency),
      version: profile.version + 1,
    };
    const lock = unpackLock(lockItem);
    const message = newMessage({
      personId,
      template: 'second-fact-reset',
      subject: personId,
      version: after.version,
      scope: site.siteId,
      zone: site.zone,
      params: { phone: site.phone },
      // To the number that was theirs when it was done, should that be moved meanwhile.
      to: profile.phone,
      now,
    });
    const result = await store.transact([
      {
        Put: {
          Item: { ...after, ...keys.profile(personId) },
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': profile.version },
        },
      },
      identityItem(
        { personId, now, ...('digest' in fact ? { digest: fact.digest } : { lastFour: fact.lastFour, key }) },
        identity,
      ),
      { Delete: { Key: keys.tries(profile.phone), table: 'private' } },
      ...(await factsWrite(deps, lock, { ...lock.facts, birthDate: fact.birthDate })),
      ...underWayKeys(personId).map((Key): DraftItem => ({ ConditionCheck: { Key, ConditionExpression: absent } })),
      { Put: { Item: { ...keys.message(personId, message.messageId), ...message }, ConditionExpression: absent } },
      rolesAsRead(personId, book),
      ...approved,
      input.audit,
    ]);
    return result.ok ? { kind: 'done', profile: after } : AGAIN;
  }, deps);
}
