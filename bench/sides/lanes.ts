import type { Outcome, Run } from '../stats.ts';

export type Timed = Pick<Run, 'seconds' | 'latencies' | 'counts'>;

/** Does each piece of work exactly once, so many at a time, and times every one of them. */
export async function inLanes<T>(
  lanes: number,
  work: readonly T[],
  run: (piece: T) => Promise<Outcome>,
): Promise<Timed> {
  const latencies: number[] = new Array(work.length);
  const counts: Record<Outcome, number> = { ok: 0, full: 0, error: 0 };
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < work.length; n = next++) {
      const began = performance.now();
      const outcome = await run(work[n] as T).catch((): Outcome => 'error');
      latencies[n] = performance.now() - began;
      counts[outcome] += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return { seconds: (performance.now() - began) / 1_000, latencies, counts };
}
