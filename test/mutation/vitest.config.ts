import { defineConfig } from 'vitest/config';

/** The tests of the rules alone, without an engine, as the mutation run repeats them hundreds of times. */
const RULES = [
  'availability',
  'booking-states',
  'closures',
  'cn-holidays',
  'decide',
  'din',
  'eligibility',
  'events',
  'give-again',
  'honours',
  'journey',
  'local-time',
  'packs-elsewhere',
  'pass-code',
  'phone',
  'plan-week',
  'policy',
  'precheck',
  'refusal-sentences',
  'reminders',
  'site-schedule',
  'text-groups',
  'text-ledger',
  'unit-stages',
  'units',
  'visits',
  'waitlist',
  'weekly-hours',
];

export default defineConfig({
  test: {
    include: RULES.map((name) => `test/unit/${name}.test.ts`),
    // The rules keep nothing between tests; a worker for each file would take most of the time.
    isolate: false,
  },
});
