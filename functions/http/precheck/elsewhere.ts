import type * as z from 'zod';
import type { precheck } from '../../../shared/contract/precheck.ts';
import type { ElsewhereItem } from '../../../shared/store/items/index.ts';
import {
  correctElsewhere,
  type DeclareAnswer,
  declareElsewhere,
  removeElsewhere,
} from '../../../shared/store/transactions/declare-elsewhere.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PrecheckDeps } from './deps.ts';
import { rulesOf } from './rules-of.ts';

type Routes = (typeof precheck)['routes'];
type View = z.input<Routes['GET /api/precheck/elsewhere']['output']>;

export const listElsewhere: RouteHandler<Routes['GET /api/precheck/elsewhere'], PrecheckDeps> = async (
  { actor },
  deps,
) => await all(deps, actor.personId);

export const addElsewhere: RouteHandler<Routes['POST /api/precheck/elsewhere'], PrecheckDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { pack, today } = await rulesOf(deps, undefined);
  refuseAhead(body.date, today);
  const { personId } = actor;
  return await answered(
    deps,
    personId,
    await declareElsewhere(deps.engine, { personId, pack, on: today, idempotency, donation: whole(body) }),
  );
};

export const editElsewhere: RouteHandler<Routes['PUT /api/precheck/elsewhere/{declaredId}'], PrecheckDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { pack, today } = await rulesOf(deps, undefined);
  const { version, ...donation } = body;
  refuseAhead(donation.date, today);
  const { personId } = actor;
  const input = { personId, pack, on: today, idempotency, ...params, version, donation: whole(donation) };
  return await answered(deps, personId, await correctElsewhere(deps.engine, input));
};

export const dropElsewhere: RouteHandler<
  Routes['POST /api/precheck/elsewhere/{declaredId}/remove'],
  PrecheckDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  const { pack, today } = await rulesOf(deps, undefined);
  const { personId } = actor;
  const input = { personId, pack, on: today, idempotency, ...params, ...body };
  return await answered(deps, personId, await removeElsewhere(deps.engine, input));
};

type Body = z.output<Routes['POST /api/precheck/elsewhere']['body']>;

/** Units are of platelets, and platelets come in units. */
function whole(donation: Body): Body {
  const wanted = donation.procedure === 'platelets';
  if (wanted === (donation.platelets !== undefined)) return donation;
  throw new ProblemError('invalid-input', { fields: [{ path: 'platelets', why: wanted ? 'missing' : 'not-allowed' }] });
}

function refuseAhead(date: string, today: string): void {
  if (date > today) throw new ProblemError('invalid-input', { fields: [{ path: 'date', why: 'too-late' }] });
}

async function answered(deps: PrecheckDeps, personId: string, answer: DeclareAnswer): Promise<View> {
  switch (answer) {
    case 'done':
      return await all(deps, personId);
    case 'same-day':
      throw new ProblemError('invalid-input', { fields: [{ path: 'date', why: 'repeated' }] });
    case 'too-many':
      throw new ProblemError('too-many-declared');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer);
  }
}

const all = async (deps: PrecheckDeps, personId: string): Promise<View> => ({
  items: (await deps.declared.elsewhere(personId)).map(elsewhereView),
});

const elsewhereView = (it: ElsewhereItem): View['items'][number] => ({
  declaredId: it.declaredId,
  date: it.date,
  procedure: it.procedure,
  volumeMl: it.volumeMl,
  ...(it.platelets && { platelets: it.platelets }),
  ...(it.place && { place: it.place }),
  version: it.version,
});
