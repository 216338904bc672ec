import type { laboratory } from '../../../shared/contract/laboratory.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { UNIT_SETTINGS } from '../../../shared/domain/unit-settings.ts';
import { laboratoryOf, requiredTests } from '../../../shared/store/laboratory.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite, packOf } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';

type Routes = (typeof laboratory)['routes'];

export const listTests: RouteHandler<Routes['GET /api/laboratory/tests/{siteId}'], LaboratoryDeps> = async (
  { actor, params },
  deps,
) => {
  const site = await coveredSite(deps, actor, params.siteId);
  const { master, system } = site.units ?? UNIT_SETTINGS;
  return {
    items: requiredTests(site, packOf(site, localDateOf(nowOf(deps), site.zone))),
    required: laboratoryOf(site) === 'required',
    master,
    system,
  };
};
