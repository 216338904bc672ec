import { fileURLToPath } from 'node:url';
import { requireEnv } from '../runtime/env.ts';
import { loadPages, pagesHandler } from './pages.ts';

/** The built pages lie beside the bundle. */
const pages = await loadPages(fileURLToPath(new URL('./web', import.meta.url)), {
  config: requireEnv('PAGE_CONFIG'),
  policy: requireEnv('PAGE_POLICY'),
});

export const handler = pagesHandler(pages);
