import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PROJECTS } from '../vitest.config.ts';

/**
 * `npm test` runs every project; `npm test -- unit store` only those; anything else goes to vitest as it is
 * (`npm test -- unit -t "leap day"`).
 */
const args = process.argv.slice(2);
const firstOther = args.findIndex((arg) => !PROJECTS.includes(arg));
const named = firstOther < 0 ? args : args.slice(0, firstOther);
const rest = args.slice(named.length);

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', ...named.flatMap((project) => ['--project', project]), ...rest], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});
