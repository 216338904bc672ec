// @ts-check
// Plain JavaScript, because an old Node must be able to read it: says what is wrong before anything else can fail.
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [major = 0] = process.versions.node.split('.').map(Number);
const [, , module, ...rest] = process.argv;

if (!existsSync(new URL('../node_modules/zod/package.json', import.meta.url))) {
  console.error('Nuanliu: the packages are not installed. Run: npm ci');
  process.exit(1);
}
if (major < 24) {
  console.error(
    `Nuanliu runs on Node 24, which npm installs beside it, but this is Node ${process.versions.node}. ` +
      'Use npm start, npm test and npm run token; if you did, install scripts were skipped. ' +
      'Run: npm ci --ignore-scripts=false   (npm 11 and later: npm approve-scripts node esbuild, then npm rebuild)',
  );
  process.exit(1);
}
if (!module) {
  console.error('usage: node local/run.js <module> [arguments]');
  process.exit(2);
}
// Compiled once, not at every start, by what is started from here too: a third of what a start takes.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
nodeModule.enableCompileCache();
process.argv.splice(1, 2, module);
process.argv.length = 2;
process.argv.push(...rest);
await import(pathToFileURL(module).href);
