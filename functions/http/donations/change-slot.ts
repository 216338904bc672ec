import type { donations } from '../../../shared/contract/donations.ts';
import { parseSlotId } from '../../../shared/store/keys.ts';
import { changePlaces } from '../../../shared/store/transactions/change-places.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DonationsDeps } from './deps.ts';
import { slotPlaces } from './slot-places.ts';

type Routes = (typeof donations)['routes'];

export const changeSlot: RouteHandler<Routes['PATCH /api/donations/slots/{slotId}'], DonationsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  requireSite(actor, parseSlotId(params.slotId)?.containerId ?? '');
  if (body.places === undefined && body.open === undefined) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'places', why: 'missing' }] });
  }
  const answer = await changePlaces(deps.engine, {
    slotId: params.slotId,
    ...body,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'changed') throw new ProblemError('changed-meanwhile');
  if (answer.kind === 'taken') {
    throw new ProblemError('places-taken', {
      fields: [{ path: 'places', why: 'below-taken', params: { taken: answer.taken } }],
    });
  }
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return slotPlaces(answer);
};
