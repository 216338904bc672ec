import type { donations } from '../../../shared/contract/donations.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { rosterEntries } from './roster-entry.ts';

type Routes = (typeof donations)['routes'];

export const listRoster: RouteHandler<Routes['GET /api/donations/roster'], DonationsDeps> = async (
  { actor, query },
  deps,
) => {
  const { zone } = await coveredSite(deps, actor, query.siteId);
  const pk = indexes.roster(query.siteId, query.date);
  const page = await deps.donations.roster(query.siteId, query.date, pageOf(query, { pkName: 'gsi1pk', pk }));
  const subjects = [...new Set(page.items.map(({ personId }) => personId))];
  const items = await rosterEntries(deps, page.items);
  // Recorded before it is answered: who could not be recorded is told nothing.
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'site-roster-read',
      scope: query.siteId,
      zone,
      at: nowOf(deps),
      subjects,
      id: deps.newId(),
    }),
  );
  return { ...pageAnswer(page, () => undefined), items };
};
