import type { blocks } from '../../../shared/contract/blocks.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { BlocksDeps } from './deps.ts';
import { headcount } from './views.ts';

type Routes = (typeof blocks)['routes'];

export const getHeadcount: RouteHandler<Routes['GET /api/headcounts/{code}'], BlocksDeps> = async (
  { params },
  deps,
) => {
  const block = await deps.blocks.byCode(params.code, 'headcount');
  const site = block && (await deps.sites.get(block.siteId));
  if (!block || !site) throw new ProblemError('not-found');
  return {
    unit: block.unit,
    site: site.name,
    zone: block.zone,
    until: block.until,
    ended: block.until <= nowOf(deps),
    times: await headcount(deps, block),
  };
};
