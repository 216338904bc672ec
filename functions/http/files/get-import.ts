import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredImport } from './covered.ts';
import type { FilesDeps } from './deps.ts';
import { importView } from './views.ts';

type Routes = (typeof files)['routes'];

export const getImport: RouteHandler<Routes['GET /api/files/{siteId}/{importId}'], FilesDeps> = async (
  { actor, params },
  deps,
) => importView(await coveredImport(deps, actor, params));
