import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import { untilWritten } from '../erase/step.ts';
import { cutLink } from '../erase/steps.ts';
import type { LinkedItem, NamedItem, PhoneItem, ProfileItem, RoleItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { newMessage } from '../messages.ts';
import { namedWrite } from '../people.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createRoles, rolesAsRead } from '../roles.ts';
import { doubtWrite } from '../second-fact.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type MovePhoneAnswer =
  | { readonly kind: 'done'; readonly profile: ProfileItem }
  | { readonly kind: 'same-number' }
  /** Somebody has the new number whom the caller was not shown, or the old number is no longer the one they saw. */
  | { readonly kind: 'changed-meanwhile' }
  /** Whoever works here could be taken the place of so. */
  | { readonly kind: 'has-roles' }
  /** Being forgotten, or being joined with another record. */
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/** As many subjects as one transaction cuts, beside all else that it writes. */
const AT_ONCE = 30;
const absent = 'attribute_not_exists(pk)';

/**
 * Gives a person another number: one transaction takes the old one away with every device that was let in by it, so that whoever
 * has it by now sees nothing, and leaves the text to it, which nothing else could address any more. Others of either number keep
 * their own; those of the new one are in doubt, as when anybody begins with it, until they are here again.
 */
export async function movePhone(
  deps: EngineDeps,
  input: {
    personId: string;
    phone: string;
    /** The last four of the number that staff saw; empty: none. */
    was: string;
    /** People of the new number whom staff were shown and who are others. */
    besides: readonly string[];
    /** What the text to the old number says and counts for. */
    site: { readonly siteId: string; readonly zone: string; readonly phone: string };
    audit: DraftItem;
    idempotency: Idempotency;
    /** Of somebody with a role: what two admins have agreed on, as it stands now and is written along. */
    approved?: () => Promise<DraftItem[] | 'changed-meanwhile'>;
  },
): Promise<MovePhoneAnswer> {
  const { personId, phone, site } = input;
  const { store } = deps;
  return await withRetries<MovePhoneAnswer>(async () => {
    // Before the links: a device that is let in later has touched the profile by then, or finds the number gone.
    const profile = await store.get<ProfileItem>(keys.profile(personId), { consistent: true });
    if (!profile) return { kind: 'not-found' };
    const known = wasAccepted(profile.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', profile } : { kind: 'key-reused' };
    if (profile.phone === phone) return { kind: 'same-number' };
    if ((profile.phone?.slice(-4) ?? '') !== input.was) return { kind: 'changed-meanwhile' };
    const book = await createRoles(store).book(personId);
    const [roles, there, links, named, ...underWay] = await Promise.all([
      store.query<RoleItem>({ ...partitions.held(personId), consistent: true, limit: 1 }),
      store.query<PhoneItem>({ pk: partitions.phones(phone), consistent: true }),
      store.query<LinkedItem>({ ...partitions.linked(personId), consistent: true }),
      profile.named ? store.get<NamedItem>(keys.named(profile.named), { consistent: true }) : undefined,
      ...underWayKeys(personId).map(async (key) => await store.get(key, { consistent: true })),
    ]);
    if (roles.items.length > 0 && !input.approved) return { kind: 'has-roles' };
    const approved = (await input.approved?.()) ?? [];
    if (approved === 'changed-meanwhile') return { kind: approved };
    if (underWay.some((it) => it !== undefined)) return { kind: 'wrong-state' };
    const others = there.items.map((it) => it.personId).filter((id) => id !== personId);
    if (others.some((id) => !input.besides.includes(id))) return { kind: 'changed-meanwhile' };
    const cut = links.items.slice(0, AT_ONCE);
    for (const { subject } of links.items.slice(AT_ONCE)) {
      await untilWritten(deps, async () => await cutLink(store, personId, subject));
    }

    const now = nowOf(deps);
    const { named: digest, doubtedAt: _, seenAt, ...rest } = profile;
    const after: ProfileItem = {
      ...rest,
      phone,
      // They were at the desk, or on its phone.
      seenAt: now,
      accepted: accept(profile.accepted, input.idempotency),
      version: profile.version + 1,
    };
    const result = await store.transact([
      {
        Put: {
          Item: { ...after, ...keys.profile(personId) },
          ConditionExpression: `#version = :version AND ${seenAt ? '#seenAt = :seenAt' : 'attribute_not_exists(#seenAt)'}`,
          ExpressionAttributeNames: { '#version': 'version', '#seenAt': 'seenAt' },
          ExpressionAttributeValues: { ':version': profile.version, ...(seenAt && { ':seenAt': seenAt }) },
        },
      },
      { Put: { Item: { ...keys.phone(phone, personId), kind: 'phone', personId } satisfies PhoneItem & object } },
      ...(profile.phone ? [{ Delete: { Key: keys.phone(profile.phone, personId) } }] : []),
      ...(digest && named?.people.includes(personId)
        ? [
            namedWrite(
              digest,
              named,
              named.people.filter((id) => id !== personId),
            ),
          ]
        : []),
      ...(await Promise.all(cut.map(async ({ subject }) => await cutLink(store, personId, subject)))).flat(),
      ...others.map((id) => doubtWrite(id, now)),
      ...underWayKeys(personId).map((Key): DraftItem => ({ ConditionCheck: { Key, ConditionExpression: absent } })),
      ...(profile.phone ? [told(personId, profile.phone, after, site, now)] : []),
      rolesAsRead(personId, book),
      ...approved,
      input.audit,
    ]);
    return result.ok ? { kind: 'done', profile: after } : AGAIN;
  }, deps);
}

/** Notes that the person is being forgotten, or that a record is becoming part of another. */
export const underWayKeys = (personId: string) => [
  keys.erasure(personId),
  keys.mergedInto(personId),
  keys.mergeUnderWay(personId),
];

/** Says nothing of whose number it was: its next owner may read it. */
function told(
  personId: string,
  to: string,
  after: ProfileItem,
  site: { readonly siteId: string; readonly zone: string; readonly phone: string },
  now: string,
): DraftItem {
  const message = newMessage({
    personId,
    template: 'phone-moved',
    subject: personId,
    version: after.version,
    scope: site.siteId,
    zone: site.zone,
    params: { phone: site.phone },
    to,
    now,
  });
  return {
    Put: { Item: { ...keys.message(personId, message.messageId), ...message }, ConditionExpression: absent },
  };
}
