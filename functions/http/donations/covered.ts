import { isInRange } from '../../../shared/domain/unit-settings.ts';
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

/**
 * Whether a number may be this site's. Its own 献血码 has no check character: the ranges that the station has named are what catches a slip
 * of the finger. Of ISBT 128, another facility's number may be right, and is looked at afterwards.
 */
export const isOwn = ({ dinScheme, units }: SiteItem, din: string): boolean =>
  dinScheme !== 'opaque' || isInRange(din, units?.numbers);
