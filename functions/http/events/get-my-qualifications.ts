import type { events } from '../../../shared/contract/events.ts';
import type { LockItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { unpackLock } from '../../../shared/store/lock.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { EventsDeps } from './deps.ts';
import { heldView } from './views.ts';

type Routes = (typeof events)['routes'];

export const getMyQualifications: RouteHandler<Routes['GET /api/me/qualifications'], EventsDeps> = async (
  { actor },
  deps,
) => {
  const lock = await deps.store.get<LockItem>(keys.lock(actor.personId), { consistent: true });
  return { items: heldView((lock && unpackLock(lock).facts.qualifications) ?? []) };
};
