import * as z from 'zod';
import { UNIT_BOUNDS } from '../domain/unit-settings.ts';
import {
  ABO_GROUPS,
  COMPONENTS,
  DONATION_TESTS,
  RHD_TYPES,
  UNIT_ACTIONS,
  UNIT_MASTERS,
  UNIT_NOTES,
  UNIT_STAGES,
} from '../domain/vocabulary.ts';
import { DateInput, Din, Instant, Line, LocalDate, Procedure, page, pageQuery, SiteId } from './common.ts';
import { area } from './define.ts';

const UnitId = z.string().regex(/^[a-z0-9-]{1,40}$/);
const Act = z.enum([...UNIT_ACTIONS, ...UNIT_NOTES]);
/** ABO and RhD, as a label has them. */
const BloodGroup = z.strictObject({ abo: z.enum(ABO_GROUPS), rhd: z.enum(RHD_TYPES) });
const Expiry = Line(40).meta({
  description:
    'As scanned from the label (ISBT 128 data structure 004 or 005) or typed, `2026-12-24` or `2026-12-24 13:30`',
});

export const Unit = z.object({
  din: Din,
  unitId: UnitId,
  parentId: UnitId.optional(),
  component: z.enum(COMPONENTS),
  stage: z.enum(UNIT_STAGES),
  /** What may be done next, in the order it usually is. */
  actions: z.array(z.enum(UNIT_ACTIONS)),
  /** What may be noted of it, its stage staying as it is. */
  notes: z.array(z.enum(UNIT_NOTES)),
  hospital: z.string().optional(),
  location: z.string().optional().meta({ description: 'Where it lies' }),
  expiresOn: LocalDate.optional(),
  expiresAt: Instant.optional().meta({ description: 'The first instant at which it may not be used any more' }),
  expiryFrom: z.enum(['label', 'setting']).optional().meta({ description: '`setting`: the station’s own figure' }),
  expired: z.boolean(),
  mirroredAt: Instant.optional().meta({ description: 'When the system that is master says it came to be there' }),
  version: z.number().int(),
});

/** Whoever did it, by name: absent where that was no person, or one who is forgotten. */
const byName = z.string().optional();

export const UnitStep = z.object({
  unitId: UnitId,
  action: Act.or(z.enum(['collect', 'mirror', 'correct'])),
  from: z.enum(UNIT_STAGES).optional(),
  to: z.enum(UNIT_STAGES),
  at: Instant,
  by: z.string().meta({ description: 'Person who recorded it; or `station`, a rule, another system' }),
  byName,
  hospital: z.string().optional(),
  hospitalRecord: z.string().optional(),
  location: z.string().optional(),
  expiresOn: LocalDate.optional(),
  recall: z.string().optional().meta({ description: 'The recall that put it aside' }),
  source: z
    .string()
    .optional()
    .meta({ description: '`mirror`: the system that reported it, and where in what it sent' }),
  note: z.string().optional(),
});

const CorrectedFacts = z.object({
  din: Din,
  procedure: Procedure,
  volumeMl: z.number(),
  platelets: z.number().int().optional(),
});

/** 来源可查、去向可追: a donation, all its units and every step each has made. No patient data, and no donor's name. */
export const DonationChain = z.object({
  din: Din,
  dinPrinted: z.string(),
  siteId: SiteId,
  date: LocalDate,
  procedure: Procedure,
  volumeMl: z.number(),
  collectedAt: Instant,
  recordedBy: z.string().meta({ description: 'Person who recorded the donation' }),
  recordedByName: byName,
  /** Nothing of it may go on to a patient until the hold is lifted. Why is not said. */
  held: z.boolean(),
  recall: z
    .object({ recallId: z.string(), siteId: SiteId })
    .optional()
    .meta({ description: 'It has been called back: none of it may go on to a patient' }),
  master: z.enum(UNIT_MASTERS).meta({ description: '`other`: its stages are as another system reports them' }),
  system: z.string().optional().meta({ description: 'What the station calls that system' }),
  withdrawn: z
    .boolean()
    .meta({ description: 'It was not given, or has another number; its own stays taken and nothing is done with it' }),
  corrections: z.array(
    z.object({
      at: Instant,
      by: z.string(),
      byName,
      reason: z.string(),
      was: CorrectedFacts,
      now: CorrectedFacts.optional().meta({ description: 'Absent: nothing was given' }),
      reaction: z
        .boolean()
        .optional()
        .meta({ description: 'It was about how the donor took it, which is not told here' }),
    }),
  ),
  units: z.array(Unit),
  steps: z.array(UnitStep),
});

export const SCAN_REFUSALS = [
  'unreadable',
  'check-character',
  'facility',
  'expiry-invalid',
  'other-barcode',
  'product-unknown',
  'unknown',
  'other-site',
  'wrong-state',
  'no-such-component',
  'on-hold',
  'on-recall',
  'unit-expired',
  'results-not-clear',
  'not-master',
  'other-hospital',
] as const;

/** A unit that a scan was about, ready for what is to be done. */
export const ScannedUnit = z.object({
  din: Din,
  dinPrinted: z.string(),
  unitId: UnitId,
  component: z.enum(COMPONENTS),
  stage: z.enum(UNIT_STAGES),
  hospital: z.string().optional(),
  expiresOn: LocalDate.optional(),
  version: z.number().int(),
});

export const ScanAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unit'), unit: ScannedUnit }),
  z.object({ kind: z.literal('choose'), units: z.array(ScannedUnit) }),
  z.object({ kind: z.literal('product'), code: z.string(), component: z.enum(COMPONENTS) }),
  z.object({
    kind: z.literal('group'),
    group: BloodGroup,
    fits: z.boolean().meta({ description: 'It is the one that was found, or none was' }),
  }),
  z.object({ kind: z.literal('expiry'), expiresOn: LocalDate, time: z.string().optional() }),
  z.object({
    kind: z.literal('refused'),
    why: z.enum(SCAN_REFUSALS),
    dinPrinted: z.string().optional(),
    component: z.enum(COMPONENTS).optional(),
    stage: z.enum(UNIT_STAGES).optional(),
    hospital: z.string().optional(),
    expiresOn: LocalDate.optional(),
    system: z.string().optional(),
  }),
]);

const screening = z.enum(['required', 'paper']).meta({
  description:
    '`required`: no donation is completed without a screening recorded here; `paper`: they are kept elsewhere',
});
const laboratory = z.enum(['required', 'elsewhere']).meta({
  description:
    '`required`: nothing is released before its required test results are recorded here and clear; `elsewhere`: they are kept elsewhere',
});
const tests = z.array(z.enum(DONATION_TESTS)).max(DONATION_TESTS.length).meta({
  description: 'What the station tests each donation for besides what its pack asks',
});
const DinRange = z.strictObject({ from: Line(20), to: Line(20) });
const usedWithinMonths = z
  .number()
  .int()
  .min(UNIT_BOUNDS.usedWithinMonths[0])
  .max(UNIT_BOUNDS.usedWithinMonths[1])
  .meta({
    description: 'A use is told of by text while the donation is younger than so many months',
  });
const numbers = z.array(DinRange).max(UNIT_BOUNDS.numbers).meta({
  description:
    'The numbers of its donations, each range by how they begin: a facility’s code, or a run of the station’s own; none: any number is taken as its own',
});
const Hospital = z.object({ name: z.string(), phone: z.string() });
const days = z.number().int().min(UNIT_BOUNDS.shelfLifeDays[0]).max(UNIT_BOUNDS.shelfLifeDays[1]);
const shelfLifeDays = z.partialRecord(z.enum(COMPONENTS), days).meta({
  description: 'The station’s own figures, counted from the day of the donation; no rule stands behind them',
});

export const UnitSettings = z.object({
  siteId: SiteId,
  master: z.enum(UNIT_MASTERS),
  system: z.string().optional(),
  shelfLifeDays,
  hospitals: z.array(Hospital),
  products: z.array(z.object({ code: z.string(), component: z.enum(COMPONENTS) })),
  screening,
  laboratory,
  tests,
  numbers,
  usedWithinMonths,
  version: z.number().int(),
});

export const units = area('units', {
  'GET /api/units': {
    roles: ['staff'],
    summary: 'Donations taken at a site on a local date, each with where its units stand',
    query: z.strictObject({ siteId: SiteId, date: DateInput, ...pageQuery }),
    status: 200,
    output: page(
      z.object({
        din: Din,
        dinPrinted: z.string(),
        procedure: Procedure,
        volumeMl: z.number(),
        collectedAt: Instant,
        units: z.array(Unit),
      }),
    ),
  },
  'GET /api/units/scan': {
    roles: ['staff'],
    summary:
      'What a scanned or typed code is, and whether the unit it names may be moved so: refused at once, or ready; audited',
    query: z.strictObject({
      siteId: SiteId,
      action: Act,
      code: Line(60),
      /** Only these of the donation: chosen beforehand, or by a product code scanned after it. */
      component: z.enum(COMPONENTS).optional(),
      unitId: UnitId.optional(),
      /** `use`, `return`: the hospital that has it. */
      hospital: Line(80).optional(),
      /** The bag scanned before this code: a blood group is held against what was found of it. */
      din: Din.optional(),
    }),
    status: 200,
    output: ScanAnswer,
  },
  'POST /api/units/steps': {
    roles: ['staff'],
    summary:
      'Move many units alike, each in its own transaction: what cannot be is said and stops no other; audited. Safe to repeat',
    body: z.strictObject({
      siteId: SiteId,
      action: Act,
      hospital: Line(80).optional(),
      hospitalRecord: Line(60).optional(),
      location: Line(40).optional(),
      note: Line(200).optional(),
      /** `process`: the components made of each. */
      components: z.array(z.enum(COMPONENTS)).min(1).max(6).optional(),
      lines: z
        .array(
          z.strictObject({
            din: Din,
            unitId: UnitId,
            version: z.number().int(),
            expiry: Expiry.optional(),
            group: BloodGroup.optional().meta({ description: 'As scanned from the bag’s label' }),
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
          unitId: UnitId,
          done: z.boolean(),
          code: z.string().optional().meta({ description: 'Why not, as a single step would be refused' }),
          sentence: z.string().optional(),
        }),
      ),
    }),
  },
  'GET /api/units/settings/{siteId}': {
    roles: ['staff'],
    summary: 'How a site follows its units: who is master, its hospitals, its own shelf lives, its product codes',
    params: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: UnitSettings,
  },
  'PUT /api/units/settings/{siteId}': {
    roles: ['staff'],
    summary: 'Change how a site follows its units, from the next step on; audited',
    params: z.strictObject({ siteId: SiteId }),
    body: z.strictObject({
      version: z.number().int(),
      screening,
      /** Absent: as before. */
      laboratory: laboratory.optional(),
      tests: tests.optional(),
      numbers: numbers.optional(),
      usedWithinMonths: usedWithinMonths.optional(),
      master: z.enum(UNIT_MASTERS),
      system: Line(60).optional(),
      shelfLifeDays,
      hospitals: z.array(z.strictObject({ name: Line(80), phone: Line(30) })).max(UNIT_BOUNDS.hospitals),
      products: z
        .array(z.strictObject({ code: z.string().regex(/^[A-Z0-9]{5}$/), component: z.enum(COMPONENTS) }))
        .max(UNIT_BOUNDS.products),
    }),
    status: 200,
    output: UnitSettings,
  },
  'GET /api/units/{din}': {
    roles: ['staff'],
    summary: 'The whole chain of a donation',
    params: z.strictObject({ din: Din }),
    status: 200,
    output: DonationChain,
  },
  'POST /api/units/{din}/{unitId}/steps': {
    roles: ['staff'],
    summary: 'Move a unit one stage; out of order is refused. `use` needs the hospital’s record',
    params: z.strictObject({ din: Din, unitId: UnitId }),
    body: z.strictObject({
      action: Act,
      /** The version the caller saw: two people at once never undo each other. */
      version: z.number().int(),
      /** `process`: the components made. */
      components: z.array(z.enum(COMPONENTS)).min(1).max(6).optional(),
      /** `issue`, `use`: the hospital. */
      hospital: Line(80).optional(),
      /** `use`: the hospital’s own record number; never a patient’s name or number. */
      hospitalRecord: Line(60).optional(),
      /** Where it lies from now on. */
      location: Line(40).optional(),
      expiry: Expiry.optional(),
      note: Line(200).optional(),
    }),
    status: 200,
    output: DonationChain,
  },
});
