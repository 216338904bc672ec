import { describe, expect, it } from 'vitest';
import { BAD_DAY, CONFLICTS_ONLY } from '../support/fault-proxy/plan.ts';
import { runHistory } from '../support/history/run.ts';
import { runRush } from '../support/history/rush.ts';

// The short forms of `npm run prove`: the same code, fewer calls. A failure is told with its seed, which replays its plan.
const seed = Number(process.env['PROOF_SEED'] ?? Date.now() % 1_000);

// Each is a deployment of its own, and waits more than it works: together they take little longer than one.
describe.concurrent(`through DynamoDB's manners (PROOF_SEED=${seed})`, { timeout: 120_000 }, () => {
  it('every invariant holds, whatever several clients do at once', async () => {
    const result = await runHistory({
      seed,
      rates: BAD_DAY,
      ops: 300,
      people: 40,
      clients: 3,
      atOnce: 6,
      patienceMs: 30_000,
      leasesMayRun: true,
    });
    expect(result.violations).toEqual([]);
    expect(result.ops).toBeGreaterThanOrEqual(300);
    expect(result.acknowledged).toBeGreaterThan(50);
    expect(result.faults.conflicts).toBeGreaterThan(0);
    expect(result.faults.lost).toBeGreaterThan(0);
    expect(result.faults.stale).toBeGreaterThan(0);
  });

  it('nothing acknowledged is lost and nothing is done twice when engine, gateway and consumers are killed', async () => {
    const result = await runHistory({
      seed: seed + 1,
      rates: CONFLICTS_ONLY,
      ops: 0,
      people: 40,
      clients: 2,
      atOnce: 6,
      kills: 3,
      patienceMs: 30_000,
      leasesMayRun: true,
    });
    expect(result.violations).toEqual([]);
    expect(result.killed.engine).toBeGreaterThan(0);
    expect(result.killed.gateway).toBeGreaterThan(0);
    expect(result.killed.consumers).toBeGreaterThan(0);
    expect(result.acknowledged).toBeGreaterThan(20);
  });

  it('a rush fills every place and no more', async () => {
    const result = await runRush({ seed: seed + 2, rates: BAD_DAY, people: 120, places: 30, processes: 2 });
    expect(result).toMatchObject({ booked: 30, bookingsStored: 30, freeStored: 0, toldFull: 90, other: {} });
  });
});
