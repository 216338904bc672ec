import type * as z from 'zod';
import type { Person } from '../../../shared/contract/me.ts';
import type { ProfileItem } from '../../../shared/store/items/index.ts';
import { passCodeOfPerson } from '../../runtime/booking-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';

/** The caller's own profile and roles, as stored now. */
export async function personView(
  deps: MeDeps,
  personId: string,
  seen?: (profile: ProfileItem) => Promise<void>,
): Promise<z.input<typeof Person>> {
  const [profile, roles] = await Promise.all([deps.people.profile(personId), deps.people.roles(personId)]);
  if (!profile) throw new ProblemError('person-unknown');
  await seen?.(profile);
  return {
    personId,
    name: profile.name,
    // Nobody signs in without one.
    phone: profile.phone ?? '',
    passCode: passCodeOfPerson(personId),
    language: profile.language,
    birthDate: profile.birthDate,
    sex: profile.sex,
    weightKg: profile.weightKg,
    wantsExtendedAge: profile.wantsExtendedAge,
    mutedTemplates: profile.mutedTemplates,
    tellAgain: profile.tellAgain ?? 'no',
    callWish: profile.callWish ?? 'no',
    callSites: profile.callSites ?? [],
    largeType: profile.largeType ?? false,
    secondFact: profile.secondFact ?? false,
    roles: roles.map(({ role, scope }) => ({ role, scope })),
    version: profile.version,
  };
}
