import * as z from 'zod';
import { DOCUMENT_TYPES, MERGE_STATUSES } from '../domain/vocabulary.ts';
import { BookingId, DocumentInput, Instant, Line, LocalDate, Sex, SiteId, Zone } from './common.ts';
import { area } from './define.ts';

/** A donor's record as two of the staff compare it with another: enough to know, never enough to find anybody. */
export const RecordCard = z.object({
  maskedName: z.string(),
  phoneLast4: z.string(),
  birthYear: z.string().optional(),
  sex: Sex.optional(),
  documents: z.array(z.object({ type: z.enum(DOCUMENT_TYPES), lastFour: z.string() })),
  since: Instant,
  donations: z.number().int(),
  lastDonation: LocalDate.optional(),
  elsewhere: z.number().int().meta({ description: 'Donations declared to have been made elsewhere' }),
  upcoming: z.array(
    z.object({
      place: z.object({ zh: z.string(), en: z.string() }),
      startsAt: Instant,
      zone: Zone,
      stays: z.boolean().optional().meta({ description: 'Whether it holds once the two are one' }),
    }),
  ),
});

export const Merge = z.object({
  mergeId: z.string(),
  siteId: SiteId,
  zone: Zone,
  status: z.enum(MERGE_STATUSES),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: Instant,
  isMine: z.boolean().meta({ description: 'Proposed by the caller, who may therefore not approve it' }),
  decidedBy: z.string().optional(),
  decidedAt: Instant.optional(),
  doneAt: Instant.optional(),
  keep: z.string().meta({ description: 'Masked name of the record that stays' }),
  join: z.string().meta({ description: 'Masked name of the record that becomes part of it' }),
  version: z.number().int(),
});

export const MergePreview = Merge.extend({
  records: z
    .object({ keep: RecordCard, join: RecordCard })
    .optional()
    .meta({ description: 'What each holds, while it is proposed' }),
});

const MergeId = z.strictObject({ mergeId: z.string().regex(/^[a-z0-9]{8,40}$/) });
const deciding = z.strictObject({ siteId: SiteId, version: z.number().int() });

export const identity = area('identity', {
  'POST /api/identity/clashes': {
    roles: ['staff'],
    summary: 'Both records, masked, where the document shown for a booking is on record for another donor; audited',
    body: z.strictObject({ bookingId: BookingId, document: DocumentInput }),
    status: 200,
    output: z.object({ here: RecordCard, other: RecordCard }),
  },
  'POST /api/identity/merges': {
    roles: ['staff'],
    summary: 'Propose that the record of a booking and the one its document is on record for become one; audited',
    body: z.strictObject({
      bookingId: BookingId,
      document: DocumentInput,
      keep: z
        .enum(['here', 'other'])
        .meta({ description: 'Whose phone number and sign-in stay: `here` the booking’s' }),
      reason: Line(200),
    }),
    status: 201,
    output: Merge,
  },
  'GET /api/identity/merges': {
    roles: ['staff'],
    summary: 'Merges that a site’s staff have proposed, the newest first; the read is audited',
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({ items: z.array(Merge) }),
  },
  'GET /api/identity/merges/{mergeId}': {
    roles: ['staff'],
    summary: 'What a merge would join, and which bookings would no longer hold; the read is audited',
    params: MergeId,
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: MergePreview,
  },
  'POST /api/identity/merges/{mergeId}/approve': {
    roles: ['staff'],
    summary: 'Approve a merge that another of the staff has proposed; audited',
    params: MergeId,
    body: deciding,
    status: 200,
    output: Merge,
  },
  'POST /api/identity/merges/{mergeId}/reject': {
    roles: ['staff'],
    summary: 'Reject a merge: these are two people; audited',
    params: MergeId,
    body: deciding,
    status: 200,
    output: Merge,
  },
});
