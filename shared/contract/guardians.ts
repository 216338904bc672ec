import * as z from 'zod';
import { GUARDIAN_RELATIONS, GUARDIAN_STATUSES } from '../domain/vocabulary.ts';
import {
  BookingId,
  DateInput,
  EventId,
  Instant,
  Line,
  LocalDate,
  Localized,
  OrganisationId,
  PersonId,
} from './common.ts';
import { area } from './define.ts';

/** What a guardian has said of somebody who is not of age serving with an organisation: once, for all its events. */
export const Guardian = z.object({
  organisationId: OrganisationId,
  organisation: Localized,
  status: z.enum(GUARDIAN_STATUSES),
  guardian: z.string(),
  relation: z.enum(GUARDIAN_RELATIONS),
  how: z.enum(['text', 'paper']),
  phoneLast4: z.string().optional(),
  askedAt: Instant.optional().meta({ description: 'When the guardian was texted last' }),
  saidAt: Instant.optional(),
  signedOn: LocalDate.optional().meta({ description: 'The date on the paper' }),
});

/** What a guardian is asked: nobody else who had the link would learn from it who somebody is. */
export const GuardianQuestion = z.object({
  who: z.string().meta({ description: 'Masked' }),
  organisation: Localized,
  guardian: z.string(),
  relation: z.enum(GUARDIAN_RELATIONS),
  status: z.enum(GUARDIAN_STATUSES),
  saidAt: Instant.optional(),
});

const who = {
  guardian: Line(60).meta({ description: 'The guardian’s name' }),
  relation: z.enum(GUARDIAN_RELATIONS),
};
const typedPhone = Line(30).meta({ description: 'With its country (+…), or as it is dialled where the event is' });
const Code = z.string().regex(/^[a-z0-9]{12}$/);

export const guardians = area('guardians', {
  'GET /api/me/guardians': {
    roles: ['person'],
    summary: 'What my guardian has said, by organisation',
    status: 200,
    output: z.object({ items: z.array(Guardian) }),
  },
  'POST /api/me/guardians': {
    roles: ['person'],
    summary: 'Have my guardian texted whether I may serve with an event’s organisation, while I am not of age',
    body: z.strictObject({ eventId: EventId, ...who, phone: typedPhone }),
    status: 200,
    output: Guardian,
  },
  'GET /api/guardians/{code}': {
    roles: ['public'],
    summary: 'What a guardian is asked who was texted; the code is the permission',
    params: z.strictObject({ code: Code }),
    status: 200,
    output: GuardianQuestion,
  },
  'POST /api/guardians/{code}': {
    roles: ['public'],
    summary: 'Agree, refuse, or take a consent back, as the guardian who was texted',
    params: z.strictObject({ code: Code }),
    body: z.strictObject({ step: z.enum(['give', 'refuse', 'withdraw']) }),
    status: 200,
    output: GuardianQuestion,
  },
  'POST /api/events/{eventId}/guardians': {
    roles: ['organiser'],
    summary: 'Note a guardian’s consent that my organisation has on paper; it holds for all its events; audited',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ personId: PersonId, ...who, phone: typedPhone.optional(), signedOn: DateInput }),
    status: 200,
    output: Guardian,
  },
  'POST /api/events/{eventId}/guardians/withdraw': {
    roles: ['organiser'],
    summary: 'Note that a guardian no longer agrees: shifts to come are given up; audited',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({ bookingId: BookingId.meta({ description: 'Of anybody who is, or was, signed up' }) }),
    status: 200,
    output: Guardian,
  },
});
