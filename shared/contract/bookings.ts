import * as z from 'zod';
import { BOOKING_STATUSES, CANCEL_CAUSES, SLOT_KINDS } from '../domain/vocabulary.ts';
import { AttendanceTimes } from './attendance.ts';
import { BookingId, Instant, Invite, LocalDate, Localized, Procedure, SlotId, Zone } from './common.ts';
import { area } from './define.ts';

export const Booking = z.object({
  bookingId: BookingId,
  slotId: SlotId,
  kind: z.enum(SLOT_KINDS),
  status: z.enum(BOOKING_STATUSES),
  cancelCause: z.enum(CANCEL_CAUSES).optional(),
  /** Site of a donation, event of a shift. */
  containerId: z.string(),
  place: Localized.meta({ description: 'Name of the site, or of the event' }),
  address: Localized,
  procedure: Procedure.optional(),
  /** Role of a shift. */
  role: Localized.optional(),
  startsAt: Instant,
  endsAt: Instant,
  date: LocalDate,
  zone: Zone,
  /** The last instant at which the person may still change or cancel. */
  changeableUntil: Instant,
  version: z.number().int(),
  /** Its place comes of a closure, which its person may still be asked about. */
  moved: z.object({ was: Instant }).optional(),
  /** The code of its person's pass, by which the desk or an organiser finds the booking among those of its day. */
  passCode: z.string().optional(),
  attended: AttendanceTimes.optional().meta({ description: 'Of a shift that its volunteer came to' }),
  calendarUid: z.string().meta({ description: 'Names this booking in a calendar, whatever becomes of it' }),
});

const CoverCode = z.string().regex(/^[a-z0-9]{12}$/);

/** Whether somebody looks for another to take over their place in a shift, and how. */
export const Cover = z.object({
  asked: z.boolean(),
  open: z.boolean().optional().meta({ description: 'Anybody who qualifies may; else only whom the code is sent' }),
  code: z.string().optional().meta({ description: 'For whoever its person asks' }),
});

export const bookings = area('bookings', {
  'POST /api/bookings': {
    roles: ['person'],
    summary: 'Take a place in a donation slot or a volunteer shift',
    body: z.strictObject({ slotId: SlotId, invite: Invite.optional() }),
    status: 201,
    output: Booking,
  },
  'GET /api/bookings/{bookingId}': {
    roles: ['person'],
    summary: 'One of my bookings',
    params: z.strictObject({ bookingId: BookingId }),
    status: 200,
    output: Booking,
  },
  'POST /api/bookings/{bookingId}/cancel': {
    roles: ['person'],
    summary: 'Give the place back; it is offered again at once',
    params: z.strictObject({ bookingId: BookingId }),
    body: z.strictObject({}),
    status: 200,
    output: Booking,
  },
  'GET /api/bookings/{bookingId}/cover': {
    roles: ['person'],
    summary: 'Whether I look for somebody to take over my place in a shift',
    params: z.strictObject({ bookingId: BookingId }),
    status: 200,
    output: Cover,
  },
  'POST /api/bookings/{bookingId}/cover': {
    roles: ['person'],
    summary:
      'Look for somebody to take over my place in a shift: anybody who qualifies, or whom I send the code; I keep it until then',
    params: z.strictObject({ bookingId: BookingId }),
    body: z.strictObject({ open: z.boolean() }),
    status: 200,
    output: Cover,
  },
  'POST /api/bookings/{bookingId}/cover/withdraw': {
    roles: ['person'],
    summary: 'Look for nobody any longer',
    params: z.strictObject({ bookingId: BookingId }),
    body: z.strictObject({}),
    status: 200,
    output: Cover,
  },
  'POST /api/covers': {
    roles: ['person'],
    summary: 'Take over the place of somebody who looks for cover, theirs and mine in one transaction; both are told',
    body: z.strictObject({ slotId: SlotId, code: CoverCode.optional() }),
    status: 201,
    output: Booking,
  },
  'POST /api/bookings/{bookingId}/reschedule': {
    roles: ['person'],
    summary: 'Move to another slot: one transaction, the old place is kept until the new one is held',
    params: z.strictObject({ bookingId: BookingId }),
    body: z.strictObject({ slotId: SlotId, invite: Invite.optional() }),
    status: 200,
    output: Booking,
  },
});
