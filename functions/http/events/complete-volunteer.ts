import type { events } from '../../../shared/contract/events.ts';
import { wasAccepted } from '../../../shared/store/accepted.ts';
import { editProfile } from '../../../shared/store/transactions/edit-profile.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { checkBirthDate } from './add-volunteer.ts';
import type { EventsDeps } from './deps.ts';
import { countLookup, foundView, openEvent, phoneOf } from './find-volunteers.ts';

type Routes = (typeof events)['routes'];

/** Only of whom the caller was told by their number, and so has on the phone; of anybody else it says nothing. */
export const completeVolunteer: RouteHandler<
  Routes['POST /api/events/{eventId}/people/{personId}/profile'],
  EventsDeps
> = async ({ actor, params: { eventId, personId }, body, idempotency }, deps) => {
  const event = await openEvent(deps, actor, eventId);
  const { birthDate, skills } = body;
  checkBirthDate(deps, event, birthDate);
  const phone = phoneOf(body.phone, event);
  await countLookup(deps, actor, idempotency);
  const profile = (await deps.people.withPhone(phone)).find((each) => each.personId === personId);
  const lock = profile && (await deps.people.lock(personId));
  if (!profile || lock?.status !== 'active') throw new ProblemError('not-found');
  const isRepeat = wasAccepted(profile.accepted, idempotency) !== undefined;
  // Whether it is the same is not told either.
  if (birthDate && profile.birthDate && !isRepeat) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'not-allowed' }] });
  }
  const answer = await editProfile(deps.engine, {
    personId,
    version: profile.version,
    change: { birthDate },
    skills,
    idempotency,
    audit: recordOf(deps, event, actor.personId, 'volunteer-completed', [personId]),
  });
  if (answer === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer !== 'done') throw new ProblemError(answer);
  return foundView(profile);
};
