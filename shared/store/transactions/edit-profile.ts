import { alsoDeclared } from '../../domain/qualifications.ts';
import type { EligibilityFacts } from '../../domain/refusal.ts';
import type { Skill } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import type { LockItem, ProfileItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import type { EngineDeps } from './deps.ts';
import { factsWrite } from './redecide.ts';

export type ProfileChange = {
  readonly [K in
    | 'name'
    | 'language'
    | 'birthDate'
    | 'sex'
    | 'weightKg'
    | 'wantsExtendedAge'
    | 'mutedTemplates'
    | 'tellAgain'
    | 'callWish'
    | 'callSites'
    | 'callWishAt'
    | 'largeType']?: ProfileItem[K] | undefined;
};

/**
 * Edits a profile made from `version`. Where the edit touches what eligibility rests on, the lock follows in the same
 * transaction and a live donation booking that no longer holds is released with it; otherwise the lock is left alone, so
 * that editing a name never meets a booking.
 */
export async function editProfile(
  deps: EngineDeps,
  input: {
    personId: string;
    version: number;
    change: ProfileChange;
    /** Skills they say they have, besides those they have said before. */
    skills?: readonly Skill[] | undefined;
    idempotency: Idempotency;
    /** Who else did it for them: the record, written with it. */
    audit?: DraftItem;
  },
): Promise<'done' | 'changed-meanwhile' | 'key-reused' | 'not-found'> {
  return await withRetries(async () => {
    const [profile, lockItem] = (await deps.store.batchGet([keys.profile(input.personId), keys.lock(input.personId)], {
      consistent: true,
    })) as [ProfileItem | undefined, LockItem | undefined];
    if (!profile || !lockItem) return 'not-found';
    const known = wasAccepted(profile.accepted, input.idempotency);
    if (known) return known === 'same' ? 'done' : 'key-reused';
    if (profile.version !== input.version) return 'changed-meanwhile';

    const change = Object.fromEntries(Object.entries(input.change).filter(([, value]) => value !== undefined));
    const after = { ...profile, ...change, accepted: accept(profile.accepted, input.idempotency) };
    const items: DraftItem[] = [
      {
        Put: {
          Item: { ...after, ...keys.profile(input.personId), version: profile.version + 1 },
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': profile.version },
        },
      },
    ];
    const lock = unpackLock(lockItem);
    const { skills = [] } = input;
    const facts: EligibilityFacts = {
      ...lock.facts,
      ...pickFacts(change),
      ...(skills.length > 0 && { qualifications: alsoDeclared(lock.facts.qualifications ?? [], skills) }),
    };
    items.push(...(await factsWrite(deps, lock, facts)), ...(input.audit ? [input.audit] : []));
    const result = await deps.store.transact(items);
    return result.ok ? 'done' : AGAIN;
  }, deps);
}

const FACTS = ['birthDate', 'sex', 'weightKg', 'wantsExtendedAge'] as const;

const pickFacts = (change: Record<string, unknown>): Partial<EligibilityFacts> =>
  Object.fromEntries(FACTS.filter((name) => name in change).map((name) => [name, change[name]]));
