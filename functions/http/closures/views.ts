import type * as z from 'zod';
import type { Closure, OwnMove } from '../../../shared/contract/closures.ts';
import { moveState } from '../../../shared/domain/closures.ts';
import { MOVE_STATES, type MoveState } from '../../../shared/domain/vocabulary.ts';
import { movedBooking, moveFacts } from '../../../shared/store/closures.ts';
import type { BookingItem, ClosureItem, LockItem, MoveItem, ProfileItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { liveCommitments, unpackLock } from '../../../shared/store/lock.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { ClosuresDeps } from './deps.ts';

export type Told = { readonly move: MoveItem; readonly booking: BookingItem | undefined; readonly state: MoveState };

/** What became of each move, from the bookings as they are now. */
export async function toldOf(deps: ClosuresDeps, moves: readonly MoveItem[]): Promise<Told[]> {
  const now = nowOf(deps);
  const ended = moves.filter(({ to }) => !to);
  const [bookings, locks] = await Promise.all([
    deps.store.batchGet(
      moves.map(({ bookingId }) => keys.booking(bookingId)),
      { consistent: true },
    ) as Promise<(BookingItem | undefined)[]>,
    deps.store.batchGet(
      ended.map(({ personId }) => keys.lock(personId)),
      { consistent: true },
    ) as Promise<(LockItem | undefined)[]>,
  ]);
  const held = new Map(
    locks.flatMap((lock) => (lock ? [[lock.personId, liveCommitments(unpackLock(lock), now)]] : [])),
  );
  return moves.map((move, n) => {
    const booking = bookings[n];
    const facts = booking && movedBooking(booking);
    return { move, booking, state: moveState(moveFacts(move), facts, held.get(move.personId) ?? [], now) };
  });
}

export async function closureView(
  deps: ClosuresDeps,
  closure: ClosureItem,
  told?: readonly Told[],
): Promise<z.input<typeof Closure>> {
  const all = told ?? (await toldOf(deps, await deps.closures.moves(closure.closureId)));
  const counts = Object.fromEntries(MOVE_STATES.map((state) => [state, 0])) as Record<MoveState, number>;
  for (const { state } of all) counts[state] += 1;
  return { ...closure, counts };
}

export const movedView = ({ move, booking, state }: Told, donor: ProfileItem | undefined) => ({
  closureId: move.closureId,
  bookingId: move.bookingId,
  name: donor?.name ?? '',
  phoneLast4: donor?.phone?.slice(-4) ?? '',
  procedure: move.procedure,
  zone: move.zone,
  from: move.from,
  to: move.to,
  state,
  bookingStatus: booking?.status,
  code: move.code,
  tellAt: move.tellAt,
  until: move.until,
  byStaff: move.acceptedBy !== undefined,
});

export const ownMove = ({ move, state }: Told, phone: string | undefined): z.input<typeof OwnMove> => ({
  bookingId: move.bookingId,
  state,
  procedure: move.procedure,
  zone: move.zone,
  from: move.from,
  to: move.to,
  until: move.until,
  code: move.code,
  ...(phone && { phone }),
});
