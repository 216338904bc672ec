import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ask } from './ask.ts';
import type { FilesDeps } from './deps.ts';

type Routes = (typeof files)['routes'];

export const discardImport: RouteHandler<Routes['POST /api/files/{siteId}/{importId}/discard'], FilesDeps> = async (
  request,
  deps,
) => await ask(deps, 'discard', request);
