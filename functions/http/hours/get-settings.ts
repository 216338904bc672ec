import type { hours } from '../../../shared/contract/hours.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { HoursDeps } from './deps.ts';
import { coveredOrganisation } from './own.ts';
import { settingsOf } from './settings-view.ts';

type Routes = (typeof hours)['routes'];

export const getSettings: RouteHandler<
  Routes['GET /api/organisations/{organisationId}/hours/settings'],
  HoursDeps
> = async ({ actor, params, language }, deps) => {
  const { organisationId } = await coveredOrganisation(deps, actor, params.organisationId);
  return settingsOf(await deps.hours.settings(organisationId), language);
};
