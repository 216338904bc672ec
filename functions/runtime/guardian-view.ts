import type * as z from 'zod';
import type { Guardian } from '../../shared/contract/guardians.ts';
import type { GuardianItem } from '../../shared/store/items/index.ts';

/** As the person sees it, and the organisers to whom it was given. */
export const guardianView = (item: GuardianItem): z.input<typeof Guardian> => {
  const { organisationId, organisation, status, guardian, relation, phone, asked, saidAt, signedOn } = item;
  const askedAt = asked.at(-1);
  return {
    organisationId,
    organisation,
    status,
    guardian,
    relation,
    how: signedOn === undefined ? 'text' : 'paper',
    ...(phone && { phoneLast4: phone.slice(-4) }),
    ...(askedAt && { askedAt }),
    ...(saidAt && { saidAt }),
    ...(signedOn && { signedOn }),
  };
};
