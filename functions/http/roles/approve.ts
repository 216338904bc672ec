import type { roles } from '../../../shared/contract/roles.ts';
import { accountAction, approveAccountChange } from '../../../shared/store/transactions/change-account.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { changed } from './change-view.ts';
import type { RolesDeps } from './deps.ts';
import { recordOf } from './record.ts';

type Routes = (typeof roles)['routes'];

export const approveChange: RouteHandler<Routes['POST /api/roles/changes/{changeId}/approve'], RolesDeps> = async (
  { actor, params: { changeId }, body: { version }, idempotency },
  deps,
) => {
  const asked = await deps.roles.change(changeId);
  if (!asked) throw new ProblemError('not-found');
  const change = { changeId, reason: asked.reason };
  const answer = await approveAccountChange(deps.engine, {
    changeId,
    version,
    by: actor.personId,
    key: await deps.factKey(),
    site: await siteFor(deps, asked.personId),
    audit: recordOf(deps, actor.personId, accountAction(asked.what, 'approved'), [asked.personId], { change }),
    idempotency,
  });
  return await changed(deps, actor, answer);
};

/** Whose number the text about it gives: a site where they work, or else the first of all. */
async function siteFor(deps: RolesDeps, personId: string) {
  const [sites, held] = await Promise.all([deps.sites.list(), deps.roles.of(personId)]);
  const site = sites.find(({ siteId }) => held.some(({ scope }) => scope === siteId)) ?? sites[0];
  if (!site) throw new ProblemError('wrong-state');
  return site;
}
