import * as z from 'zod';
import { JOURNEY_STAGES } from '../domain/journey.ts';
import { TEXT_REASONS, TEXT_STANDINGS } from '../domain/text-ledger.ts';
import { WEIGHT_KG } from '../domain/units.ts';
import { AGAIN_WISHES, EXPORT_PARTS, type ExportPart, MARKS, MESSAGE_TEMPLATES } from '../domain/vocabulary.ts';
import { Booking } from './bookings.ts';
import {
  DateInput,
  Din,
  HeldQualification,
  Instant,
  Language,
  LastFour,
  Line,
  LocalDate,
  Localized,
  Procedure,
  page,
  pageQuery,
  Refusal,
  Sex,
  SiteId,
  Zone,
} from './common.ts';
import { area } from './define.ts';
import { Guardian } from './guardians.ts';
import { ExportedService } from './hours.ts';
import { ExportedInsurance } from './insurance.ts';
import { Declared } from './precheck.ts';
import { ProvenDonation } from './records.ts';
import { WaitView } from './waiting.ts';

const Role = z.object({
  role: z.enum(['staff', 'organiser', 'auditor', 'admin']),
  /** Site of a staff role, organisation of an organiser's. */
  scope: z.string().optional(),
});

export const Person = z.object({
  personId: z.string(),
  name: z.string().optional(),
  /** The person's own number: shown to them only. */
  phone: z.string(),
  passCode: z
    .string()
    .meta({ description: 'What my pass says, by which a site’s desk and an organiser find what I have booked' }),
  language: Language,
  birthDate: LocalDate.optional(),
  sex: Sex.optional(),
  weightKg: z.number().optional(),
  wantsExtendedAge: z.boolean(),
  mutedTemplates: z.array(z.enum(MESSAGE_TEMPLATES)),
  tellAgain: z.enum(AGAIN_WISHES).meta({ description: 'Whether to be told on the day I may give again, and of what' }),
  callWish: z
    .enum(AGAIN_WISHES)
    .meta({ description: 'For what I may be called when there is too little blood; nobody is who has not said so' }),
  callSites: z.array(SiteId).meta({ description: 'Sites that may call me' }),
  largeType: z.boolean().meta({ description: 'Pages in large type, on whichever device' }),
  secondFact: z.boolean().meta({ description: 'The last four of an identity number are on record' }),
  roles: z.array(Role),
  version: z.number().int(),
});

const Figure = z.object({ value: z.number(), mark: z.enum(MARKS) });

const Honours = z.object({
  donations: z.number().int(),
  elsewhere: z.number().int().meta({ description: 'How many of them were made elsewhere, and verified by a station' }),
  volumeMl: z.number().meta({ description: 'Whole blood in ml plus 200 ml for each platelet unit' }),
  /** 次 as the honours rules count them; 300 ml is 1.5. */
  times: z.number(),
  /** Standards met, never "awarded": the award is the ministry's. */
  met: z.array(
    z.object({ honour: z.enum(['bronze', 'silver', 'gold', 'lifetime']), on: LocalDate, count: z.number().int() }),
  ),
  next: z.object({ honour: z.enum(['bronze', 'silver', 'gold']), timesLeft: z.number() }).optional(),
  /** Times of the round under way, which begins anew with each gold. */
  round: z.number(),
  /** What counts, and how sure we are of each figure. */
  counts: z.object({
    levels: z.array(z.object({ honour: z.enum(['bronze', 'silver', 'gold']), from: z.number() })),
    lifetimeGolds: z.number().int(),
    per200ml: Figure,
    per300ml: Figure,
    perPlateletUnit: Figure,
    plateletUnitMl: Figure,
    carryOver: z.object({ value: z.boolean(), mark: z.enum(MARKS) }),
  }),
  sources: z.array(z.object({ rule: z.string(), source: z.string(), mark: z.string() })),
});

export const Donation = z.object({
  din: z.string(),
  siteId: SiteId.optional(),
  siteName: Localized.optional(),
  date: LocalDate,
  procedure: Procedure,
  volumeMl: z.number(),
  platelets: z.number().int().optional(),
  times: z.number(),
  /** When the hospital recorded the first use; absent says nothing about the blood. */
  usedOn: LocalDate.optional(),
  journey: z.object({
    /** Stages reached, in their order; the days of giving and of use alone are dated. */
    stages: z.array(z.object({ stage: z.enum(JOURNEY_STAGES), on: LocalDate.optional() })),
    /** Whether another may still follow. */
    open: z.boolean(),
  }),
  /** From when a donation that was not used is "not needed this time": by what was given and when, and nothing else. */
  notNeededFrom: LocalDate,
  /** Under which its record can be verified, as printed; absent until a record was asked for. */
  recordCode: z.string().optional(),
});

export const MessageView = z.object({
  messageId: z.string(),
  template: z.enum(MESSAGE_TEMPLATES),
  standing: z.enum(TEXT_STANDINGS),
  /** Why it was not sent, or not yet. */
  why: z.enum(TEXT_REASONS).optional(),
  /** The text as sent or to be sent, in the person's language. */
  text: z.string(),
  /** Where it happens: its times are told in this zone. */
  zone: Zone,
  dueAt: Instant.meta({ description: 'When it is, or was, to be sent' }),
  sentAt: Instant.optional(),
});

const exported = <Part extends ExportPart, Item extends z.ZodType>(part: Part, item: Item) =>
  page(item).extend({
    part: z.literal(part),
    next: z.enum(EXPORT_PARTS).optional().meta({ description: 'The part to ask for once this one has no cursor' }),
  });

export const me = area('me', {
  'POST /api/me/sign-in': {
    roles: ['signed-in'],
    summary:
      'Who is here, on this device: known already; the person of the ID token’s verified number whose birth date and last four these are; or, with isNew, a person of their own',
    body: z.strictObject({
      idToken: z.string().min(1).max(8192),
      language: Language.optional(),
      birthDate: DateInput.optional(),
      lastFour: LastFour.optional(),
      isNew: z.literal(true).optional(),
    }),
    status: 200,
    output: Person,
  },
  'GET /api/me': { roles: ['person'], summary: 'My profile and roles', status: 200, output: Person },
  'PATCH /api/me': {
    roles: ['person'],
    summary: 'Edit my profile; a live donation booking that no longer holds is released in the same transaction',
    body: z.strictObject({
      version: z.number().int().meta({ description: 'The version this edit was made from' }),
      name: Line(40).optional(),
      language: Language.optional(),
      birthDate: DateInput.optional(),
      sex: Sex.optional(),
      weightKg: z.number().min(WEIGHT_KG.least).max(WEIGHT_KG.most).optional(),
      wantsExtendedAge: z.boolean().optional(),
      mutedTemplates: z.array(z.enum(MESSAGE_TEMPLATES)).max(50).optional(),
      tellAgain: z.enum(AGAIN_WISHES).optional(),
      callWish: z.enum(AGAIN_WISHES).optional(),
      callSites: z.array(SiteId).max(20).optional(),
      largeType: z.boolean().optional(),
    }),
    status: 200,
    output: Person,
  },
  'PUT /api/me/second-fact': {
    roles: ['person'],
    summary:
      'The last four of my identity number, by which I am known on another device; the present ones to change them',
    body: z.strictObject({ lastFour: LastFour, present: LastFour.optional() }),
    status: 200,
    output: Person,
  },
  'GET /api/me/export': {
    roles: ['person'],
    summary: 'Everything of mine as JSON, part by part and page by page: what my own pages show, and nothing else',
    query: z.strictObject({ part: z.enum(EXPORT_PARTS).optional(), ...pageQuery }),
    status: 200,
    output: z.discriminatedUnion('part', [
      exported('profile', Person.extend({ qualifications: z.array(HeldQualification) })),
      exported('bookings', Booking),
      // As it stands; how many are before me is of the moment, and of others.
      exported('waits', WaitView.omit({ ahead: true, reasons: true, phone: true })),
      exported('donations', Donation),
      exported('service', ExportedService),
      exported('guardians', Guardian),
      exported('insurance', ExportedInsurance),
      exported('messages', MessageView),
      exported('declared', Declared),
    ]),
  },
  'POST /api/me/erase': {
    roles: ['person'],
    summary:
      'Forget me: places held are released at once, and within minutes nothing here leads to me but what the law keeps; with a second fact on record it is asked for',
    body: z.strictObject({
      understood: z.literal(true),
      birthDate: DateInput.optional(),
      lastFour: LastFour.optional(),
    }),
    status: 200,
    output: z.object({ erasing: z.literal(true) }),
  },
  'GET /api/me/eligibility': {
    roles: ['person'],
    summary: 'Whether and from when I may give, per procedure, under the pack of a site (or the city’s)',
    query: z.strictObject({ siteId: SiteId.optional(), date: DateInput.optional() }),
    status: 200,
    output: z.object({
      pack: z.object({ id: z.string(), version: z.string(), name: Localized, source: z.string() }),
      zone: Zone,
      date: LocalDate,
      procedures: z.array(
        z.object({
          procedure: Procedure,
          ok: z.boolean(),
          /** Earliest local date on which nothing below holds any more. */
          from: LocalDate.optional(),
          reasons: z.array(Refusal),
        }),
      ),
      told: z
        .object({ words: z.string(), on: LocalDate, until: LocalDate })
        .optional()
        .meta({ description: 'What the station told me of a wait that still runs' }),
    }),
  },
  'GET /api/me/bookings': {
    roles: ['person'],
    summary: 'My bookings, newest first; of some local dates only where it says so',
    query: z.strictObject({ ...pageQuery, from: DateInput.optional(), to: DateInput.optional() }),
    status: 200,
    output: page(Booking),
  },
  'GET /api/me/donations': {
    roles: ['person'],
    summary: 'My donations, newest first, each with its journey; the first page also says what the records add up to',
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(Donation).extend({ honours: Honours.optional() }),
  },
  'GET /api/me/donations/{din}': {
    roles: ['person'],
    summary: 'One donation of mine',
    params: z.strictObject({ din: Din }),
    query: z.strictObject({ date: DateInput }),
    status: 200,
    output: Donation,
  },
  'POST /api/me/donations/{din}/record': {
    roles: ['person'],
    summary: 'A record of a donation of mine, with the code under which anyone can verify it; asked again, the same',
    params: z.strictObject({ din: Din }),
    body: z.strictObject({ date: DateInput }),
    status: 200,
    output: ProvenDonation.extend({ name: z.string().optional(), din: z.string() }),
  },
  'GET /api/me/messages': {
    roles: ['person'],
    summary: 'What is sent to me, when, or why not; by when it is due, the latest first',
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(MessageView),
  },
});
