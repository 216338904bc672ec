import * as z from 'zod';
import { CONSENT_PURPOSES } from '../domain/vocabulary.ts';
import { DateInput, Instant, Line, LocalDate, Localized, Procedure, page, Sex, SiteId, Zone } from './common.ts';
import { area } from './define.ts';
import { DeclaredId, Elsewhere } from './elsewhere.ts';

const Cited = { rule: z.string(), source: z.string(), mark: z.enum(['C', 'C†', 'R']) };
const Span = z.object({ value: z.number().int(), unit: z.enum(['day', 'week', 'month', 'year']) });
const Code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .max(60);

/** A rule pack as it is: what the pages decide by for somebody without an account is what the service decides by. */
export const RulePack = z.object({
  id: z.string(),
  version: z.string(),
  name: Localized,
  effectiveFrom: LocalDate,
  effectiveTo: LocalDate.optional(),
  source: z.string(),
  age: z.array(
    z.object({
      ...Cited,
      procedure: Procedure.optional(),
      minYears: z.number(),
      maxYears: z.number().optional(),
      maxReading: z.enum(['to-birthday', 'through-year']),
      maxFor: z.literal('first-time').optional(),
      extended: z
        .object({
          ...Cited,
          maxYears: z.number(),
          needs: z.array(z.enum(['repeat-donor', 'no-reaction', 'own-wish'])),
        })
        .optional(),
    }),
  ),
  weight: z.array(z.object({ ...Cited, sex: Sex.optional(), procedure: Procedure.optional(), minKg: z.number() })),
  intervals: z.array(
    z.object({
      ...Cited,
      from: Procedure,
      to: Procedure,
      sex: Sex.optional(),
      fromVolumeMl: z.number().optional(),
      min: Span,
      override: z.object({ ...Cited, min: Span, approver: z.string() }).optional(),
    }),
  ),
  caps: z.array(
    z.intersection(
      z.object({
        ...Cited,
        group: z.array(Procedure),
        sex: Sex.optional(),
        max: z.number(),
        unit: z.enum(['count', 'ml']),
      }),
      z.discriminatedUnion('window', [
        z.object({ window: z.literal('rolling'), span: Span }),
        z.object({ window: z.literal('calendar-year') }),
      ]),
    ),
  ),
  volumes: z.array(
    z.object({
      ...Cited,
      procedure: Procedure,
      allowed: z.array(
        z.object({
          minMl: z.number(),
          maxMl: z.number(),
          platelets: z.union([z.literal(1), z.literal(2)]).optional(),
        }),
      ),
    }),
  ),
  deferrals: z.array(
    z.object({
      ...Cited,
      code: z.string(),
      label: Localized,
      after: Span.optional(),
      procedure: Procedure.optional(),
    }),
  ),
  screening: z.array(
    z.object({
      ...Cited,
      measure: z.string(),
      label: Localized,
      unit: z.string(),
      sex: Sex.optional(),
      procedure: Procedure.optional(),
      min: z.number().optional(),
      below: z.number().optional(),
      max: z.number().optional(),
    }),
  ),
  questions: z.array(
    z.object({
      id: z.string(),
      ask: Localized,
      hint: Localized.optional(),
      sex: Sex.optional(),
      options: z.array(
        z.object({ code: z.string(), label: Localized, when: Localized.optional(), still: Localized.optional() }),
      ),
      keeps: Span,
    }),
  ),
  onTheDay: z.array(Localized),
  units: z.object({
    weight: z.enum(['kg', 'lb']),
    haemoglobin: z.enum(['g/L', 'g/dL']),
    temperature: z.enum(['°C', '°F']),
  }),
});

const MOST_ANSWERS = 40;
const MOST_EVENTS = 20;
/** An answer to a question of the pack. `ended` is the day the wait counts from; absent while it is still going on. */
const Answer = z.strictObject({
  question: Code,
  answeredOn: DateInput,
  events: z.array(z.strictObject({ code: Code, ended: DateInput.optional() })).max(MOST_EVENTS),
});

const PastDonation = z.object({
  date: LocalDate,
  procedure: Procedure,
  volumeMl: z.number(),
  platelets: z.union([z.literal(1), z.literal(2)]).optional(),
});
const Wait = z.union([LocalDate, z.literal('open')]);

const KeptAnswer = z.object({
  question: z.string(),
  answeredOn: LocalDate,
  events: z.array(z.object({ code: z.string(), ended: LocalDate.optional() })),
});

/** What the rules know of me, and the answers I let be kept. */
export const MyPrecheck = z.object({
  packId: z.string(),
  zone: Zone,
  facts: z.object({
    birthDate: LocalDate.optional(),
    sex: Sex.optional(),
    weightKg: z.number().optional(),
    donations: z.array(PastDonation),
    elsewhere: z.array(PastDonation).optional(),
    repeatDonor: z.boolean(),
    reactionRecorded: z.boolean(),
    wantsExtendedAge: z.boolean(),
    deferredUntil: LocalDate.optional(),
    deferredUntilFor: z.partialRecord(Procedure, LocalDate).optional(),
    deferredPermanently: z.boolean().optional(),
    declared: z
      .record(z.string(), z.object({ until: Wait.optional(), untilFor: z.partialRecord(Procedure, Wait).optional() }))
      .optional(),
  }),
  answers: z.array(KeptAnswer),
  /** Of the answers; 0 where none are kept. */
  version: z.number().int(),
});

export const Agreement = z.object({
  purpose: z.enum(CONSENT_PURPOSES),
  given: z.boolean(),
  /** Edition of the words agreed to. */
  wording: z.string().optional(),
});
export const Consent = Agreement.extend({
  /** Edition of the words that ask today; an agreement to older ones is asked for anew. */
  currentWording: z.string(),
  at: Instant.optional(),
  /** 0 where nothing was said yet. */
  version: z.number().int(),
});

const ElsewhereInput = {
  date: DateInput,
  procedure: Procedure,
  volumeMl: z.number().int().min(50).max(1_000),
  platelets: z.union([z.literal(1), z.literal(2)]).optional(),
  place: Line(60).optional(),
};
/** Everything a person has declared, for their own export. */
export const Declared = z.object({
  answers: z.record(z.string(), z.array(KeptAnswer)),
  consents: z.array(
    z.object({
      ...Agreement.shape,
      at: Instant,
      history: z.array(z.object({ given: z.boolean(), wording: z.string().optional(), at: Instant })),
    }),
  ),
  donationsElsewhere: z.array(
    Elsewhere.omit({ version: true, verifiedAt: true }).extend({
      declaredAt: Instant,
      verified: z.object({ at: Instant, siteId: SiteId }).optional(),
    }),
  ),
});

const Version = z.number().int().min(0).meta({ description: 'The version this was made from' });

export const precheck = area('precheck', {
  'GET /api/precheck/rules': {
    roles: ['public'],
    summary: 'The rules in force today at a site (or at the city’s first), with their sources and the questions to ask',
    query: z.strictObject({ siteId: SiteId.optional(), pack: Code.optional() }),
    status: 200,
    output: z.object({ zone: Zone, pack: RulePack }),
    cacheSeconds: 60,
  },
  'GET /api/precheck': {
    roles: ['person'],
    summary: 'What the rules know of me and the answers I let be kept, for the pack of a site (or the city’s)',
    query: z.strictObject({ siteId: SiteId.optional() }),
    status: 200,
    output: MyPrecheck,
  },
  'PUT /api/precheck/answers': {
    roles: ['person'],
    summary:
      'Keep my answers, which I have agreed to; a live donation booking that no longer holds is released in the same transaction',
    body: z.strictObject({
      siteId: SiteId.optional(),
      version: Version,
      answers: z.array(Answer).max(MOST_ANSWERS),
    }),
    status: 200,
    output: MyPrecheck,
  },
  'GET /api/precheck/consents': {
    roles: ['person'],
    summary: 'What I agreed to, by purpose',
    status: 200,
    output: z.object({ items: z.array(Consent) }),
  },
  'PUT /api/precheck/consents/{purpose}': {
    roles: ['person'],
    summary: 'Agree, or withdraw: what was kept for the purpose is deleted in the same transaction',
    params: z.strictObject({ purpose: z.enum(CONSENT_PURPOSES) }),
    body: z.strictObject({ given: z.boolean(), wording: Line(20), version: Version }),
    status: 200,
    output: Consent,
  },
  'GET /api/precheck/elsewhere': {
    roles: ['person'],
    summary: 'The donations I declared to have made elsewhere, newest first',
    status: 200,
    output: page(Elsewhere),
  },
  'POST /api/precheck/elsewhere': {
    roles: ['person'],
    summary: 'Declare a donation made elsewhere: it counts for intervals at once, and not for honours',
    body: z.strictObject(ElsewhereInput),
    status: 201,
    output: page(Elsewhere),
  },
  'PUT /api/precheck/elsewhere/{declaredId}': {
    roles: ['person'],
    summary: 'Correct a declared donation',
    params: DeclaredId,
    body: z.strictObject({ ...ElsewhereInput, version: Version }),
    status: 200,
    output: page(Elsewhere),
  },
  'POST /api/precheck/elsewhere/{declaredId}/remove': {
    roles: ['person'],
    summary: 'Take a declared donation back',
    params: DeclaredId,
    body: z.strictObject({ version: Version }),
    status: 200,
    output: page(Elsewhere),
  },
});
