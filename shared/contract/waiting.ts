import * as z from 'zod';
import { SLOT_KINDS, WAIT_STATUSES } from '../domain/vocabulary.ts';
import {
  BookingId,
  DateInput,
  Instant,
  LocalDate,
  Localized,
  Procedure,
  Refusal,
  SiteId,
  SlotId,
  Zone,
} from './common.ts';
import { area } from './define.ts';
import { HeldPlace, InLine, WaitId } from './line.ts';

const Offer = HeldPlace.extend({
  code: z.string().meta({ description: 'What staff need to act for somebody who calls' }),
});

export const WaitView = z.object({
  waitId: WaitId,
  status: z.enum(WAIT_STATUSES),
  kind: z.enum(SLOT_KINDS),
  containerId: z.string(),
  place: Localized,
  address: Localized,
  procedure: Procedure.optional(),
  role: Localized.optional(),
  slotId: SlotId.optional().meta({ description: 'Absent: any time that day' }),
  startsAt: Instant.meta({ description: 'Of the slot; of the day’s first, for any time' }),
  endsAt: Instant,
  date: LocalDate,
  zone: Zone,
  joinedAt: Instant,
  changedAt: Instant,
  /** While waiting: how many people could be asked before this one. */
  ahead: z.number().int().optional(),
  /** While waiting: why places pass this person over at present. */
  reasons: z.array(Refusal),
  offer: Offer.optional(),
  bookingId: BookingId.optional(),
  /** Whom to call with the code: at a site only. */
  phone: z.string().optional(),
});

const OfferCode = z.string().regex(/^\d{4}$/);

/** With the code by which staff act for whoever calls. */
const LineEntry = InLine.extend({ offer: Offer.optional() });
const CallersOffer = LineEntry.extend({
  place: Localized,
  bookingId: BookingId.optional(),
});

export const waiting = area('waiting', {
  'GET /api/waiting': {
    roles: ['person'],
    summary: 'What I wait for and what became of it, latest first, with my place in each line',
    status: 200,
    output: z.object({ items: z.array(WaitView) }),
  },
  'POST /api/waiting': {
    roles: ['person'],
    summary: 'Wait for a place in a full slot, or for any time that day at its site; joining twice is joining once',
    body: z.strictObject({ slotId: SlotId, anyTime: z.boolean() }),
    status: 201,
    output: WaitView,
  },
  'POST /api/waiting/{waitId}/leave': {
    roles: ['person'],
    summary: 'Leave the line; an open offer passes on',
    params: z.strictObject({ waitId: WaitId }),
    body: z.strictObject({}),
    status: 200,
    output: WaitView,
  },
  'POST /api/waiting/{waitId}/accept': {
    roles: ['person'],
    summary: 'Take the place that is held for me: it becomes a booking',
    params: z.strictObject({ waitId: WaitId }),
    body: z.strictObject({}),
    status: 200,
    output: WaitView,
  },
  'POST /api/waiting/{waitId}/decline': {
    roles: ['person'],
    summary: 'Let the offered place go to the next; whoever waits for any time that day waits on',
    params: z.strictObject({ waitId: WaitId }),
    body: z.strictObject({}),
    status: 200,
    output: WaitView,
  },
  'GET /api/waiting/line': {
    roles: ['staff'],
    summary: 'Who waits at a site on a local date, or for one of its slots, first come first; the read is audited',
    query: z.strictObject({
      siteId: SiteId,
      date: DateInput,
      slotId: SlotId.optional().meta({ description: 'Only who would be asked for a place of this slot' }),
    }),
    status: 200,
    output: z.object({ items: z.array(LineEntry) }),
  },
  'GET /api/waiting/offers': {
    roles: ['staff'],
    summary: 'The offer of a caller, by the short code of its text; the read is audited',
    query: z.strictObject({ siteId: SiteId, code: OfferCode }),
    status: 200,
    output: CallersOffer,
  },
  'POST /api/waiting/offers/answer': {
    roles: ['staff'],
    summary: 'Accept or decline an offer for somebody who calls; audited',
    body: z.strictObject({ siteId: SiteId, code: OfferCode, answer: z.enum(['accept', 'decline']) }),
    status: 200,
    output: CallersOffer,
  },
});
