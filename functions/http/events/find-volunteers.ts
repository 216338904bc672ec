import type * as z from 'zod';
import type { events, VolunteerFound } from '../../../shared/contract/events.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import { phoneTyped } from '../../../shared/domain/phone.ts';
import { MOST_LOOKUPS } from '../../../shared/domain/second-fact.ts';
import type { Idempotency } from '../../../shared/store/accepted.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { EventItem, ProfileItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';

type Routes = (typeof events)['routes'];

/** Recorded before it is answered: who could not be recorded is told nothing. */
export const findVolunteers: RouteHandler<Routes['POST /api/events/{eventId}/people/find'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await openEvent(deps, actor, params.eventId);
  const phone = phoneOf(body.phone, event);
  await countLookup(deps, actor, idempotency);
  const found = await deps.people.withPhone(phone);
  const subjects = found.map(({ personId }) => personId);
  await recordRead(deps.store, recordOf(deps, event, actor.personId, 'volunteer-looked-up', subjects).Put);
  return { items: found.map(foundView) };
};

export const foundView = ({ personId, name }: ProfileItem): z.input<typeof VolunteerFound> => ({
  personId,
  name: maskName(name),
});

/** Before anything is answered that tells whether a number is on record: nobody tries numbers by the thousand. */
export async function countLookup(deps: EventsDeps, { personId }: Actor, idempotency: Idempotency): Promise<void> {
  const may = await deps.tries.mayTry(keys.lookupTries(personId), idempotency, MOST_LOOKUPS);
  if (may === 'used-up') throw new ProblemError('lookups-used-up');
  if (may === 'key-reused') throw new ProblemError('idempotency-key-reused');
}

/** Of an event that nobody can sign up for, nobody needs to be looked up. */
export async function openEvent(deps: EventsDeps, actor: Actor, eventId: string): Promise<EventItem> {
  const event = await runEvent(deps, actor, eventId);
  if (event.status !== 'published') throw new ProblemError('wrong-state');
  return event;
}

export function phoneOf(typed: string, event: EventItem): string {
  const phone = phoneTyped(typed, event.contactPhone);
  if (!phone) throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'no-number' }] });
  return phone;
}
