import { createHmac } from 'node:crypto';
import { type IdentityDocument, lastFourOf } from '../domain/identity-document.ts';
import type { DocumentType, Instant } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import { deriveKey, openSealed, sealText } from './envelope.ts';
import type { DocumentItem, DocumentOfItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';

/** Two keys of one secret, so that what finds a number can never open one. */
const derive = (secret: string, what: 'index' | 'wrap'): Buffer =>
  deriveKey(secret, `nuanliu identity document ${what}`);

/** The digest by which a document is found. */
export const documentIndex = (secret: string, { type, number }: Pick<IdentityDocument, 'type' | 'number'>): string =>
  createHmac('sha256', derive(secret, 'index'))
    .update(JSON.stringify([type, number]))
    .digest('base64url');

/** Whose a document becomes, where and before whom; `claimedFor`: at which booking's check-in, or by which row of a file. */
type Claim = {
  readonly personId: string;
  readonly staff: string;
  readonly siteId: string;
  readonly now: Instant;
  readonly claimedFor?: string;
};

/** A document as staff see it: never more of the number than its end. */
export type ShownDocument = { readonly type: DocumentType; readonly lastFour: string };

export type Documents = ReturnType<typeof createDocuments>;

/** Whose documents are whose. `secret`: the deployment's key of them, asked for when it is needed. */
export function createDocuments(store: Store, secret: () => Promise<string>) {
  const byIndex = async (index: string): Promise<DocumentItem | undefined> =>
    await store.get<DocumentItem>(keys.document(index), { consistent: true, table: 'private' });

  return {
    /** The index of a document, and the item of whoever has claimed it. */
    async find(document: IdentityDocument): Promise<{ index: string; item: DocumentItem | undefined }> {
      const index = documentIndex(await secret(), document);
      return { index, item: await byIndex(index) };
    },

    /** What claims a document nobody has: a transaction with it fails where somebody was first. */
    async claim(document: IdentityDocument, by: Claim): Promise<DraftItem[]> {
      const key = await secret();
      return claimItems(key, document, by);
    },

    /** A person's documents, masked. */
    async shown(personId: string): Promise<ShownDocument[]> {
      const { items } = await store.query<DocumentOfItem>({
        pk: partitions.documentsOf(personId),
        consistent: true,
        table: 'private',
      });
      if (items.length === 0) return [];
      const key = await secret();
      const found = await Promise.all(items.map(async ({ index }) => ({ index, item: await byIndex(index) })));
      return found.flatMap(({ index, item }) =>
        item ? [{ type: item.type, lastFour: lastFourOf(openSealed(derive(key, 'wrap'), item.sealed, index)) }] : [],
      );
    },

    /**
     * A digest of what a call sent, for what remembers it: a number is short enough to be guessed from a plain one, and what
     * remembers calls is not where numbers may be found.
     */
    async blind(digest: string): Promise<string> {
      return createHmac('sha256', derive(await secret(), 'index'))
        .update(digest)
        .digest('base64url')
        .slice(0, 22);
    },
  };
}

export function claimItems(secret: string, document: IdentityDocument, by: Claim): DraftItem[] {
  const index = documentIndex(secret, document);
  const item: DocumentItem = {
    kind: 'document',
    personId: by.personId,
    type: document.type,
    sealed: sealText(derive(secret, 'wrap'), document.number, index),
    claimedAt: by.now,
    claimedBy: by.staff,
    siteId: by.siteId,
    version: 1,
  };
  const back: DocumentOfItem = {
    kind: 'document-of',
    personId: by.personId,
    index,
    ...(by.claimedFor && { claimedFor: by.claimedFor }),
  };
  return [
    {
      Put: {
        Item: { ...keys.document(index), ...item },
        table: 'private',
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    { Put: { Item: { ...keys.documentOf(by.personId, index), ...back }, table: 'private' } },
  ];
}
