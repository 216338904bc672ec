import * as z from 'zod';
import { SLOT_STATUSES } from '../domain/vocabulary.ts';
import { DateInput, EventId, Instant, Line, LocalDate, Localized, Procedure, SiteId, Zone } from './common.ts';
import { area } from './define.ts';

const Time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const MOST_STRETCHES = 60;
const MOST_DATES = 120;

const dayHours = {
  from: Time.meta({ description: 'Wall clock at the site' }),
  to: Time,
  slotMinutes: z.number().int().min(5).max(480),
  places: z.number().int().min(1).max(500).meta({ description: 'Chairs: people per slot' }),
  procedure: Procedure,
};
const Weekday = z.number().int().min(1).max(7).meta({ description: '1 is Monday' });
const Stop = z.strictObject({
  on: z.union([Weekday, DateInput]).meta({ description: 'A weekday or, before that, a date' }),
  stop: z.strictObject({ zh: Line(80), en: Line(80) }),
});

const WeekInput = {
  effectiveTo: DateInput.optional().meta({ description: 'Absent: until another week takes over' }),
  hours: z.array(z.strictObject({ weekday: Weekday, ...dayHours })).max(MOST_STRETCHES),
  closedOn: z.array(DateInput).max(MOST_DATES),
  otherHours: z
    .array(z.strictObject({ on: DateInput, hours: z.array(z.strictObject(dayHours)).max(10) }))
    .max(MOST_DATES),
  stops: z.array(Stop).max(MOST_DATES),
};

export const Week = z.object({
  effectiveFrom: LocalDate,
  effectiveTo: LocalDate.optional(),
  hours: z.array(
    z.object({
      weekday: z.number().int(),
      from: z.string(),
      to: z.string(),
      slotMinutes: z.number().int(),
      places: z.number().int(),
      procedure: Procedure,
    }),
  ),
  closedOn: z.array(LocalDate),
  otherHours: z.array(
    z.object({
      on: LocalDate,
      hours: z.array(
        z.object({
          from: z.string(),
          to: z.string(),
          slotMinutes: z.number().int(),
          places: z.number().int(),
          procedure: Procedure,
        }),
      ),
    }),
  ),
  stops: z.array(z.object({ on: z.union([z.number().int(), LocalDate]), stop: Localized })),
  version: z.number().int().meta({ description: 'How often it was changed' }),
});

const Standing = z.object({
  procedure: Procedure,
  time: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  places: z.number().int(),
  taken: z.number().int(),
  waited: z.boolean(),
  status: z.enum(SLOT_STATUSES),
});

export const Plan = z.object({
  siteId: SiteId,
  zone: Zone,
  today: LocalDate,
  procedures: z.array(Procedure),
  bus: z.boolean(),
  weeks: z.array(Week),
  days: z
    .array(z.object({ date: LocalDate, slots: z.array(Standing) }))
    .meta({ description: 'What stands on each day that is open for booking' }),
  closings: z
    .array(
      z.object({
        from: LocalDate,
        to: LocalDate,
        procedure: Procedure.optional(),
        fromTime: z.string().optional(),
        toTime: z.string().optional(),
        places: z.number().int(),
      }),
    )
    .meta({ description: 'Closures and cuts that hold: no slot is made against them' }),
  holidays: z.array(
    z.object({
      year: z.number().int(),
      source: z.string(),
      mark: z.string().optional(),
      holidays: z
        .array(z.object({ name: Localized, from: LocalDate, to: LocalDate, worked: z.array(LocalDate) }))
        .optional()
        .meta({ description: 'Absent: the year’s notice has not been read' }),
    }),
  ),
});

/** An event that is tied to a site's day, or asks to be, and how its shifts are filled. */
export const SiteDrive = z.object({
  date: LocalDate,
  eventId: EventId,
  title: Localized,
  organisation: Localized,
  contactPhone: z.string(),
  zone: Zone,
  status: z.enum(['asked', 'agreed']),
  isCancelled: z
    .boolean()
    .meta({ description: 'The event was called off: its volunteers are none, until the site ends the tie' }),
  shifts: z.array(
    z.object({
      role: Localized,
      startsAt: Instant,
      endsAt: Instant,
      places: z.number().int(),
      minimum: z.number().int(),
      taken: z.number().int(),
    }),
  ),
  version: z.number().int().meta({ description: 'Of the event' }),
});

export const planning = area('planning', {
  'GET /api/planning/{siteId}': {
    roles: ['staff'],
    summary: 'A site’s weeks, what stands on the days that are open for booking, and the public holidays',
    params: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: Plan,
  },
  'PUT /api/planning/{siteId}/weeks/{effectiveFrom}': {
    roles: ['staff'],
    summary:
      'The site’s week from a date on: its slots are made at once, those it no longer has go where nobody holds them; audited',
    params: z.strictObject({ siteId: SiteId, effectiveFrom: DateInput }),
    body: z.strictObject({
      isNew: z.boolean().meta({ description: 'No week begins on that date yet' }),
      version: z.number().int().min(0),
      ...WeekInput,
    }),
    status: 200,
    output: Plan,
  },
  'GET /api/planning/{siteId}/drives': {
    roles: ['staff'],
    summary: 'Events whose volunteers the site’s slots rest on from today on, or that ask for it, by date',
    params: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({ items: z.array(SiteDrive) }),
  },
  'POST /api/planning/{siteId}/drives/{eventId}': {
    roles: ['staff'],
    summary: 'Agree that the site’s slots rest on an event’s volunteers, decline, or end it; audited',
    params: z.strictObject({ siteId: SiteId, eventId: EventId }),
    body: z.strictObject({ step: z.enum(['agree', 'decline', 'end']), version: z.number().int() }),
    status: 200,
    output: z.object({ items: z.array(SiteDrive) }),
  },
});
