import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ask } from './ask.ts';
import type { FilesDeps } from './deps.ts';

type Routes = (typeof files)['routes'];

export const resumeImport: RouteHandler<Routes['POST /api/files/{siteId}/{importId}/resume'], FilesDeps> = async (
  request,
  deps,
) => await ask(deps, 'resume', request);
