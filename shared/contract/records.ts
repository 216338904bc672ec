import * as z from 'zod';
import { LocalDate, Localized, Procedure, ServiceCategory } from './common.ts';
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

/** All that the code of a certificate of service proves: enough to hold against the paper, and no name. */
export const ProvenService = z.object({
  code: z.string().meta({ description: 'As printed' }),
  number: z.string(),
  maskedName: z.string(),
  /** The organisation that recorded it, and so certifies it. */
  organisation: Localized,
  from: LocalDate,
  to: LocalDate,
  timed: z.number().int().meta({ description: 'Minutes that the system timed' }),
  byHand: z.number().int().meta({ description: 'Minutes added by hand' }),
  categories: z.array(z.object({ category: ServiceCategory, timed: z.number().int(), byHand: z.number().int() })),
  issuedOn: LocalDate,
  supersededOn: LocalDate.optional().meta({ description: 'A record that it counts was corrected since' }),
});

export const records = area('records', {
  'GET /api/records/{code}': {
    roles: ['public'],
    summary: 'What the code of a donation record proves; one that is unknown or withdrawn is not found',
    params: z.strictObject({ code: z.string().min(1).max(40) }),
    status: 200,
    output: ProvenDonation,
  },
  'GET /api/certificates/{code}': {
    roles: ['public'],
    summary: 'What the code of a certificate of service proves; one that is unknown or withdrawn is not found',
    params: z.strictObject({ code: z.string().min(1).max(40) }),
    status: 200,
    output: ProvenService,
  },
});
