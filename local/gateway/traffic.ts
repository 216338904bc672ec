import { setTimeout as sleep } from 'node:timers/promises';

/** The requests in hand. In the cloud the consumers of events are other machines; on this one they let requests go first. */
export type Traffic = {
  readonly count: () => number;
  readonly enter: () => void;
  readonly leave: () => void;
  /** Settles when no request is in hand, or after a moment all the same: a text may wait, but not for ever. */
  readonly giveWay: () => Promise<void>;
};

const LONGEST_MS = 2_000;

export function createTraffic(longestMs = LONGEST_MS): Traffic {
  let inFlight = 0;
  let quiet = Promise.withResolvers<void>();
  return {
    count: () => inFlight,
    enter: () => {
      inFlight += 1;
    },
    leave: () => {
      inFlight -= 1;
      if (inFlight > 0) return;
      quiet.resolve();
      quiet = Promise.withResolvers<void>();
    },
    giveWay: async () => {
      if (inFlight === 0) return;
      const waiting = new AbortController();
      await Promise.race([quiet.promise, sleep(longestMs, undefined, { signal: waiting.signal })]);
      waiting.abort();
    },
  };
}
