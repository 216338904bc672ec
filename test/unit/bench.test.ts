import { describe, expect, it } from 'vitest';
import { type Billed, costOf, costOfMonth, type Prices, readPrices } from '../../bench/cost.ts';
import { counted, planOf } from '../../bench/parts/load.ts';
import { inLanes } from '../../bench/sides/lanes.ts';
import { median, percentile, type Run, ratio, summarise } from '../../bench/stats.ts';

const aRun = (more: Partial<Run>): Run => ({
  seconds: 1,
  latencies: [1],
  counts: { ok: 1, full: 0, error: 0 },
  cpuSeconds: 1,
  overbooked: 0,
  unfilled: 0,
  ...more,
});

describe('the arithmetic of measurements', () => {
  it('takes percentiles by nearest rank, whatever the order', () => {
    const samples = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(samples, share))).toEqual([50, 95, 99, 100]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('takes the middle of an odd number and the mean of the two middles of an even one', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('summarises by medians, but shows the worst of what may not happen', () => {
    const runs = [
      aRun({ seconds: 1, latencies: [1, 2, 3, 4], cpuSeconds: 0.004 }),
      aRun({ seconds: 2, latencies: [1, 2, 3, 4], overbooked: 1, cpuSeconds: 0.008 }),
      aRun({ seconds: 4, latencies: [1, 2, 3, 4], counts: { ok: 2, full: 0, error: 2 }, cpuSeconds: 0.012 }),
    ];
    expect(summarise(runs)).toEqual({
      perSecond: 2,
      p50: 2,
      p95: 4,
      p99: 4,
      cpuPerThousand: 2,
      errors: 2,
      overbooked: 1,
      unfilled: 0,
      runs: 3,
    });
  });

  it('compares sides within each repetition, so that a slow minute of the machine harms neither', () => {
    const ours = [aRun({ seconds: 2 }), aRun({ seconds: 20 }), aRun({ seconds: 2 })];
    const theirs = [aRun({ seconds: 1 }), aRun({ seconds: 10 }), aRun({ seconds: 1 })];
    expect(ratio(ours, theirs)).toBe(0.5);
  });

  it('does every piece of work exactly once, and counts what throws as an error', async () => {
    const done: number[] = [];
    const timed = await inLanes(3, [1, 2, 3, 4, 5, 6, 7], async (n) => {
      done.push(n);
      if (n === 4) throw new Error('no');
      return n > 5 ? 'full' : 'ok';
    });
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(timed.counts).toEqual({ ok: 4, full: 2, error: 1 });
    expect(timed.latencies).toHaveLength(7);
  });
});

describe('what a measurement counts as wrong', () => {
  const size = { people: 1_000, weeks: 1 };

  it('sees a place too many and a place too few in a rush', () => {
    const rush = planOf('rush', 1, size);
    const held = (n: number) => Array.from({ length: n }, () => rush.wanted[0] ?? '');
    expect(counted(rush, held(200))).toEqual({ overbooked: 0, unfilled: 0 });
    expect(counted(rush, held(201))).toEqual({ overbooked: 1, unfilled: 0 });
    expect(counted(rush, held(198))).toEqual({ overbooked: 0, unfilled: 2 });
  });

  it('sees two people in one place of a steady day, and the one who got none', () => {
    const opening = planOf('opening', 1, size);
    const shifts = (n: number) => Array.from({ length: n }, () => opening.wanted[0] ?? '');
    expect([opening.people.length, opening.available]).toEqual([5 * size.people, 500]);
    expect(counted(opening, shifts(500))).toEqual({ overbooked: 0, unfilled: 0 });
    expect(counted(opening, shifts(501))).toEqual({ overbooked: 1, unfilled: 0 });
    const steady = planOf('steady', 1, size);
    const [first = '', , ...rest] = steady.wanted;
    expect(new Set(steady.wanted).size).toBe(1_000);
    expect(counted(steady, steady.wanted)).toEqual({ overbooked: 0, unfilled: 0 });
    expect(counted(steady, [first, first, ...rest])).toEqual({ overbooked: 1, unfilled: 1 });
  });

  it('uses nobody twice over scenarios and repetitions', () => {
    const all = [1, 2].flatMap((n) => [...planOf('rush', n, size).people, ...planOf('steady', n, size).people]);
    expect(new Set(all).size).toBe(4_000);
  });
});

describe('what an operation costs', () => {
  const prices: Prices = {
    perMillionReadUnits: 2,
    perMillionWriteUnits: 10,
    perMillionApiRequests: 3,
    perMillionInvocations: 5,
    perGbSecond: 0.001,
    perMillionQueueRequests: 7,
    perMillionCdnRequests: 11,
    perGbStoredMonth: 0.5,
  };
  const book: Billed = {
    units: { read: 1.5, write: 7 },
    requests: 1,
    invocations: 1,
    functionMs: 100,
    memoryMb: 512,
    queueRequests: 2,
  };

  it('adds up units, requests, invocations, the queue and the time a function runs', () => {
    // 3 + 70 + (3 + 11) + 5 + 14 millionths, and a tenth of a second of half a gigabyte.
    expect(costOf(book, prices)).toBeCloseTo(106e-6 + 50e-6, 12);
  });

  it('adds up a month, with what is stored', () => {
    expect(costOfMonth({ times: { book: 1_000 }, storedGb: 4 }, { book }, prices)).toBeCloseTo(0.156 + 2, 9);
    expect(() => costOfMonth({ times: { fly: 1 }, storedGb: 0 }, { book }, prices)).toThrow('fly');
  });

  it('has a price list that says where it comes from', () => {
    const list = readPrices();
    expect(Object.values(list.prices).every((price) => price > 0)).toBe(true);
    expect([list.region, list.asOf, list.mark, list.source].every(Boolean)).toBe(true);
  });
});
