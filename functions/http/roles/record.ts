import { auditItem, SHARED_SCOPES } from '../../../shared/store/audit.ts';
import type { AuditItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RolesDeps } from './deps.ts';

/** What is recorded of who may do what: with a site where it is of one, else with what no site owns. */
export const recordOf = (
  deps: RolesDeps,
  by: string,
  action: string,
  subjects: string[],
  more: { site?: { siteId: string; zone: string } | undefined; change?: AuditItem['change'] } = {},
) => ({
  Put: auditItem({
    by,
    action,
    scope: more.site?.siteId ?? 'people',
    zone: more.site?.zone ?? SHARED_SCOPES.people,
    at: nowOf(deps),
    subjects,
    ...(more.change && { change: more.change }),
    id: deps.newId(),
  }),
});
