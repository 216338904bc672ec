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

export const audit = area('audit', {
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
