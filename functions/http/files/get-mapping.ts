import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { FilesDeps } from './deps.ts';

type Routes = (typeof files)['routes'];

export const getMapping: RouteHandler<Routes['GET /api/files/{siteId}/mappings/{kind}'], FilesDeps> = async (
  { actor, params },
  deps,
) => {
  const site = await coveredSite(deps, actor, params.siteId);
  const mapping = await deps.imports.mapping(site.siteId, params.kind);
  return {
    scheme: site.dinScheme,
    columns: mapping?.columns ?? {},
    ...(mapping?.rules ?? { bareDins: false }),
    ...(mapping?.siteNames && { siteNames: mapping.siteNames }),
  };
};
