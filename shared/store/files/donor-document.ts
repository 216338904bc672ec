import type { IdentityDocument } from '../../domain/identity-document.ts';
import type { DraftItem } from '../client.ts';
import { createDocuments } from '../documents.ts';
import type { DocumentItem, DocumentOfItem, ProfileItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { presentId } from '../merge/merges.ts';
import { nowOf } from '../transactions/deps.ts';
import { type RowContext, type RowDeps, sourceOf } from './row-deps.ts';

/** What is known of a row's document: whose it is, and by which row it became so. */
export type DonorDocument = {
  readonly document: IdentityDocument;
  readonly index: string;
  readonly ownerId: string | undefined;
};

export async function findDocument(deps: RowDeps, document: IdentityDocument): Promise<DonorDocument> {
  const { index, item } = await createDocuments(deps.store, deps.identityKey).find(document);
  return { document, index, ownerId: item && (await presentId(deps.store, item.personId)) };
}

/** A name without what makes no difference between two ways to write it. */
const plainName = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/[\s·]/g, '');

/**
 * The person who has shown a row's document before, if they may be whom the row names: one digit wrong in a file is another person's
 * number, and a history is not given away on that alone.
 */
export async function ownerNamed(deps: RowDeps, ownerId: string, name: string | undefined): Promise<boolean> {
  const profile = await deps.store.get<ProfileItem>(keys.profile(ownerId), { consistent: true });
  return !profile?.name || !name || plainName(profile.name) === plainName(name);
}

/** Whether somebody has another document of this kind already. Only of residents is it sure that they have one. */
export async function hasAnother(
  deps: RowDeps,
  personId: string,
  { document, index }: DonorDocument,
): Promise<boolean> {
  if (document.type !== 'resident') return false;
  const { items } = await deps.store.query<DocumentOfItem>({
    pk: partitions.documentsOf(personId),
    consistent: true,
    table: 'private',
  });
  const others = await Promise.all(
    items
      .filter((it) => it.index !== index)
      .map(
        async (it) =>
          await deps.store.get<DocumentItem>(keys.document(it.index), { consistent: true, table: 'private' }),
      ),
  );
  return others.some((it) => it?.type === 'resident');
}

/** What makes a row's document its donor's, where it is nobody's yet. */
export async function claimOf(
  deps: RowDeps,
  context: RowContext,
  { document, ownerId }: DonorDocument,
  personId: string,
): Promise<DraftItem[]> {
  if (ownerId !== undefined) return [];
  return await createDocuments(deps.store, deps.identityKey).claim(document, {
    personId,
    staff: context.by,
    siteId: context.site.siteId,
    now: nowOf(deps),
    claimedFor: sourceOf(context),
  });
}

/** Whether this very row has claimed it, before a crash. */
export async function isOwnClaim(
  deps: RowDeps,
  context: RowContext,
  { index, ownerId }: DonorDocument,
): Promise<boolean> {
  if (ownerId === undefined) return false;
  const key = keys.documentOf(ownerId, index);
  const back = await deps.store.get<DocumentOfItem>(key, { consistent: true, table: 'private' });
  return back?.claimedFor === sourceOf(context);
}
