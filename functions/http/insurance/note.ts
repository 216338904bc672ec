import type { insurance } from '../../../shared/contract/insurance.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { InsuredItem } from '../../../shared/store/items/index.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import type { InsuranceDeps } from './deps.ts';
import { documentOf } from './document.ts';
import { toInsureView } from './list-to-insure.ts';
import { insuringEvent } from './own.ts';

type Routes = (typeof insurance)['routes'];

export const note: RouteHandler<Routes['POST /api/events/{eventId}/insurance'], InsuranceDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await insuringEvent(deps, actor, params.eventId);
  const booking = await deps.bookings.get(body.bookingId);
  if (booking?.containerId !== event.eventId || booking.status === 'cancelled') throw new ProblemError('not-found');
  const { personId } = booking;
  const record = (action: string) => recordOf(deps, event, actor.personId, action, [personId]);
  let item: InsuredItem | undefined;
  try {
    item = answered(
      await deps.insured.keep({
        personId,
        document: await documentOf(deps, personId, body.document),
        by: actor.personId,
        idempotency: { ...idempotency, input: await deps.blind(idempotency.input) },
        also: [record('insured-noted')],
      }),
    );
  } catch (error) {
    // Before it is answered: what it says tells of somebody.
    if (error instanceof ProblemError) await recordRead(deps.store, record('insured-note-refused').Put);
    throw error;
  }
  const profile = await deps.people.profile(personId);
  return toInsureView({
    personId,
    name: profile?.name ?? '',
    phoneLast4: profile?.phone?.slice(-4) ?? '',
    bookings: [booking],
    insured: item,
  });
};
