import * as z from 'zod';
import { MOST_MINUTES, MOST_STAR_HOURS } from '../domain/hours.ts';
import { EXPORT_FIELDS } from '../domain/hours-export.ts';
import { SERVICE_CATEGORIES, SERVICE_WAYS } from '../domain/vocabulary.ts';
import {
  BookingId,
  DateInput,
  Instant,
  Language,
  Line,
  LocalDate,
  Localized,
  OrganisationId,
  Paragraphs,
  page,
  pageQuery,
  ServiceCategory,
  Zone,
} from './common.ts';
import { area } from './define.ts';

const RecordId = z.string().regex(/^[a-z0-9]{1,40}$/);
const RequestId = z.string().regex(/^h[0-9a-f]{20}$/);
const Minutes = z.number().int();
/** A day's work at most. */
const MinutesInput = z.number().int().min(0).max(MOST_MINUTES);
const Year = z.coerce.number().int().min(2000).max(2199);
const Reason = Paragraphs(200);

const HoursSum = z.object({
  timed: Minutes.meta({ description: 'Minutes that the system timed' }),
  byHand: Minutes.meta({ description: 'Minutes added by hand, each with a reason and somebody who approved' }),
});

/** A stretch of service, and what it counts for now. */
export const HoursRecord = HoursSum.extend({
  recordId: z.string(),
  date: LocalDate,
  minutes: Minutes.meta({ description: 'As it was recorded, before any correction' }),
  isTimed: z.boolean(),
  category: ServiceCategory,
  organisationId: OrganisationId,
  bookingId: BookingId,
  title: Localized,
  role: Localized.optional(),
  community: Localized,
  district: Localized,
  zone: Zone,
  startedAt: Instant.optional(),
  endedAt: Instant.optional(),
  how: z.object({ in: z.enum(SERVICE_WAYS), out: z.enum(SERVICE_WAYS) }).optional(),
  corrections: z.number().int(),
  reason: z.string().optional().meta({ description: 'Why it was added, or last corrected' }),
});

/** That hours be added or a record corrected, and what came of it. */
export const HoursRequest = z.object({
  requestId: RequestId,
  organisationId: OrganisationId,
  recordId: z.string().optional().meta({ description: 'The record to be corrected; absent: hours are to be added' }),
  was: Minutes.optional().meta({ description: 'What that record came to' }),
  bookingId: BookingId,
  title: Localized,
  date: LocalDate,
  minutes: Minutes,
  category: ServiceCategory,
  reason: z.string(),
  askedAt: Instant,
  isOwn: z.boolean().meta({ description: 'Asked by the person themself' }),
  status: z.enum(['asked', 'approved', 'rejected']),
  decidedAt: Instant.optional(),
  granted: Minutes.optional().meta({ description: 'What was approved' }),
  answer: z.string().optional(),
  version: z.number().int(),
});
/** The same for who decides it: whom it is about, and who asked. */
export const HoursRequestToDecide = HoursRequest.extend({
  name: z.string(),
  phoneLast4: z.string(),
  askedBy: z.string().optional(),
  decidedBy: z.string().optional(),
  mayDecide: z.boolean().meta({ description: 'Nobody decides what they asked for, or what is of themselves' }),
});

const CertificateCategory = HoursSum.extend({ category: ServiceCategory });
const CertifiedActivity = z.object({ title: Localized, minutes: Minutes, times: z.number().int() });
/** What an organisation certifies of its own records: not a certificate of any authority, and no award. */
export const Certificate = HoursSum.extend({
  code: z.string().meta({ description: 'As printed; whoever has it may verify the certificate' }),
  number: z.string(),
  name: z.string(),
  volunteerNumber: z.string(),
  numberOf: z.enum(['platform', 'nuanliu']),
  organisationId: OrganisationId,
  organisation: Localized,
  from: LocalDate,
  to: LocalDate,
  categories: z.array(CertificateCategory),
  activities: z.array(CertifiedActivity),
  responsible: z.string(),
  handler: z.string(),
  contact: z.string(),
  issuedOn: LocalDate,
  supersededOn: LocalDate.optional().meta({ description: 'A record that it counts was corrected since' }),
});

const StarsMet = z.object({ stars: z.number().int(), on: LocalDate });
const HoursSource = z.object({ source: Localized, mark: z.string() });
/** How far somebody's hours are from the standards of the stars. The stars themselves are for others to award. */
export const Stars = z.object({
  minutes: Minutes,
  stars: z.number().int(),
  met: z.array(StarsMet),
  next: z.object({ stars: z.number().int(), hours: z.number(), minutesLeft: Minutes }).optional(),
  hours: z.array(z.number()).meta({ description: 'From how many hours each star is met' }),
  ...HoursSource.shape,
});

export const MyService = z.object({
  total: HoursSum,
  years: z.array(z.object({ year: z.number().int(), categories: z.array(CertificateCategory), ...HoursSum.shape })),
  award: Stars.extend({
    lifetime: z.boolean(),
    lifetimeRules: z.array(z.object({ overHours: z.number(), overYears: z.number().optional() })),
  }),
  general: Stars,
  organisations: z.array(
    HoursSum.extend({
      organisationId: OrganisationId,
      name: Localized,
      certifies: z.boolean().meta({ description: 'It has said who answers for its certificates' }),
    }),
  ),
  unrecorded: z
    .array(
      z.object({
        bookingId: BookingId,
        title: Localized,
        date: LocalDate,
        zone: Zone,
        startsAt: Instant,
        endsAt: Instant,
      }),
    )
    .meta({ description: 'Shifts that were booked and are over, of which nothing is recorded' }),
  requests: z.array(HoursRequest),
  certificates: z.array(Certificate),
  number: z.object({ number: z.string().optional(), version: z.number().int() }),
});

/** All that is kept of a person's service. */
export const ExportedService = z.object({
  records: z.array(HoursRecord),
  requests: z.array(HoursRequest),
  certificates: z.array(Certificate),
  volunteerNumber: z.string().optional(),
});

const ExportColumn = z.strictObject({
  header: Line(40),
  field: z.enum(EXPORT_FIELDS),
  text: Line(60).optional(),
});
const CategoryNamesInput = z.strictObject(
  Object.fromEntries(SERVICE_CATEGORIES.map((category) => [category, Line(30).optional()])) as {
    [K in (typeof SERVICE_CATEGORIES)[number]]: z.ZodOptional<ReturnType<typeof Line>>;
  },
);
const HoursSettingsInput = z.strictObject({
  responsible: Line(40).optional(),
  handler: Line(40).optional(),
  contact: Line(40).optional(),
  columns: z.array(ExportColumn).min(1).max(24).optional(),
  language: Language,
  categories: CategoryNamesInput,
});
/** Who answers for an organisation's certificates, and how its records go to an official platform. */
export const HoursSettings = z.object({
  responsible: z.string().optional(),
  handler: z.string().optional(),
  contact: z.string().optional(),
  columns: z.array(ExportColumn),
  isUsual: z.boolean().meta({ description: 'Nobody has chosen columns yet' }),
  language: Language,
  categories: CategoryNamesInput,
  version: z.number().int(),
});

/** What a year of an organisation came to. Nobody is named. */
export const OrganisationHours = HoursSum.extend({
  year: z.number().int(),
  people: z.number().int(),
  records: z.number().int(),
  waiting: z.number().int().meta({ description: 'Requests that wait for somebody’s decision' }),
  months: z.array(HoursSum.extend({ month: z.number().int() })),
  communities: z.array(
    HoursSum.extend({ community: Localized, district: Localized, people: z.number().int(), records: z.number().int() }),
  ),
  categories: z.array(CertificateCategory),
});

const ofOrganisation = z.strictObject({ organisationId: OrganisationId });
const ofRequest = z.strictObject({ organisationId: OrganisationId, requestId: RequestId });

const StarSettings = z.object({ hours: z.array(z.number()), isUsual: z.boolean(), version: z.number().int() });

export const hours = area('hours', {
  'GET /api/me/service': {
    roles: ['person'],
    summary: 'My hours of service by year and kind, how far the standards of the stars are, and what I asked for',
    status: 200,
    output: MyService,
  },
  'GET /api/me/service/records': {
    roles: ['person'],
    summary: 'My records of a year, the newest first',
    query: z.strictObject({ year: Year }),
    status: 200,
    output: z.object({ items: z.array(HoursRecord) }),
  },
  'POST /api/me/service/corrections': {
    roles: ['person'],
    summary: 'Ask that a record of mine be corrected, or that a shift be recorded of which nothing is',
    body: z
      .strictObject({
        recordId: RecordId.optional(),
        bookingId: BookingId.optional(),
        minutes: MinutesInput,
        reason: Reason,
      })
      .refine(({ recordId, bookingId }) => (recordId === undefined) !== (bookingId === undefined), {
        path: ['recordId'],
      }),
    status: 201,
    output: HoursRequest,
  },
  'PUT /api/me/service/number': {
    roles: ['person'],
    summary: 'Say by what number an official volunteer platform knows me; null: by none',
    body: z.strictObject({
      number: z
        .string()
        .trim()
        .regex(/^[0-9A-Za-z-]{4,30}$/)
        .nullable(),
      version: z.number().int(),
    }),
    status: 200,
    output: z.object({ number: z.string().optional(), version: z.number().int() }),
  },
  'POST /api/me/service/certificates': {
    roles: ['person'],
    summary: 'Have an organisation’s records of my service certified',
    body: z.strictObject({
      organisationId: OrganisationId,
      from: DateInput.optional(),
      to: DateInput.optional(),
      awardOnly: z.boolean().optional(),
    }),
    status: 201,
    output: Certificate,
  },
  'GET /api/organisations/{organisationId}/hours': {
    roles: ['organiser', 'admin'],
    summary: 'What a year came to, by month and by community',
    params: ofOrganisation,
    query: z.strictObject({ year: Year }),
    status: 200,
    output: OrganisationHours,
  },
  'GET /api/organisations/{organisationId}/hours/requests': {
    roles: ['organiser', 'admin'],
    summary:
      'Requests about hours that wait for somebody, the oldest first, or those that are decided; the read is audited',
    params: ofOrganisation,
    query: z.strictObject({ done: z.enum(['true', 'false']).optional(), ...pageQuery }),
    status: 200,
    output: page(HoursRequestToDecide),
  },
  'GET /api/organisations/{organisationId}/hours/people/{bookingId}': {
    roles: ['organiser'],
    summary: 'What is recorded of somebody who was signed up for an event of mine; the read is audited',
    params: z.strictObject({ organisationId: OrganisationId, bookingId: BookingId }),
    status: 200,
    output: z.object({ name: z.string(), title: Localized, date: LocalDate, items: z.array(HoursRecord) }),
  },
  'POST /api/organisations/{organisationId}/hours/requests': {
    roles: ['organiser'],
    summary:
      'Ask that hours be added by hand, or a record corrected, for somebody who was signed up for an event of mine',
    params: ofOrganisation,
    body: z.strictObject({
      bookingId: BookingId,
      recordId: RecordId.optional(),
      date: DateInput,
      minutes: MinutesInput,
      reason: Reason,
    }),
    status: 201,
    output: HoursRequest,
  },
  'POST /api/organisations/{organisationId}/hours/requests/{requestId}/decision': {
    roles: ['organiser', 'admin'],
    summary: 'Say yes or no to a request about hours, of somebody else and that somebody else asked for',
    params: ofRequest,
    body: z.strictObject({
      approve: z.boolean(),
      minutes: MinutesInput.optional(),
      answer: Reason.optional(),
      version: z.number().int(),
    }),
    status: 200,
    output: HoursRequest,
  },
  'GET /api/organisations/{organisationId}/hours/settings': {
    roles: ['organiser', 'admin'],
    summary: 'Who answers for certificates, and how records go to an official platform',
    params: ofOrganisation,
    status: 200,
    output: HoursSettings,
  },
  'PUT /api/organisations/{organisationId}/hours/settings': {
    roles: ['organiser', 'admin'],
    summary: 'Say who answers for certificates, and map the columns of the export',
    params: ofOrganisation,
    body: HoursSettingsInput.extend({ version: z.number().int() }),
    status: 200,
    output: HoursSettings,
  },
  'GET /api/organisations/{organisationId}/hours/export.csv': {
    roles: ['organiser', 'admin'],
    summary:
      'The records of some dates in the columns that an official platform takes; the read is audited. No identity numbers',
    params: ofOrganisation,
    query: z.strictObject({ from: DateInput, to: DateInput }),
    status: 200,
    output: z.string(),
    file: { type: 'text/csv', name: 'hours.csv' },
  },
  'GET /api/hours/stars': {
    roles: ['admin'],
    summary: 'From how many hours each star of volunteers is met here',
    status: 200,
    output: StarSettings,
  },
  'PUT /api/hours/stars': {
    roles: ['admin'],
    summary:
      'Set from how many hours each star of volunteers is met here; the award for blood donation service stays as its rules say',
    body: z.strictObject({
      hours: z.array(z.number().int().min(1).max(MOST_STAR_HOURS)).length(5),
      version: z.number().int(),
    }),
    status: 200,
    output: StarSettings,
  },
});
