import type { identity } from '../../../shared/contract/identity.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { IdentityDeps } from './deps.ts';
import { mergeViews } from './merge-view.ts';

type Routes = (typeof identity)['routes'];

export const listMerges: RouteHandler<Routes['GET /api/identity/merges'], IdentityDeps> = async (
  { actor, query },
  deps,
) => {
  requireSite(actor, query.siteId);
  const site = await deps.sites.get(query.siteId);
  if (!site) throw new ProblemError('not-found');
  const merges = await deps.merges.ofSite(query.siteId);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'merges-read',
      scope: query.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [...new Set(merges.flatMap(({ keep, join }) => [keep, join]))],
      id: deps.newId(),
    }),
  );
  return { items: await mergeViews(deps, actor, merges) };
};
