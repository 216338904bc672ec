import { auditItem } from '../../../shared/store/audit.ts';
import type { AuditItem, BookingItem, SiteItem } from '../../../shared/store/items/index.ts';
import { parseSlotId } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DeskDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: DeskDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/** The site of a slot, one the caller works at. */
export const siteOfSlot = async (deps: DeskDeps, actor: Actor, slotId: string): Promise<SiteItem> =>
  await coveredSite(deps, actor, parseSlotId(slotId)?.containerId ?? '');

/** A donation booking of a site the caller works at, that is not over: what is over is corrected, not changed. */
export async function coveredBooking(deps: DeskDeps, actor: Actor, bookingId: string): Promise<BookingItem> {
  const booking = await deps.bookings.get(bookingId);
  if (booking?.slotKind !== 'donation') throw new ProblemError('not-found');
  requireSite(actor, booking.containerId);
  return booking;
}

/** The record that staff did something for somebody, or looked at them. */
export const recordOf = (
  deps: DeskDeps,
  site: Pick<SiteItem, 'siteId' | 'zone'>,
  by: string,
  action: string,
  subjects: string[],
  change?: AuditItem['change'],
) => ({
  Put: auditItem({
    by,
    action,
    scope: site.siteId,
    zone: site.zone,
    at: nowOf(deps),
    subjects,
    ...(change && { change }),
    id: deps.newId(),
  }),
});
