/** The value below or at which a share of the samples lie (nearest rank); NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle sample; of an even number the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[half] ?? Number.NaN;
  return ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}

/** What came of one request: a place, a proper refusal because the slot was full, or anything else. */
export type Outcome = 'ok' | 'full' | 'error';

/** One run of a scenario against one side. Latencies in milliseconds, a request's retries included. */
export type Run = {
  readonly seconds: number;
  readonly latencies: readonly number[];
  readonly counts: Readonly<Record<Outcome, number>>;
  /** CPU of the processes that serve, the client's own among them where the client is the library under test. */
  readonly cpuSeconds: number;
  readonly overbooked: number;
  readonly unfilled: number;
};

export type Figures = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly cpuPerThousand: number;
  /** The worst of all runs, not the median: one is too many. */
  readonly errors: number;
  readonly overbooked: number;
  readonly unfilled: number;
  readonly runs: number;
};

/** The median run, figure by figure; of what may not happen, the worst. */
export function summarise(runs: readonly Run[]): Figures {
  const middle = (of: (run: Run) => number) => median(runs.map(of));
  const worst = (of: (run: Run) => number) => Math.max(0, ...runs.map(of));
  return {
    perSecond: middle((run) => run.latencies.length / run.seconds),
    p50: middle((run) => percentile(run.latencies, 0.5)),
    p95: middle((run) => percentile(run.latencies, 0.95)),
    p99: middle((run) => percentile(run.latencies, 0.99)),
    cpuPerThousand: middle((run) => (run.cpuSeconds / run.latencies.length) * 1_000),
    errors: worst((run) => run.counts.error),
    overbooked: worst((run) => run.overbooked),
    unfilled: worst((run) => run.unfilled),
    runs: runs.length,
  };
}

/** The median of the ratios, repetition by repetition: what disturbs the machine disturbs both sides of one. */
export function ratio(ours: readonly Run[], theirs: readonly Run[]): number {
  const rate = (run: Run) => run.latencies.length / run.seconds;
  const ratios = ours.flatMap((run, n) => {
    const other = theirs[n];
    return other ? [rate(run) / rate(other)] : [];
  });
  return median(ratios);
}
