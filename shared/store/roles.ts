import type { Instant, Role } from '../domain/vocabulary.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Page, Store } from './client.ts';
import type { AccountChangeItem, OrganisationItem, RoleBookItem, RoleItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';

/** A role as it is stored, in the list of everybody who has one. */
export const roleItem = (
  held: { personId: string; role: Role; scope: string },
  given?: { since: Instant; by: string },
): RoleItem => ({
  kind: 'role',
  ...held,
  ...given,
  gsi1pk: indexes.holders(),
  gsi1sk: indexes.holdersSort(held.role, held.scope, held.personId),
});

/** That nobody has given or taken a role of this person since this was read. */
export const rolesAsRead = (personId: string, book: RoleBookItem | undefined): DraftItem => ({
  ConditionCheck: { Key: keys.roleBook(personId), ...asRead(book) },
});

export function createRoles(store: Store) {
  return {
    async book(personId: string): Promise<RoleBookItem | undefined> {
      return await store.get<RoleBookItem>(keys.roleBook(personId), { consistent: true });
    },
    async of(personId: string): Promise<RoleItem[]> {
      return (await store.query<RoleItem>({ ...partitions.held(personId), consistent: true })).items;
    },
    /** Everybody who has a role, by role and what it is of. From an index: a moment behind. */
    async holders(page: { limit: number; start?: Record<string, unknown> }): Promise<Page<RoleItem>> {
      return await store.query<RoleItem>({ pk: indexes.holders(), index: 'gsi1', ...page });
    },
    /** Some of those who have a role, as of a moment ago. */
    async some(role: Role): Promise<RoleItem[]> {
      return (await store.query<RoleItem>({ pk: indexes.holders(), skPrefix: indexes.holdersOf(role), index: 'gsi1' }))
        .items;
    },
    /**
     * What a write by which an admin goes has to rest on: that another stays, who is not about to be forgotten. Undefined: there
     * is none.
     */
    async anotherAdmin(personId: string): Promise<DraftItem[] | undefined> {
      const others = (await this.some('admin')).filter((it) => it.personId !== personId);
      const leaving = await store.batchGet(
        others.map((it) => keys.erasure(it.personId)),
        { consistent: true },
      );
      const other = others.find((_, n) => leaving[n] === undefined);
      return (
        other && [
          {
            ConditionCheck: {
              Key: keys.role(other.personId, other.role, other.scope),
              ConditionExpression: 'attribute_exists(pk)',
            },
          },
          { ConditionCheck: { Key: keys.erasure(other.personId), ConditionExpression: 'attribute_not_exists(pk)' } },
        ]
      );
    },
    async organisation(organisationId: string): Promise<OrganisationItem | undefined> {
      return await store.get<OrganisationItem>(keys.organisation(organisationId));
    },
    async organisations(): Promise<OrganisationItem[]> {
      return (await store.query<OrganisationItem>({ pk: partitions.organisations() })).items;
    },
    async change(changeId: string): Promise<AccountChangeItem | undefined> {
      return await store.get<AccountChangeItem>(keys.accountChange(changeId), { consistent: true, table: 'private' });
    },
    /** What was asked of accounts of the staff in the last weeks, the newest first. */
    async changes(): Promise<AccountChangeItem[]> {
      const { items } = await store.query<AccountChangeItem>({
        pk: partitions.accountChanges(),
        consistent: true,
        table: 'private',
      });
      return items.toSorted((a, b) => (a.askedAt < b.askedAt ? 1 : -1));
    },
  };
}
