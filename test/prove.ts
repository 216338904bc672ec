import { parseArgs } from 'node:util';
import { BAD_DAY, CONFLICTS_ONLY, type Rates } from './support/fault-proxy/plan.ts';
import { runFuzz } from './support/fuzz.ts';
import { INVARIANTS } from './support/history/check.ts';
import { type HistoryResult, runHistory } from './support/history/run.ts';
import { type RushResult, runRush } from './support/history/rush.ts';

const USAGE = `usage: npm run prove -- [parts] [options]
  parts         histories rush crashes fuzz   (default: all four)
  --seed N      first seed (default: from the clock, and printed); the same seed makes the same plan again
  --ops M       calls of the histories in all (default 200000)
  --each K      calls a seed (default 20000)
  --kills N     crashes (default 60)
  --clients N   client processes (default 4)
  --people N    people of a rush (default: 1000, then 5000)
  --inputs N    hostile inputs a route (default 2000)`;

const PARTS = ['histories', 'rush', 'crashes', 'fuzz'] as const;

/** The long form of test/properties/histories.test.ts. Ends with 1 if anything broke, and says how to do it again. */
async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      ops: { type: 'string' },
      each: { type: 'string' },
      kills: { type: 'string' },
      clients: { type: 'string' },
      people: { type: 'string' },
      inputs: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const unknown = positionals.filter((part) => !PARTS.includes(part as (typeof PARTS)[number]));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `unknown: ${unknown.join(' ')}\n${USAGE}` : USAGE);
    return unknown.length === 0;
  }
  const number = (
    name: 'seed' | 'ops' | 'each' | 'kills' | 'clients' | 'people' | 'inputs',
    otherwise: number,
  ): number => {
    const value = Number(values[name] ?? otherwise);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} is not a whole number`);
    return value;
  };
  const seed = number('seed', Date.now() % 100_000);
  const clients = number('clients', 4);
  const wanted = (part: (typeof PARTS)[number]) => positionals.length === 0 || positionals.includes(part);
  console.log(`seed ${seed}`);
  let holds = true;
  if (wanted('histories')) {
    holds = (await histories(seed, number('ops', 200_000), number('each', 20_000), clients)) && holds;
  }
  if (wanted('rush')) {
    const sizes = values.people ? [number('people', 0)] : [1_000, 5_000];
    for (const people of sizes) holds = (await rushes(seed, people, clients)) && holds;
  }
  if (wanted('crashes')) holds = (await crashes(seed, number('kills', 60), clients)) && holds;
  if (wanted('fuzz')) holds = (await fuzz(seed, number('inputs', 2_000))) && holds;
  console.log(holds ? 'Every invariant holds.' : 'Something broke: see above.');
  return holds;
}

/** Seeds that are histories behind the proxy; the others are not, and go several times as fast. */
const BAD_EVERY = 4;

async function histories(first: number, ops: number, most: number, clients: number): Promise<boolean> {
  let holds = true;
  let done = 0;
  for (let seed = first; done < ops; seed += 1) {
    const each = Math.min(most, ops - done);
    const bad = seed % BAD_EVERY === 0;
    console.log(
      `\nhistory, seed ${seed}: ${each} calls ${bad ? 'on a bad day' : 'straight at the engine'} ` +
        `(again: npm run prove -- histories --seed ${seed} --ops ${each})`,
    );
    const people = Math.max(40, Math.ceil(each / 15));
    const result = await runHistory({
      seed,
      ...(bad && { rates: BAD_DAY }),
      ops: each,
      people,
      clients,
      atOnce: 8,
      patienceMs: 300_000,
      say: console.log,
    });
    done += result.ops;
    holds = tell(result) && holds;
  }
  console.log(`\n${done} calls in all`);
  return holds;
}

async function crashes(seed: number, kills: number, clients: number): Promise<boolean> {
  console.log(`\ncrashes, seed ${seed}: ${kills} (again: npm run prove -- crashes --seed ${seed} --kills ${kills})`);
  const rates = CONFLICTS_ONLY;
  const result = await runHistory({
    seed,
    rates,
    ops: 0,
    people: Math.max(60, kills * 20),
    clients,
    atOnce: 8,
    kills,
    patienceMs: 300_000,
    say: console.log,
  });
  return tell(result) && sum(result.killed) >= kills;
}

const SHOWN = 20;

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const shown = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function tell(result: HistoryResult): boolean {
  const { violations, faults, killed, waits } = result;
  console.log(
    `  ${result.ops} calls in ${result.seconds.toFixed(0)} s: ${result.acknowledged} acknowledged, ${result.refused} refused, ` +
      `${result.unknown} without an answer; ${result.texts} texts, ${result.secondAttempts} tried twice, ${result.uncertain} uncertain`,
  );
  console.log(
    `  done: ${Object.entries(result.byOp)
      .map(([op, calls]) => `${op} ${calls}`)
      .join(', ')}`,
  );
  console.log(`  waited for: ${shown(waits)}`);
  const met = Object.entries(faults).filter(([, count]) => count > 0);
  console.log(`  met: ${met.map(([name, count]) => `${count} ${name}`).join(', ') || 'nothing'}`);
  if (sum(killed) > 0) {
    console.log(
      `  killed: the engine ${killed.engine} times, the gateway ${killed.gateway}, the consumers ${killed.consumers}`,
    );
  }
  for (const { invariant, detail } of violations.slice(0, SHOWN)) {
    console.log(`  BROKEN ${invariant} (${INVARIANTS[invariant]}): ${detail}`);
  }
  if (violations.length > SHOWN) console.log(`  and ${violations.length - SHOWN} more`);
  return violations.length === 0;
}

const PLACES = 200;

async function rushes(seed: number, people: number, processes: number): Promise<boolean> {
  console.log(`\nrush, seed ${seed}: ${people} people, ${PLACES} places`);
  const rows: [string, Rates, boolean][] = [
    ['pools, conflicts', CONFLICTS_ONLY, false],
    ['one counter, conflicts', CONFLICTS_ONLY, true],
    ['pools, bad day', BAD_DAY, false],
  ];
  console.log('                          filled after  all answered  tries: winner  (most)  a place   conflicts');
  let holds = true;
  for (const [name, rates, singleCounter] of rows) {
    const result = await runRush({ seed, rates, people, places: PLACES, processes, singleCounter });
    const exact = result.booked === PLACES && result.bookingsStored === PLACES && result.freeStored === 0;
    const others = people - result.booked - result.toldFull;
    console.log(`  ${row(name, result)}${exact ? '' : `  BROKEN: ${result.booked} booked, ${result.freeStored} free`}`);
    if (others > 0) console.log(`    ${others} got another answer: ${JSON.stringify(result.other)}`);
    holds = holds && exact && others === 0;
  }
  return holds;
}

const row = (name: string, result: RushResult): string =>
  [
    name.padEnd(23),
    `${(result.fillMs / 1_000).toFixed(1)} s`.padStart(12),
    `${(result.allMs / 1_000).toFixed(1)} s`.padStart(13),
    result.attemptsPerWinner.toFixed(1).padStart(14),
    String(result.mostAttempts).padStart(7),
    result.attemptsPerSuccess.toFixed(1).padStart(8),
    String(result.conflicts).padStart(11),
  ].join(' ');

async function fuzz(seed: number, perRoute: number): Promise<boolean> {
  console.log(
    `\nfuzz, seed ${seed}: ${perRoute} inputs a route (again: npm run prove -- fuzz --seed ${seed} --inputs ${perRoute})`,
  );
  const report = await runFuzz({ seed, perRoute, sockets: perRoute });
  const statuses = Object.entries(report.statuses).map(([status, count]) => `${status}: ${count}`);
  console.log(`  ${report.requests} requests, the slowest ${report.slowestMs.toFixed(0)} ms; ${statuses.join(', ')}`);
  for (const { route, n, why, sent, got } of report.faults) {
    console.log(`  BROKEN ${route}, input ${n}: ${why}\n  ${sent}\n  => ${got}`);
  }
  return report.faults.length === 0;
}

process.exitCode = (await main()) ? 0 : 1;
process.exit();
