import type { EligibilityFacts } from '../../shared/domain/refusal.ts';
import type { Store } from '../../shared/store/client.ts';
import { type FactorSession, factorSessionItem } from '../../shared/store/factors.ts';
import type { RoleItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { directLink, newPersonItems } from '../../shared/store/people.ts';
import { roleItem } from '../../shared/store/roles.ts';
import { TEST_ISSUER } from '../support/api.ts';

/** A man of thirty who may give anything, unless told otherwise. */
export const HEALTHY: Partial<EligibilityFacts> = { birthDate: '1996-05-01', sex: 'male', weightKg: 70 };

/** Not of age before 2028. */
export const UNDER_AGE: Partial<EligibilityFacts> = { birthDate: '2010-05-01' };

/** As long as a test may last. */
const FOR_EVER = '9999-12-31T00:00:00.000Z';

/** Somebody's second factor as if it had been shown: what every test of a role begins with. */
export const factorShown = (personId: string, at: Partial<FactorSession> = {}, until = FOR_EVER) =>
  factorSessionItem({ iss: TEST_ISSUER, sub: personId, device: undefined, ...at }, personId, until);

let made = 0;

/** A stored person whose token's subject is their id. */
export async function aPerson(
  store: Store,
  more: {
    personId?: string;
    name?: string;
    phone?: string;
    facts?: Partial<EligibilityFacts>;
    language?: 'zh' | 'en';
    roles?: { role: RoleItem['role']; scope: string }[];
    /** Their second factor; without a word of it, whoever has a role has shown it. */
    factor?: 'shown' | 'unset';
  } = {},
): Promise<string> {
  made += 1;
  const personId = more.personId ?? `p${made.toString(36).padStart(6, '0')}`;
  const items = [
    ...directLink({ iss: TEST_ISSUER, sub: personId }, personId),
    ...((more.factor ?? (more.roles ? 'shown' : 'unset')) === 'shown' ? [factorShown(personId)] : []),
    ...newPersonItems({
      personId,
      phone: more.phone ?? `+86139${String(made).padStart(8, '0')}`,
      language: more.language ?? 'zh',
      now: '2026-11-20T00:00:00.000Z',
      facts: { ...HEALTHY, ...more.facts },
      ...(more.name && { name: more.name }),
    }),
    ...(more.roles ?? []).map(({ role, scope }) => {
      return { Put: { Item: { ...keys.role(personId, role, scope), ...roleItem({ personId, role, scope }) } } };
    }),
  ];
  const result = await store.transact(items);
  if (!result.ok) throw new Error('the person could not be made');
  return personId;
}
