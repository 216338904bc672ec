import { appendFileSync, existsSync, readFileSync } from 'node:fs';
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
  --kills N     crashes in all (default 60), at most 20 a seed
  --clients N   client processes (default 4)
  --people N    people of a rush (default: 1000, then 5000)
  --inputs N    hostile inputs a route in all (default 2000), at most 500 a seed
  --keep FILE   adds a line for each seed to FILE, and passes over those that FILE has as held: to go on where a run ended`;

const PARTS = ['histories', 'rush', 'crashes', 'fuzz'] as const;
type Part = (typeof PARTS)[number];
type Sizes = { ops: number; each: number; kills: number; clients: number; people: readonly number[]; inputs: number };

/** What is done at one time, and can be done again by itself: the rest goes on if it breaks. */
type Piece = {
  readonly part: Part;
  readonly seed: number;
  /** How much of it, as the options that make it again. */
  readonly size: string;
  readonly run: () => Promise<Outcome>;
};
type Outcome = { readonly holds: boolean; readonly summary: string };
type Kept = Pick<Piece, 'part' | 'seed' | 'size'> & Outcome;

const CRASHES_EACH = 20;
const INPUTS_EACH = 500;

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
      keep: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const unknown = positionals.filter((part) => !PARTS.includes(part as Part));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `unknown: ${unknown.join(' ')}\n${USAGE}` : USAGE);
    return unknown.length === 0;
  }
  const number = (name: Exclude<keyof typeof values, 'help' | 'keep'>, otherwise: number): number => {
    const value = Number(values[name] ?? otherwise);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} is not a whole number`);
    return value;
  };
  const kept = values.keep ? readKept(values.keep) : [];
  const seed = number('seed', kept[0]?.seed ?? Date.now() % 100_000);
  const sizes: Sizes = {
    ops: number('ops', 200_000),
    each: number('each', 20_000),
    kills: number('kills', 60),
    clients: number('clients', 4),
    people: values.people ? [number('people', 0)] : [1_000, 5_000],
    inputs: number('inputs', 2_000),
  };
  console.log(`seed ${seed}`);
  const wanted = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
  const told: Kept[] = [];
  for (const piece of wanted.flatMap((part) => PIECES[part](seed, sizes))) {
    const { part, size } = piece;
    const before = kept.find((it) => it.holds && it.part === part && it.seed === piece.seed && it.size === size);
    if (before) console.log(`\n${nameOf(piece)}: held before`);
    else console.log(`\n${nameOf(piece)} (again: npm run prove -- ${part} --seed ${piece.seed} ${size})`);
    const outcome = before ?? (await attempt(piece));
    const line: Kept = { part, seed: piece.seed, size, holds: outcome.holds, summary: outcome.summary };
    told.push(line);
    if (values.keep && !before) appendFileSync(values.keep, `${JSON.stringify(line)}\n`);
  }
  console.log('');
  for (const line of told) console.log(`${line.holds ? 'held  ' : 'BROKEN'} ${nameOf(line)}: ${line.summary}`);
  const holds = told.every((line) => line.holds);
  console.log(holds ? 'Every invariant holds.' : 'Something broke: see above.');
  return holds;
}

const nameOf = ({ part, seed, size }: Pick<Piece, 'part' | 'seed' | 'size'>): string => `${part}, seed ${seed} ${size}`;

function readKept(file: string): Kept[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Kept);
}

/** One that cannot be run at all is told like one that broke, and keeps no other from its turn. */
async function attempt({ run }: Piece): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    console.log(`  ${error instanceof Error ? error.stack : error}`);
    return { holds: false, summary: String(error) };
  }
}

/** A whole cut into parts of at most so many. */
const cut = (whole: number, most: number): number[] =>
  Array.from({ length: Math.ceil(whole / most) }, (_, n) => Math.min(most, whole - n * most));

const PIECES: Record<Part, (seed: number, sizes: Sizes) => Piece[]> = {
  histories: (first, { ops, each, clients }) =>
    cut(ops, each).map((calls, n) => ({
      part: 'histories',
      seed: first + n,
      size: `--ops ${calls}`,
      run: async () => await history(first + n, calls, clients),
    })),
  rush: (seed, { people, clients }) =>
    people.map((count) => ({
      part: 'rush',
      seed,
      size: `--people ${count}`,
      run: async () => await rushes(seed, count, clients),
    })),
  crashes: (first, { kills, clients }) =>
    cut(kills, CRASHES_EACH).map((count, n) => ({
      part: 'crashes',
      seed: first + n,
      size: `--kills ${count}`,
      run: async () => await crashes(first + n, count, clients),
    })),
  fuzz: (first, { inputs }) =>
    cut(inputs, INPUTS_EACH).map((count, n) => ({
      part: 'fuzz',
      seed: first + n,
      size: `--inputs ${count}`,
      run: async () => await fuzz(first + n, count),
    })),
};

/** Seeds that are histories behind the proxy; the others are not, and go several times as fast. */
const BAD_EVERY = 4;

async function history(seed: number, calls: number, clients: number): Promise<Outcome> {
  const bad = seed % BAD_EVERY === 0;
  console.log(`  ${bad ? 'on a bad day' : 'straight at the engine'}`);
  const result = await runHistory({
    seed,
    ...(bad && { rates: BAD_DAY }),
    ops: calls,
    people: Math.max(40, Math.ceil(calls / 15)),
    clients,
    atOnce: 8,
    patienceMs: 300_000,
    say: console.log,
  });
  return tell(result);
}

async function crashes(seed: number, kills: number, clients: number): Promise<Outcome> {
  const result = await runHistory({
    seed,
    rates: CONFLICTS_ONLY,
    ops: 0,
    people: Math.max(60, kills * 20),
    clients,
    atOnce: 8,
    kills,
    patienceMs: 300_000,
    say: console.log,
  });
  const { holds, summary } = tell(result);
  const killed = sum(result.killed);
  return { holds: holds && killed >= kills, summary: `${killed} killed, ${summary}` };
}

const SHOWN = 20;

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const shown = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function tell(result: HistoryResult): Outcome {
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
  const broken: Record<string, number> = {};
  for (const { invariant } of violations) broken[invariant] = (broken[invariant] ?? 0) + 1;
  if (violations.length > 0) console.log(`  BROKEN: ${shown(broken)}`);
  for (const { invariant, detail } of violations.slice(0, SHOWN)) {
    console.log(`  BROKEN ${invariant} (${INVARIANTS[invariant]}): ${detail}`);
  }
  if (violations.length > SHOWN) console.log(`  and ${violations.length - SHOWN} more`);
  const summary =
    `${result.ops} calls, ${result.acknowledged} acknowledged, ${waits.offered} offers, ${sum(faults)} faults, ` +
    `${result.texts} texts in ${result.seconds.toFixed(0)} s`;
  return { holds: violations.length === 0, summary: violations.length > 0 ? `${shown(broken)}; ${summary}` : summary };
}

const PLACES = 200;

async function rushes(seed: number, people: number, processes: number): Promise<Outcome> {
  console.log(`  ${people} people, ${PLACES} places`);
  const rows: [string, Rates, boolean][] = [
    ['pools, conflicts', CONFLICTS_ONLY, false],
    ['one counter, conflicts', CONFLICTS_ONLY, true],
    ['pools, bad day', BAD_DAY, false],
  ];
  console.log('                          filled after  all answered  tries: winner  (most)  a place   conflicts');
  let holds = true;
  const filled: string[] = [];
  for (const [name, rates, singleCounter] of rows) {
    const result = await runRush({ seed, rates, people, places: PLACES, processes, singleCounter });
    const exact = result.booked === PLACES && result.bookingsStored === PLACES && result.freeStored === 0;
    const others = people - result.booked - result.toldFull;
    console.log(`  ${row(name, result)}${exact ? '' : `  BROKEN: ${result.booked} booked, ${result.freeStored} free`}`);
    if (others > 0) console.log(`    ${others} got another answer: ${JSON.stringify(result.other)}`);
    filled.push(
      `${name} ${result.booked} booked in ${(result.fillMs / 1_000).toFixed(1)} s, ${others} without an answer`,
    );
    // The counter is there to be compared with: it may leave people without an answer, but never fill wrongly.
    holds = holds && exact && (others === 0 || singleCounter);
  }
  return { holds, summary: filled.join('; ') };
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

async function fuzz(seed: number, perRoute: number): Promise<Outcome> {
  const report = await runFuzz({ seed, perRoute, sockets: perRoute });
  const statuses = Object.entries(report.statuses).map(([status, count]) => `${status}: ${count}`);
  console.log(`  ${report.requests} requests, the slowest ${report.slowestMs.toFixed(0)} ms; ${statuses.join(', ')}`);
  for (const { route, n, why, sent, got } of report.faults) {
    console.log(`  BROKEN ${route}, input ${n}: ${why}\n  ${sent}\n  => ${got}`);
  }
  const slowest = `the slowest ${report.slowestMs.toFixed(0)} ms`;
  return {
    holds: report.faults.length === 0,
    summary: `${report.faults.length} faults in ${report.requests} requests, ${slowest}`,
  };
}

process.exitCode = (await main()) ? 0 : 1;
process.exit();
