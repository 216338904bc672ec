import { setTimeout as sleep } from 'node:timers/promises';

/** A loop that works, waits as long as its work says, and can be woken or ended at any moment. */
export type Loop = {
  /** Work again at once: something has just happened. */
  readonly wake: () => void;
  /** Ends after the work in hand; settles when it has. */
  readonly stop: () => Promise<void>;
};

/**
 * `work` answers with the milliseconds to wait before the next round. What it throws is told, and waited out as told. Each round
 * begins when `turn` settles.
 */
export function runLoop(
  work: () => Promise<number>,
  onError: (error: unknown) => number,
  turn: () => Promise<void> = async () => {},
): Loop {
  let ending = false;
  let woken = false;
  let waiting = new AbortController();

  const run = async () => {
    while (!ending) {
      await turn();
      woken = false;
      const wait = await work().catch(onError);
      if (woken || wait <= 0 || ending) continue;
      waiting = new AbortController();
      await sleep(wait, undefined, { signal: waiting.signal }).catch(() => {});
    }
  };
  const done = run();
  return {
    wake: () => {
      woken = true;
      waiting.abort();
    },
    stop: async () => {
      ending = true;
      waiting.abort();
      await done;
    },
  };
}
