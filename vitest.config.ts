import { defineConfig } from 'vitest/config';

const ENGINE = 'test/support/engine-setup.ts';

/** A test's folder decides its project, and `setup` what its tests find running. */
const FOLDERS: Record<string, { setup?: string; timeoutMs?: number; isolate?: true }> = {
  // A rule is asked some thousand times, while two other files want the processor.
  unit: { timeoutMs: 30_000 },
  // Three files at once on two cores take the longest of these, a whole history, past a minute.
  properties: { setup: ENGINE, timeoutMs: 120_000 },
  contract: {},
  store: { setup: ENGINE, timeoutMs: 30_000 },
  functions: { setup: ENGINE, timeoutMs: 30_000 },
  infra: { timeoutMs: 60_000 },
  e2e: { setup: 'test/support/e2e-setup.ts', timeoutMs: 120_000, isolate: true },
};

export const PROJECTS: readonly string[] = Object.keys(FOLDERS);

export default defineConfig({
  test: {
    // Most tests wait for an engine, a server or a browser rather than for the processor.
    maxWorkers: 3,
    projects: Object.entries(FOLDERS).map(([name, { setup, timeoutMs, isolate = false }]) => ({
      test: {
        name,
        // Else each file would load the rules, the contract and the SDK anew: half of what the unit tests take.
        isolate,
        include: [`test/${name}/**/*.test.ts`],
        ...(setup && { globalSetup: setup }),
        ...(timeoutMs && { testTimeout: timeoutMs, hookTimeout: timeoutMs }),
      },
    })),
  },
});
