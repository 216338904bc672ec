import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 2_000;

/**
 * Whether the gateway has requests in hand, as it tells the consumers of events. In the cloud those are other machines; on
 * this one they share its engine and processors, and let requests go first.
 */
export function createTraffic(longestMs = LONGEST_MS) {
  let busy = false;
  let quiet = Promise.withResolvers<void>();
  return {
    /** What the gateway said last; to hear the same again changes nothing. */
    hear(news: 'busy' | 'quiet'): void {
      busy = news === 'busy';
      if (busy) return;
      quiet.resolve();
      quiet = Promise.withResolvers<void>();
    },
    /** Settles when no request is in hand, or after a moment all the same: a text may wait, but not for ever. */
    async giveWay(): Promise<void> {
      if (!busy) return;
      const waiting = new AbortController();
      await Promise.race([quiet.promise, sleep(longestMs, undefined, { signal: waiting.signal })]);
      waiting.abort();
    },
  };
}
