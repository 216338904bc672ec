import type * as z from 'zod';
import type { insurance, ToInsure as View } from '../../../shared/contract/insurance.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import type { InsuranceDeps } from './deps.ts';
import { insuringEvent } from './own.ts';
import { type ToInsure, toInsure } from './to-insure.ts';

type Routes = (typeof insurance)['routes'];

export const toInsureView = ({ bookings, name, phoneLast4, insured }: ToInsure): z.input<typeof View> => ({
  bookingId: bookings[0]?.bookingId ?? '',
  name,
  phoneLast4,
  hasDocument: insured !== undefined,
});

export const listToInsure: RouteHandler<Routes['GET /api/events/{eventId}/insurance'], InsuranceDeps> = async (
  { actor, params, query },
  deps,
) => {
  const event = await insuringEvent(deps, actor, params.eventId);
  const all = await toInsure(deps, event, query.date);
  const subjects = all.map(({ personId }) => personId);
  await recordRead(deps.store, recordOf(deps, event, actor.personId, 'event-insurance-read', subjects).Put);
  return { items: all.map(toInsureView) };
};
