import * as z from 'zod';
import {
  ABO_GROUPS,
  DONATION_TESTS,
  GROUP_STATES,
  LABORATORY_VERDICTS,
  MARKS,
  RHD_TYPES,
  TEST_CONCLUSIONS,
  TEST_RESULTS,
  TEST_RUNS,
  UNIT_MASTERS,
} from '../domain/vocabulary.ts';
import { DateInput, Din, Instant, Line, LocalDate, Procedure, page, pageQuery, SiteId } from './common.ts';
import { area } from './define.ts';

const TestCode = z.enum(DONATION_TESTS);
export const BloodGroup = z.object({ abo: z.enum(ABO_GROUPS), rhd: z.enum(RHD_TYPES) });
const Verdict = z.enum(LABORATORY_VERDICTS).meta({
  description: '`clear`: every required test is there and without reaction, and the group is confirmed',
});

export const DonationTest = z.object({
  code: TestCode,
  max: z.number().optional().meta({ description: 'It is measured, and holds up to this figure' }),
  unit: z.string().optional(),
  repeats: z
    .number()
    .int()
    .optional()
    .meta({ description: 'Runs without reaction that outweigh one reactive run; absent: a reactive run is final' }),
  rule: z.string(),
  source: z.string().meta({ description: 'Empty: the site has added it' }),
  mark: z.enum(MARKS),
});

/** Where a donation's results stand, in short. No donor's name. */
const Standing = z.object({
  din: Din,
  dinPrinted: z.string(),
  verdict: Verdict,
  group: z.enum(GROUP_STATES),
  missing: z.array(TestCode),
  toRepeat: z.array(TestCode),
});

export const LabEntry = z.object({
  n: z.number().int(),
  at: Instant,
  by: z.string().meta({ description: 'Person who recorded it' }),
  source: z.string().optional().meta({ description: 'The system whose word it is' }),
  row: z.number().int().optional().meta({ description: 'Of the imported file by which it came' }),
  testedAt: Instant.optional().meta({ description: 'When that says that it was found' }),
  kind: z.enum(['group', 'test', 'void']),
  abo: z.enum(ABO_GROUPS).optional(),
  rhd: z.enum(RHD_TYPES).optional(),
  test: TestCode.optional(),
  run: z.enum(TEST_RUNS).optional(),
  result: z.enum(TEST_RESULTS).optional(),
  value: z.number().optional(),
  voids: z.number().int().optional().meta({ description: 'The entry that it takes back' }),
  reason: z.string().optional(),
  voided: z.boolean().meta({ description: 'Another entry has taken it back' }),
});

/** All that the laboratory found of a donation. Entries are only ever added. */
export const LabResults = Standing.extend({
  siteId: SiteId,
  date: LocalDate,
  procedure: Procedure,
  master: z.enum(UNIT_MASTERS),
  system: z.string().optional(),
  required: z.boolean().meta({ description: '`false`: this station keeps results elsewhere' }),
  tests: z.array(DonationTest.extend({ conclusion: z.enum(TEST_CONCLUSIONS) })),
  entries: z.array(LabEntry),
  own: BloodGroup.optional().meta({ description: 'What its own entries agree on' }),
  others: z
    .array(BloodGroup.extend({ din: Din, date: LocalDate }))
    .meta({ description: 'What is on record of the same person’s other donations' }),
  said: z
    .array(BloodGroup.extend({ at: Instant }))
    .meta({ description: 'What the station’s own list of donors has said: it contradicts, and confirms nothing' }),
  takenBack: z.array(BloodGroup.extend({ at: Instant, by: z.string(), reason: z.string() })),
});

const FoundInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('group'), abo: z.enum(ABO_GROUPS), rhd: z.enum(RHD_TYPES) }),
  z.strictObject({
    kind: z.literal('test'),
    test: TestCode,
    result: z.enum(TEST_RESULTS).optional(),
    value: z.number().min(0).max(9999).optional(),
  }),
]);

export const TUBE_REFUSALS = [
  'unreadable',
  'check-character',
  'facility',
  'other-barcode',
  'unknown',
  'other-site',
  'withdrawn',
] as const;

export const TubeAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tube'), tube: Standing }),
  z.object({ kind: z.literal('refused'), why: z.enum(TUBE_REFUSALS), dinPrinted: z.string().optional() }),
]);

export const LabAlert = z.object({
  din: Din,
  dinPrinted: z.string(),
  date: LocalDate,
  verdict: Verdict,
  group: z.enum(GROUP_STATES),
  reacted: z.array(TestCode),
  /** Where what was made of it stands: what a hospital has is not put aside by itself. */
  out: z.array(z.object({ unitId: z.string(), hospital: z.string().optional() })),
  open: z.boolean(),
  raisedAt: Instant,
  settled: z
    .object({ at: Instant, by: z.string().optional(), note: z.string().optional() })
    .optional()
    .meta({ description: 'By nobody: later results were clear' }),
});

export const laboratory = area('laboratory', {
  'GET /api/laboratory': {
    roles: ['staff'],
    summary: 'Donations of a site’s local date with where their results stand; the read is audited',
    query: z.strictObject({ siteId: SiteId, date: DateInput, ...pageQuery }),
    status: 200,
    output: page(Standing.extend({ collectedAt: Instant, procedure: Procedure })),
  },
  'GET /api/laboratory/tests/{siteId}': {
    roles: ['staff'],
    summary: 'What a site tests each donation for, each with source and mark',
    params: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({
      items: z.array(DonationTest),
      required: z.boolean(),
      master: z.enum(UNIT_MASTERS),
      system: z.string().optional(),
    }),
  },
  'GET /api/laboratory/tube': {
    roles: ['staff'],
    summary: 'Whose tube a scanned or typed number is: refused at once, or what it still needs; audited',
    query: z.strictObject({ siteId: SiteId, code: Line(60) }),
    status: 200,
    output: TubeAnswer,
  },
  'GET /api/laboratory/alerts': {
    roles: ['staff'],
    summary: 'Donations whose results somebody has to see to, or somebody has seen to; the read is audited',
    query: z.strictObject({ siteId: SiteId, settled: z.enum(['true', 'false']).optional(), ...pageQuery }),
    status: 200,
    output: page(LabAlert),
  },
  'POST /api/laboratory/results': {
    roles: ['staff'],
    summary:
      'Record what was found in many tubes, each in its own transaction: what cannot be is said and stops no other; audited. Safe to repeat',
    body: z.strictObject({
      siteId: SiteId,
      lines: z
        .array(
          z.strictObject({
            din: Din,
            found: z.array(FoundInput).min(1).max(20),
            asItIs: z.boolean().optional().meta({
              description: 'A group at odds with what is on record is kept all the same, and raised to staff',
            }),
          }),
        )
        .min(1)
        .max(50),
    }),
    status: 200,
    output: z.object({
      lines: z.array(
        z.object({
          din: Din,
          done: z.boolean(),
          verdict: Verdict.optional(),
          code: z.string().optional().meta({ description: 'Why not' }),
          sentence: z.string().optional(),
        }),
      ),
    }),
  },
  'GET /api/laboratory/{din}': {
    roles: ['staff'],
    summary: 'Everything that the laboratory found of a donation; the read is audited',
    params: z.strictObject({ din: Din }),
    status: 200,
    output: LabResults,
  },
  'POST /api/laboratory/{din}/void': {
    roles: ['staff'],
    summary: 'Take an entry back, as an entry of its own with the reason; what was put aside stays so. Audited',
    params: z.strictObject({ din: Din }),
    body: z.strictObject({ n: z.number().int().min(1).max(10_000), reason: Line(200) }),
    status: 200,
    output: LabResults,
  },
  'POST /api/laboratory/{din}/take-back': {
    roles: ['staff'],
    summary:
      'Take back what a list of donors had said of this donor’s group, with the reason: no file brings it again. Audited',
    params: z.strictObject({ din: Din }),
    body: z.strictObject({ abo: z.enum(ABO_GROUPS), rhd: z.enum(RHD_TYPES), reason: Line(200) }),
    status: 200,
    output: LabResults,
  },
  'POST /api/laboratory/{din}/settle': {
    roles: ['staff'],
    summary: 'Note that somebody has seen to a donation whose results called for it, and what was done. Audited',
    params: z.strictObject({ din: Din }),
    body: z.strictObject({ note: Line(200) }),
    status: 200,
    output: z.object({ din: Din, open: z.boolean() }),
  },
});
