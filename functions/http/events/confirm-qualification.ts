import type { events } from '../../../shared/contract/events.ts';
import { auditItem } from '../../../shared/store/audit.ts';
import { createBookings } from '../../../shared/store/bookings.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { qualify } from '../../../shared/store/transactions/qualify.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';
import { heldView } from './views.ts';

type Routes = (typeof events)['routes'];

/** Of somebody who signed up for an event that the caller runs: so they have met, or will. */
export const confirmQualification: RouteHandler<
  Routes['POST /api/events/{eventId}/qualifications'],
  EventsDeps
> = async ({ actor, params, body }, deps) => {
  const event = await runEvent(deps, actor, params.eventId);
  const booking = await createBookings(deps.store).get(body.bookingId);
  if (booking?.containerId !== event.eventId) throw new ProblemError('not-found');
  const { qualification, confirmed, until } = body;
  const held = await qualify(deps, booking.personId, {
    kind: 'confirm',
    qualification,
    confirmation: confirmed ? { by: event.organisationId, ...(until && { until }) } : undefined,
    audit: {
      Put: auditItem({
        by: actor.personId,
        action: confirmed ? 'qualification-confirmed' : 'qualification-taken-back',
        scope: event.eventId,
        zone: event.zone,
        at: nowOf(deps),
        id: deps.newId(),
        subjects: [booking.personId],
        change: { qualification, ...(until && { until }) },
      }),
    },
  });
  if (!held) throw new ProblemError('not-found');
  return { items: heldView(held) };
};
