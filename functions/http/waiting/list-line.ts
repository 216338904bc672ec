import type { waiting } from '../../../shared/contract/waiting.ts';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import { covers } from '../../../shared/domain/waitlist.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { parseSlotId } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { inLine, lineOf } from '../../runtime/in-line.ts';
import { coveredSite } from './covered-site.ts';
import type { WaitingDeps } from './deps.ts';
import { auditOf } from './views.ts';

type Routes = (typeof waiting)['routes'];

export const listLine: RouteHandler<Routes['GET /api/waiting/line'], WaitingDeps> = async ({ actor, query }, deps) => {
  const { siteId, date, slotId } = query;
  const site = await coveredSite(deps, actor, siteId);
  const { waits } = await deps.waits.ofDay({ containerId: siteId, date });
  const slot = slotId && { slotId, procedure: parseSlotId(slotId)?.code as Procedure };
  const line = lineOf(waits).filter((wait) => !slot || covers(wait, slot));
  const people = await deps.people.profiles(line.map(({ personId }) => personId));
  const subjects = [...new Set(line.map(({ personId }) => personId))];
  // Recorded before it is answered: who could not be recorded is told nothing.
  await recordRead(
    deps.store,
    auditItem(auditOf(site, actor.personId, 'waiting-list-read', nowOf(deps), subjects, deps.newId())),
  );
  return { items: line.map((wait, n) => inLine(wait, people[n])) };
};
