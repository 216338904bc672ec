import type { units } from '../../../shared/contract/units.ts';
import { phoneTyped } from '../../../shared/domain/phone.ts';
import { readRange } from '../../../shared/domain/unit-settings.ts';
import { changeUnitSettings } from '../../../shared/store/transactions/change-unit-settings.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { type FieldError, ProblemError } from '../../runtime/problem.ts';
import { coveredSite } from './covered-chain.ts';
import type { UnitsDeps } from './deps.ts';
import { settingsView } from './settings-view.ts';

type Routes = (typeof units)['routes'];

export const putSettings: RouteHandler<Routes['PUT /api/units/settings/{siteId}'], UnitsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const site = await coveredSite(deps, actor, params.siteId);
  const { version, screening, master, system, shelfLifeDays, hospitals: typed, products } = body;
  const tests = body.tests ?? site.units?.tests;
  const usedWithinMonths = body.usedWithinMonths ?? site.units?.usedWithinMonths;
  const ranges = body.numbers?.map(readRange) ?? site.units?.numbers ?? [];
  const hospitals = typed.map(({ name, phone }) => ({ name, phone: phoneTyped(phone, site.phone) }));
  const fields: FieldError[] = hospitals.flatMap(({ name, phone }, n) => [
    ...(phone ? [] : [{ path: `hospitals.${n}.phone`, why: 'no-number' } as const]),
    ...(hospitals.findIndex((each) => each.name === name) < n
      ? [{ path: `hospitals.${n}.name`, why: 'repeated' } as const]
      : []),
  ]);
  fields.push(
    ...products.flatMap(({ code }, n) =>
      products.findIndex((each) => each.code === code) < n
        ? [{ path: `products.${n}.code`, why: 'repeated' } as const]
        : [],
    ),
  );
  fields.push(...ranges.flatMap((range, n) => (range ? [] : [{ path: `numbers.${n}`, why: 'not-allowed' } as const])));
  if (master === 'other' && !system) fields.push({ path: 'system', why: 'missing' });
  if (fields.length > 0) throw new ProblemError('invalid-input', { fields });
  const answer = await changeUnitSettings(deps, {
    siteId: site.siteId,
    version,
    screening,
    laboratory: body.laboratory,
    settings: {
      master,
      ...(system && { system }),
      shelfLifeDays,
      hospitals: hospitals.map(({ name, phone = '' }) => ({ name, phone })),
      products: Object.fromEntries(products.map(({ code, component }) => [code, component])),
      ...(tests && { tests: [...new Set(tests)] }),
      ...(usedWithinMonths && { usedWithinMonths }),
      ...(ranges.length > 0 && { numbers: ranges.flatMap((range) => range ?? []) }),
    },
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return settingsView(answer.site);
};
