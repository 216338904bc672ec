import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredImport } from './covered.ts';
import type { FilesDeps } from './deps.ts';
import { importView } from './views.ts';

type Routes = (typeof files)['routes'];

export const getImport: RouteHandler<Routes['GET /api/files/{siteId}/{importId}'], FilesDeps> = async (
  { actor, params },
  deps,
) => {
  const item = await coveredImport(deps, actor, params);
  // A tab that was closed between its upload and the dry run has left all of it there.
  const uploaded = item.status === 'uploading' && (await deps.uploads.size(item.importId)) === item.bytes;
  return { ...importView(item), ...(uploaded && { uploaded }) };
};
