import type * as z from 'zod';
import type { GuardianQuestion } from '../../../shared/contract/guardians.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import type { GuardianItem } from '../../../shared/store/items/index.ts';
import type { GuardiansDeps } from './deps.ts';

/** To whoever has the link: not who somebody is, and no number. */
export async function questionView(
  deps: GuardiansDeps,
  { personId, organisation, guardian, relation, status, saidAt }: GuardianItem,
): Promise<z.input<typeof GuardianQuestion>> {
  const profile = await deps.people.profile(personId);
  return {
    who: maskName(profile?.name),
    organisation,
    guardian,
    relation,
    status,
    ...(saidAt && { saidAt }),
  };
}
