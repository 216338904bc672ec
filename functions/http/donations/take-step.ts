import type { donations } from '../../../shared/contract/donations.ts';
import { begin, type StepAnswer, undoStep } from '../../../shared/store/transactions/take-step.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { oneEntry } from './roster-entry.ts';

type Routes = (typeof donations)['routes'];

export const beginDonation: RouteHandler<Routes['POST /api/donations/begin'], DonationsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  await coveredBooking(deps, actor, body.bookingId);
  const input = { ...body, by: actor.personId, auditId: deps.newId(), idempotency };
  return await stepped(deps, await begin(deps.engine, input));
};

export const undo: RouteHandler<Routes['POST /api/donations/undo'], DonationsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  await coveredBooking(deps, actor, body.bookingId);
  const input = { ...body, by: actor.personId, auditId: deps.newId(), idempotency };
  return await stepped(deps, await undoStep(deps.engine, input));
};

async function stepped(deps: DonationsDeps, answer: StepAnswer) {
  switch (answer.kind) {
    case 'done':
      return await oneEntry(deps, answer.booking);
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'changed':
      throw new ProblemError('changed-meanwhile');
    case 'too-late':
      throw new ProblemError('undo-over');
    default:
      throw new ProblemError(answer.kind);
  }
}
