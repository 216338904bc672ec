import type { hours } from '../../../shared/contract/hours.ts';
import { handFault } from '../../../shared/domain/hours.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { USUAL_CATEGORY } from '../../../shared/domain/vocabulary.ts';
import { askHours } from '../../../shared/store/transactions/ask-hours.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { requestView } from '../../runtime/hours-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { asked } from './asked.ts';
import type { HoursDeps } from './deps.ts';
import { idOf, shiftOf } from './own.ts';

type Routes = (typeof hours)['routes'];

/** As many of somebody's requests may wait at once. */
const MOST_OPEN = 20;

/** Of a record of their own, or of a shift that they had a place in and of which nothing is recorded. */
export const askCorrection: RouteHandler<Routes['POST /api/me/service/corrections'], HoursDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { personId } = actor;
  const requestId = idOf('correction', idempotency);
  const about = await aboutOf(deps, personId, body);
  if (!about) throw new ProblemError('not-found');
  const waiting = (await deps.hours.requestsAbout(personId)).filter(
    (each) => each.status === 'asked' && each.requestId !== requestId,
  );
  if (waiting.length >= MOST_OPEN) throw new ProblemError('too-many-declared');
  const fault = handFault({ date: about.date, minutes: body.minutes }, localDateOf(nowOf(deps), about.zone));
  if (fault) throw new ProblemError('invalid-input', { fields: [{ path: `body.${fault.path}`, why: fault.why }] });
  if (about.recordId === undefined && body.minutes === 0) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.minutes', why: 'too-small' }] });
  }
  const answer = await askHours(deps, {
    asked: { ...about, requestId, personId, minutes: body.minutes, reason: body.reason, askedBy: personId },
    idempotency,
  });
  return requestView(asked(answer));
};

type About = Omit<Parameters<typeof askHours>[1]['asked'], 'requestId' | 'personId' | 'minutes' | 'reason' | 'askedBy'>;

async function aboutOf(
  deps: HoursDeps,
  personId: string,
  { recordId, bookingId }: { recordId?: string | undefined; bookingId?: string | undefined },
): Promise<About | undefined> {
  const { records } = await deps.hours.of(personId);
  if (recordId !== undefined) {
    const record = records.find((each) => each.recordId === recordId);
    if (!record) return undefined;
    const { organisationId, eventId, title, role, community, district, date, zone, category } = record;
    const what = { organisationId, eventId, title, community, district, date, zone, category, ...(role && { role }) };
    return { recordId, bookingId: record.bookingId, ...what };
  }
  const found = bookingId === undefined ? undefined : await shiftOf(deps, bookingId);
  if (found?.booking.personId !== personId) return undefined;
  const { booking, event } = found;
  // What is recorded of it is corrected; what is still to come cannot have been served.
  const isOver = booking.endsAt <= nowOf(deps) && booking.status !== 'cancelled';
  if (!isOver || records.some((record) => record.bookingId === booking.bookingId)) return undefined;
  const { organisationId, eventId, title, community, district, category = USUAL_CATEGORY } = event;
  const { date, zone, role } = booking;
  const what = { organisationId, eventId, title, community, district, date, zone, category, ...(role && { role }) };
  return { bookingId: booking.bookingId, ...what };
}
