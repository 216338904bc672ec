import * as z from 'zod';
import { DateInput, Instant, Line, PersonId, page, pageQuery, SiteId } from './common.ts';
import { area } from './define.ts';

const Who = z.object({ personId: z.string(), name: z.string().meta({ description: 'Masked, but of staff' }) });

/** Who looked at whose data, or changed what: only ever added to. */
export const AuditEntry = z.object({
  at: Instant,
  action: z.string().meta({ description: 'What was done, e.g. `site-roster-read`, `donor-checked-in`' }),
  by: Who,
  subjects: z.array(Who).meta({ description: 'Whose data it was; nobody where it concerned nobody’s' }),
  change: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** Whether a day of the log is as it was sealed, outside the table, when it was over. */
export const AuditSeal = z.object({
  state: z
    .enum(['open', 'missing', 'matches', 'differs'])
    .meta({ description: '`open`: the day is not over yet; `missing`: it is, and was not sealed' }),
  sealedAt: Instant.optional(),
  head: z.string().optional().meta({ description: 'The digest that rests on every entry and on the day before' }),
  entries: z.number().int(),
  chained: z.boolean().meta({ description: 'The seal adds up, and rests on that of the day before' }),
  differing: z.number().int(),
  differences: z.array(
    z.object({ kind: z.enum(['missing', 'altered', 'added']), at: Instant, action: z.string(), by: Who }),
  ),
});

export const audit = area('audit', {
  'GET /api/audit/seal': {
    roles: ['auditor'],
    summary: 'Whether the entries of a day match the seal that was made of it when it was over; the check is recorded',
    query: z.strictObject({ siteId: SiteId, date: DateInput }),
    status: 200,
    output: AuditSeal,
  },
  'GET /api/audit': {
    roles: ['auditor'],
    summary:
      'The audit log of a site on a local date, or of what no site owns, the newest first; reading it is itself recorded',
    query: z.strictObject({
      siteId: SiteId.meta({
        description: 'Or `people`: who may do what; or `messages`: texts across sites; by dates in UTC',
      }),
      date: DateInput,
      by: PersonId.optional().meta({ description: 'Only what this one did' }),
      subject: PersonId.optional().meta({ description: 'Only what was about this one' }),
      action: Line(60).optional(),
      ...pageQuery,
    }),
    status: 200,
    output: page(AuditEntry),
  },
});
