import type * as z from 'zod';
import type { bookings, Cover } from '../../../shared/contract/bookings.ts';
import type { BookingItem, CoverItem } from '../../../shared/store/items/index.ts';
import { askCover, type CoverAnswer } from '../../../shared/store/transactions/cover.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { shortCode } from '../../runtime/short-code.ts';
import type { BookingsDeps } from './deps.ts';
import { own } from './own.ts';

type Routes = (typeof bookings)['routes'];

export const askForCover: RouteHandler<Routes['POST /api/bookings/{bookingId}/cover'], BookingsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { bookingId } = await own(deps, actor, params.bookingId);
  const code = shortCode(deps.newId());
  return covered(await askCover(deps.engine, { bookingId, open: body.open, code, idempotency }));
};

export function covered(answer: CoverAnswer): z.input<typeof Cover> {
  switch (answer.kind) {
    case 'done':
      return coverView(answer.cover, answer.booking);
    case 'refused':
      throw new ProblemError('refused', { reasons: answer.reasons });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
}

/** Of a booking that has moved since, nobody is asked any more: it was about another time. */
export const coverView = (
  cover: CoverItem | undefined,
  booking: Pick<BookingItem, 'slotId'> | undefined,
): z.input<typeof Cover> =>
  cover?.status === 'asked' && cover.slotId === booking?.slotId
    ? { asked: true, open: cover.open, code: cover.code }
    : { asked: false };
