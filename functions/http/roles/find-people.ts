import type { roles } from '../../../shared/contract/roles.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { RolesDeps } from './deps.ts';
import { phoneOf } from './phone-of.ts';
import { recordOf } from './record.ts';

type Routes = (typeof roles)['routes'];

export const findPeople: RouteHandler<Routes['POST /api/roles/people/find'], RolesDeps> = async (
  { actor, body },
  deps,
) => {
  const found = await deps.people.withPhone(await phoneOf(deps, body.phone));
  const ids = found.map(({ personId }) => personId);
  // Recorded before it is answered: who could not be recorded is told nothing.
  await recordRead(deps.store, recordOf(deps, actor.personId, 'person-looked-up', ids).Put);
  const held = await Promise.all(ids.map(async (id) => await deps.roles.of(id)));
  return {
    items: found.map(({ personId, name, phone }, n) => ({
      personId,
      name: maskName(name),
      phoneLast4: phone?.slice(-4) ?? '',
      roles: (held[n] ?? []).map(({ role, scope }) => ({ role, scope })),
      isMe: personId === actor.personId,
    })),
  };
};
