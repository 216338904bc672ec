import type { precheck } from '../../../shared/contract/precheck.ts';
import type { PolicyPack } from '../../../shared/domain/policy-pack.ts';
import { PACK_IDS, packFor } from '../../../shared/policy/index.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PrecheckDeps } from './deps.ts';
import { rulesOf } from './rules-of.ts';

type Routes = (typeof precheck)['routes'];

export const getRules: RouteHandler<Routes['GET /api/precheck/rules'], PrecheckDeps> = async ({ query }, deps) => {
  const { pack, zone, today } = await rulesOf(deps, query.siteId);
  if (query.pack === undefined) return { zone, pack: rulePack(pack) };
  if (!PACK_IDS.includes(query.pack)) throw new ProblemError('not-found');
  return { zone, pack: rulePack(packFor(query.pack, today)) };
};

/** Lists that nobody changes, as the contract has them. */
const rulePack = (pack: PolicyPack) => structuredClone(pack) as Mutable<PolicyPack>;
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
