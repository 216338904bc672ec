import { type IdentityDocument, lastFourOf } from '../domain/identity-document.ts';
import { INSURED_WORDING } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem } from './client.ts';
import type { ShownDocument } from './documents.ts';
import { deriveKey, openSealed, sealText } from './envelope.ts';
import type { InsuredItem } from './items/index.ts';
import { keys } from './keys.ts';
import { AGAIN, withRetries } from './retry.ts';
import { activeCheck } from './transactions/check-in.ts';
import { type EngineDeps, nowOf } from './transactions/deps.ts';

export type InsuredAnswer =
  | { readonly kind: 'done'; readonly item: InsuredItem | undefined }
  /** There is a number already, which is its owner's to change. */
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'key-reused' };

/** The documents under which volunteers are insured. `secret`: the deployment's key of identity numbers, asked for when it is needed. */
export function createInsured(deps: EngineDeps, secret: () => Promise<string>) {
  const { store } = deps;
  const wrapKey = async () => deriveKey(await secret(), 'nuanliu insured wrap');
  const get = async (personId: string): Promise<InsuredItem | undefined> =>
    await store.get<InsuredItem>(keys.insured(personId), { consistent: true, table: 'private' });

  /** Replaces what there is, as long as nobody has since it was read, of somebody who is not being forgotten. */
  const changing = async (
    personId: string,
    idempotency: Idempotency,
    change: (before: InsuredItem | undefined) => Promise<InsuredAnswer | Pick<InsuredItem, 'type' | 'sealed' | 'by'>>,
    also: readonly DraftItem[],
  ): Promise<InsuredAnswer> =>
    await withRetries<InsuredAnswer>(async () => {
      const before = await get(personId);
      const known = before && wasAccepted(before.accepted, idempotency);
      if (known) return known === 'same' ? { kind: 'done', item: before } : { kind: 'key-reused' };
      const next = await change(before);
      if ('kind' in next) return next;
      const item: InsuredItem = {
        kind: 'insured',
        personId,
        ...next,
        at: nowOf(deps),
        wording: INSURED_WORDING,
        accepted: accept(before?.accepted ?? [], idempotency),
        version: (before?.version ?? 0) + 1,
      };
      const result = await store.transact([
        { Put: { Item: { ...item, ...keys.insured(personId) }, table: 'private', ...asRead(before) } },
        activeCheck(personId),
        ...also,
      ]);
      return result.ok ? { kind: 'done', item } : AGAIN;
    }, deps);

  return {
    get,

    /** By person, of as many as are asked for. */
    async ofPeople(people: readonly string[]): Promise<ReadonlyMap<string, InsuredItem>> {
      const items = (await store.batchGet(people.map(keys.insured), { consistent: true, table: 'private' })) as (
        | InsuredItem
        | undefined
      )[];
      return new Map(items.flatMap((item) => (item?.sealed ? [[item.personId, item]] : [])));
    },

    /** What a list of the insured holds; nobody else is shown it. */
    async numberOf({ personId, sealed }: InsuredItem): Promise<string> {
      return sealed ? openSealed(await wrapKey(), sealed, personId) : '';
    },

    /** A document as its owner sees it again. */
    async shown(item: InsuredItem): Promise<ShownDocument | undefined> {
      return item.type && item.sealed
        ? { type: item.type, lastFour: lastFourOf(openSealed(await wrapKey(), item.sealed, item.personId)) }
        : undefined;
    },

    /** Keeps a document. What an organiser was shown (`by` is not the person) replaces nothing that stands. */
    async keep(input: {
      readonly personId: string;
      readonly document: IdentityDocument;
      readonly by: string;
      readonly idempotency: Idempotency;
      readonly also?: readonly DraftItem[];
    }): Promise<InsuredAnswer> {
      const { personId, document, by, idempotency, also = [] } = input;
      const wrap = await wrapKey();
      return await changing(
        personId,
        idempotency,
        async (before) =>
          by !== personId && before?.sealed
            ? { kind: 'wrong-state' }
            : { type: document.type, sealed: sealText(wrap, document.number, personId), by },
        also,
      );
    },

    /** Takes it back: nothing of it is left. */
    async takeBack(personId: string, idempotency: Idempotency): Promise<InsuredAnswer> {
      return await changing(
        personId,
        idempotency,
        async (before) => (before?.sealed ? { by: personId } : { kind: 'done', item: before }),
        [],
      );
    },
  };
}
