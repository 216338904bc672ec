import type { files } from '../../../shared/contract/files.ts';
import { encodeCursor } from '../../../shared/store/cursor.ts';
import { partitions } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageOf } from '../../runtime/page.ts';
import { coveredImport } from './covered.ts';
import type { FilesDeps } from './deps.ts';

type Routes = (typeof files)['routes'];

/** A page is of pieces of the file, each of which may have some hundreds of such rows, or a few. */
export const listRefused: RouteHandler<Routes['GET /api/files/{siteId}/{importId}/refused'], FilesDeps> = async (
  { actor, params, query },
  deps,
) => {
  const { importId, applied } = await coveredImport(deps, actor, params);
  const pass = applied ? 'apply' : 'check';
  const { pk } = partitions.importRefused(importId, pass);
  const page = await deps.imports.refused(importId, pass, pageOf(query, { pkName: 'pk', pk }));
  const cursor = encodeCursor(page.next);
  return { items: page.items.flatMap(({ rows }) => rows), ...(cursor && { cursor }) };
};
