import type { donations } from '../../../shared/contract/donations.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { elsewhereView } from '../../runtime/elsewhere-view.ts';
import { coveredBooking, coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

/** Reached through a booking: a station sees what those declared who come to it. */
export const listElsewhere: RouteHandler<Routes['GET /api/donations/elsewhere'], DonationsDeps> = async (
  { actor, query },
  deps,
) => {
  const { personId, containerId } = await coveredBooking(deps, actor, query.bookingId);
  const { zone } = await coveredSite(deps, actor, containerId);
  const items = await deps.declared.elsewhere(personId);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'elsewhere-read',
      scope: containerId,
      zone,
      at: nowOf(deps),
      subjects: [personId],
      id: deps.newId(),
    }),
  );
  return { items: items.map(elsewhereView) };
};
