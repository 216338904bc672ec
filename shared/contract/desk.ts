import * as z from 'zod';
import { WEIGHT_KG } from '../domain/units.ts';
import { BOOKING_STATUSES } from '../domain/vocabulary.ts';
import {
  BookingId,
  DateInput,
  Instant,
  LastFour,
  Line,
  LocalDate,
  Localized,
  PersonId,
  Procedure,
  Refusal,
  Sex,
  SiteId,
  SlotId,
  Zone,
} from './common.ts';
import { area } from './define.ts';

/** As much of somebody as lets staff tell them from another of the same name. */
export const DeskPerson = z.object({
  personId: PersonId,
  name: z.string(),
  phoneLast4: z.string().meta({ description: 'Empty: without a phone' }),
  birthDate: LocalDate.optional(),
  sex: Sex.optional(),
});

export const DeskBooking = z.object({
  bookingId: BookingId,
  slotId: SlotId,
  siteId: SiteId,
  place: Localized,
  procedure: Procedure,
  startsAt: Instant,
  endsAt: Instant,
  date: LocalDate,
  zone: Zone,
  status: z.enum(BOOKING_STATUSES),
  version: z.number().int(),
});

/** Without each of these a person cannot be judged, and so not booked for. */
const PROFILE_PARTS = ['name', 'birthDate', 'sex', 'weightKg'] as const;

/** Somebody whom staff book for: what they hold at sites of the caller's, and what they may give, from when. */
export const DeskPersonInFull = DeskPerson.extend({
  version: z.number().int().meta({ description: 'Of the profile' }),
  lacks: z.array(z.enum(PROFILE_PARTS)).meta({ description: 'What they have yet to say of themselves' }),
  bookings: z.array(DeskBooking).meta({ description: 'Live ones; of sites that the caller does not work at, none' }),
  procedures: z.array(
    z.object({ procedure: Procedure, ok: z.boolean(), from: LocalDate.optional(), reasons: z.array(Refusal) }),
  ),
});

const Named = { name: Line(60), birthDate: DateInput };
const typedPhone = Line(30).meta({ description: 'With its country (+…), or as it is dialled where the site is' });

/** How staff know who somebody is without a booking: their document and its photograph, or not, as the reason says. */
const SEEN_BY = ['document', 'known'] as const;

const Drawn = {
  din: Line(40).meta({ description: 'As scanned or typed with its check character' }),
  procedure: Procedure,
  volumeMl: z.number().int().min(1).max(2000),
  platelets: z.union([z.literal(1), z.literal(2)]).optional(),
  reaction: z.boolean(),
};

export const desk = area('desk', {
  'POST /api/desk/people/find': {
    roles: ['staff'],
    summary:
      'Who has a phone number, or, of people without one, a name and birth date; for staff, who say at which site; audited',
    body: z.strictObject({
      siteId: SiteId,
      phone: typedPhone.optional().meta({ description: 'Or else both a name and a birth date' }),
      name: Named.name.optional(),
      birthDate: Named.birthDate.optional(),
    }),
    status: 200,
    output: z.object({ items: z.array(DeskPerson) }),
  },
  'POST /api/desk/people': {
    roles: ['staff'],
    summary: 'Put somebody on record who cannot do it alone: without a phone they get no texts; audited',
    body: z.strictObject({
      siteId: SiteId,
      ...Named,
      sex: Sex,
      weightKg: z.number().min(WEIGHT_KG.least).max(WEIGHT_KG.most),
      wantsExtendedAge: z.boolean(),
      phone: typedPhone.optional(),
      besides: z
        .array(PersonId)
        .max(50)
        .meta({ description: 'People of the same number, or name and birth date, who were shown and are others' }),
    }),
    status: 201,
    output: DeskPerson,
  },
  'GET /api/desk/people/{personId}': {
    roles: ['staff'],
    summary: 'What somebody holds and what they may give from when, for who books on their behalf; audited',
    params: z.strictObject({ personId: PersonId }),
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: DeskPersonInFull,
  },
  'POST /api/desk/people/{personId}/profile': {
    roles: ['staff'],
    summary:
      'Fill in what somebody has yet to say of themselves, once they were told what is kept and why, and agreed. What they have said stays; a weight may be said anew; audited',
    params: z.strictObject({ personId: PersonId }),
    body: z.strictObject({
      siteId: SiteId,
      version: z.number().int().meta({ description: 'Of the profile, as it was shown' }),
      agreed: z.literal(true).meta({ description: 'They were told, and said yes' }),
      name: Named.name.optional(),
      birthDate: Named.birthDate.optional(),
      sex: Sex.optional(),
      weightKg: z.number().min(WEIGHT_KG.least).max(WEIGHT_KG.most).optional(),
      wantsExtendedAge: z.boolean().optional(),
    }),
    status: 200,
    output: DeskPerson,
  },
  'POST /api/desk/people/{personId}/phone': {
    roles: ['staff'],
    summary:
      'Move somebody to another phone number, with how they were known and why; the old number is told, its devices are cut off; not for people with a role; audited',
    params: z.strictObject({ personId: PersonId }),
    body: z.strictObject({
      siteId: SiteId,
      phone: typedPhone,
      was: z
        .string()
        .regex(/^(\d{4})?$/)
        .meta({ description: 'The last four of the number as it was shown' }),
      knownBy: z.enum(SEEN_BY),
      reason: Line(200),
      besides: z
        .array(PersonId)
        .max(50)
        .meta({ description: 'People of the new number who were shown and are others' }),
    }),
    status: 200,
    output: DeskPerson,
  },
  'POST /api/desk/people/{personId}/second-fact': {
    roles: ['staff'],
    summary:
      'Set anew what somebody says on a new device, as their document has it, with how they were known and why; they are told and may try again; not for people with a role; audited',
    params: z.strictObject({ personId: PersonId }),
    body: z.strictObject({
      siteId: SiteId,
      birthDate: Named.birthDate,
      lastFour: LastFour,
      knownBy: z.enum(SEEN_BY),
      reason: Line(200),
    }),
    status: 200,
    output: DeskPerson,
  },
  'POST /api/desk/bookings': {
    roles: ['staff'],
    summary:
      'Book for somebody, under the rules that hold for them; `walkIn`: they are here, so a time under way will do, and no text is sent; check-in follows; audited',
    body: z.strictObject({ personId: PersonId, slotId: SlotId, walkIn: z.boolean() }),
    status: 201,
    output: DeskBooking,
  },
  'POST /api/desk/bookings/{bookingId}/reschedule': {
    roles: ['staff'],
    summary: 'Move somebody’s booking for them, also past the time until which they may do so themselves; audited',
    params: z.strictObject({ bookingId: BookingId }),
    body: z.strictObject({ slotId: SlotId }),
    status: 200,
    output: DeskBooking,
  },
  'POST /api/desk/bookings/{bookingId}/cancel': {
    roles: ['staff'],
    summary: 'Cancel somebody’s booking for them, also past the time until which they may do so themselves; audited',
    params: z.strictObject({ bookingId: BookingId }),
    body: z.strictObject({}),
    status: 200,
    output: DeskBooking,
  },
  'POST /api/desk/late': {
    roles: ['staff'],
    summary:
      'Enter one row of a day that was on paper, with the time it really was: marked as late and by whom; what has happened is recorded and doubted, not refused; audited',
    body: z.strictObject({
      siteId: SiteId,
      who: z.union([
        z.strictObject({ bookingId: BookingId }),
        z.strictObject({ personId: PersonId, procedure: Procedure }),
      ]),
      at: Instant,
      paper: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('came') }),
        z.strictObject({ kind: z.literal('no-show') }),
        z.strictObject({ kind: z.literal('given'), ...Drawn }),
        z.strictObject({ kind: z.literal('deferred'), reason: Line(60), since: DateInput.optional() }),
      ]),
    }),
    status: 200,
    output: z.object({
      booking: DeskBooking,
      doubts: z.array(Refusal).meta({ description: 'What the rules would have said against it that day' }),
    }),
  },
});
