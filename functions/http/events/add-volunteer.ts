import type { events } from '../../../shared/contract/events.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { makePerson } from '../../../shared/store/transactions/make-person.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { countLookup, foundView, openEvent, phoneOf } from './find-volunteers.ts';

type Routes = (typeof events)['routes'];

export const addVolunteer: RouteHandler<Routes['POST /api/events/{eventId}/people'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await openEvent(deps, actor, params.eventId);
  const { name, phone, birthDate, skills = [], besides } = body;
  checkBirthDate(deps, event, birthDate);
  const called = phoneOf(phone, event);
  // That somebody is on record already is told as well.
  await countLookup(deps, actor, idempotency);
  const answer = await makePerson(deps.engine, {
    name,
    phone: called,
    facts: {
      wantsExtendedAge: false,
      birthDate,
      ...(skills.length > 0 && { qualifications: [...new Set(skills)].map((qualification) => ({ qualification })) }),
    },
    // Nobody has chosen: the organisation's own, until they do.
    language: 'zh',
    besides,
    audit: (personId) => recordOf(deps, event, actor.personId, 'volunteer-put-on-record', [personId]),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'known') throw new ProblemError('changed-meanwhile');
  return foundView(answer.profile);
};

/** On which somebody who lives may have been born. */
export function checkBirthDate(deps: EventsDeps, { zone }: EventItem, birthDate: string | undefined): void {
  if (birthDate && (birthDate > localDateOf(nowOf(deps), zone) || birthDate < '1900-01-01')) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'not-allowed' }] });
  }
}
