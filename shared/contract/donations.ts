import * as z from 'zod';
import { BOOKING_STEPS } from '../domain/booking-states.ts';
import { MEASURE_BOUNDS, MEASURES, type Measure } from '../domain/screening.ts';
import { SETTING_BOUNDS, TIME_OF_DAY } from '../domain/site-settings.ts';
import {
  ARRIVAL_KEYS,
  BOOKING_STATUSES,
  MARKS,
  REACTION_GRADES,
  REACTION_KINDS,
  SLOT_STATUSES,
} from '../domain/vocabulary.ts';
import {
  BookingId,
  DateInput,
  Din,
  DocumentInput,
  Instant,
  Language,
  Line,
  LocalDate,
  Localized,
  PersonId,
  Procedure,
  page,
  pageQuery,
  SiteId,
  SlotId,
  Zone,
} from './common.ts';
import { area } from './define.ts';
import { DeclaredId, Elsewhere } from './elsewhere.ts';

/** A line of the day's roster: as much of a donor as the person at the desk needs. */
export const RosterEntry = z.object({
  bookingId: BookingId,
  personId: PersonId,
  status: z.enum(BOOKING_STATUSES),
  name: z.string(),
  phoneLast4: z.string(),
  procedure: Procedure,
  startsAt: Instant,
  endsAt: Instant,
  zone: Zone,
  firstTime: z.boolean(),
  walkIn: z.boolean(),
  /** Its day was on paper: when it was entered, and by whom. */
  late: z.object({ at: Instant, by: z.string().optional() }).optional(),
  din: z.string().optional(),
  /** The station's last step with it: since when it stands so, who did it (absent: a rule), and until when it may be undone. */
  step: z
    .object({ at: Instant, by: z.string().optional(), action: z.enum(BOOKING_STEPS), undoUntil: Instant.optional() })
    .optional(),
  knownBy: z.enum(ARRIVAL_KEYS).optional().meta({ description: 'By what they were known when they came' }),
  version: z.number().int(),
});

export const DonationRecord = z.object({
  din: Din,
  /** As printed: grouped, with the keyboard check character. */
  dinPrinted: z.string(),
  siteId: SiteId,
  date: LocalDate,
  procedure: Procedure,
  volumeMl: z.number(),
  platelets: z.number().int().optional(),
  reaction: z.boolean(),
  bookingId: BookingId.optional(),
});

/** How a donor took a donation, by the terms of the Standard for Surveillance of Complications Related to Blood Donation. */
export const Reaction = z.strictObject({
  kinds: z.array(z.enum(REACTION_KINDS)).min(1).max(REACTION_KINDS.length),
  grade: z.literal(REACTION_GRADES).meta({
    description: 'AABB donor severity: 1 mild, 2 moderate, 3 severe, 4 life-threatening, 5 death',
  }),
  note: Line(200).optional(),
});

/** A slot as the desk sees it. */
export const SlotPlaces = z.object({
  slotId: SlotId,
  procedure: Procedure,
  startsAt: Instant,
  endsAt: Instant,
  date: LocalDate,
  zone: Zone,
  status: z.enum(SLOT_STATUSES),
  places: z.number().int(),
  taken: z.number().int().meta({ description: 'Places that somebody holds: a cut has to leave these' }),
  free: z.number().int().meta({ description: 'Places that nobody holds, whether the slot is open or not' }),
  held: z.number().int().meta({ description: 'Of those that somebody holds, the ones kept for who waits' }),
  waited: z.boolean().meta({ description: 'Somebody waits for a place of it' }),
  unit: z.string().optional().meta({ description: 'The work unit that its places are kept for' }),
  version: z.number().int(),
});

const bounded = ([least, most]: readonly [number, number]) => z.number().int().min(least).max(most);

/** A part that is absent is not sent. */
const Reminders = z.strictObject({
  dayBeforeAt: z.string().regex(TIME_OF_DAY).optional().meta({ description: 'Local time on the day before, HH:MM' }),
  minutesBefore: bounded(SETTING_BOUNDS.minutesBefore).optional(),
});
const cutoffMinutes = bounded(SETTING_BOUNDS.cutoffMinutes).meta({
  description: 'Donors who book from now on may change or cancel until this long before the start',
});

export const Settings = z.object({
  siteId: SiteId,
  zone: Zone,
  phone: z.string(),
  cutoffMinutes: z.number().int(),
  reminders: z.object({ dayBeforeAt: z.string().optional(), minutesBefore: z.number().int().optional() }),
  usedHoldMinutes: z.number().int().optional().meta({ description: 'Absent: as the deployment has it' }),
  lockMinutes: z
    .number()
    .int()
    .optional()
    .meta({ description: 'Untouched, its shared stations lock; absent: after three' }),
  changedAt: Instant.optional(),
  version: z.number().int(),
  /** What the deployment decides. */
  deployment: z.object({
    usedHoldSeconds: z.number(),
    quiet: z.object({ from: z.string(), to: z.string() }).optional().meta({ description: 'Local times' }),
  }),
});

const measure = (name: Measure) => z.number().min(MEASURE_BOUNDS[name][0]).max(MEASURE_BOUNDS[name][1]);

export const donations = area('donations', {
  'GET /api/donations/roster': {
    roles: ['staff'],
    summary: 'Everyone booked at a site on a local date, in order of time; the read is audited',
    query: z.strictObject({ siteId: SiteId, date: DateInput, ...pageQuery }),
    status: 200,
    output: page(RosterEntry),
  },
  'GET /api/donations/roster.csv': {
    roles: ['staff'],
    summary: 'A site’s day as a file for a spreadsheet, without health data; the read is audited',
    query: z.strictObject({ siteId: SiteId, date: DateInput }),
    status: 200,
    output: z.string(),
    file: { type: 'text/csv', name: 'roster.csv' },
  },
  'GET /api/donations/pass': {
    roles: ['staff'],
    summary: 'Who comes to a site on a local date with a pass of this code: nobody, one, or very seldom two; audited',
    query: z.strictObject({
      siteId: SiteId,
      date: DateInput,
      code: Line(40).meta({ description: 'As typed or scanned; case, spaces and dashes make no difference' }),
    }),
    status: 200,
    output: z.object({ items: z.array(RosterEntry) }),
  },
  'POST /api/donations/check-in': {
    roles: ['staff'],
    summary:
      'The donor is here, and by what they are known: exactly one of the code of their pass, their identity document, or the reason why neither is asked for',
    body: z.strictObject({
      bookingId: BookingId,
      passCode: Line(40).optional().meta({ description: 'As typed or scanned' }),
      document: DocumentInput.optional(),
      /** The document is right where the profile says otherwise. */
      correct: z.boolean().optional(),
      reason: Line(200).optional().meta({ description: 'How staff know them; it is marked and audited' }),
    }),
    status: 200,
    output: RosterEntry,
  },
  'POST /api/donations/begin': {
    roles: ['staff'],
    summary: 'The needle is in: a donor who is here, and screened or screened on paper, gives now',
    body: z.strictObject({ bookingId: BookingId }),
    status: 200,
    output: RosterEntry,
  },
  'POST /api/donations/undo': {
    roles: ['staff'],
    summary:
      'Take back the last step of a booking (check-in, begin, no-show) within ten minutes, provided nobody did anything since',
    body: z.strictObject({
      bookingId: BookingId,
      version: z.number().int().meta({ description: 'Of the booking as the caller saw it' }),
    }),
    status: 200,
    output: RosterEntry,
  },
  'POST /api/donations': {
    roles: ['staff'],
    summary: 'Mark a checked-in donation complete: sets intervals and honours at once and starts the unit’s chain',
    body: z.strictObject({
      bookingId: BookingId,
      din: Line(40).meta({
        description: 'As scanned (`=` data and flags) or typed with its check character; spaces are ignored',
      }),
      procedure: Procedure,
      volumeMl: z.number().int().min(1).max(2000),
      platelets: z.union([z.literal(1), z.literal(2)]).optional(),
      reaction: z.boolean(),
      detail: Reaction.optional().meta({ description: 'What the reaction was; kept in the private table' }),
    }),
    status: 201,
    output: DonationRecord,
  },
  'GET /api/donations/screening': {
    roles: ['staff'],
    summary:
      'What is to be measured of the donor of a booking, and within what, each with source and mark; the read is audited',
    query: z.strictObject({ bookingId: BookingId, athlete: z.enum(['true', 'false']).optional() }),
    status: 200,
    output: z.object({
      checks: z.array(
        z.object({
          measure: z.enum([...MEASURES, 'pulse-pressure']),
          label: Localized,
          unit: z.string(),
          min: z.number().optional(),
          below: z.number().optional(),
          max: z.number().optional(),
          rule: z.string(),
          source: z.string(),
          mark: z.enum(MARKS),
        }),
      ),
      athletes: z.boolean().meta({ description: 'The pack has bounds of their own for endurance athletes' }),
      units: z.object({ weight: z.enum(['kg', 'lb']), haemoglobin: z.enum(['g/L', 'g/dL']) }),
      procedure: Procedure,
      language: Language.optional().meta({ description: 'The donor’s, in which they are told' }),
    }),
  },
  'POST /api/donations/screening': {
    roles: ['staff'],
    summary:
      'Record what was measured at the chair and how it ended: passed, or deferred, which releases bookings that no longer hold; audited',
    body: z.strictObject({
      bookingId: BookingId,
      measures: z
        .strictObject({
          weight: measure('weight').optional(),
          systolic: measure('systolic').optional(),
          diastolic: measure('diastolic').optional(),
          pulse: measure('pulse').optional(),
          haemoglobin: measure('haemoglobin').optional(),
          haematocrit: measure('haematocrit').optional(),
          platelets: measure('platelets').optional(),
        })
        .meta({ description: 'In kg, mmHg, beats a minute, g/L, a fraction and 10⁹ a litre' }),
      athlete: z.boolean().optional(),
      deferral: z
        .strictObject({
          reason: Line(60).meta({ description: 'A code of the site’s pack, `measures`, or `permanent`' }),
          since: DateInput.optional().meta({
            description: 'Day on which the cause ended; for `measures`, the day from which they may come again',
          }),
        })
        .optional()
        .meta({ description: 'Absent: passed' }),
      words: Line(200).optional().meta({ description: 'What the donor was told; kept in the private table' }),
    }),
    status: 201,
    output: z.object({
      bookingId: BookingId,
      passed: z.boolean(),
      deferredUntil: LocalDate.optional(),
      permanent: z.boolean(),
    }),
  },
  'GET /api/donations/{din}/reaction': {
    roles: ['staff'],
    summary: 'How a donor took a donation; the read is audited',
    params: z.strictObject({ din: Din }),
    status: 200,
    output: z.object({
      recorded: z.boolean().meta({ description: 'A reaction is on record' }),
      reaction: Reaction.optional().meta({ description: 'What it was, where somebody has said so' }),
    }),
  },
  'POST /api/donations/{din}/corrections': {
    roles: ['staff'],
    summary:
      'Put a completed donation right, as a record of its own with the reason: intervals, honours and the next booking follow at once; audited',
    params: z.strictObject({ din: Din }),
    body: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('drawn'),
        procedure: Procedure,
        volumeMl: z.number().int().min(1).max(2000),
        platelets: z.union([z.literal(1), z.literal(2)]).optional(),
        reason: Line(200),
      }),
      z.strictObject({
        kind: z.literal('din'),
        newDin: Line(40).meta({ description: 'As scanned, or typed with its check character' }),
        reason: Line(200),
      }),
      z.strictObject({
        kind: z.literal('reaction'),
        reaction: Reaction.optional().meta({ description: 'Absent: there was none' }),
        reason: Line(200),
      }),
      z.strictObject({ kind: z.literal('not-given'), reason: Line(200) }),
    ]),
    status: 201,
    output: z.object({ din: Din, dinPrinted: z.string(), withdrawn: z.boolean() }),
  },
  'POST /api/donations/deferrals': {
    roles: ['staff'],
    summary:
      'Defer a checked-in donor after screening: the booking ends, live bookings that no longer hold are released',
    body: z.strictObject({
      bookingId: BookingId,
      /** A code of the site’s pack, see GET /api/donations/deferral-reasons; or `permanent`. */
      reason: Line(60),
      /** Day on which the cause ended, from which the wait counts. */
      since: DateInput.optional(),
    }),
    status: 201,
    output: z.object({
      bookingId: BookingId,
      deferredUntil: LocalDate.optional(),
      permanent: z.boolean(),
    }),
  },
  'GET /api/donations/deferral-reasons': {
    roles: ['staff'],
    summary: 'Deferral reasons of a site’s pack, with rule, source and mark',
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({
      items: z.array(
        z.object({ code: z.string(), label: Localized, rule: z.string(), source: z.string(), mark: z.string() }),
      ),
    }),
  },
  'GET /api/donations/elsewhere': {
    roles: ['staff'],
    summary: 'What the donor of a booking declared to have given elsewhere, newest first; the read is audited',
    query: z.strictObject({ bookingId: BookingId }),
    status: 200,
    output: z.object({ items: z.array(Elsewhere) }),
  },
  'POST /api/donations/elsewhere/{declaredId}/verification': {
    roles: ['staff'],
    summary:
      'Note that the proof of a declared donation was seen, so that it counts for honours, or take that back; audited',
    params: DeclaredId,
    body: z.strictObject({ bookingId: BookingId, version: z.number().int(), verified: z.boolean() }),
    status: 200,
    output: z.object({ items: z.array(Elsewhere) }),
  },
  'GET /api/donations/slots': {
    roles: ['staff'],
    summary: 'Every slot of a site on a local date with its places, those that have begun and closed ones too',
    query: z.strictObject({ siteId: SiteId, date: DateInput }),
    status: 200,
    output: z.object({ items: z.array(SlotPlaces) }),
  },
  'PATCH /api/donations/slots/{slotId}': {
    roles: ['staff'],
    summary: 'Change how many places a slot has, close it to new bookings or open it again; bookings stay as they are',
    params: z.strictObject({ slotId: SlotId }),
    body: z.strictObject({
      version: z.number().int(),
      places: z.number().int().min(1).max(500).optional(),
      open: z.boolean().optional(),
    }),
    status: 200,
    output: SlotPlaces,
  },
  'GET /api/donations/settings/{siteId}': {
    roles: ['staff'],
    summary: 'What a site’s staff decide of its texts and its bookings',
    params: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: Settings,
  },
  'PUT /api/donations/settings/{siteId}': {
    roles: ['staff'],
    summary:
      'Change a site’s settings: reminders that wait follow within minutes, bookings keep the cut-off their donors were told; audited',
    params: z.strictObject({ siteId: SiteId }),
    body: z.strictObject({
      version: z.number().int(),
      phone: Line(30).meta({ description: 'With its country (+…), or as it is dialled where the one before was of' }),
      cutoffMinutes,
      reminders: Reminders,
      lockMinutes: bounded(SETTING_BOUNDS.lockMinutes).optional(),
      usedHoldMinutes: bounded(SETTING_BOUNDS.usedHoldMinutes).optional().meta({
        description: 'How long the text about a use waits for a correction; absent: as the deployment has it',
      }),
    }),
    status: 200,
    output: Settings,
  },
});
