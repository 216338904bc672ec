import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** The tests of the rules alone, without an engine or a page, as the mutation run repeats them thousands of times. */
const imports = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/ from '(\.\.\/[^']+)'/g)].map(([, from = '']) => from);
const isOfRules = (path: string): boolean => {
  const from = imports(path);
  return (
    from.some((it) => /shared\/(domain|policy)\//.test(it)) &&
    from.every((it) => /shared\/(domain|policy|store\/events)|^\.\.\/builders\//.test(it))
  );
};

export default defineConfig({
  test: {
    include: globSync('test/unit/*.test.ts').filter(isOfRules),
    // As in the unit tests: a test that is slow on a busy machine has noticed nothing. Stryker has its own clock for what never ends.
    testTimeout: 30_000,
    // The rules keep nothing between tests; a worker for each file would take most of the time.
    isolate: false,
  },
});
