import type { World } from '../../functions/runtime/common-deps.ts';

/** A world that stands still until told: a clock in milliseconds, chance from a seed, ids in order, and the lines logged. */
export type TestWorld = World & {
  set(instant: string): void;
  advance(ms: number): void;
  readonly lines: { level: string; message: string; fields: unknown }[];
};

export function testWorld(start = '2026-11-23T02:00:00.000Z', seed = 1): TestWorld {
  let now = Date.parse(start);
  let state = seed;
  let ids = 0;
  const lines: TestWorld['lines'] = [];
  const record = (level: string) => (message: string, fields?: unknown) => {
    lines.push({ level, message, fields });
  };
  return {
    clock: {
      now: () => now,
      // Waiting costs no time here, but lets others run.
      sleep: async (ms) => {
        now += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
    },
    // A linear congruential generator: enough to spread picks, and the same in every run.
    random: () => {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return state / 2 ** 32;
    },
    newId: () => {
      ids += 1;
      return ids.toString(36).padStart(16, '0');
    },
    log: { info: record('info'), warn: record('warn'), error: record('error') },
    set: (instant) => {
      now = Date.parse(instant);
    },
    advance: (ms) => {
      now += ms;
    },
    lines,
  };
}
