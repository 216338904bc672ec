import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Rates } from '../fault-proxy/plan.ts';
import type { FaultCounts } from '../fault-proxy.ts';
import { createChance } from './chance.ts';
import { type History, judge, type Violation } from './check.ts';
import { type Entry, isDone, OPS } from './entry.ts';
import type { WaitEvent } from './lines.ts';
import { type Stage, startStage } from './stage.ts';
import { letOffersLapse } from './time.ts';
import { generateWorld, storeWorld, type World } from './world.ts';

export type HistoryOptions = {
  readonly seed: number;
  /** What the proxy does; without, there is none and calls go several times as fast. */
  readonly rates?: Rates;
  /** Calls in all; with `kills`, as many as it takes. */
  readonly ops: number;
  readonly people: number;
  readonly clients: number;
  readonly atOnce: number;
  /** How often the engine, the gateway or the process with the consumers is ended at a random moment. */
  readonly kills?: number;
  /** How long nothing more may be announced at the end while something is left; a text whose sender died takes its lease, a minute. */
  readonly patienceMs: number;
  /** Whether a text in the hands of a sender that died may stay there: its lease is longer than a short run. */
  readonly leasesMayRun?: boolean;
  readonly say?: (line: string) => void;
};

const VICTIMS = ['engine', 'gateway', 'consumers'] as const;
type Victim = (typeof VICTIMS)[number];

export type HistoryResult = {
  readonly violations: readonly Violation[];
  readonly ops: number;
  readonly acknowledged: number;
  /** Acknowledged and all calls of each operation. */
  readonly byOp: Readonly<Record<string, string>>;
  readonly refused: number;
  readonly unknown: number;
  readonly seconds: number;
  readonly faults: Partial<FaultCounts>;
  readonly killed: Readonly<Record<Victim, number>>;
  readonly texts: number;
  readonly secondAttempts: number;
  readonly uncertain: number;
  /** What came of waiting. */
  readonly waits: Readonly<Record<WaitEvent, number>>;
};

/** One history: a world from the seed, clients in processes of their own, crashes if wanted, and then the reckoning. */
export async function runHistory(options: HistoryOptions): Promise<HistoryResult> {
  const { seed, say = () => {} } = options;
  const began = Date.now();
  const stage = await startStage(options);
  try {
    const world = generateWorld(seed, { people: options.people }, Date.now());
    await storeWorld(stage.store, world, stage.origin, Date.now());
    const people = [...world.people, world.staff, world.organiser];
    const minted = await stage.tokens(world.people[0]?.phone ?? '', people.length);
    const tokens = Object.fromEntries(people.map(({ personId }, n) => [personId, minted[n] ?? '']));
    say(`  ${world.people.length} people, ${world.slots.length} slots, ${world.events.length} events`);
    const clients = startClients(stage, options, world, tokens);
    const time = letOffersLapse(stage, clients.progress, seed);
    const killed = await crash(stage, options, clients);
    clients.stop();
    await clients.ended.finally(time.stop);
    const entries = clients.read();
    say(`  ${entries.length} calls in ${((Date.now() - began) / 1_000).toFixed(0)} s; waiting for the last texts`);
    const { violations, history, waits } = await reckon(stage, options, world, entries);
    const messages = history.items.filter((item) => (item as { kind?: string }).kind === 'message') as {
      attempts: number;
      status: string;
    }[];
    return {
      violations,
      ops: entries.length,
      acknowledged: entries.filter(({ status }) => status >= 200 && status < 300).length,
      byOp: Object.fromEntries(
        OPS.map((op) => {
          const calls = entries.filter((entry) => entry.op === op);
          return [op, `${calls.filter(isDone).length}/${calls.length}`];
        }),
      ),
      refused: entries.filter(({ status }) => status >= 400).length,
      unknown: entries.filter(({ status }) => status === 0).length,
      seconds: (Date.now() - began) / 1_000,
      faults: stage.proxy?.counts ?? {},
      killed,
      texts: history.texts.length,
      secondAttempts: messages.filter(({ attempts }) => attempts > 1).length,
      uncertain: messages.filter(({ status }) => status === 'uncertain').length,
      waits,
    };
  } finally {
    await stage.stop();
  }
}

function startClients(stage: Stage, options: HistoryOptions, world: World, tokens: Record<string, string>) {
  const alive = new Set<number>();
  const files: string[] = [];
  const children = Array.from({ length: options.clients }, (_, client) => {
    const file = join(stage.folder, `client-${client}.json`);
    const out = join(stage.folder, `client-${client}.jsonl`);
    const ops = options.kills ? 0 : Math.ceil(options.ops / options.clients);
    writeFileSync(
      file,
      JSON.stringify({ origin: stage.origin, world, tokens, client, atOnce: options.atOnce, ops, out }),
    );
    files.push(out);
    const child = spawn(process.execPath, [fileURLToPath(new URL('client.ts', import.meta.url)), file], {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    alive.add(client);
    child.once('exit', () => alive.delete(client));
    return child;
  });
  const ended = Promise.all(
    children.map(async (child) => {
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`a client ended with ${code}`);
    }),
  );
  ended.catch(() => {});
  return {
    running: () => alive.size > 0,
    ended,
    // With crashes they go on until they are told; without, until they have done what they should.
    stop: () => {
      if (options.kills) for (const child of children) child.stdin?.end();
    },
    /** How much has been written down so far, in bytes. */
    progress: (): number =>
      files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0),
    read: (): Entry[] =>
      files.flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Entry),
      ),
  };
}

/** About ten calls: so much is to happen between two crashes, however slow the machine is. */
const BETWEEN_BYTES = 4_000;

/** Ends one process or another at random moments, as often as wanted and while there are clients. */
async function crash(
  stage: Stage,
  { kills = 0, seed, say = () => {} }: HistoryOptions,
  clients: Pick<ReturnType<typeof startClients>, 'running' | 'progress'>,
) {
  const chance = createChance(seed + 77);
  const killed: Record<Victim, number> = { engine: 0, gateway: 0, consumers: 0 };
  const kill = { engine: stage.killEngine, gateway: stage.killGateway, consumers: stage.killConsumers };
  for (let n = 0; n < kills && clients.running(); n += 1) {
    const until = clients.progress() + BETWEEN_BYTES;
    do await sleep(300 + chance.below(2_000));
    while (clients.progress() < until && clients.running());
    // One of each first, so that a short run has seen them all.
    const victim = VICTIMS[n] ?? chance.of(VICTIMS) ?? 'engine';
    await kill[victim]();
    killed[victim] += 1;
    if ((n + 1) % 10 === 0) say(`  ${n + 1} of ${kills} crashes`);
  }
  if (kills > 0) await sleep(500);
  return killed;
}

const POLL_MS = 1_000;
const TELL_MS = 15_000;

/** Holds what was recorded against what there is. What is only late is waited for; everything else is final. */
async function reckon(stage: Stage, options: HistoryOptions, world: World, entries: Entry[]) {
  let deadline = Date.now() + options.patienceMs;
  let fewest = Number.POSITIVE_INFINITY;
  let nextWord = Date.now() + TELL_MS;
  for (;;) {
    const began = Date.now();
    const history: History = {
      world,
      entries,
      items: await stage.items(),
      changes: stage.changes(),
      texts: stage.texts(),
      now: Date.now(),
      publicUrl: stage.origin,
      leasesMayRun: options.leasesMayRun ?? false,
    };
    const { violations, waits } = judge(history);
    const took = Date.now() - began;
    // What is final is told alone: the rest was not waited for, and may be late only.
    const final = violations.filter(({ invariant }) => !LATE.has(invariant));
    if (final.length > 0) return { violations: final, history, waits };
    if (violations.length < fewest) deadline = Date.now() + options.patienceMs;
    fewest = Math.min(fewest, violations.length);
    if (violations.length === 0 || Date.now() > deadline) return { violations, history, waits };
    if (Date.now() > nextWord) {
      nextWord += TELL_MS;
      options.say?.(`  still ${violations.length} late, such as ${violations[0]?.detail}`);
    }
    // To read and check it all takes the machine from those who are waited for.
    await sleep(Math.max(POLL_MS, took * 3));
  }
}

/** What time alone may mend: the stream's consumer and the sender are not done yet. */
const LATE = new Set([
  'unannounced',
  'waits-in-vain',
  'lock',
  'places-lost',
  'text-repeated',
  'one-text',
  'place-idle',
]);
