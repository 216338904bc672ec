import { globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { Stryker } from '@stryker-mutator/core';

/**
 * `npm run mutate`: each small change to a rule must fail one of the rules' own tests. `npm run mutate -- eligibility us`
 * changes only the files whose paths hold one of these. A file at a time, so that each change meets only the tests that
 * load its file: most changes to a pack's data are made before any test runs, and would meet all of them otherwise.
 */
const LEAST = 90;
const RULES = ['shared/domain/**/*.ts', 'shared/policy/**/*.ts'];
const KEPT = 'coverage/mutation/results.json';

const named = process.argv.slice(2);
const files = globSync(RULES)
  .filter((path) => named.length === 0 || named.some((part) => path.includes(part)))
  .toSorted();

const all: Awaited<ReturnType<Stryker['runMutationTest']>> = [];
for (const file of files) {
  const found = await mutantsOf(file);
  all.push(...found);
  if (found.length > 0) console.log(`${file}: ${scoreOf(found)}`);
  for (const { mutatorName, location, replacement, status } of found.filter(isAlive))
    console.log(`  ${file}:${location.start.line}:${location.start.column} ${status} ${mutatorName}: ${replacement}`);
}
await mkdir('coverage/mutation', { recursive: true });
await writeFile(KEPT, JSON.stringify(all, undefined, 2));
for (const folder of ['shared/domain', 'shared/policy'])
  console.log(`${folder}: ${scoreOf(all.filter(({ fileName }) => fileName.includes(folder)))}`);
console.log(`All: ${scoreOf(all)} (${KEPT})`);
if (percent(all) < LEAST) {
  console.error(`Fewer than ${LEAST} in a hundred were noticed`);
  process.exitCode = 1;
}

type Mutants = typeof all;

async function mutantsOf(file: string): Promise<Mutants> {
  try {
    return await new Stryker({
      configFile: 'test/mutation/stryker.config.json',
      mutate: [file],
    }).runMutationTest();
  } catch (error) {
    if (!/No tests were (executed|found)/i.test(String(error))) throw error;
    // A file of types alone is loaded by no test; a rule that none loads has no mutants to fall short by, and so fails here.
    if (/^export (const|function|class) /m.test(readFileSync(file, 'utf8'))) {
      console.error(`${file}: no test of the rules loads it`);
      process.exitCode = 1;
    }
    return [];
  }
}

function isAlive({ status }: Mutants[number]): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}
function percent(of: Mutants): number {
  const valid = of.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status));
  return valid.length === 0 ? 100 : 100 - (100 * valid.filter(isAlive).length) / valid.length;
}
function scoreOf(of: Mutants): string {
  const count = (status: string) => of.filter((mutant) => mutant.status === status).length;
  return `${percent(of).toFixed(1)} % of ${of.length}: ${count('Killed')} killed, ${count('Timeout')} timed out, ${count('Survived')} survived, ${count('NoCoverage')} met no test`;
}
