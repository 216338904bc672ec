import type { waiting } from '../../../shared/contract/waiting.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { WaitingDeps } from './deps.ts';
import { waitView } from './views.ts';

type Routes = (typeof waiting)['routes'];

/** Nobody waits for so much at once; what is older matters to nobody. */
const MOST = 30;

export const listWaits: RouteHandler<Routes['GET /api/waiting'], WaitingDeps> = async ({ actor, language }, deps) => {
  const [waits, lock] = await Promise.all([
    deps.waits.ofPerson(actor.personId, MOST),
    deps.people.lock(actor.personId),
  ]);
  return { items: await Promise.all(waits.map(async (wait) => await waitView(deps, wait, lock, language))) };
};
