/** How often DynamoDB misbehaves, as chances between 0 and 1, and how long things take. */
export type Rates = {
  /** Whether two transactions in flight on one item conflict, and how long one is in flight, in milliseconds. */
  readonly holdMs: readonly [least: number, most: number] | undefined;
  readonly throttle: number;
  /** The connection goes before the request was heard. */
  readonly drop: number;
  /** The request was carried out, and the connection goes instead of its answer. */
  readonly lose: number;
  /** The request was carried out, and nothing ever comes back. */
  readonly stall: number;
  /** Share of lost and stalled requests whose repeats by the SDK are lost as well. */
  readonly stubborn: number;
  /** A BatchGetItem answers a part of its keys only. */
  readonly unprocessed: number;
  /** Reads that are not strongly consistent answer from up to so many milliseconds ago. */
  readonly lagMs: number;
  /** The same of an index, which is always behind. */
  readonly indexLagMs: number;
  /** Stream records come in another order, but for those of one item. */
  readonly reorder: boolean;
  /** A batch of stream records comes a second time. */
  readonly repeat: number;
};

/** An engine as kind as it is. */
export const NO_FAULTS: Rates = {
  holdMs: undefined,
  throttle: 0,
  drop: 0,
  lose: 0,
  stall: 0,
  stubborn: 0,
  unprocessed: 0,
  lagMs: 0,
  indexLagMs: 0,
  reorder: false,
  repeat: 0,
};

/** DynamoDB on a bad day, all of it at once. */
export const BAD_DAY: Rates = {
  holdMs: [5, 20],
  throttle: 0.02,
  drop: 0.005,
  lose: 0.015,
  stall: 0.0002,
  stubborn: 0.3,
  unprocessed: 0.02,
  lagMs: 60,
  indexLagMs: 400,
  reorder: true,
  repeat: 0.1,
};

/** Transactions take as long as DynamoDB's and conflict as they do; nothing else goes wrong. */
export const CONFLICTS_ONLY: Rates = { ...NO_FAULTS, holdMs: [5, 20] };

export const THROTTLES = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
] as const;

/** What becomes of a request. */
export type Fate =
  | { readonly kind: 'served' }
  | { readonly kind: 'throttled'; readonly code: (typeof THROTTLES)[number]; readonly asCancelled: boolean }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'lost' | 'stalled'; readonly stubborn: boolean };

export type Plan = ReturnType<typeof createPlan>;

/** Everything the n-th request meets, from a seed alone: the same seed gives the same plan. */
export function createPlan(seed: number, rates: Rates) {
  const chance = (n: number, what: number): number => hash(seed, n, what) / 2 ** 32;
  return {
    rates,
    fate(n: number): Fate {
      const at = chance(n, 1);
      const { throttle, drop, lose, stall } = rates;
      if (at < throttle) {
        const code = THROTTLES[Math.floor(chance(n, 2) * THROTTLES.length)] ?? THROTTLES[0];
        return { kind: 'throttled', code, asCancelled: chance(n, 3) < 0.5 };
      }
      if (at < throttle + drop) return { kind: 'dropped' };
      const stubborn = chance(n, 4) < rates.stubborn;
      if (at < throttle + drop + lose) return { kind: 'lost', stubborn };
      if (at < throttle + drop + lose + stall) return { kind: 'stalled', stubborn };
      return { kind: 'served' };
    },
    holdMs: (n: number): number => {
      const [least, most] = rates.holdMs ?? [0, 0];
      return least + chance(n, 5) * (most - least);
    },
    lagMs: (n: number, of: 'table' | 'index'): number =>
      chance(n, 6) * (of === 'index' ? rates.indexLagMs : rates.lagMs),
    unprocessed: (n: number): boolean => chance(n, 7) < rates.unprocessed,
    repeats: (n: number): boolean => chance(n, 8) < rates.repeat,
    /** One of so many. */
    pick: (n: number, of: number): number => Math.floor(chance(n, 9) * of),
  };
}

/** 32 bits that look like chance (the finaliser of MurmurHash3, three words in a row). */
function hash(...words: number[]): number {
  let state = 0x9e3779b9;
  for (const word of words) {
    state = Math.imul(state ^ word, 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return state >>> 0;
}
