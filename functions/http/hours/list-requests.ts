import type { hours } from '../../../shared/contract/hours.ts';
import { decideFault } from '../../../shared/domain/hours.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import { indexes } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import { requestView } from '../../runtime/hours-view.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { HoursDeps } from './deps.ts';
import { audited, coveredOrganisation } from './own.ts';

type Routes = (typeof hours)['routes'];

/** The read is recorded, with whom it was about, before it is answered. */
export const listRequests: RouteHandler<
  Routes['GET /api/organisations/{organisationId}/hours/requests'],
  HoursDeps
> = async ({ actor, params, query }, deps) => {
  const { organisationId } = await coveredOrganisation(deps, actor, params.organisationId);
  const open = query.done !== 'true';
  const pk = indexes.hoursStanding(organisationId, open);
  const page = await deps.hours.requestsOf(organisationId, open, pageOf(query, { pkName: 'gsi2pk', pk }));
  const ids = page.items.map(({ personId }) => personId);
  const people = await deps.people.profiles(ids);
  const nameOf = await colleagues(
    deps.people,
    page.items.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy]),
  );
  await recordRead(
    deps.store,
    audited(deps, actor, {
      action: 'hours-requests-read',
      subjects: [...new Set(ids)],
      change: { organisationId },
    }).Put,
  );
  return pageAnswer({ ...page, items: page.items.map((request, n) => ({ request, person: people[n] })) }, (each) => {
    const { request, person } = each;
    const { askedBy, personId, decidedBy } = request;
    return {
      ...requestView(request),
      name: person?.name ?? '',
      phoneLast4: person?.phone?.slice(-4) ?? '',
      ...(askedBy !== personId && { askedBy: nameOf(askedBy) }),
      ...(decidedBy && { decidedBy: nameOf(decidedBy) }),
      mayDecide: decideFault(request, actor.personId) === undefined,
    };
  });
};
