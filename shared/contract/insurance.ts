import * as z from 'zod';
import { DOCUMENT_TYPES } from '../domain/vocabulary.ts';
import { BookingId, DateInput, DocumentInput, EventId, Instant } from './common.ts';
import { area } from './define.ts';

/** The document under which I am insured where I volunteer. */
export const Insured = z.object({
  document: z
    .object({ type: z.enum(DOCUMENT_TYPES), lastFour: z.string() })
    .optional()
    .meta({ description: 'Never more of the number than its end; absent: none' }),
  at: Instant.optional().meta({ description: 'When it was said' }),
  byOrganiser: z.boolean().optional().meta({ description: 'An organiser was shown it, and noted it' }),
});

/** The same, in the export of everything that is kept of somebody. */
export const ExportedInsurance = z.object({
  type: z.enum(DOCUMENT_TYPES),
  at: Instant,
  byOrganiser: z.boolean(),
});

/** Somebody who has a place on a date: whether they can be on the list of the insured. */
export const ToInsure = z.object({
  bookingId: BookingId.meta({ description: 'One of those that they have on the date' }),
  name: z.string(),
  phoneLast4: z.string(),
  hasDocument: z.boolean(),
});

const ofDate = { params: z.strictObject({ eventId: EventId }), query: z.strictObject({ date: DateInput }) };

export const insurance = area('insurance', {
  'GET /api/me/insurance': {
    roles: ['person'],
    summary: 'The document under which I am insured where I volunteer',
    status: 200,
    output: Insured,
  },
  'PUT /api/me/insurance': {
    roles: ['person'],
    summary:
      'Say under which document I am insured; only the insurance lists of events that I sign up for hold its number',
    body: z.strictObject({ document: DocumentInput }),
    status: 200,
    output: Insured,
  },
  'POST /api/me/insurance/remove': {
    roles: ['person'],
    summary: 'Have the number forgotten: I am on no insurance list that is made from then on',
    body: z.strictObject({}),
    status: 200,
    output: Insured,
  },
  'GET /api/events/{eventId}/insurance': {
    roles: ['organiser'],
    summary: 'Who has a place on a date of an event that insures its volunteers, and whose number is missing; audited',
    ...ofDate,
    status: 200,
    output: z.object({ items: z.array(ToInsure) }),
  },
  'POST /api/events/{eventId}/insurance': {
    roles: ['organiser'],
    summary: 'Note the document that somebody has shown who is signed up and has said none; audited',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ bookingId: BookingId, document: DocumentInput }),
    status: 200,
    output: ToInsure,
  },
  'GET /api/events/{eventId}/insurance.csv': {
    roles: ['organiser'],
    summary: 'The insurance list of a date, with names and identity numbers, as a file for a spreadsheet; audited',
    ...ofDate,
    status: 200,
    output: z.string(),
    file: { type: 'text/csv', name: 'insurance.csv' },
  },
});
