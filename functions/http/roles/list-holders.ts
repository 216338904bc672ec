import type { roles } from '../../../shared/contract/roles.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import { indexes } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { RolesDeps } from './deps.ts';
import { recordOf } from './record.ts';

type Routes = (typeof roles)['routes'];

export const listHolders: RouteHandler<Routes['GET /api/roles'], RolesDeps> = async ({ actor, query }, deps) => {
  const page = await deps.roles.holders(pageOf(query, { pkName: 'gsi1pk', pk: indexes.holders() }));
  const ids = [...new Set(page.items.flatMap(({ personId, by }) => (by ? [personId, by] : [personId])))];
  const profiles = await deps.people.profiles(ids);
  const known = new Map(ids.map((id, n) => [id, profiles[n]]));
  const subjects = [...new Set(page.items.map(({ personId }) => personId))];
  await recordRead(deps.store, recordOf(deps, actor.personId, 'roles-read', subjects).Put);
  return pageAnswer(page, ({ personId, role, scope, since, by }) => ({
    personId,
    name: known.get(personId)?.name ?? '',
    phoneLast4: known.get(personId)?.phone?.slice(-4) ?? '',
    role,
    scope,
    since,
    by: by && known.get(by)?.name,
    isMe: personId === actor.personId,
  }));
};
