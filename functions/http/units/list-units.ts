import type { units } from '../../../shared/contract/units.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { UnitsDeps } from './deps.ts';
import { unitView } from './views.ts';

type Routes = (typeof units)['routes'];

export const listUnits: RouteHandler<Routes['GET /api/units'], UnitsDeps> = async ({ actor, query }, deps) => {
  requireSite(actor, query.siteId);
  const site = await deps.sites.get(query.siteId);
  if (!site) throw new ProblemError('not-found');
  const pk = indexes.donated(query.siteId, query.date);
  const page = await deps.donations.takenOn(query.siteId, query.date, pageOf(query, { pkName: 'gsi1pk', pk }));
  const chains = new Map(
    await Promise.all(page.items.map(async ({ din }) => [din, await deps.donations.chain(din)] as const)),
  );
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'units-read',
      scope: query.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [...new Set(page.items.map(({ personId }) => personId))],
      id: deps.newId(),
    }),
  );
  return pageAnswer(page, ({ din, procedure, volumeMl, collectedAt }) => {
    const chain = chains.get(din);
    return {
      din,
      dinPrinted: printDin(din, site.dinScheme),
      procedure,
      volumeMl,
      collectedAt,
      units: chain?.units.map((unit) => unitView(deps, unit, chain.din, site)) ?? [],
    };
  });
};
