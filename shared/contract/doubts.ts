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
  groups: z
    .object({ found: z.string(), reported: z.string() })
    .optional()
    .meta({ description: 'The blood group that was found, and the one that the hospital reports' }),
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

const months = z.enum(['1', '3', '6']).meta({ description: 'Issued since so many months ago' });

/** How a hospital reports what it was issued. */
export const HospitalReport = z.object({
  hospital: z.string(),
  issued: z.number().int(),
  used: z.number().int(),
  returned: z.number().int(),
  discarded: z.number().int(),
  unreported: z.number().int(),
  oldest: Instant.optional().meta({ description: 'When the oldest unreported one was issued' }),
  ways: z
    .object({ scan: z.number().int(), hand: z.number().int(), file: z.number().int() })
    .meta({ description: 'How what was reported came here' }),
  daysFromUse: z.number().optional().meta({ description: 'Median, of uses whose day was said' }),
  daysFromIssue: z.number().optional().meta({ description: 'Median, of every report' }),
});

export const doubts = area('doubts', {
  'GET /api/doubts': {
    roles: ['staff'],
    summary: 'What is doubtful in the records of a site’s donations: open, or settled; the read is audited',
    query: z.strictObject({ siteId: SiteId, settled: z.enum(['true', 'false']).optional(), ...pageQuery }),
    status: 200,
    output: page(Doubt),
  },
  'GET /api/doubts/hospitals': {
    roles: ['staff'],
    summary: 'How each hospital reports what a site issued to it, and what is unreported and since when; audited',
    query: z.strictObject({ siteId: SiteId, months }),
    status: 200,
    output: z.object({
      from: LocalDate,
      to: LocalDate,
      hospitals: z.array(HospitalReport),
      unreported: z
        .array(
          z.object({
            din: Din,
            dinPrinted: z.string(),
            unitId: z.string(),
            component: z.enum(COMPONENTS),
            hospital: z.string(),
            issuedAt: Instant,
            days: z.number().int(),
          }),
        )
        .meta({ description: 'Oldest first' }),
      more: z.number().int().meta({ description: 'Unreported ones that are not listed; the file has them' }),
    }),
  },
  'GET /api/doubts/hospitals.csv': {
    roles: ['staff'],
    summary: 'Every unit that a site issued, with what its hospital reported, for a spreadsheet; audited',
    query: z.strictObject({ siteId: SiteId, months }),
    status: 200,
    output: z.string(),
    file: { type: 'text/csv', name: 'hospitals.csv' },
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
