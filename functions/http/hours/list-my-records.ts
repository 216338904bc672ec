import type { hours } from '../../../shared/contract/hours.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordView } from '../../runtime/hours-view.ts';
import type { HoursDeps } from './deps.ts';

type Routes = (typeof hours)['routes'];

export const listMyRecords: RouteHandler<Routes['GET /api/me/service/records'], HoursDeps> = async (
  { actor, query },
  deps,
) => {
  const { records } = await deps.hours.of(actor.personId);
  const own = records.filter(({ date }) => date.startsWith(`${query.year}-`));
  return { items: own.toReversed().map(recordView) };
};
