import type { EligibilityFacts } from '../../domain/refusal.ts';
import type { Language } from '../../domain/vocabulary.ts';
import type { Idempotency } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import type { NamedItem, PhoneItem, ProfileItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { namedDigest, namedWrite, newPersonItems } from '../people.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type MakePersonAnswer =
  | { readonly kind: 'done'; readonly profile: ProfileItem }
  /** Somebody is on record so whom the caller was not shown: it may be them. */
  | { readonly kind: 'known' }
  | { readonly kind: 'key-reused' };

/**
 * Puts somebody on record at the station. Without a phone they are found again by name and birth date, and `besides` are those
 * of the same whom the caller was shown and who are somebody else: whoever was added meanwhile is shown first. The id comes from
 * the idempotency key, so that a repeat makes nobody twice.
 */
export async function makePerson(
  deps: EngineDeps,
  input: {
    name: string;
    phone?: string | undefined;
    /** Without a phone the birth date is what they are found by. */
    facts: Pick<EligibilityFacts, 'birthDate' | 'sex' | 'weightKg' | 'wantsExtendedAge' | 'qualifications'>;
    language: Language;
    besides: readonly string[];
    audit: (personId: string) => DraftItem;
    idempotency: Idempotency;
  },
): Promise<MakePersonAnswer> {
  const personId = `p${[...Buffer.from(input.idempotency.key, 'base64url')].map((byte) => (byte % 36).toString(36)).join('')}`;
  return await withRetries<MakePersonAnswer>(async () => {
    const own = await deps.store.get<ProfileItem>(keys.profile(personId), { consistent: true });
    if (own) {
      const isSame = own.name === input.name && own.birthDate === input.facts.birthDate && own.phone === input.phone;
      return isSame ? { kind: 'done', profile: own } : { kind: 'key-reused' };
    }
    if (!input.phone && !input.facts.birthDate)
      throw new TypeError('without a phone or a birth date nobody is found again');
    const digest = namedDigest(input.name, input.facts.birthDate ?? '');
    const named = input.phone ? undefined : await deps.store.get<NamedItem>(keys.named(digest), { consistent: true });
    const before = input.phone
      ? (await deps.store.query<PhoneItem>({ pk: partitions.phones(input.phone), consistent: true })).items.map(
          (item) => item.personId,
        )
      : (named?.people ?? []);
    if (before.some((id) => !input.besides.includes(id))) return { kind: 'known' };
    const items = newPersonItems({
      personId,
      name: input.name,
      ...(input.phone ? { phone: input.phone } : { named: digest }),
      language: input.language,
      now: nowOf(deps),
      facts: input.facts,
    });
    const result = await deps.store.transact([
      ...items,
      ...(input.phone ? [] : [namedWrite(digest, named, [...before, personId])]),
      input.audit(personId),
    ]);
    if (!result.ok) return AGAIN;
    const [first] = items;
    return first && 'Put' in first ? { kind: 'done', profile: first.Put.Item as ProfileItem } : AGAIN;
  }, deps);
}
