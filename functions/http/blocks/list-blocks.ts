import type { blocks } from '../../../shared/contract/blocks.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { BlocksDeps } from './deps.ts';
import { blockViews, coveredSite } from './views.ts';

type Routes = (typeof blocks)['routes'];

/** As many as a page shows: those of the last weeks. */
const MOST = 30;

export const listBlocks: RouteHandler<Routes['GET /api/blocks'], BlocksDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  return { items: await blockViews(deps, (await deps.blocks.ofSite(site.siteId)).slice(0, MOST)) };
};
