import * as z from 'zod';
import { COMPONENTS, RECALL_REASONS, RECALL_STATUSES, UNIT_MASTERS, UNIT_STAGES } from '../domain/vocabulary.ts';
import { Din, Instant, Line, LocalDate, Procedure, page, pageQuery, SiteId } from './common.ts';
import { area } from './define.ts';

const RecallId = z.string().regex(/^r[0-9a-f]{20}$/);
const scope = z.enum(['donation', 'donor']);

/** A unit of a donation, and where it went. */
export const Whereabouts = z.object({
  din: Din,
  dinPrinted: z.string(),
  unitId: z.string(),
  component: z.enum(COMPONENTS),
  stage: z.enum(UNIT_STAGES),
  hospital: z.string().optional(),
  hospitalRecord: z.string().optional().meta({ description: 'The hospital’s own record of the use' }),
  location: z.string().optional(),
  expiresOn: LocalDate.optional(),
  since: Instant,
});

/** A donation of a donor, with where all of it went. */
export const TracedDonation = z.object({
  din: Din,
  dinPrinted: z.string(),
  siteId: SiteId.optional(),
  siteName: z.object({ zh: z.string(), en: z.string() }).optional(),
  date: LocalDate,
  procedure: Procedure,
  volumeMl: z.number(),
  held: z.boolean(),
  recall: z.object({ recallId: z.string(), siteId: SiteId }).optional(),
  master: z.enum(UNIT_MASTERS),
  historical: z.boolean().meta({ description: 'From before opening' }),
  units: z.array(Whereabouts),
});

export const RecallSummary = z.object({
  recallId: RecallId,
  siteId: SiteId,
  din: Din,
  dinPrinted: z.string(),
  scope,
  status: z.enum(RECALL_STATUSES),
  donations: z.number().int(),
  passed: z.number().int().meta({ description: 'How many of them the job has been through' }),
  by: z.string(),
  at: Instant,
  liftedBy: z.string().optional(),
  liftedAt: Instant.optional(),
});

/** A recall as it stands: what is stopped, and what is not, by who has it. */
export const Recall = RecallSummary.extend({
  reason: z.enum(RECALL_REASONS),
  note: z.string().optional(),
  stopped: z.array(Whereabouts).meta({ description: 'Put aside, or discarded' }),
  /** What no step of ours can stop any more. */
  out: z.array(
    z.object({
      hospital: z.string(),
      phone: z.string().optional().meta({ description: 'Whom to call, where the station has noted it' }),
      told: z.object({ by: z.string(), at: Instant }).optional(),
      units: z.array(Whereabouts),
    }),
  ),
  /** Where another system is master: what it has to stop. */
  elsewhere: z.array(Whereabouts),
  system: z.string().optional(),
});

export const recalls = area('recalls', {
  'GET /api/lookback': {
    roles: ['staff'],
    summary: 'Every donation of the donor of this one, at whatever site, with all units and where they went; audited',
    query: z.strictObject({ din: Din }),
    status: 200,
    output: z.object({ items: z.array(TracedDonation) }),
  },
  'POST /api/recalls': {
    roles: ['staff'],
    summary:
      'Call a donation back, or all of its donor’s: what is still stoppable is stopped at once, the rest is listed; audited',
    body: z.strictObject({
      din: Din,
      scope,
      reason: z.enum(RECALL_REASONS),
      note: Line(200).optional(),
    }),
    status: 201,
    output: Recall,
  },
  'GET /api/recalls': {
    roles: ['staff'],
    summary: 'Recalls of a site, the latest first',
    query: z.strictObject({ siteId: SiteId, ...pageQuery }),
    status: 200,
    output: page(RecallSummary),
  },
  'GET /api/recalls/{recallId}': {
    roles: ['staff'],
    summary: 'What a recall has stopped, what it could not, and whom to call; audited',
    params: z.strictObject({ recallId: RecallId }),
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: Recall,
  },
  'POST /api/recalls/{recallId}/told': {
    roles: ['staff'],
    summary: 'A hospital that has something of it was told; audited',
    params: z.strictObject({ recallId: RecallId }),
    body: z.strictObject({ siteId: SiteId, hospital: Line(80) }),
    status: 200,
    output: Recall,
  },
  'POST /api/recalls/{recallId}/lift': {
    roles: ['staff'],
    summary: 'End a recall: what was put aside stays in quarantine until it is tested again; audited',
    params: z.strictObject({ recallId: RecallId }),
    body: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: Recall,
  },
});
