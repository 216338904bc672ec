import * as z from 'zod';
import { BOOKING_STATUSES, CLOSURE_REASONS, CLOSURE_STATUSES, MOVE_STATES } from '../domain/vocabulary.ts';
import { BookingId, DateInput, Instant, LocalDate, Localized, Procedure, SiteId, SlotId, Zone } from './common.ts';
import { area } from './define.ts';

const ClosureId = z
  .string()
  .regex(/^c[a-f0-9]+$/)
  .max(40);
const Code = z.string().regex(/^\d{4}$/);
const Time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** What is closed, or cut. */
const closing = {
  siteId: SiteId,
  from: DateInput,
  to: DateInput,
  procedure: Procedure.optional().meta({ description: 'Absent: every procedure' }),
  fromTime: Time.optional().meta({ description: 'Wall clock at the site; absent: from the beginning of the day' }),
  toTime: Time.optional(),
};
const Places = z.number().int().min(0).max(500).meta({ description: 'Places left in each slot; 0 closes it' });

const Place = z.object({
  slotId: SlotId,
  siteId: SiteId,
  place: Localized,
  date: LocalDate,
  startsAt: Instant,
  endsAt: Instant,
});

const Proposal = z.object({
  bookingId: BookingId,
  name: z.string(),
  phoneLast4: z.string(),
  procedure: Procedure,
  zone: Zone,
  from: Place,
  to: Place.optional().meta({ description: 'Absent: nothing near would do' }),
});

const Counts = z.object({
  asked: z.number().int(),
  kept: z.number().int(),
  accepted: z.number().int(),
  came: z.number().int(),
  other: z.number().int(),
  cancelled: z.number().int(),
  'moved-again': z.number().int(),
  returned: z.number().int(),
  released: z.number().int(),
  rebooked: z.number().int(),
});

export const Closure = z.object({
  closureId: ClosureId,
  siteId: SiteId,
  from: LocalDate,
  to: LocalDate,
  procedure: Procedure.optional(),
  fromTime: z.string().optional(),
  toTime: z.string().optional(),
  places: z.number().int(),
  reason: z.enum(CLOSURE_REASONS),
  status: z.enum(CLOSURE_STATUSES),
  zone: Zone,
  createdAt: Instant,
  version: z.number().int(),
  counts: Counts.meta({ description: 'People it has moved, by what became of them' }),
});

export const Moved = Proposal.extend({
  closureId: ClosureId,
  state: z.enum(MOVE_STATES),
  bookingStatus: z.enum(BOOKING_STATUSES).optional(),
  code: z.string().optional(),
  tellAt: Instant,
  until: Instant.optional().meta({ description: 'Until when they are asked; silence keeps the place' }),
  byStaff: z.boolean().meta({ description: 'Staff noted the acceptance for them' }),
});

/** A move as the one who was moved sees it. */
export const OwnMove = z.object({
  bookingId: BookingId,
  state: z.enum(MOVE_STATES),
  procedure: Procedure,
  zone: Zone,
  from: Place,
  to: Place.optional(),
  until: Instant.optional(),
  code: z.string().optional(),
  phone: z.string().optional().meta({ description: 'Whom to call with the code' }),
});

const one = { params: z.strictObject({ closureId: ClosureId }) };

export const closures = area('closures', {
  'GET /api/closures': {
    roles: ['staff'],
    summary: 'What a site has closed or cut, latest first, with how many people it moved and what became of them',
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({ items: z.array(Closure) }),
  },
  'GET /api/closures/preview': {
    roles: ['staff'],
    summary: 'Whom a closure or cut would touch, and the best place near for each; nothing is changed; audited',
    query: z.strictObject({ ...closing, places: z.coerce.number().int().min(0).max(500) }),
    status: 200,
    output: z.object({
      slots: z.number().int().meta({ description: 'Slots that would be closed or cut' }),
      stay: z.number().int().meta({ description: 'Bookings in them that stay' }),
      moved: z.number().int(),
      sameDay: z.number().int().meta({ description: 'Of those moved: to the same site on the same day' }),
      elsewhere: z.number().int().meta({ description: 'Of those moved: to another site' }),
      none: z.number().int().meta({ description: 'Bookings for which nothing is near: they would end' }),
      waiting: z.number().int().meta({ description: 'Slots in which somebody waits for a place' }),
      items: z.array(Proposal).meta({ description: 'In order of time; the first 200' }),
    }),
  },
  'POST /api/closures': {
    roles: ['staff'],
    summary:
      'Close, or cut, for good: nobody books what goes any more, and everybody who has to leave is moved and asked',
    body: z.strictObject({ ...closing, places: Places, reason: z.enum(CLOSURE_REASONS) }),
    status: 201,
    output: Closure,
  },
  'GET /api/closures/{closureId}': {
    roles: ['staff'],
    summary: 'A closure with everybody it moved, and who has answered; the read is audited',
    ...one,
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: Closure.extend({ items: z.array(Moved) }),
  },
  'POST /api/closures/{closureId}/reopen': {
    roles: ['staff'],
    summary: 'Take a closure back: whoever has not answered gets their old time again; audited',
    ...one,
    body: z.strictObject({ siteId: SiteId, version: z.number().int() }),
    status: 200,
    output: Closure,
  },
  'GET /api/closures/moves': {
    roles: ['staff'],
    summary: 'The move of a caller, by the short code of its text; the read is audited',
    query: z.strictObject({ siteId: SiteId, code: Code }),
    status: 200,
    output: Moved,
  },
  'POST /api/closures/{closureId}/answers': {
    roles: ['staff'],
    summary: 'Accept, cancel or choose another slot for somebody who was moved and calls, or has no phone; audited',
    ...one,
    body: z.strictObject({
      siteId: SiteId,
      bookingId: BookingId,
      answer: z.enum(['accept', 'cancel', 'other']),
      slotId: SlotId.optional().meta({ description: 'The slot they choose, where the answer is `other`' }),
    }),
    status: 200,
    output: Moved,
  },
  'GET /api/moves': {
    roles: ['person'],
    summary: 'Bookings of mine that a closure has moved or ended, latest first',
    status: 200,
    output: z.object({ items: z.array(OwnMove) }),
  },
  'POST /api/moves/{bookingId}/accept': {
    roles: ['person'],
    summary: 'The place I was moved to suits me',
    params: z.strictObject({ bookingId: BookingId }),
    body: z.strictObject({}),
    status: 200,
    output: OwnMove,
  },
});
