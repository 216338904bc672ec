import * as z from 'zod';
import { COMPONENTS, UNIT_ACTIONS, UNIT_STAGES } from '../domain/vocabulary.ts';
import { DateInput, Din, Instant, Line, LocalDate, Procedure, page, pageQuery, SiteId } from './common.ts';
import { area } from './define.ts';

const UnitId = z.string().regex(/^[a-z0-9-]{1,40}$/);

export const Unit = z.object({
  din: Din,
  unitId: UnitId,
  parentId: UnitId.optional(),
  component: z.enum(COMPONENTS),
  stage: z.enum(UNIT_STAGES),
  /** What may be done next, in the order it usually is. */
  actions: z.array(z.enum(UNIT_ACTIONS)),
  hospital: z.string().optional(),
  expiresOn: LocalDate.optional(),
  version: z.number().int(),
});

export const UnitStep = z.object({
  unitId: UnitId,
  action: z.enum(UNIT_ACTIONS).or(z.literal('collect')),
  from: z.enum(UNIT_STAGES).optional(),
  to: z.enum(UNIT_STAGES),
  at: Instant,
  /** Person who recorded it. */
  by: z.string(),
  hospital: z.string().optional(),
  hospitalRecord: z.string().optional(),
  note: z.string().optional(),
});

/** 来源可查、去向可追: a donation, all its units and every step each has made. No patient data, and no donor's name. */
export const DonationChain = z.object({
  din: Din,
  dinPrinted: z.string(),
  siteId: SiteId,
  date: LocalDate,
  procedure: Procedure,
  volumeMl: z.number(),
  /** Nothing of it may go on to a patient until the hold is lifted. Why is not said. */
  held: z.boolean(),
  units: z.array(Unit),
  steps: z.array(UnitStep),
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
      action: z.enum(UNIT_ACTIONS),
      /** The version the caller saw: two people at once never undo each other. */
      version: z.number().int(),
      /** `process`: the components made. */
      components: z.array(z.enum(COMPONENTS)).min(1).max(6).optional(),
      /** `issue`, `use`: the hospital. */
      hospital: Line(80).optional(),
      /** `use`: the hospital’s own record number; never a patient’s name or number. */
      hospitalRecord: Line(60).optional(),
      note: Line(200).optional(),
    }),
    status: 200,
    output: DonationChain,
  },
});
