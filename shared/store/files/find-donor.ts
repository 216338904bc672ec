import { createHmac } from 'node:crypto';
import type { DonorRow, RowRefusal } from '../../domain/files/rows.ts';
import type { EligibilityFacts } from '../../domain/refusal.ts';
import type { Language } from '../../domain/vocabulary.ts';
import type { DraftItem } from '../client.ts';
import type { DonorRefItem, KnownAsItem, LoadedFrom, LockItem, MergedItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { type Lock, unpackLock } from '../lock.ts';
import { newPersonItems } from '../people.ts';
import { createSecondFacts, identityItem } from '../second-fact.ts';
import { nowOf } from '../transactions/deps.ts';
import { type DonorDocument, findDocument, hasAnother, ownerNamed } from './donor-document.ts';
import type { RowDeps } from './row-deps.ts';

/** Whom a row means, as far as anything is known of them. */
export type FoundDonor =
  | {
      readonly kind: 'found';
      readonly lock: Lock;
      readonly refs: readonly Ref[];
      readonly from: LoadedFrom | undefined;
      readonly paper: DonorDocument | undefined;
    }
  | { readonly kind: 'new'; readonly refs: readonly Ref[]; readonly paper: DonorDocument | undefined };

/** By which a later row of any file will find them: `before` as it was read. */
type Ref = { readonly digest: string; readonly before: DonorRefItem | undefined };

/** What the station's files know a donor by is health data in itself: only a key that is elsewhere turns it into a reference. */
const digestOf = (key: string, parts: readonly string[]): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['donor-ref', ...parts]))
    .digest('base64url');

/** The number is the site's own; name, phone and birth date together are the same person's anywhere. */
function digestsOf(key: string, siteId: string, { donorNo, name, phone, birthDate }: DonorRow): string[] {
  return [
    ...(donorNo ? [digestOf(key, ['number', siteId, donorNo])] : []),
    ...(name && phone && birthDate
      ? [digestOf(key, ['person', phone, birthDate, name.toLowerCase().replaceAll(/[\s·]/g, '')])]
      : []),
  ];
}

/**
 * Whom a row is about: known from the station's files before; else somebody who has signed in with this number and whose birth date
 * and last four are these, as a sign-in on a new device would have it; else whoever has shown the row's document, under the same name;
 * else somebody new. A phone number alone finds nobody.
 */
export async function findDonor(deps: RowDeps, siteId: string, donor: DonorRow): Promise<FoundDonor | RowRefusal> {
  const key = await deps.secret();
  const digests = digestsOf(key, siteId, donor);
  const stored = (await deps.store.batchGet(digests.map(keys.donorRef), { consistent: true })) as (
    | DonorRefItem
    | undefined
  )[];
  const refs = digests.map((digest, n): Ref => ({ digest, before: stored[n] }));
  const known = refs.filter(({ before }) => before !== undefined);
  if (known.some(({ before }) => before?.personId === undefined)) return { why: 'donor-erased' };
  const paper = donor.document && (await findDocument(deps, donor.document));
  const ids = new Set(known.map(({ before }) => before?.personId as string));
  if (ids.size === 0) {
    const personId = (await signedIn(deps, donor)) ?? paper?.ownerId;
    if (personId === undefined) return { kind: 'new', refs, paper };
    if (personId === paper?.ownerId && !(await ownerNamed(deps, personId, donor.name))) return TAKEN;
    ids.add(personId);
  }
  const items = await Promise.all([...ids].map(async (id) => await lockOf(deps, id)));
  const [item] = items;
  if (!item || items.some((each) => each?.status !== 'active')) return { why: 'donor-erased' };
  // The number says one person and the name another.
  if (items.some((each) => each?.personId !== item.personId)) return { field: 'donorNo', why: 'donor-differs' };
  const lock = unpackLock(item);
  if (donor.birthDate && lock.facts.birthDate && donor.birthDate !== lock.facts.birthDate) {
    return { field: 'birthDate', why: 'donor-differs' };
  }
  if (donor.document?.sex && lock.facts.sex && donor.document.sex !== lock.facts.sex) {
    return { field: 'sex', why: 'donor-differs' };
  }
  if (paper && (paper.ownerId ?? lock.personId) !== lock.personId) return TAKEN;
  if (paper && (await hasAnother(deps, lock.personId, paper))) return TAKEN;
  return { kind: 'found', lock, refs, from: known[0]?.before?.loadedFrom, paper };
}

/** One document is one donor's. Whose it is, the report does not say. */
const TAKEN: RowRefusal = { field: 'identity', why: 'document-taken' };

/** Of the person, or of whom their record has been joined to since. */
async function lockOf(deps: RowDeps, personId: string): Promise<LockItem | undefined> {
  for (let id = personId; ; ) {
    const item = await deps.store.get<LockItem>(keys.lock(id), { consistent: true });
    if (item?.status === 'active') return item;
    const merged = await deps.store.get<MergedItem>(keys.mergedInto(id), { consistent: true });
    if (!merged) return item;
    id = merged.into;
  }
}

async function signedIn(deps: RowDeps, { phone, birthDate, lastFour }: DonorRow): Promise<string | undefined> {
  if (!phone || !birthDate || !lastFour) return undefined;
  return await createSecondFacts(deps, deps.secret).find(phone, { birthDate, lastFour });
}

/** The references that a row brings, each read as absent. */
export function refItems(
  refs: readonly Ref[],
  { personId, siteId, from }: { personId: string; siteId: string; from: LoadedFrom },
): DraftItem[] {
  return refs
    .filter(({ before }) => before === undefined)
    .flatMap(({ digest }) => {
      const ref: DonorRefItem = { kind: 'donor-ref', personId, siteId, loadedFrom: from };
      const knownAs: KnownAsItem = { kind: 'known-as', personId, digest };
      return [
        {
          Put: { Item: { ...keys.donorRef(digest), ...ref }, ConditionExpression: 'attribute_not_exists(pk)' },
        },
        { Put: { Item: { ...keys.knownAs(personId, digest), ...knownAs } } },
      ];
    });
}

/** What makes a donor of a row; undefined where the row does not say enough. Nobody is told. */
export async function newDonorItems(
  deps: RowDeps,
  donor: DonorRow,
  { personId, facts, language }: { personId: string; facts: Partial<EligibilityFacts>; language: Language },
): Promise<DraftItem[] | undefined> {
  const { name, phone, birthDate, sex, lastFour } = donor;
  if (!name || !phone || !birthDate || !sex) return undefined;
  const now = nowOf(deps);
  return [
    ...newPersonItems({
      personId,
      phone,
      language,
      now,
      name,
      facts: { ...facts, birthDate, sex },
      ...(lastFour && { secondFact: true }),
    }),
    ...(lastFour ? [identityItem({ personId, lastFour, now, key: await deps.secret() })] : []),
  ];
}
