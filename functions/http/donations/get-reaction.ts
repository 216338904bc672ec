import type { donations } from '../../../shared/contract/donations.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { DonationItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { createReactions } from '../../../shared/store/reactions.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const getReaction: RouteHandler<Routes['GET /api/donations/{din}/reaction'], DonationsDeps> = async (
  { actor, params },
  deps,
) => {
  const donation = await deps.donations.byDin(params.din);
  if (!donation) throw new ProblemError('not-found');
  const site = await coveredSite(deps, actor, donation.siteId);
  const { personId, date, din } = donation;
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'reaction-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [personId],
      id: deps.newId(),
    }),
  );
  const record = await deps.store.get<DonationItem>(keys.donation(personId, date, din), { consistent: true });
  const last = await createReactions(deps.store).last(din);
  return { recorded: record?.reaction ?? false, ...(last?.reaction && { reaction: last.reaction }) };
};
