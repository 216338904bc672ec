import type { files } from '../../../shared/contract/files.ts';
import { indexes } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { coveredSite } from './covered.ts';
import type { FilesDeps } from './deps.ts';
import { importView } from './views.ts';

type Routes = (typeof files)['routes'];

export const listImports: RouteHandler<Routes['GET /api/files/{siteId}'], FilesDeps> = async (
  { actor, params, query },
  deps,
) => {
  const { siteId } = await coveredSite(deps, actor, params.siteId);
  const page = await deps.imports.ofSite(siteId, pageOf(query, { pkName: 'gsi2pk', pk: indexes.imported(siteId) }));
  return pageAnswer(page, importView);
};
