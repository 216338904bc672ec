import type { hours } from '../../../shared/contract/hours.ts';
import { handFault, mayAskForShift, minutesOf } from '../../../shared/domain/hours.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { USUAL_CATEGORY } from '../../../shared/domain/vocabulary.ts';
import { askedBefore, askHours } from '../../../shared/store/transactions/ask-hours.ts';
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
  const requests = await deps.hours.requestsAbout(personId);
  // The record may be another by now, or gone: the same call is told what it was told.
  const made = requests.find((each) => each.requestId === requestId);
  if (made) return requestView(asked(askedBefore(made, idempotency)));
  const found = await aboutOf(deps, personId, body);
  if (!found) throw new ProblemError('not-found');
  const { was, ...about } = found;
  const waiting = requests.filter(({ status }) => status === 'asked');
  if (waiting.length >= MOST_OPEN) throw new ProblemError('too-many-waiting');
  const today = localDateOf(nowOf(deps), about.zone);
  const fault = handFault({ date: about.date, minutes: body.minutes, was }, today);
  if (fault) throw new ProblemError('invalid-input', { fields: [{ path: `body.${fault.path}`, why: fault.why }] });
  const answer = await askHours(deps, {
    asked: { ...about, requestId, personId, minutes: body.minutes, reason: body.reason, askedBy: personId },
    idempotency,
  });
  return requestView(asked(answer));
};

type About = Omit<
  Parameters<typeof askHours>[1]['asked'],
  'requestId' | 'personId' | 'minutes' | 'reason' | 'askedBy'
> & {
  /** What the record comes to. */
  readonly was?: number;
};

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
    return { recordId, was: minutesOf(record), bookingId: record.bookingId, ...what };
  }
  const found = bookingId === undefined ? undefined : await shiftOf(deps, bookingId);
  if (found?.booking.personId !== personId) return undefined;
  const { booking, event } = found;
  const now = nowOf(deps);
  // What is recorded of it is corrected.
  const isAskable = mayAskForShift(booking, { now, today: localDateOf(now, booking.zone) });
  if (!isAskable || records.some((record) => record.bookingId === booking.bookingId)) return undefined;
  const { organisationId, eventId, title, community, district, category = USUAL_CATEGORY } = event;
  const { date, zone, role } = booking;
  const what = { organisationId, eventId, title, community, district, date, zone, category, ...(role && { role }) };
  return { bookingId: booking.bookingId, isWholeShift: true, ...what };
}
