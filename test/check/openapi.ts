import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildOpenApi } from '../../shared/contract/openapi.ts';

const path = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const current = `${JSON.stringify(buildOpenApi(), undefined, 2)}\n`;

/** Writes docs/openapi.json from the contract; with `--check` only says whether it is current. */
if (process.argv.includes('--check')) {
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept !== current) {
    console.error('docs/openapi.json is not what the contract says: run `npm run openapi`');
    process.exitCode = 1;
  }
} else {
  await writeFile(path, current);
  console.log(`Wrote ${path}`);
}
