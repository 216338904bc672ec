import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run check`: everything that can be said of the code without running it. Two at a time; all run, then it fails or not. */
type Step = { readonly name: string; readonly command: readonly [string, ...string[]] };

const root = fileURLToPath(new URL('../..', import.meta.url));
const STEPS: readonly Step[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  ...(existsSync(join(root, 'web/tsconfig.json'))
    ? [{ name: 'types of the pages', command: ['tsc', '-p', 'web'] } satisfies Step]
    : []),
  { name: 'lint and format', command: ['biome', 'ci', '.', '--colors=off'] },
  { name: 'imports', command: ['tsx', 'test/check/imports.ts'] },
  { name: 'dead code', command: ['knip', '--config', 'test/check/knip.json', '--no-config-hints'] },
  { name: 'separator', command: ['tsx', 'test/check/separator.ts'] },
  { name: 'lock', command: ['tsx', 'test/check/lock.ts'] },
  { name: 'document', command: ['tsx', 'test/check/openapi.ts', '--check'] },
];

const MOST_LINES = 80;

const env = {
  ...process.env,
  NO_COLOR: '1',
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
};

async function run({ name, command: [program, ...args] }: Step): Promise<boolean> {
  const began = performance.now();
  // A shell finds the program whatever the system calls it; every word here is ours.
  const child = spawn([program, ...args].join(' '), { cwd: root, env, shell: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const lines = output.trim().split('\n');
  console.log(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${code === 0 && lines.length === 1 && lines[0] ? `: ${lines[0]}` : ''}`,
  );
  if (code !== 0) {
    console.log(
      lines
        .slice(0, MOST_LINES)
        .map((line) => `       ${line}`)
        .join('\n'),
    );
    if (lines.length > MOST_LINES) console.log(`       … and ${lines.length - MOST_LINES} lines more`);
  }
  return code === 0;
}

const waiting = [...STEPS];
const failed: string[] = [];
const worker = async (): Promise<void> => {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    if (!(await run(step))) failed.push(step.name);
  }
};
await Promise.all([worker(), worker()]);
if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
