import { auditItem, SHARED_SCOPES } from '../../../shared/store/audit.ts';
import type { FactorsDeps } from './deps.ts';

/** What is recorded of somebody's own second factor. */
export const recordOf = (deps: FactorsDeps, personId: string, action: string) =>
  auditItem({
    by: personId,
    action,
    scope: 'people',
    zone: SHARED_SCOPES.people,
    at: new Date(deps.clock.now()).toISOString(),
    subjects: [personId],
    id: deps.newId(),
  });

/** What records that a code of somebody's was wrong. */
export const refusedOf = (deps: FactorsDeps, personId: string) => ({
  Put: recordOf(deps, personId, 'factor-refused'),
});
