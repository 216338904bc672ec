import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ask } from './ask.ts';
import type { FilesDeps } from './deps.ts';

type Routes = (typeof files)['routes'];

export const stopImport: RouteHandler<Routes['POST /api/files/{siteId}/{importId}/stop'], FilesDeps> = async (
  request,
  deps,
) => await ask(deps, 'stop', request);
