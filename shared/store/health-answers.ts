import type { PrecheckAnswer } from '../domain/precheck.ts';
import type { ConsentPurpose } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import type { AnswersItem, ConsentItem, ElsewhereItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';

/** What people told of their health, what they agreed to, and the donations they declared. All of it in the private table. */
export function createHealthAnswers(store: Store) {
  const strong = { consistent: true, table: 'private' } as const;
  return {
    async answers(personId: string): Promise<AnswersItem | undefined> {
      return await store.get<AnswersItem>(keys.answers(personId), strong);
    },
    async consent(personId: string, purpose: ConsentPurpose): Promise<ConsentItem | undefined> {
      return await store.get<ConsentItem>(keys.consent(personId, purpose), strong);
    },
    async consents(personId: string): Promise<ConsentItem[]> {
      return (await store.query<ConsentItem>({ pk: partitions.consents(personId), ...strong })).items;
    },
    /** Newest first. There are few: see MOST_DECLARED. */
    async elsewhere(personId: string): Promise<ElsewhereItem[]> {
      const { items } = await store.query<ElsewhereItem>({ pk: partitions.elsewhere(personId), ...strong });
      return items.toSorted((a, b) => (a.date > b.date ? -1 : 1));
    },
  };
}

export type DeclaredRecord = {
  readonly answers: Readonly<Record<string, readonly PrecheckAnswer[]>>;
  readonly consents: readonly Pick<ConsentItem, 'purpose' | 'given' | 'wording' | 'at' | 'history'>[];
  readonly donationsElsewhere: readonly Omit<ElsewhereItem, 'kind' | 'personId' | 'accepted' | 'version'>[];
};

/** Everything a person has declared, for their own export. */
export async function exportDeclared(store: Store, personId: string): Promise<DeclaredRecord> {
  const declared = createHealthAnswers(store);
  const [answers, consents, elsewhere] = await Promise.all([
    declared.answers(personId),
    declared.consents(personId),
    declared.elsewhere(personId),
  ]);
  return {
    answers: answers?.packs ?? {},
    consents: consents.map(({ purpose, given, wording, at, history }) => ({ purpose, given, wording, at, history })),
    donationsElsewhere: elsewhere.map(({ kind: _, personId: __, accepted: ___, version: ____, ...told }) => told),
  };
}

/** Deletes an item of the private table at the version it was read; read as absent, it must still be. */
export function removal(key: { pk: string; sk: string }, version: number | undefined): DraftItem {
  return {
    Delete: {
      table: 'private',
      Key: key,
      ...(version === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          }),
    },
  };
}

/** Writes an item of the private table over the version it was made from; a first one where there must be none. */
export function replacement(
  key: { pk: string; sk: string },
  item: AnswersItem | ConsentItem | ElsewhereItem,
): DraftItem {
  const first = item.version === 1;
  return {
    Put: {
      table: 'private',
      Item: { ...key, ...item },
      ConditionExpression: first ? 'attribute_not_exists(pk)' : '#version = :version',
      ...(!first && {
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': item.version - 1 },
      }),
    },
  };
}
