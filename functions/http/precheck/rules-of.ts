import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { PolicyPack } from '../../../shared/domain/policy-pack.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import { packFor } from '../../../shared/policy/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PrecheckDeps } from './deps.ts';

/** The rules in force at a site today; without one, at the first of the city's. */
export async function rulesOf(
  deps: PrecheckDeps,
  siteId: string | undefined,
): Promise<{ pack: PolicyPack; zone: string; today: LocalDate }> {
  const site = siteId === undefined ? (await deps.sites.list())[0] : await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  const today = localDateOf(nowOf(deps.engine), site.zone);
  return { pack: packFor(site.pack, today), zone: site.zone, today };
}
