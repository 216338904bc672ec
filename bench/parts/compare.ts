import { issuerFor, subjectFor } from '../../local/subjects.ts';
import { type Client, startClient } from '../client.ts';
import { startLocal } from '../deployment.ts';
import { untilQuiet } from '../processes.ts';
import { type Figures, type Run, ratio, summarise } from '../stats.ts';
import { startTableEngine } from '../table-engine.ts';
import { startYardstick } from '../yardstick/service.ts';
import {
  measure,
  nuanliuSide,
  planOf,
  rawSide,
  type Scenario,
  type Side,
  type SideName,
  storeSide,
  yardstickSide,
} from './load.ts';

export type Comparison = {
  readonly scenario: Scenario;
  readonly sides: Partial<Record<SideName, Figures>>;
  /** Requests a second of the one over those of the other, in the same repetition. */
  readonly ratios: Readonly<Record<string, number>>;
};

export type CompareOptions = {
  readonly scenarios: readonly Scenario[];
  readonly sides: readonly SideName[];
  readonly repetitions: number;
  readonly people: number;
  readonly weeks: number;
  readonly basePort: number;
  readonly say: (line: string) => void;
  readonly profile?: boolean;
};

const RATIOS: readonly (readonly [SideName, SideName])[] = [
  ['nuanliu', 'raw-sdk'],
  ['store', 'raw-sdk'],
  ['nuanliu', 'raw-http'],
  ['nuanliu', 'yardstick'],
];
/** People of the run before the first that counts, in which every process warms up. */
const WARM_UP = 300;

/** Every scenario on every side, one side after the other within each repetition. */
export async function compare(options: CompareOptions): Promise<Comparison[]> {
  const undo: (() => void | Promise<void>)[] = [];
  try {
    const sides = await startSides(options, undo);
    const comparisons: Comparison[] = [];
    for (const scenario of options.scenarios) {
      const runs = await repeat(scenario, sides, options);
      const summaries = [...runs].map(([name, of]) => [name, summarise(of)] as const);
      comparisons.push({ scenario, sides: Object.fromEntries(summaries), ratios: ratiosOf(runs) });
    }
    return comparisons;
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

type Started = { readonly sides: Side[]; readonly fresh: () => Promise<void> };

async function startSides(options: CompareOptions, undo: (() => void | Promise<void>)[]): Promise<Started> {
  const { basePort } = options;
  const wants = (name: SideName) => options.sides.includes(name);
  const engine = await startTableEngine({
    port: basePort,
    tables: ['schedule', 'by-store', 'by-raw-sdk', 'by-raw-http'],
  });
  undo.push(engine.stop);
  const client = (): Client => {
    const started = startClient(options.profile ? ['--cpu-prof', '--cpu-prof-dir=bench/.profiles'] : []);
    undo.push(started.stop);
    return started;
  };
  const sides: Side[] = [];
  if (wants('nuanliu')) {
    const flags = options.profile ? ['--cpu-prof', '--cpu-prof-dir=bench/.profiles'] : [];
    const local = await startLocal({ port: basePort + 1, endpoint: engine.endpoint, flags });
    undo.push(local.stop);
    const identity = { issuer: issuerFor(local.origin), subjectOf: subjectFor };
    sides.push(nuanliuSide(engine, local, client(), identity));
  }
  if (wants('store')) sides.push(storeSide(engine, client()));
  if (wants('raw-sdk')) sides.push(rawSide('raw-sdk', engine, client()));
  if (wants('raw-http')) sides.push(rawSide('raw-http', engine, client()));
  if (wants('yardstick')) {
    const yardstick = await startYardstick({ postgres: basePort + 2, service: basePort + 3 });
    if (yardstick) {
      undo.push(yardstick.stop);
      sides.push(yardstickSide(yardstick, client()));
    } else {
      options.say('yardstick: skipped, there is no PostgreSQL here (Debian: apt-get install postgresql)');
    }
  }
  return { sides, fresh: engine.restart };
}

async function repeat(scenario: Scenario, { sides, fresh }: Started, options: CompareOptions) {
  const runs = new Map<SideName, Run[]>();
  for (let repetition = 0; repetition <= options.repetitions; repetition += 1) {
    const size = { people: options.people, weeks: options.weeks };
    const warming = repetition === 0;
    const plan = planOf(scenario, repetition, warming ? { people: WARM_UP, weeks: 100 } : size);
    await untilQuiet(sides.flatMap((side) => side.busy()));
    await fresh();
    for (const side of sides) {
      // A whole week through the engine takes seven queries; fewer of them tell as much.
      const direct = scenario === 'browse' && side.name !== 'nuanliu' && side.name !== 'yardstick';
      const run = await measure(side, direct ? { ...plan, weeks: Math.ceil(plan.weeks / 10) } : plan);
      const rate = (run.latencies.length / run.seconds).toFixed(0);
      const what = `${scenario} ${warming ? 'warm-up' : `${repetition}/${options.repetitions}`} ${side.name}`;
      options.say(`${what}: ${rate}/s ${JSON.stringify(run.counts)}`);
      if (!warming) runs.set(side.name, [...(runs.get(side.name) ?? []), run]);
    }
  }
  return runs;
}

const ratiosOf = (runs: ReadonlyMap<SideName, readonly Run[]>): Record<string, number> =>
  Object.fromEntries(
    RATIOS.flatMap(([a, b]) => {
      const [ours, theirs] = [runs.get(a), runs.get(b)];
      return ours && theirs ? [[`${a} / ${b}`, ratio(ours, theirs)]] : [];
    }),
  );
