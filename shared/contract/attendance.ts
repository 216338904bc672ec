import * as z from 'zod';
import { BOOKING_STATUSES, SERVICE_WAYS } from '../domain/vocabulary.ts';
import { BookingId, DateInput, EventId, Instant, LocalDate, Localized, SlotId, Zone } from './common.ts';
import { area } from './define.ts';

/** When a volunteer came and went, and how each is known. */
export const AttendanceTimes = z.object({
  startedAt: Instant,
  in: z.enum(SERVICE_WAYS),
  endedAt: Instant.optional(),
  out: z.enum(SERVICE_WAYS).optional().meta({ description: '`rule`: nobody checked them out' }),
  minutes: z.number().int().optional().meta({ description: 'What counts, within the shift’s own time' }),
});

/** Somebody on the sheet of a day. */
export const AttendanceLine = z.object({
  bookingId: BookingId,
  shiftId: z.string(),
  status: z.enum(BOOKING_STATUSES),
  name: z.string(),
  phoneLast4: z.string(),
  passCode: z.string().meta({ description: 'What their pass says, so that it is known without a line too' }),
  formerCodes: z.array(z.string()).meta({ description: 'Of passes from before, which are read too' }),
  walkIn: z.boolean().meta({ description: 'They signed up at the door' }),
  attended: AttendanceTimes.optional(),
  enteredLate: z.boolean().meta({ description: 'From a sheet of paper, or put right' }),
  canUndo: z.boolean().meta({ description: 'Their last step was written minutes ago and may be taken back' }),
  version: z.number().int(),
});

/** What a code that was scanned is for. */
export const ScannedShift = z.object({
  eventId: EventId,
  shiftId: z.string(),
  slotId: SlotId,
  title: Localized,
  role: Localized,
  address: Localized,
  organisation: Localized,
  startsAt: Instant,
  endsAt: Instant,
  zone: Zone,
  scannedAt: Instant,
  seen: z
    .string()
    .meta({ description: 'That it was scanned just now: good for ten minutes, also for whoever signs in first' }),
});

const ShiftId = z.string().regex(/^[a-z0-9-]{1,24}$/);
/** As the QR code of a shift spells it. */
const ShiftCode = z.string().regex(/^[A-Z2-7]{18}$/);
const LocalTime = z.string().regex(/^(19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}$/);
const ofEvent = z.strictObject({ eventId: EventId });

export const attendance = area('attendance', {
  'GET /api/events/{eventId}/attendance': {
    roles: ['organiser'],
    summary: 'Who is signed up for a date of an event that I run, who is here and who has left; the read is audited',
    params: ofEvent,
    query: z.strictObject({ date: DateInput }),
    status: 200,
    output: z.object({ date: LocalDate, now: Instant, items: z.array(AttendanceLine) }),
  },
  'POST /api/events/{eventId}/attendance': {
    roles: ['organiser'],
    summary: 'Check a volunteer in or out, also with what a device kept while there was no line',
    params: ofEvent,
    body: z.strictObject({
      bookingId: BookingId,
      step: z.enum(['in', 'out']),
      /** When it was tapped or scanned; bounded by what can be true. */
      at: Instant,
      passCode: z.string().max(24).optional().meta({ description: 'As scanned; absent: an organiser tapped' }),
    }),
    status: 200,
    output: AttendanceLine,
  },
  'POST /api/events/{eventId}/attendance/undo': {
    roles: ['organiser'],
    summary: 'Take back the last coming or going of a volunteer, within minutes',
    params: ofEvent,
    body: z.strictObject({ bookingId: BookingId, version: z.number().int() }),
    status: 200,
    output: AttendanceLine,
  },
  'POST /api/events/{eventId}/attendance/sheet': {
    roles: ['organiser'],
    summary: 'Enter a line of a paper sheet, or put right what was recorded; marked so',
    params: ofEvent,
    body: z.strictObject({
      bookingId: BookingId,
      version: z.number().int(),
      sheet: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('came'), startedAtLocal: LocalTime, endedAtLocal: LocalTime }),
        z.strictObject({ kind: z.literal('absent') }),
      ]),
    }),
    status: 200,
    output: AttendanceLine,
  },
  'POST /api/events/{eventId}/codes': {
    roles: ['organiser'],
    summary: 'The codes of the coming hour that I show at a shift, one every half minute',
    params: ofEvent,
    body: z.strictObject({ shiftId: ShiftId }),
    status: 200,
    output: z.object({
      now: Instant,
      seconds: z.number().int(),
      from: z.number().int().meta({ description: 'Number of the first one’s stretch of so many seconds since 1970' }),
      codes: z.array(z.string()),
    }),
  },
  'GET /api/here/{eventId}': {
    roles: ['public'],
    summary: 'What the code is for that somebody has just scanned',
    params: ofEvent,
    query: z.strictObject({ code: ShiftCode }),
    status: 200,
    output: ScannedShift,
  },
  'POST /api/here/{eventId}': {
    roles: ['person'],
    summary: 'Check myself in or out with a code that I scanned, or sign up where I stand if I have no place yet',
    params: ofEvent,
    body: z.strictObject({ seen: z.string().max(60), step: z.enum(['join', 'in', 'out']) }),
    status: 200,
    output: z.object({ bookingId: BookingId, status: z.enum(BOOKING_STATUSES), attended: AttendanceTimes.optional() }),
  },
});
