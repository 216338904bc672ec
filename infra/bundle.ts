import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build } from 'vite';
import { bundleFunction } from './bundle-function.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The code of a function by its entry's folder, and the folder of the built pages. */
export type Artefacts = { readonly code: (entry: string) => Code; readonly pages: string };

/** Bundles each function as it is asked for, into a folder of its own. Once a run, however many stages there are. */
export function bundler(pages: string): Artefacts['code'] {
  const made = new Set<string>();
  const outDir = join(root, 'dist/deploy/functions');
  rmSync(outDir, { recursive: true, force: true });
  return (entry) => {
    const folder = join(outDir, entry);
    // The same folder for every stage; the CDK wants a Code of each stack's own.
    if (made.has(entry)) return Code.fromAsset(folder);
    mkdirSync(folder, { recursive: true });
    bundleFunction(join(root, 'functions', entry, 'index.ts'), join(folder, 'index.mjs'));
    if (entry === 'pages') cpSync(pages, join(folder, 'web'), { recursive: true });
    made.add(entry);
    return Code.fromAsset(folder);
  };
}

/** Builds the pages and answers with their folder. */
export async function buildPages(): Promise<string> {
  const folder = join(root, 'dist/deploy/web');
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  });
  if (!existsSync(join(folder, 'index.html')))
    throw new Error('The pages were built, but dist/deploy/web/index.html is missing');
  return folder;
}
