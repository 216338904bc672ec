import type { units } from '../../../shared/contract/units.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredChain } from './covered-chain.ts';
import type { UnitsDeps } from './deps.ts';
import { chainView } from './views.ts';

type Routes = (typeof units)['routes'];

export const getChain: RouteHandler<Routes['GET /api/units/{din}'], UnitsDeps> = async ({ actor, params }, deps) => {
  const { chain, site } = await coveredChain(deps, actor, params.din);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'chain-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [chain.din.personId],
      id: deps.newId(),
    }),
  );
  return await chainView(deps, chain, site);
};
