import type { hours } from '../../../shared/contract/hours.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordView } from '../../runtime/hours-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoursDeps } from './deps.ts';
import { audited, coveredOrganisation, shiftOf } from './own.ts';

type Routes = (typeof hours)['routes'];

/** What the organisation itself has recorded of somebody, so that nothing is added twice. */
export const getPersonHours: RouteHandler<
  Routes['GET /api/organisations/{organisationId}/hours/people/{bookingId}'],
  HoursDeps
> = async ({ actor, params }, deps) => {
  const { organisationId } = await coveredOrganisation(deps, actor, params.organisationId);
  const found = await shiftOf(deps, params.bookingId);
  if (found?.event.organisationId !== organisationId) throw new ProblemError('not-found');
  const { personId, date } = found.booking;
  const [{ records }, [person]] = await Promise.all([deps.hours.of(personId), deps.people.profiles([personId])]);
  await recordRead(
    deps.store,
    audited(deps, actor, { action: 'hours-of-person-read', subjects: [personId], change: { organisationId } }).Put,
  );
  return {
    name: person?.name ?? '',
    title: found.event.title,
    date,
    items: records
      .filter((record) => record.organisationId === organisationId)
      .toReversed()
      .slice(0, MOST)
      .map(recordView),
  };
};
const MOST = 50;
