import type { desk } from '../../../shared/contract/desk.ts';
import { phoneTyped } from '../../../shared/domain/phone.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite, recordOf } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { personView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const findPeople: RouteHandler<Routes['POST /api/desk/people/find'], DeskDeps> = async (
  { actor, body },
  deps,
) => {
  const site = await coveredSite(deps, actor, body.siteId);
  const { phone, name, birthDate } = body;
  if (phone === undefined && name === undefined) throw missing('phone');
  if (phone === undefined && birthDate === undefined) throw missing('birthDate');
  const found =
    phone === undefined
      ? await deps.people.withName(name ?? '', birthDate ?? '')
      : await deps.people.withPhone(phoneOf(phone, site.phone));
  // Recorded before it is answered: who could not be recorded is told nothing.
  const subjects = found.map(({ personId }) => personId);
  await recordRead(deps.store, recordOf(deps, site, actor.personId, 'person-looked-up', subjects).Put);
  return { items: found.map(personView) };
};

const missing = (path: string) => new ProblemError('invalid-input', { fields: [{ path, why: 'missing' }] });

/** A number as staff typed it, dialled as it is at their site. */
export function phoneOf(typed: string, ofSite: string): string {
  const phone = phoneTyped(typed, ofSite);
  if (!phone) throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'no-number' }] });
  return phone;
}
