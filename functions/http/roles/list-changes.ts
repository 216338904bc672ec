import type { roles } from '../../../shared/contract/roles.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { changeViews } from './change-view.ts';
import type { RolesDeps } from './deps.ts';
import { recordOf } from './record.ts';

type Routes = (typeof roles)['routes'];

export const listChanges: RouteHandler<Routes['GET /api/roles/changes'], RolesDeps> = async ({ actor }, deps) => {
  const changes = await deps.roles.changes();
  const subjects = [...new Set(changes.map(({ personId }) => personId))];
  await recordRead(deps.store, recordOf(deps, actor.personId, 'account-changes-read', subjects).Put);
  return { items: await changeViews(deps, actor, changes) };
};
