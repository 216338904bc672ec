import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** For functions, in place of the SDK's default chain of credentials. */
const CREDENTIALS = { '@aws-sdk/credential-provider-node': join(root, 'infra/function-credentials.ts') };

/** Bundles a function's entry into the one file that is deployed, its map beside it. `alias`: packages that others stand in for. */
export function bundleFunction(
  entryPoint: string,
  outfile: string,
  alias: Readonly<Record<string, string>> = CREDENTIALS,
): void {
  buildSync({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    alias,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    // Names, so that a log line's stack can be read; the map for its lines. Sources stay out of both.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    // Some dependencies are CommonJS and ask for Node's own modules by `require`.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
    absWorkingDir: root,
  });
}
