import * as z from 'zod';
import { Refusal } from './common.ts';

/** Every stable error code and its HTTP status. The sentences, zh and en, are in functions/runtime/sentences.ts, a refusal's in domain/refusal-sentences.ts. */
export const PROBLEMS = {
  'invalid-json': 400,
  'invalid-input': 400,
  'idempotency-key-missing': 400,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'not-signed-in': 401,
  'identity-rejected': 401,
  'person-unknown': 403,
  'no-match': 403,
  'tries-used-up': 403,
  forbidden: 403,
  'not-found': 404,
  refused: 409,
  'wrong-state': 409,
  'undo-over': 409,
  'has-booking': 409,
  'changed-meanwhile': 409,
  'on-hold': 409,
  'on-recall': 409,
  'unit-expired': 409,
  'results-not-clear': 409,
  'group-differs': 409,
  'not-master': 409,
  'own-master': 409,
  'din-taken': 409,
  'pass-of-another': 409,
  'document-differs': 409,
  'document-of-another': 409,
  'same-person': 409,
  'has-roles': 409,
  'own-role': 409,
  'roles-apart': 409,
  'last-admin': 409,
  'own-request': 409,
  'not-now': 409,
  'places-taken': 409,
  'under-way': 409,
  'nothing-free': 409,
  'already-calling': 409,
  'din-invalid': 422,
  'volume-not-allowed': 422,
  'expiry-invalid': 422,
  'screening-not-passed': 422,
  'screening-missing': 409,
  'hospital-record-missing': 422,
  'idempotency-key-reused': 422,
  'range-too-long': 422,
  'event-incomplete': 422,
  'consent-missing': 409,
  'too-many-declared': 422,
  busy: 503,
  internal: 500,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457, `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  instance: z.string().meta({ description: 'Id of this failure; quote it to the operator' }),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  reasons: z.array(Refusal).optional(),
  next: z
    .object({ slotId: z.string(), siteId: z.string(), startsAt: z.string() })
    .optional()
    .meta({ description: 'A slot that would do, where there is one' }),
});
export type Problem = z.output<typeof Problem>;
