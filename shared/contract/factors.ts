import * as z from 'zod';
import { Instant, StationId } from './common.ts';
import { area } from './define.ts';

const EVERYBODY_WITH_A_ROLE = ['staff', 'organiser', 'auditor', 'admin'] as const;
const Code = z
  .string()
  .regex(/^\d{6}$/)
  .meta({ description: 'What the authenticator shows now (RFC 6238); each is taken once' });

const Showing = z.strictObject({
  code: Code,
  stationId: StationId.optional().meta({
    description:
      'Of the shared station that this browser is: it holds for taking a seat there, and for nothing else before that',
  }),
});

/** How somebody with a role stands with their second factor, in the browser that asks. */
export const Factor = z.object({
  set: z.boolean().meta({ description: 'They have an authenticator' }),
  since: Instant.optional(),
  shown: z.boolean().meta({ description: 'They have shown it in this browser, and it still holds' }),
  until: Instant.optional().meta({ description: 'Until when it holds here' }),
});

/** What is put into an authenticator; told once, and in force once a code of it was shown. */
export const FactorEnrolment = z.object({
  secret: z.string().meta({ description: 'Base32, to be typed' }),
  uri: z.string().meta({ description: 'otpauth:, to be drawn as a QR code' }),
  until: Instant,
});

export const factors = area('factors', {
  'GET /api/factor': {
    roles: EVERYBODY_WITH_A_ROLE,
    beforeFactor: true,
    summary: 'How the caller stands with their second factor in this browser',
    status: 200,
    output: Factor,
  },
  'POST /api/factor/enrolment': {
    roles: EVERYBODY_WITH_A_ROLE,
    beforeFactor: true,
    summary:
      'A secret for an authenticator, to be confirmed within a quarter of an hour; whoever has one already shows its code. Audited',
    body: z.strictObject({ code: Code.optional() }),
    status: 201,
    output: FactorEnrolment,
  },
  'POST /api/factor/confirm': {
    roles: EVERYBODY_WITH_A_ROLE,
    beforeFactor: true,
    summary: 'Show a code of the new secret: from now on it is the second factor, and shown in this browser. Audited',
    body: Showing,
    status: 200,
    output: Factor,
  },
  'POST /api/factor/show': {
    roles: EVERYBODY_WITH_A_ROLE,
    beforeFactor: true,
    summary: 'Show the second factor: it holds in this browser for some hours. Five tries a day; audited',
    body: Showing,
    status: 200,
    output: Factor,
  },
});
