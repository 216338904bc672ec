import type { me } from '../../../shared/contract/me.ts';
import { partitions } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { bookingView } from '../../runtime/booking-view.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { MeDeps } from './deps.ts';

type Routes = (typeof me)['routes'];

export const listMyBookings: RouteHandler<Routes['GET /api/me/bookings'], MeDeps> = async ({ actor, query }, deps) => {
  const page = pageOf(query, { pkName: 'pk', pk: partitions.bookings(actor.personId) });
  return pageAnswer(await deps.bookings.ofPerson(actor.personId, page, query), bookingView);
};
