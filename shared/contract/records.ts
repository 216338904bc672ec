import * as z from 'zod';
import { LocalDate, Localized, Procedure } from './common.ts';
import { area } from './define.ts';

/** All that a code proves: enough to hold against a record, too little to learn anything of a person by. */
export const ProvenDonation = z.object({
  code: z.string().meta({ description: 'As printed' }),
  maskedName: z.string(),
  date: LocalDate,
  /** The station that recorded it. */
  recordedBy: Localized,
  procedure: Procedure,
  volumeMl: z.number(),
  platelets: z.number().int().optional(),
});

export const records = area('records', {
  'GET /api/records/{code}': {
    roles: ['public'],
    summary: 'What the code of a donation record proves; one that is unknown or withdrawn is not found',
    params: z.strictObject({ code: z.string().min(1).max(40) }),
    status: 200,
    output: ProvenDonation,
  },
});
