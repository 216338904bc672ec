import * as z from 'zod';
import { MESSAGE_TEMPLATES } from '../domain/vocabulary.ts';
import { Instant, PersonId, page, pageQuery } from './common.ts';
import { area } from './define.ts';

/** A text that did not surely arrive. Whom it was for is an id; the number stays out. */
export const MessageProblem = z.object({
  personId: z.string(),
  messageId: z.string(),
  template: z.enum(MESSAGE_TEMPLATES),
  status: z.enum(['failed', 'uncertain']),
  attempts: z.number().int(),
  reason: z.string().optional(),
  createdAt: Instant,
  lastAttemptAt: Instant.optional(),
});

export const messages = area('messages', {
  'GET /api/messages/problems': {
    roles: ['staff', 'admin'],
    summary: 'Texts that failed or may not have arrived, newest first',
    query: z.strictObject({
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
      ...pageQuery,
    }),
    status: 200,
    output: page(MessageProblem),
  },
  'POST /api/messages/problems/resend': {
    roles: ['staff', 'admin'],
    summary: 'Queue a failed or uncertain text again',
    body: z.strictObject({
      personId: PersonId,
      messageId: z
        .string()
        .regex(/^[\w.-]+$/)
        .max(200),
    }),
    status: 200,
    output: z.object({ status: z.literal('due') }),
  },
});
