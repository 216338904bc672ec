import { defineConfig } from 'vitest/config';

/** A test's folder decides its project. `engine`: its tests speak to the embedded table engine. */
const FOLDERS: Record<string, { engine?: true; timeoutMs?: number }> = {
  unit: {},
  properties: { engine: true, timeoutMs: 60_000 },
  contract: {},
  store: { engine: true, timeoutMs: 30_000 },
  functions: { engine: true, timeoutMs: 30_000 },
  infra: { timeoutMs: 60_000 },
  e2e: { engine: true, timeoutMs: 180_000 },
};

export const PROJECTS: readonly string[] = Object.keys(FOLDERS);

export default defineConfig({
  test: {
    projects: Object.entries(FOLDERS).map(([name, { engine, timeoutMs }]) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        ...(engine && { globalSetup: 'test/support/engine-setup.ts' }),
        ...(timeoutMs && { testTimeout: timeoutMs, hookTimeout: timeoutMs }),
      },
    })),
  },
});
