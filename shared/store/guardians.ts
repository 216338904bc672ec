import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { GuardianCodeItem, GuardianItem } from './items/index.ts';
import { type Key, keys, partitions } from './keys.ts';

/** Replaces what a guardian has said, provided nobody has since it was read. */
export const guardianWrite = (after: GuardianItem, before: GuardianItem | undefined): DraftItem => ({
  Put: { Item: { ...after, ...keys.guardian(after.personId, after.organisationId) }, ...asRead(before) },
});

export const guardianCodeWrite = (code: string, { personId, organisationId }: GuardianItem): DraftItem => {
  const item: GuardianCodeItem = { kind: 'guardian-code', personId, organisationId };
  return { Put: { Item: { ...item, ...keys.guardianCode(code) }, ConditionExpression: 'attribute_not_exists(pk)' } };
};

/** The same link, of somebody whose two records have become one. */
export const guardianCodeMoved = (code: string, { personId, organisationId }: GuardianItem): DraftItem => ({
  Put: {
    Item: { kind: 'guardian-code', personId, organisationId, ...keys.guardianCode(code) } satisfies GuardianCodeItem &
      Key,
  },
});

export function createGuardians(store: Store) {
  const get = async (personId: string, organisationId: string): Promise<GuardianItem | undefined> =>
    await store.get<GuardianItem>(keys.guardian(personId, organisationId), { consistent: true });
  return {
    get,
    async ofPerson(personId: string): Promise<GuardianItem[]> {
      return await queryAll<GuardianItem>(store, { pk: partitions.guardians(personId), consistent: true });
    },
    /** What a code opens, for as long as it is the last that was texted. */
    async byCode(code: string): Promise<GuardianItem | undefined> {
      const found = await store.get<GuardianCodeItem>(keys.guardianCode(code), { consistent: true });
      const item = found && (await get(found.personId, found.organisationId));
      return item?.code === code ? item : undefined;
    },
  };
}

/** Of several people at once, by person: what their guardians have said to an organisation. */
export async function guardiansOf(
  store: Store,
  people: readonly string[],
  organisationId: string,
): Promise<ReadonlyMap<string, GuardianItem>> {
  const items = (await store.batchGet(
    [...new Set(people)].map((personId) => keys.guardian(personId, organisationId)),
  )) as (GuardianItem | undefined)[];
  return new Map(items.flatMap((item) => (item ? [[item.personId, item]] : [])));
}
