import type { attendance } from '../../../shared/contract/attendance.ts';
import { auditItem } from '../../../shared/store/audit.ts';
import type { EventItem, ShiftCodeItem, ShiftDefinition } from '../../../shared/store/items/index.ts';
import { checkInVolunteer, checkOutVolunteer } from '../../../shared/store/transactions/attend.ts';
import { book } from '../../../shared/store/transactions/book.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { refused } from '../../runtime/refused.ts';
import type { AttendanceDeps } from './deps.ts';
import { settled } from './line.ts';
import { shiftOfCode } from './scanned.ts';

type Routes = (typeof attendance)['routes'];
type Route = Routes['POST /api/here/{eventId}'];

/** A volunteer's own step. It counts from when they scanned: signing in takes nothing from them. */
export const beHere: RouteHandler<Route, AttendanceDeps> = async ({ actor, params, body, idempotency }, deps) => {
  const seen = await deps.shiftCodes.readSeen(params.eventId, body.seen, deps.clock.now());
  if (!seen) throw new ProblemError('code-over');
  const { event, shift } = await shiftOfCode(deps, seen.item);
  const bookingId =
    (await ownBooking(deps, actor.personId, shift)) ??
    (body.step === 'join' ? await join(deps, { actor, idempotency }, { event, shift, item: seen.item }) : undefined);
  if (!bookingId) throw new ProblemError('not-signed-up');
  const take = body.step === 'out' ? checkOutVolunteer : checkInVolunteer;
  const booking = settled(
    await take(deps.engine, event, {
      bookingId,
      at: new Date(seen.at).toISOString(),
      way: 'code',
      by: actor.personId,
      auditId: deps.newId(),
      idempotency: { key: `${idempotency.key}-here`, input: idempotency.input },
    }),
  );
  return { bookingId, status: booking.status, ...(booking.attended && { attended: booking.attended }) };
};

/** The place that somebody has in a shift. */
async function ownBooking(
  deps: AttendanceDeps,
  personId: string,
  { slotId }: ShiftDefinition,
): Promise<string | undefined> {
  const { items } = await deps.bookings.ofPerson(personId, { limit: Number.MAX_SAFE_INTEGER });
  return items.find((booking) => booking.slotId === slotId && booking.status !== 'cancelled')?.bookingId;
}

/** Somebody who came without a place takes one under the rules that hold for anybody, until the shift is over. */
async function join(
  deps: AttendanceDeps,
  { actor, idempotency }: Pick<RouteRequest<Route>, 'actor' | 'idempotency'>,
  { event, shift, item }: { event: EventItem; shift: ShiftDefinition; item: ShiftCodeItem },
): Promise<string> {
  const audit = auditItem({
    by: actor.personId,
    action: 'volunteer-joined',
    scope: event.eventId,
    zone: event.zone,
    at: nowOf(deps),
    subjects: [actor.personId],
    id: deps.newId(),
  });
  const answer = await book(deps.engine, {
    personId: actor.personId,
    slotId: shift.slotId,
    idempotency,
    desk: { by: item.by, walkIn: true, audit: { Put: audit } },
  });
  switch (answer.kind) {
    case 'booked':
      return answer.booking.bookingId;
    case 'refused':
      throw await refused({ ...deps, day: async () => [] }, { reasons: answer.reasons });
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
}
