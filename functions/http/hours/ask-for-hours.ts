import type { hours } from '../../../shared/contract/hours.ts';
import { handFault, minutesOf } from '../../../shared/domain/hours.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { USUAL_CATEGORY } from '../../../shared/domain/vocabulary.ts';
import { askedBefore, askHours } from '../../../shared/store/transactions/ask-hours.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { requestView } from '../../runtime/hours-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { asked } from './asked.ts';
import type { HoursDeps } from './deps.ts';
import { audited, coveredOrganisation, idOf, shiftOf } from './own.ts';

type Routes = (typeof hours)['routes'];

/** Of somebody who had a place in an event of the organisation, so that it knows them; nothing counts before another has approved. */
export const askForHours: RouteHandler<
  Routes['POST /api/organisations/{organisationId}/hours/requests'],
  HoursDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  const { organisationId } = await coveredOrganisation(deps, actor, params.organisationId);
  const requestId = idOf('hours', idempotency);
  const made = await deps.hours.request(organisationId, requestId);
  if (made) return requestView(asked(askedBefore(made, idempotency)));
  const found = await shiftOf(deps, body.bookingId);
  if (found?.event.organisationId !== organisationId) throw new ProblemError('not-found');
  const { booking, event } = found;
  const { recordId, minutes, reason } = body;
  const { personId } = booking;
  const { records } = await deps.hours.of(personId);
  const record = records.find((each) => each.recordId === recordId && each.organisationId === organisationId);
  if (recordId !== undefined && !record) throw new ProblemError('not-found');
  const date = record?.date ?? body.date;
  const was = record && minutesOf(record);
  const fault = handFault({ date, minutes, was }, localDateOf(nowOf(deps), event.zone));
  if (fault) throw new ProblemError('invalid-input', { fields: [{ path: `body.${fault.path}`, why: fault.why }] });
  const { eventId, title, community, district, zone, category = USUAL_CATEGORY } = record ?? event;
  const role = record ? record.role : booking.role;
  const answer = await askHours(deps, {
    asked: {
      requestId,
      organisationId,
      personId,
      ...(recordId !== undefined && { recordId }),
      eventId,
      bookingId: record?.bookingId ?? booking.bookingId,
      title,
      ...(role && { role }),
      community,
      district,
      date,
      zone,
      minutes,
      category,
      reason,
      askedBy: actor.personId,
    },
    audit: audited(deps, actor, {
      action: record ? 'hours-correction-asked' : 'hours-asked',
      subjects: [personId],
      change: { organisationId, date, minutes },
    }),
    idempotency,
  });
  return requestView(asked(answer));
};
