import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BookingItem, PoolItem, SlotItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import type { Rates } from '../fault-proxy/plan.ts';
import type { RushEntry } from './rush-client.ts';
import { startStage } from './stage.ts';
import { generateWorld, storeWorld, type WorldSlot } from './world.ts';

export type RushOptions = {
  readonly seed: number;
  readonly rates: Rates;
  readonly people: number;
  readonly places: number;
  readonly processes: number;
  /** One count for all the places, as a simpler design would have it. */
  readonly singleCounter?: boolean;
};

export type RushResult = {
  readonly booked: number;
  readonly toldFull: number;
  readonly other: Record<string, number>;
  readonly bookingsStored: number;
  readonly freeStored: number;
  /** From the first request to the last place taken, and to the last answer. */
  readonly fillMs: number;
  readonly allMs: number;
  /** Transactions asked for, by those who won, each; and by everyone, a place. */
  readonly attemptsPerWinner: number;
  readonly attemptsPerSuccess: number;
  readonly mostAttempts: number;
  readonly conflicts: number;
};

/** Everyone wants one of few places at the same instant. */
export async function runRush(options: RushOptions): Promise<RushResult> {
  const stage = await startStage(options);
  try {
    const { proxy } = stage;
    if (!proxy) throw new Error('tries are counted on the way to the engine');
    const made = generateWorld(options.seed, { people: options.people }, Date.now());
    const healthy = made.staff.facts;
    const one = made.slots.find(({ slotKind }) => slotKind === 'donation') as WorldSlot;
    const slot: WorldSlot = { ...one, procedure: 'whole-blood', places: options.places };
    const world = { ...made, people: made.people.map((it) => ({ ...it, facts: healthy })), slots: [slot], events: [] };
    await storeWorld(stage.store, world, stage.origin, Date.now());
    if (options.singleCounter) await mergePools(stage.store, slot);
    const tokens = await stage.tokens(world.people[0]?.phone ?? '', world.people.length);
    const before = new Map(proxy.attempts);
    const entries = await rush(
      stage,
      options,
      slot.slotId,
      world.people.map(({ personId }, n) => ({ personId, token: tokens[n] ?? '' })),
    );
    const items = await stage.items();
    const stored = items.filter((it) => it.kind === 'booking') as unknown as BookingItem[];
    const pools = items.filter((it) => it.kind === 'pool') as unknown as PoolItem[];

    const winners = entries.filter(({ status }) => status === 201);
    const triesOf = ({ personId }: RushEntry) => {
      const { pk } = keys.lock(personId);
      return (proxy.attempts.get(pk) ?? 0) - (before.get(pk) ?? 0);
    };
    const sum = (list: readonly RushEntry[]) => list.reduce((total, entry) => total + triesOf(entry), 0);
    const first = Math.min(...entries.map(({ at }) => at));
    const other: Record<string, number> = {};
    for (const { status, full } of entries) if (status !== 201 && !full) other[status] = (other[status] ?? 0) + 1;
    return {
      booked: winners.length,
      toldFull: entries.filter(({ full }) => full).length,
      other,
      bookingsStored: stored.filter(({ status, slotId }) => status === 'booked' && slotId === slot.slotId).length,
      freeStored: pools.reduce((total, { free }) => total + free, 0),
      fillMs: Math.max(...winners.map(({ until }) => until)) - first,
      allMs: Math.max(...entries.map(({ until }) => until)) - first,
      attemptsPerWinner: sum(winners) / winners.length,
      attemptsPerSuccess: sum(entries) / winners.length,
      mostAttempts: Math.max(...winners.map(triesOf)),
      conflicts: proxy.counts.conflicts,
    };
  } finally {
    await stage.stop();
  }
}

/** The same places under one count. */
async function mergePools(store: Awaited<ReturnType<typeof startStage>>['store'], { slotId, places }: WorldSlot) {
  const slot = await store.get<SlotItem>(keys.slot(slotId), { consistent: true });
  const single: PoolItem = { kind: 'pool', slotId, k: 0, places, free: places, open: true };
  const result = await store.transact([
    { Put: { Item: { ...keys.slot(slotId), ...slot, pools: 1 } } },
    { Put: { Item: { ...keys.pool(slotId, 0), ...single } } },
    ...Array.from({ length: (slot?.pools ?? 1) - 1 }, (_, k) => ({ Delete: { Key: keys.pool(slotId, k + 1) } })),
  ]);
  if (!result.ok) throw new Error('the pools could not be made one');
}

async function rush(
  stage: Awaited<ReturnType<typeof startStage>>,
  { processes }: RushOptions,
  slotId: string,
  people: readonly { personId: string; token: string }[],
): Promise<RushEntry[]> {
  const share = Math.ceil(people.length / processes);
  const children = Array.from({ length: processes }, (_, n) => {
    const file = join(stage.folder, `rush-${n}.json`);
    const out = join(stage.folder, `rush-${n}.out`);
    const own = people.slice(n * share, (n + 1) * share);
    writeFileSync(file, JSON.stringify({ origin: stage.origin, slotId, people: own, out }));
    const child = spawn(process.execPath, [fileURLToPath(new URL('rush-client.ts', import.meta.url)), file], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    return { child, out, ready: once(child.stdout, 'data'), ended: once(child, 'exit') };
  });
  await Promise.all(children.map(({ ready }) => ready));
  for (const { child } of children) child.stdin.write('go\n');
  await Promise.all(children.map(({ ended }) => ended));
  return children.flatMap(({ out }) => JSON.parse(readFileSync(out, 'utf8')) as RushEntry[]);
}
