import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { RULES } from './import-rules.ts';

/**
 * Checks which way imports run. It reports how many modules it read, and that it finds a violation seeded on purpose: a
 * checker that reads nothing finds nothing.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const seeded = fileURLToPath(new URL('seeded', import.meta.url));

async function violations(baseDir: string, folders: string[]) {
  const { output } = await cruise(
    folders,
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: RULES },
      // TypeScript 7 has no parser that dependency-cruiser could ask.
      parser: 'swc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^test/check/seeded/' },
    } as ICruiseOptions,
    {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'require', 'types'],
    } as never,
  );
  const { modules, summary } = output as ICruiseResult;
  const own = modules.filter(({ source }) => !source.includes('node_modules') && /\.tsx?$/.test(source));
  return { read: own.length, found: summary.violations };
}

const proof = await violations(seeded, ['shared']);
if (
  !proof.found.some(({ rule, from }) => rule.name === 'domain-imports-one-way' && from.endsWith('reaches-the-store.ts'))
) {
  throw new Error('the violation seeded on purpose was not found: the check of imports does not work');
}
const { read, found } = await violations(root, ['shared', 'functions', 'infra', 'local', 'web/src', 'test']);
for (const { rule, from, to, cycle } of found) {
  console.error(`${rule.name}: ${from} -> ${to}${cycle ? ` (${cycle.map(({ name }) => name).join(' -> ')})` : ''}`);
}
console.log(`${read} modules read, ${found.length} imports against the rules; the seeded violation was found`);
if (found.length > 0) process.exitCode = 1;
