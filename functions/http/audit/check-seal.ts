import type { audit } from '../../../shared/contract/audit.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { checkSeal } from '../../../shared/store/seals.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AuditDeps } from './deps.ts';
import { zoneOf } from './list-entries.ts';

type Routes = (typeof audit)['routes'];

/** As many differences as are named; of more, there are too many to be anything but a wrong table. */
const MOST_NAMED = 50;

export const checkDay: RouteHandler<Routes['GET /api/audit/seal'], AuditDeps> = async ({ actor, query }, deps) => {
  const { siteId: scope, date } = query;
  const zone = await zoneOf(deps, scope);
  if (!zone) throw new ProblemError('not-found');
  const found = await checkSeal({ ...deps, box: deps.seals() }, { scope, zone }, date);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'audit-checked',
      scope,
      zone,
      at: nowOf(deps),
      change: { date, found: found.state },
      id: deps.newId(),
    }),
  );
  const named = found.differences.slice(0, MOST_NAMED);
  const nameOf = await colleagues(
    deps.people,
    named.map(({ entry }) => entry.by),
  );
  return {
    ...found,
    differing: found.differences.length,
    differences: named.map(({ kind, entry }) => ({
      kind,
      at: entry.at,
      action: entry.action,
      by: { personId: entry.by, name: nameOf(entry.by) ?? '' },
    })),
  };
};
