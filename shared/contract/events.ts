import * as z from 'zod';
import { MOST_REST_MINUTES } from '../domain/rest.ts';
import { MOST_TEAM } from '../domain/teams.ts';
import {
  BOOKING_STATUSES,
  COHOST_STATUSES,
  DRIVE_STATUSES,
  EVENT_STATUSES,
  GUARDIAN_RELATIONS,
  NOTE_AUDIENCES,
  REPEAT_RULES,
  SKILLS,
} from '../domain/vocabulary.ts';
import {
  BookingId,
  DateInput,
  EventId,
  HeldQualification,
  Instant,
  Line,
  LocalDate,
  Localized,
  LocalizedInput,
  OrganisationId,
  PersonId,
  page,
  pageQuery,
  Qualification,
  ServiceCategory,
  SiteId,
  SlotId,
  Zone,
} from './common.ts';
import { area } from './define.ts';
import { InLine } from './line.ts';

/** Local wall time in the event’s zone, `YYYY-MM-DDTHH:MM`. */
const LocalTime = z.string().regex(/^(19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}$/);

const SeriesId = z.string().regex(/^r[0-9a-f]{20}$/);

const ShiftInput = z.strictObject({
  /** Kept when an event is edited; letters, digits and hyphens. */
  shiftId: z.string().regex(/^[a-z0-9-]{1,24}$/),
  role: LocalizedInput(40),
  startsAtLocal: LocalTime,
  endsAtLocal: LocalTime,
  places: z.number().int().min(1).max(500),
  minAge: z.number().int().min(0).max(100).optional(),
  maxAge: z.number().int().min(0).max(120).optional(),
  needs: z.array(Qualification).max(5).optional(),
  minimum: z.number().int().min(1).max(500).optional(),
});

const EventText = z.strictObject({
  title: LocalizedInput(60),
  content: LocalizedInput(1000),
  community: LocalizedInput(40),
  district: LocalizedInput(40),
  address: LocalizedInput(120),
  contactPhone: z.string().regex(/^\+[1-9]\d{6,14}$/),
  /** What a recruitment notice must also state. */
  conditions: LocalizedInput(400).optional(),
  howToApply: LocalizedInput(400).optional(),
  risks: LocalizedInput(400).optional(),
  support: LocalizedInput(400).optional(),
  /** What its hours count as; absent: service to the community. */
  category: ServiceCategory.optional(),
  zone: Zone.max(60),
  /** From when and until when people may sign up; absent: from publishing on, until each shift begins. */
  opensAtLocal: LocalTime.optional(),
  closesAtLocal: LocalTime.optional(),
  restMinutes: z.number().int().min(1).max(MOST_REST_MINUTES).optional(),
  mostShifts: z.number().int().min(1).max(20).optional(),
  mostTeam: z.number().int().min(2).max(MOST_TEAM).optional(),
  insures: z.literal(true).optional(),
  shifts: z.array(ShiftInput).min(1).max(20),
});
const EventInput = EventText.extend({ organisationId: OrganisationId });

export const ShiftView = z.object({
  shiftId: z.string(),
  slotId: SlotId,
  role: Localized,
  startsAt: Instant,
  endsAt: Instant,
  date: LocalDate,
  places: z.number().int(),
  /** Absent while the event is a draft. */
  free: z.number().int().optional(),
  covers: z
    .number()
    .int()
    .optional()
    .meta({ description: 'People who look for anybody to take over; of one event only' }),
  held: z.number().int().optional().meta({ description: 'Places kept for who waits; absent: none' }),
  minAge: z.number().int().optional(),
  maxAge: z.number().int().optional(),
  needs: z.array(Qualification).optional().meta({ description: 'Each is needed; absent: nothing in particular' }),
  minimum: z.number().int().optional().meta({ description: 'With fewer it does not go ahead' }),
});

export const Cohost = z.object({ organisationId: OrganisationId, name: Localized, status: z.enum(COHOST_STATUSES) });

/** That a site's donation slots on the event's dates rest on its volunteers: not offered while a shift beside them is short. */
export const EventDrive = z.object({
  siteId: SiteId,
  site: Localized,
  status: z.enum(DRIVE_STATUSES),
  dates: z.array(LocalDate),
});

export const EventView = z.object({
  eventId: EventId,
  organisationId: OrganisationId,
  organisation: Localized,
  cohosts: z.array(Cohost).optional().meta({ description: 'In public, those that have accepted' }),
  title: Localized,
  content: Localized,
  community: Localized,
  district: Localized,
  address: Localized,
  contactPhone: z.string(),
  conditions: Localized.optional(),
  howToApply: Localized.optional(),
  risks: Localized.optional(),
  support: Localized.optional(),
  category: ServiceCategory,
  headcount: z.number().int().meta({ description: 'How many people are looked for: the places of all shifts' }),
  zone: Zone,
  opensAt: Instant.optional().meta({ description: 'Before it nobody can sign up; at it, everybody can' }),
  closesAt: Instant.optional().meta({ description: 'From it on nobody can sign up' }),
  restMinutes: z
    .number()
    .int()
    .optional()
    .meta({ description: 'Rest between a shift of this event and any other; absent: none' }),
  mostShifts: z
    .number()
    .int()
    .optional()
    .meta({ description: 'How many of its shifts one person may take; absent: any number' }),
  mostTeam: z
    .number()
    .int()
    .optional()
    .meta({ description: 'How many may sign up as one team, its lead counted; absent: everybody signs up alone' }),
  insures: z
    .literal(true)
    .optional()
    .meta({ description: 'Its volunteers are insured, for which they say their identity number' }),
  startsAt: Instant,
  endsAt: Instant,
  status: z.enum(EVENT_STATUSES),
  seriesId: SeriesId.optional().meta({ description: 'The series it is one of' }),
  drive: EventDrive.optional().meta({ description: 'In public, once the site has agreed' }),
  shifts: z.array(ShiftView),
  isChanging: z.boolean().optional().meta({ description: 'People are still being moved to other times, and told' }),
  version: z.number().int(),
});

const HeldQualifications = z.object({ items: z.array(HeldQualification) });

export const RosterLine = z.object({
  bookingId: BookingId,
  shiftId: z.string(),
  status: z.enum(BOOKING_STATUSES),
  name: z.string(),
  phoneLast4: z.string(),
  team: z.string().optional().meta({ description: 'The team they came with' }),
  seeksCover: z.boolean().optional().meta({ description: 'Looks for somebody to take over' }),
  qualifications: z.array(HeldQualification),
  underAge: z.boolean().optional().meta({ description: 'Not of age on the day' }),
  guardian: z
    .object({
      name: z.string(),
      relation: z.enum(GUARDIAN_RELATIONS),
      phone: z.string().optional(),
      agrees: z.boolean().meta({ description: 'Whether their consent stands' }),
    })
    .optional()
    .meta({ description: 'Of somebody who is not of age on the day: whom to call if anything happens' }),
  startsAt: Instant,
  endsAt: Instant,
});

/** An event as those who run it see it: how each shift fills, and what part in it they have. */
export const EventDesk = z.object({
  event: EventView,
  part: z.enum(['owner', 'cohost', 'invited']),
  shifts: z.array(
    z.object({
      shiftId: z.string(),
      taken: z.number().int().meta({ description: 'Places that somebody has' }),
      kept: z.number().int().meta({ description: 'Places kept for members of teams who have yet to say yes' }),
      waiting: z.number().int(),
      isShort: z.boolean().meta({ description: 'Fewer than its minimum have signed up' }),
    }),
  ),
});

/** How an event repeats. One of `until` and `count`, the first among them, is needed: nothing repeats without end. */
const Repeat = {
  every: z.enum(REPEAT_RULES),
  until: DateInput.optional(),
};

/** An event that repeats, with every date of it. */
export const Series = z.object({
  seriesId: SeriesId,
  every: z.enum(REPEAT_RULES),
  status: z.enum(['making', 'made']),
  items: z.array(
    z.object({
      date: LocalDate,
      eventId: EventId,
      status: z.enum(EVENT_STATUSES).optional().meta({ description: 'Absent: it is yet to be made' }),
      startsAt: Instant.optional(),
      version: z.number().int().optional(),
    }),
  ),
});

/** This event alone, or those of its series that come after it too. */
const Scope = z.enum(['this', 'following']);
const EventChange = EventText.extend({ version: z.number().int(), scope: Scope });

/** Whom a change touches, before it is made. Nobody is named. */
export const ChangePreview = z.object({
  events: z.number().int().meta({ description: 'Events that would be changed, this one counted' }),
  moved: z.number().int().meta({ description: 'Signed up people who move to another time, and get a text' }),
  lose: z.number().int().meta({ description: 'Those who lose their place, and get a text' }),
  told: z
    .number()
    .int()
    .meta({ description: 'Those who keep their place and are told that something else has changed' }),
  stay: z.number().int().meta({ description: 'Those whom it does not touch' }),
  waiting: z.number().int().meta({ description: 'Those who wait for a place at a time that is no longer' }),
  faults: z
    .array(z.object({ date: LocalDate, path: z.string(), message: z.string() }))
    .meta({ description: 'Why it cannot be made: nothing is changed while there is one' }),
});

/** As much of somebody as lets an organiser who has them on the phone know that it is them. */
export const VolunteerFound = z.object({
  personId: PersonId,
  name: z.string().meta({ description: 'Masked: whoever asks knows the number only' }),
});

/** A place that an organiser took for somebody. */
export const SignUpFor = z.object({
  bookingId: BookingId,
  slotId: SlotId,
  shiftId: z.string(),
  status: z.enum(BOOKING_STATUSES),
  startsAt: Instant,
  endsAt: Instant,
});

const typedPhone = Line(30).meta({ description: 'With its country (+…), or as it is dialled where the event is' });

export const Cohosted = z.object({ status: z.enum(COHOST_STATUSES), event: EventView });

export const events = area('events', {
  'GET /api/events': {
    roles: ['public'],
    summary: 'Published events that end on or after a local date, soonest first',
    query: z.strictObject({ from: DateInput.optional(), ...pageQuery }),
    status: 200,
    output: page(EventView),
    cacheSeconds: 2,
  },
  'GET /api/events/{eventId}': {
    roles: ['public'],
    summary: 'One published event with its shifts and free places',
    params: z.strictObject({ eventId: EventId }),
    status: 200,
    output: EventView,
    cacheSeconds: 2,
  },
  'GET /api/organisations/{organisationId}/events': {
    roles: ['organiser'],
    summary: 'Every event of my organisation, drafts too, newest first',
    params: z.strictObject({ organisationId: OrganisationId }),
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(EventView),
  },
  'POST /api/events': {
    roles: ['organiser'],
    summary: 'Draft an event',
    body: EventInput,
    status: 201,
    output: EventView,
  },
  'PUT /api/events/{eventId}': {
    roles: ['organiser'],
    summary: 'Change a draft',
    params: z.strictObject({ eventId: EventId }),
    body: EventInput.extend({ version: z.number().int() }),
    status: 200,
    output: EventView,
  },
  'POST /api/events/{eventId}/publish': {
    roles: ['organiser'],
    summary: 'Publish a draft: its shifts open for sign-up',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ version: z.number().int() }),
    status: 200,
    output: EventView,
  },
  'POST /api/events/{eventId}/cancel': {
    roles: ['organiser'],
    summary: 'Cancel an event: sign-up ends at once, everyone signed up is released and texted',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ version: z.number().int(), scope: Scope.optional() }),
    status: 200,
    output: EventView,
  },
  'GET /api/events/{eventId}/roster': {
    roles: ['organiser'],
    summary: 'Who is coming, by shift; the read is audited',
    params: z.strictObject({ eventId: EventId }),
    query: z.strictObject({ date: DateInput, ...pageQuery }),
    status: 200,
    output: page(RosterLine),
  },
  'GET /api/events/{eventId}/roster.csv': {
    roles: ['organiser'],
    summary: 'Who is coming on a date, and who came, as a file for a spreadsheet; the read is audited',
    params: z.strictObject({ eventId: EventId }),
    query: z.strictObject({ date: DateInput }),
    status: 200,
    output: z.string(),
    file: { type: 'text/csv', name: 'roster.csv' },
  },
  'GET /api/events/{eventId}/waiting': {
    roles: ['organiser'],
    summary: 'Who waits for a place in a shift of a local date, first come first; the read is audited',
    params: z.strictObject({ eventId: EventId }),
    query: z.strictObject({ date: DateInput }),
    status: 200,
    output: z.object({ items: z.array(InLine) }),
  },
  'GET /api/events/{eventId}/desk': {
    roles: ['organiser'],
    summary: 'An event that I run, drafts too, and how its shifts fill',
    params: z.strictObject({ eventId: EventId }),
    status: 200,
    output: EventDesk,
  },
  'GET /api/organisations': {
    roles: ['organiser'],
    summary: 'Every organisation, by name: mine, and those that may be asked to co-host',
    status: 200,
    output: z.object({ items: z.array(z.object({ organisationId: OrganisationId, name: Localized })) }),
  },
  'GET /api/organisations/{organisationId}/cohosted': {
    roles: ['organiser'],
    summary: 'Events of others that my organisation co-hosts, or is asked to',
    params: z.strictObject({ organisationId: OrganisationId }),
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(Cohosted),
  },
  'POST /api/events/{eventId}/cohosts': {
    roles: ['organiser'],
    summary: 'Ask another organisation to co-host',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ organisationId: OrganisationId }),
    status: 200,
    output: EventView,
  },
  'POST /api/events/{eventId}/cohosts/{organisationId}/answer': {
    roles: ['organiser'],
    summary: 'Say yes or no for my organisation that was asked to co-host',
    params: z.strictObject({ eventId: EventId, organisationId: OrganisationId }),
    body: z.strictObject({ accept: z.boolean() }),
    status: 200,
    output: EventView,
  },
  'POST /api/events/{eventId}/cohosts/{organisationId}/end': {
    roles: ['organiser'],
    summary: 'End an organisation’s part in an event, for the event’s owner or for that organisation',
    params: z.strictObject({ eventId: EventId, organisationId: OrganisationId }),
    body: z.strictObject({}),
    status: 200,
    output: EventView,
  },
  'GET /api/me/open-shifts': {
    roles: ['person'],
    summary:
      'Which shifts of the same page of published events I may sign up for now: I qualify, am free, and there is room',
    query: z.strictObject({ from: DateInput.optional(), ...pageQuery }),
    status: 200,
    output: page(z.object({ eventId: EventId, slotIds: z.array(SlotId) })),
  },
  'GET /api/me/qualifications': {
    roles: ['person'],
    summary: 'My skills and trainings',
    status: 200,
    output: HeldQualifications,
  },
  'PUT /api/me/qualifications': {
    roles: ['person'],
    summary: 'Say which skills I have; what organisers have confirmed stays',
    body: z.strictObject({ skills: z.array(z.enum(SKILLS)).max(SKILLS.length) }),
    status: 200,
    output: HeldQualifications,
  },
  'POST /api/events/{eventId}/qualifications': {
    roles: ['organiser'],
    summary: 'Confirm a skill or training of somebody signed up, or take that back',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({
      bookingId: BookingId,
      qualification: Qualification,
      confirmed: z.boolean(),
      until: DateInput.optional(),
    }),
    status: 200,
    output: HeldQualifications,
  },
  'POST /api/events/{eventId}/people/find': {
    roles: ['organiser'],
    summary: 'Who has a phone number, for an organiser who signs up somebody that calls; names are masked; audited',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ phone: typedPhone }),
    status: 200,
    output: z.object({ items: z.array(VolunteerFound) }),
  },
  'POST /api/events/{eventId}/people': {
    roles: ['organiser'],
    summary:
      'Put somebody on record who has no smartphone, once they were told what is kept and why, and agreed; audited',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({
      name: Line(60),
      phone: typedPhone,
      birthDate: DateInput.meta({ description: 'Whoever is not of age serves with a guardian’s consent' }),
      skills: z.array(z.enum(SKILLS)).max(SKILLS.length).optional().meta({ description: 'On their own word' }),
      agreed: z.literal(true),
      besides: z
        .array(PersonId)
        .max(50)
        .meta({ description: 'People of the same number who were shown and are others' }),
    }),
    status: 201,
    output: VolunteerFound,
  },
  'POST /api/events/{eventId}/people/{personId}/profile': {
    roles: ['organiser'],
    summary:
      'Put on record what somebody who was found by the number they call from has yet to say of themselves, once they agreed; what is on record stays; audited',
    params: z.strictObject({ eventId: EventId, personId: PersonId }),
    body: z.strictObject({
      phone: typedPhone,
      birthDate: DateInput.optional().meta({ description: 'Only where none is on record' }),
      skills: z.array(z.enum(SKILLS)).max(SKILLS.length).optional().meta({ description: 'On their own word' }),
      agreed: z.literal(true).meta({ description: 'They were told, and said yes' }),
    }),
    status: 200,
    output: VolunteerFound,
  },
  'POST /api/events/{eventId}/sign-ups': {
    roles: ['organiser'],
    summary:
      'Sign somebody up for a shift, under the rules that hold for them; they are told by text, with the number to call; audited',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ personId: PersonId, slotId: SlotId }),
    status: 201,
    output: SignUpFor,
  },
  'POST /api/events/{eventId}/sign-ups/{bookingId}/cancel': {
    roles: ['organiser'],
    summary: 'Give somebody’s place back for them, also past the time until which they may do so themselves; audited',
    params: z.strictObject({ eventId: EventId, bookingId: BookingId }),
    body: z.strictObject({}),
    status: 200,
    output: SignUpFor,
  },
  'GET /api/events/{eventId}/repeats': {
    roles: ['organiser'],
    summary: 'The dates on which an event would take place again, before any is made',
    params: z.strictObject({ eventId: EventId }),
    query: z.strictObject({ ...Repeat, count: z.coerce.number().int().min(2).max(999).optional() }),
    status: 200,
    output: z.object({
      items: z.array(
        z.object({
          date: LocalDate,
          startsAt: Instant.optional(),
          endsAt: Instant.optional(),
          fault: z.string().optional().meta({ description: 'Why it cannot take place on that date' }),
        }),
      ),
    }),
  },
  'POST /api/events/{eventId}/repeats': {
    roles: ['organiser'],
    summary: 'Repeat an event: its series, whose events are made one after another',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({
      ...Repeat,
      count: z.number().int().min(2).max(999).optional(),
      except: z.array(DateInput).max(60).optional(),
      publish: z.boolean(),
      version: z.number().int(),
    }),
    status: 201,
    output: Series,
  },
  'GET /api/series/{seriesId}': {
    roles: ['organiser'],
    summary: 'A series of my organisation: its dates, and how each stands',
    params: z.strictObject({ seriesId: SeriesId }),
    status: 200,
    output: Series,
  },
  'POST /api/events/{eventId}/change-previews': {
    roles: ['organiser'],
    summary: 'Whom a change of a published event would touch; nothing is changed',
    params: z.strictObject({ eventId: EventId }),
    body: EventChange,
    status: 200,
    output: ChangePreview,
  },
  'POST /api/events/{eventId}/changes': {
    roles: ['organiser'],
    summary:
      'Change a published event, alone or with those of its series that follow: whoever that touches is told once',
    params: z.strictObject({ eventId: EventId }),
    body: EventChange,
    status: 200,
    output: EventView,
  },
  'POST /api/events/{eventId}/drive': {
    roles: ['organiser'],
    summary:
      'Ask a site to have its donation slots on the dates of a published event of mine rest on the event’s volunteers; its staff agree or not',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ siteId: SiteId, version: z.number().int() }),
    status: 200,
    output: EventView,
  },
  'POST /api/events/{eventId}/drive/end': {
    roles: ['organiser'],
    summary: 'Tie a published event of mine to no site any longer; its slots are the site’s alone again at once',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ version: z.number().int() }),
    status: 200,
    output: EventView,
  },
  'GET /api/events/{eventId}/following': {
    roles: ['organiser'],
    summary: 'The events of its series that come after it, and how many have signed up for each',
    params: z.strictObject({ eventId: EventId }),
    status: 200,
    output: z.object({
      items: z.array(
        z.object({ eventId: EventId, date: LocalDate, status: z.enum(EVENT_STATUSES), taken: z.number().int() }),
      ),
    }),
  },
  'POST /api/events/{eventId}/notes': {
    roles: ['organiser'],
    summary:
      'Text those who have a place in an event that I run, are there, or have not come; of all its shifts or some',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({
      shiftIds: z.array(z.string().max(24)).min(1).max(20).optional(),
      to: z.enum(NOTE_AUDIENCES).optional().meta({
        description: 'Absent: everybody who has a place; `absent`: whose shift is on, and who has not come',
      }),
      note: z.strictObject({ zh: Line(30), en: Line(70) }),
    }),
    status: 201,
    output: z.object({ people: z.number().int().meta({ description: 'Whom it is for, as of now' }) }),
  },
});
