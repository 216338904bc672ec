import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { ask } from './ask.ts';
import { coveredImport } from './covered.ts';
import type { FilesDeps } from './deps.ts';

type Routes = (typeof files)['routes'];

export const checkImport: RouteHandler<Routes['POST /api/files/{siteId}/{importId}/check'], FilesDeps> = async (
  request,
  deps,
) => {
  const item = await coveredImport(deps, request.actor, request.params);
  // Not before all of it is there.
  if (item.status === 'uploading' && (await deps.uploads.size(item.importId)) !== item.bytes) {
    throw new ProblemError('wrong-state');
  }
  return await ask(deps, 'check', request);
};
