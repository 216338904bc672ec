import * as z from 'zod';
import { BOOKING_STATUSES, EVENT_STATUSES } from '../domain/vocabulary.ts';
import {
  BookingId,
  DateInput,
  EventId,
  Instant,
  LocalDate,
  Localized,
  LocalizedInput,
  OrganisationId,
  page,
  pageQuery,
  SlotId,
  Zone,
} from './common.ts';
import { area } from './define.ts';
import { InLine } from './line.ts';

const ShiftInput = z.strictObject({
  /** Kept when an event is edited; letters, digits and hyphens. */
  shiftId: z.string().regex(/^[a-z0-9-]{1,24}$/),
  role: LocalizedInput(40),
  /** Local wall times in the event’s zone, `YYYY-MM-DDTHH:MM`. */
  startsAtLocal: z.string().regex(/^(19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}$/),
  endsAtLocal: z.string().regex(/^(19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}$/),
  places: z.number().int().min(1).max(500),
  minAge: z.number().int().min(0).max(100).optional(),
});

const EventInput = z.strictObject({
  organisationId: OrganisationId,
  title: LocalizedInput(60),
  content: LocalizedInput(1000),
  community: LocalizedInput(40),
  district: LocalizedInput(40),
  address: LocalizedInput(120),
  contactPhone: z.string().regex(/^\+[1-9]\d{6,14}$/),
  /** What a recruitment notice must also state. */
  conditions: LocalizedInput(400).optional(),
  risks: LocalizedInput(400).optional(),
  support: LocalizedInput(400).optional(),
  zone: Zone.max(60),
  shifts: z.array(ShiftInput).min(1).max(20),
});

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
  held: z.number().int().optional().meta({ description: 'Places kept for who waits; absent: none' }),
  minAge: z.number().int().optional(),
});

export const EventView = z.object({
  eventId: EventId,
  organisationId: OrganisationId,
  organisation: Localized,
  title: Localized,
  content: Localized,
  community: Localized,
  district: Localized,
  address: Localized,
  contactPhone: z.string(),
  conditions: Localized.optional(),
  risks: Localized.optional(),
  support: Localized.optional(),
  zone: Zone,
  startsAt: Instant,
  endsAt: Instant,
  status: z.enum(EVENT_STATUSES),
  shifts: z.array(ShiftView),
  version: z.number().int(),
});

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
    body: z.strictObject({ version: z.number().int() }),
    status: 200,
    output: EventView,
  },
  'GET /api/events/{eventId}/roster': {
    roles: ['organiser'],
    summary: 'Who is coming, by shift; the read is audited',
    params: z.strictObject({ eventId: EventId }),
    query: z.strictObject({ date: DateInput, ...pageQuery }),
    status: 200,
    output: page(
      z.object({
        bookingId: BookingId,
        shiftId: z.string(),
        status: z.enum(BOOKING_STATUSES),
        name: z.string(),
        phoneLast4: z.string(),
        startsAt: Instant,
        endsAt: Instant,
      }),
    ),
  },
  'GET /api/events/{eventId}/waiting': {
    roles: ['organiser'],
    summary: 'Who waits for a place in a shift of a local date, first come first; the read is audited',
    params: z.strictObject({ eventId: EventId }),
    query: z.strictObject({ date: DateInput }),
    status: 200,
    output: z.object({ items: z.array(InLine) }),
  },
});
