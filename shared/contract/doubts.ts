import * as z from 'zod';
import {
  COMPONENTS,
  DOUBT_KINDS,
  DOUBT_STATUSES,
  DOUBT_VERDICTS,
  DOUBT_WHYS,
  UNIT_STAGES,
} from '../domain/vocabulary.ts';
import { Din, Instant, Line, LocalDate, page, pageQuery, SiteId } from './common.ts';
import { area } from './define.ts';

const DoubtId = z.string().regex(/^[A-Za-z0-9.-]{1,100}$/);

/** Something doubtful in what is kept of a donation, with the steps that it rests on. No patient data, and no donor's name. */
export const Doubt = z.object({
  doubtId: DoubtId,
  din: Din,
  dinPrinted: z.string(),
  date: LocalDate,
  kind: z.enum(DOUBT_KINDS),
  why: z.enum(DOUBT_WHYS).optional().meta({ description: 'Which times are out of order' }),
  evidence: z
    .array(
      z.object({
        unitId: z.string(),
        component: z.enum(COMPONENTS),
        to: z.enum(UNIT_STAGES),
        at: Instant,
        reportedAt: Instant.optional().meta({ description: 'When another system says that it was' }),
        usedOn: LocalDate.optional().meta({ description: 'The day of its use, as the hospital says' }),
        hospital: z.string().optional(),
        hospitalRecord: z.string().optional(),
      }),
    )
    .meta({ description: 'In order of time; the last is the doubtful one' }),
  expiresAt: Instant.optional(),
  before: z
    .object({ din: Din, date: LocalDate, from: LocalDate })
    .optional()
    .meta({ description: 'The donation before it, and the first day on which another was allowed' }),
  status: z.enum(DOUBT_STATUSES),
  foundAt: Instant,
  changedAt: Instant,
  verdicts: z
    .array(z.object({ verdict: z.enum(DOUBT_VERDICTS), reason: z.string(), by: z.string(), at: Instant }))
    .meta({ description: 'What staff said of it, oldest first; the last stands' }),
  version: z.number().int(),
});

export const doubts = area('doubts', {
  'GET /api/doubts': {
    roles: ['staff'],
    summary: 'What is doubtful in the records of a site’s donations: open, or settled; the read is audited',
    query: z.strictObject({ siteId: SiteId, settled: z.enum(['true', 'false']).optional(), ...pageQuery }),
    status: 200,
    output: page(Doubt),
  },
  'POST /api/doubts/{din}/{doubtId}/settle': {
    roles: ['staff'],
    summary:
      'Explain a doubt, or confirm it, with a reason; the text about a use waits until all are explained. Audited',
    params: z.strictObject({ din: Din, doubtId: DoubtId }),
    body: z.strictObject({ verdict: z.enum(DOUBT_VERDICTS), reason: Line(200), version: z.number().int() }),
    status: 200,
    output: Doubt,
  },
});
