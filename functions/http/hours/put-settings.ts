import type { hours } from '../../../shared/contract/hours.ts';
import { putSetting } from '../../../shared/store/hours.ts';
import type { HoursSettingsItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { HoursDeps } from './deps.ts';
import { audited, coveredOrganisation } from './own.ts';
import { setTo } from './set-to.ts';
import { settingsOf } from './settings-view.ts';

type Routes = (typeof hours)['routes'];

export const putSettings: RouteHandler<
  Routes['PUT /api/organisations/{organisationId}/hours/settings'],
  HoursDeps
> = async ({ actor, params, body, language, idempotency }, deps) => {
  const { organisationId } = await coveredOrganisation(deps, actor, params.organisationId);
  const { version, ...item } = body;
  return settingsOf(
    setTo(
      await putSetting<HoursSettingsItem>(deps.store, keys.hoursSettings(organisationId), {
        item: { kind: 'hours-settings', organisationId, ...item },
        version,
        idempotency,
        also: [audited(deps, actor, { action: 'hours-settings-changed', change: { organisationId } })],
      }),
    ),
    language,
  );
};
