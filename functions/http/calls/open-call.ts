import type { calls } from '../../../shared/contract/calls.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { CallsDeps } from './deps.ts';

type Routes = (typeof calls)['routes'];

/** Whoever has the address may follow it: it says of nobody that they were asked. */
export const openCall: RouteHandler<Routes['GET /api/calls/open/{code}'], CallsDeps> = async ({ params }, deps) => {
  const call = await deps.calls.byCode(params.code);
  if (!call) throw new ProblemError('not-found');
  const days = await deps.calls.days(call.siteId, call, nowOf(deps));
  const day = days.find(({ free }) => free > 0) ?? days[0];
  return { siteId: call.siteId, procedure: call.procedure, date: day?.date ?? call.from };
};
