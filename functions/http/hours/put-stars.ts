import type { hours } from '../../../shared/contract/hours.ts';
import { areThresholds } from '../../../shared/domain/hours.ts';
import { putSetting } from '../../../shared/store/hours.ts';
import type { StarSettingsItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoursDeps } from './deps.ts';
import { audited } from './own.ts';
import { setTo } from './set-to.ts';
import { starSettings } from './stars-view.ts';

type Routes = (typeof hours)['routes'];

export const putStars: RouteHandler<Routes['PUT /api/hours/stars'], HoursDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  if (!areThresholds(body.hours)) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.hours', why: 'too-small' }] });
  }
  const item = setTo(
    await putSetting<StarSettingsItem>(deps.store, keys.starSettings(), {
      item: { kind: 'star-settings', hours: body.hours, by: actor.personId, at: nowOf(deps) },
      version: body.version,
      idempotency,
      also: [audited(deps, actor, { action: 'star-settings-changed', change: { hours: body.hours.join(' ') } })],
    }),
  );
  return starSettings(item);
};
