import type { files } from '../../../shared/contract/files.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ask } from './ask.ts';
import type { FilesDeps } from './deps.ts';

type Routes = (typeof files)['routes'];

export const stopImport: RouteHandler<Routes['POST /api/files/{siteId}/{importId}/stop'], FilesDeps> = async (
  request,
  deps,
) => {
  const stopped = await ask(deps, 'stop', request);
  // Nothing more is read of it.
  await deps.uploads.remove(stopped.importId);
  return stopped;
};
