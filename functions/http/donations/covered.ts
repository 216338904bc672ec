import type { BookingItem, SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DonationsDeps } from './deps.ts';

/** A donation booking of a site the caller works at. */
export async function coveredBooking(deps: DonationsDeps, actor: Actor, bookingId: string): Promise<BookingItem> {
  const booking = await deps.bookings.get(bookingId);
  if (booking?.slotKind !== 'donation') throw new ProblemError('not-found');
  requireSite(actor, booking.containerId);
  return booking;
}

export async function coveredSite(deps: DonationsDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}
