import { defineConfig } from 'vitest/config';

const ENGINE = 'test/support/engine-setup.ts';

/** A test's folder decides its project, and `setup` what its tests find running. */
const FOLDERS: Record<string, { setup?: string; timeoutMs?: number }> = {
  unit: {},
  // Three files at once on two cores take the longest of these, a whole history, past a minute.
  properties: { setup: ENGINE, timeoutMs: 120_000 },
  contract: {},
  store: { setup: ENGINE, timeoutMs: 30_000 },
  functions: { setup: ENGINE, timeoutMs: 30_000 },
  infra: { timeoutMs: 60_000 },
  e2e: { setup: 'test/support/e2e-setup.ts', timeoutMs: 120_000 },
};

export const PROJECTS: readonly string[] = Object.keys(FOLDERS);

export default defineConfig({
  test: {
    // Most tests wait for an engine, a server or a browser rather than for the processor.
    maxWorkers: 3,
    projects: Object.entries(FOLDERS).map(([name, { setup, timeoutMs }]) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        ...(setup && { globalSetup: setup }),
        ...(timeoutMs && { testTimeout: timeoutMs, hookTimeout: timeoutMs }),
      },
    })),
  },
});
