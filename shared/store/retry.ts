/** Where time and chance come from; a parameter everywhere, so that tests own both. */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};
/** A number in [0, 1). */
export type Random = () => number;

/** Another attempt may succeed: the transaction met another in flight, or what it was decided on has changed since. */
export const AGAIN = Symbol('again');

export class BusyError extends Error {
  override readonly name = 'BusyError';
}

const BASE_MS = 15;
const CAP_MS = 400;
const GIVE_UP_MS = 3_000;

/**
 * Runs an attempt until it answers something other than AGAIN, waiting between attempts a random time below a growing
 * bound ("full jitter"). After three seconds it throws BusyError, which callers see as 503 with Retry-After.
 */
export async function withRetries<T>(
  attempt: (n: number) => Promise<T | typeof AGAIN>,
  { clock, random }: { clock: Clock; random: Random },
): Promise<T> {
  const start = clock.now();
  for (let n = 0; ; n += 1) {
    const answer = await attempt(n);
    if (answer !== AGAIN) return answer;
    if (clock.now() - start >= GIVE_UP_MS) throw new BusyError('gave up after repeated conflicts');
    await clock.sleep(random() * Math.min(CAP_MS, BASE_MS * 2 ** n));
  }
}
