import { files } from '../../../shared/contract/files.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { uploadsFromEnv } from '../../runtime/uploads.ts';
import { applyImport } from './apply.ts';
import { beginImport } from './begin.ts';
import { checkImport } from './check.ts';
import { filesDeps } from './deps.ts';
import { discardImport } from './discard.ts';
import { getImport } from './get-import.ts';
import { getMapping } from './get-mapping.ts';
import { listImports } from './list-imports.ts';
import { listRefused } from './list-refused.ts';
import { resumeImport } from './resume.ts';
import { stopImport } from './stop.ts';

export const filesRoutes = {
  'GET /api/files/{siteId}': listImports,
  'GET /api/files/{siteId}/mappings/{kind}': getMapping,
  'POST /api/files/{siteId}': beginImport,
  'GET /api/files/{siteId}/{importId}': getImport,
  'POST /api/files/{siteId}/{importId}/check': checkImport,
  'POST /api/files/{siteId}/{importId}/apply': applyImport,
  'POST /api/files/{siteId}/{importId}/stop': stopImport,
  'POST /api/files/{siteId}/{importId}/resume': resumeImport,
  'POST /api/files/{siteId}/{importId}/discard': discardImport,
  'GET /api/files/{siteId}/{importId}/refused': listRefused,
};

const deps = once(() => filesDeps(storeFromEnv(), systemWorld('files'), uploadsFromEnv()));

export const handler = areaHandler(files, deps, filesRoutes);
