import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { bundleFunction } from '../../infra/bundle-function.ts';
import { median } from '../stats.ts';

export type Cold = {
  readonly name: string;
  readonly zippedKb: number;
  /** Milliseconds, median. */
  readonly importMs: number;
  /** Import time over the baseline's, repetition by repetition; and the same of CPU time, which a busy machine blurs less. */
  readonly ratio: number;
  readonly cpuRatio: number;
};

const BASELINE = 'only the DynamoDB client';
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles every function as it is deployed, and imports each in a process of its own, the baseline's beside it. */
export function cold(options: { readonly repetitions: number; readonly say: (line: string) => void }): Cold[] {
  const folder = mkdtempSync(join(tmpdir(), 'nuanliu-cold-'));
  try {
    const baseline = join(root, 'bench/parts/cold-baseline.ts');
    const entries = globSync(['functions/http/*/index.ts', 'functions/events/*/index.ts'], { cwd: root }).toSorted();
    const bundles = [
      // The client as it comes.
      { name: BASELINE, file: bundled(baseline, join(folder, 'baseline'), {}) },
      ...entries.map((entry) => {
        const name = dirname(entry).replace('functions/', '');
        return { name, file: bundled(join(root, entry), join(folder, name)) };
      }),
    ];
    // Round after round, so that what disturbs the machine disturbs all of them.
    const times = bundles.map((): Import[] => []);
    for (let n = 0; n <= options.repetitions; n += 1) {
      for (const [at, { file }] of bundles.entries()) {
        const one = importOnce(file);
        if (n > 0) times[at]?.push(one);
      }
      options.say(`cold: round ${n} of ${options.repetitions}`);
    }
    const first = times[0] ?? [];
    return bundles.map(({ name, file }, at) => {
      const own = times[at] ?? [];
      return {
        name,
        zippedKb: deflateRawSync(readFileSync(file), { level: 9 }).byteLength / 1_024,
        importMs: median(own.map(({ ms }) => ms)),
        ratio: median(own.map(({ ms }, n) => ms / (first[n]?.ms ?? Number.NaN))),
        cpuRatio: median(own.map(({ cpuMs }, n) => cpuMs / (first[n]?.cpuMs ?? Number.NaN))),
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundled(entryPoint: string, folder: string, alias?: Readonly<Record<string, string>>): string {
  const file = join(folder, 'index.mjs');
  bundleFunction(entryPoint, file, alias);
  return file;
}

type Import = { readonly ms: number; readonly cpuMs: number };

/** As Lambda's runtime does it: a new process imports the file. The process's own start is not counted. */
function importOnce(file: string): Import {
  const script = join(dirname(file), 'import.mjs');
  writeFileSync(
    script,
    `const [began, cpu] = [performance.now(), process.cpuUsage()];
     await import('./index.mjs');
     const { user, system } = process.cpuUsage(cpu);
     console.log(JSON.stringify({ ms: performance.now() - began, cpuMs: (user + system) / 1_000 }));
     process.exit(0);`,
  );
  const said = execFileSync(process.execPath, [script], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  return JSON.parse(said) as Import;
}
