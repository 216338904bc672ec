import * as z from 'zod';
import { CLOSED_CAUSES, SLOT_STATUSES } from '../domain/vocabulary.ts';
import {
  DateInput,
  EventId,
  Instant,
  Language,
  LocalDate,
  Localized,
  Procedure,
  SiteId,
  SlotId,
  Zone,
} from './common.ts';
import { area } from './define.ts';

export const Site = z.object({
  siteId: SiteId,
  name: Localized,
  kind: z.enum(['centre', 'room', 'bus']),
  district: Localized,
  address: Localized,
  phone: z.string(),
  zone: Zone,
  procedures: z.array(Procedure),
  pack: z.string().meta({ description: 'Policy pack in force at the site' }),
  cutoffMinutes: z.number().int().meta({ description: 'Donors may change or cancel until this long before the start' }),
  /** What one donation may draw under the pack in force today. */
  volumes: z.array(
    z.object({
      procedure: Procedure,
      minMl: z.number().int(),
      maxMl: z.number().int(),
      platelets: z
        .number()
        .int()
        .optional()
        .meta({ description: 'Therapeutic units, where the volume is of platelets' }),
    }),
  ),
});

const VisitNote = Localized.extend({
  source: z.string().optional().meta({ description: 'Where the rule stands; absent: advice' }),
  mark: z.string().optional(),
});

/** A site with what a visit to it is like. */
const SiteInFull = Site.extend({
  visits: z.array(
    z.object({
      procedure: Procedure,
      givingMinutes: z.number().int(),
      totalMinutes: z.number().int(),
      volumes: z.object({ source: z.string(), mark: z.string() }).optional(),
      bring: z.array(VisitNote),
      before: z.array(VisitNote),
      after: z.array(VisitNote),
    }),
  ),
});

export const DonationSlot = z.object({
  slotId: SlotId,
  siteId: SiteId,
  procedure: Procedure,
  startsAt: Instant,
  endsAt: Instant,
  date: LocalDate,
  zone: Zone,
  status: z.enum(SLOT_STATUSES),
  places: z.number().int(),
  free: z.number().int(),
  /** Where a bus stands that day. */
  stop: Localized.optional(),
  drive: z
    .object({
      eventId: EventId,
      title: Localized,
      missing: z.number().int().meta({ description: 'Volunteers still needed: while any are, nothing is free' }),
      heldBack: z.number().int().meta({ description: 'Places that staff may still book by hand' }),
    })
    .optional()
    .meta({ description: 'The blood drive whose volunteers this time rests on' }),
});

export const sites = area('sites', {
  'GET /api/sites': {
    roles: ['public'],
    summary: 'Donation sites of the city',
    status: 200,
    output: z.object({ items: z.array(Site) }),
    cacheSeconds: 60,
  },
  'GET /api/sites/{siteId}': {
    roles: ['public'],
    summary: 'One site, and what to bring, eat, expect and do afterwards for each procedure',
    params: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: SiteInFull,
    cacheSeconds: 60,
  },
  'GET /api/sites/{siteId}/days': {
    roles: ['public'],
    summary: 'How much is free at a site on each of at most 31 local dates, or why nothing is',
    params: z.strictObject({ siteId: SiteId }),
    query: z.strictObject({ from: DateInput, to: DateInput, procedure: Procedure }),
    status: 200,
    output: z.object({
      items: z.array(
        z.object({
          date: LocalDate,
          slots: z.number().int().meta({ description: 'Still to come and taking bookings' }),
          places: z.number().int(),
          free: z.number().int(),
          closed: z.enum(CLOSED_CAUSES).optional().meta({ description: 'Why there are none' }),
          isShort: z.boolean().optional().meta({ description: 'There are, and they wait for volunteers' }),
        }),
      ),
    }),
    cacheSeconds: 2,
  },
  'GET /api/next-free': {
    roles: ['public'],
    summary: 'Each site’s next free slot for each procedure it takes, soonest first, on or after a date',
    query: z.strictObject({ from: DateInput.optional() }),
    status: 200,
    output: z.object({
      items: z.array(
        z.object({
          siteId: SiteId,
          procedure: Procedure,
          slot: DonationSlot.optional().meta({ description: 'Absent: none in the next four weeks' }),
        }),
      ),
    }),
    cacheSeconds: 2,
  },
  'GET /api/sites/{siteId}/slots': {
    roles: ['public'],
    summary: 'Slots of a site in a range of at most 31 local dates, with free places as of a moment ago',
    params: z.strictObject({ siteId: SiteId }),
    query: z.strictObject({ from: DateInput, to: DateInput, procedure: Procedure.optional() }),
    status: 200,
    output: z.object({ items: z.array(DonationSlot) }),
    cacheSeconds: 2,
  },
  'GET /api/slots/{slotId}/calendar.ics': {
    roles: ['public'],
    summary:
      'A slot as an iCalendar file, for whoever booked it: `uid` and `sequence` are the booking’s, the rest is public',
    params: z.strictObject({ slotId: SlotId }),
    query: z.strictObject({
      uid: z.string().regex(/^[0-9a-f]{32}$/),
      sequence: z.coerce.number().int().min(0).max(1_000_000),
      cancelled: z.literal('true').optional(),
      language: Language,
    }),
    status: 200,
    output: z.string(),
    cacheSeconds: 60,
    file: { type: 'text/calendar', name: 'nuanliu.ics' },
  },
});
