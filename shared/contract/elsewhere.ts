import * as z from 'zod';
import { Instant, LocalDate, Procedure } from './common.ts';

/** A donation made elsewhere, as its donor declared it. */
export const Elsewhere = z.object({
  declaredId: z.string(),
  date: LocalDate,
  procedure: Procedure,
  volumeMl: z.number(),
  platelets: z.number().int().optional(),
  place: z.string().optional(),
  verifiedAt: Instant.optional().meta({
    description: 'When a station saw the proof: from then on it counts for honours',
  }),
  version: z.number().int(),
});

export const DeclaredId = z.strictObject({ declaredId: z.string().regex(/^[0-9a-f]{24}$/) });
