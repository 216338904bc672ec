import { createHash } from 'node:crypto';
import { auditItem } from '../../../shared/store/audit.ts';
import type { BookingItem, EventItem, OrganisationItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type Actor, requireOrganisation } from '../../runtime/actor.ts';
import type { Idempotency } from '../../runtime/idempotency.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoursDeps } from './deps.ts';

/** An organisation that the caller organises for; an admin looks after every one. */
export async function coveredOrganisation(
  deps: HoursDeps,
  actor: Actor,
  organisationId: string,
): Promise<OrganisationItem> {
  if (!actor.roles.some(({ role }) => role === 'admin')) requireOrganisation(actor, organisationId);
  const organisation = await deps.events.organisation(organisationId);
  if (!organisation) throw new ProblemError('not-found');
  return organisation;
}

export type OfEvent = { readonly booking: BookingItem; readonly event: EventItem };

/** A place that somebody had in a shift of an organisation's own event; undefined for one of anything else. */
export async function shiftOf(deps: HoursDeps, bookingId: string): Promise<OfEvent | undefined> {
  const booking = await deps.bookings.get(bookingId);
  const event = booking?.slotKind === 'shift' ? await deps.events.get(booking.containerId) : undefined;
  return booking && event && { booking, event };
}

/** An id that is the same for the same call, so that a repeat of it meets its own. */
export const idOf = (what: string, { key }: Idempotency): string =>
  `h${createHash('sha256').update(`${what} ${key}`).digest('hex').slice(0, 20)}`;

/** Hours are recorded across organisations, under one log. */
export const HOURS_LOG = { scope: 'hours', zone: 'UTC' } as const;

export const audited = (
  deps: HoursDeps,
  actor: Actor,
  entry: { action: string; subjects?: string[]; change?: Record<string, string | number>; id?: string },
): { Put: ReturnType<typeof auditItem> } => ({
  Put: auditItem({ ...HOURS_LOG, by: actor.personId, at: nowOf(deps), id: deps.newId(), ...entry }),
});
