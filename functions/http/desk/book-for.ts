import type { desk } from '../../../shared/contract/desk.ts';
import { book } from '../../../shared/store/transactions/book.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { refused } from '../../runtime/refused.ts';
import { recordOf, siteOfSlot } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { bookingView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const bookFor: RouteHandler<Routes['POST /api/desk/bookings'], DeskDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { personId, slotId, walkIn } = body;
  const site = await siteOfSlot(deps, actor, slotId);
  const by = actor.personId;
  const audit = recordOf(deps, site, by, walkIn ? 'walk-in-booked' : 'booked-for', [personId]);
  const answer = await book(deps.engine, { personId, slotId, idempotency, desk: { by, walkIn, audit } });
  switch (answer.kind) {
    case 'booked':
      return bookingView(answer.booking);
    case 'refused':
      throw await refused(deps, answer);
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
};
