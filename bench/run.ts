import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { readPrices } from './cost.ts';
import { cold } from './parts/cold.ts';
import { compare } from './parts/compare.ts';
import { costs } from './parts/costs.ts';
import { files } from './parts/files.ts';
import { growth } from './parts/growth.ts';
import { SCENARIOS, SIDES } from './parts/load.ts';
import { texts } from './parts/texts.ts';
import { type Results, report } from './report.ts';

const PARTS = [...SCENARIOS, 'growth', 'cost', 'cold', 'texts', 'files'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `usage: npm run bench -- [options]
  --only PARTS         of ${PARTS.join(', ')} (default all), divided by commas
  --sides SIDES        of ${SIDES.join(', ')} (default all)
  --repetitions N      of each measurement (default 5)
  --people N           in rush and steady (default 1000)
  --long               growth to a million bookings, 100,000 texts, a file of 100,000 rows
  --port N             first of 30 ports (default 27100)
  --out FILE           where the figures go as JSON (default bench/results.json)
  --profile            write CPU profiles of the gateway and the clients to bench/.profiles`;

const LONG = { sizes: [1_000, 100_000, 1_000_000], messages: 100_000, rows: 100_000, times: 100 };
const SHORT = { sizes: [1_000, 100_000], messages: 5_000, rows: 10_000, times: 30 };
const WEEKS = 2_000;

class UsageError extends Error {}

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: PARTS.join(',') },
      sides: { type: 'string', default: SIDES.join(',') },
      repetitions: { type: 'string', default: '5' },
      people: { type: 'string', default: '1000' },
      long: { type: 'boolean', default: false },
      port: { type: 'string', default: '27100' },
      out: { type: 'string', default: 'bench/results.json' },
      profile: { type: 'boolean', default: false },
    },
  });
  return {
    parts: listOf(values.only, PARTS, '--only'),
    sides: listOf(values.sides, SIDES, '--sides'),
    repetitions: wholeOf(values.repetitions, '--repetitions'),
    people: wholeOf(values.people, '--people'),
    basePort: wholeOf(values.port, '--port'),
    long: values.long,
    out: values.out,
    profile: values.profile,
  };
}

function listOf<T extends string>(text: string, known: readonly T[], flag: string): T[] {
  return text.split(',').map((name) => {
    const found = known.find((it) => it === name);
    if (!found) throw new UsageError(`${flag}: ${name} is none of ${known.join(', ')}`);
    return found;
  });
}

function wholeOf(text: string, flag: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`${flag} must be a whole number`);
  return Number(text);
}

/** `npm run bench`: measures, prints tables and writes the same figures as JSON. */
async function main(): Promise<void> {
  const { parts, ...options } = readOptions();
  const wants = (part: Part) => parts.includes(part);
  const size = options.long ? LONG : SHORT;
  const say = (line: string) => console.error(line);
  const common = { ...options, say };
  const results: Results = {
    at: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryGb: totalmem() / 1024 ** 3,
      node: process.version,
    },
    repetitions: options.repetitions,
    people: options.people,
  };
  const save = () => writeFileSync(options.out, `${JSON.stringify(results, null, 2)}\n`);

  const scenarios = SCENARIOS.filter(wants);
  if (scenarios.length > 0) results.comparisons = await compare({ ...common, scenarios, weeks: WEEKS });
  save();
  if (wants('growth') || wants('cost')) {
    const sizes = wants('growth') ? size.sizes : size.sizes.slice(0, 1);
    const measured = await growth({ ...common, sizes, times: size.times });
    if (wants('growth')) results.growth = measured;
    const first = measured[0];
    if (wants('cost') && first) results.cost = costs(first.operations, readPrices());
  }
  save();
  if (wants('cold')) results.cold = cold(common);
  save();
  if (wants('texts')) results.texts = await texts({ ...common, messages: size.messages });
  save();
  if (wants('files')) results.files = await files({ ...common, rows: size.rows });
  save();
  console.log(report(results));
  say(`figures: ${options.out}`);
}

try {
  await main();
} catch (error) {
  const told = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(told ? `bench: ${(error as Error).message}\n${USAGE}` : error);
  process.exitCode = told ? 2 : 1;
}
