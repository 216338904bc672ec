import type * as z from 'zod';
import type { events, VolunteerFound } from '../../../shared/contract/events.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import { phoneTyped } from '../../../shared/domain/phone.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { EventItem, ProfileItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';
import { recordOf } from './record-of.ts';

type Routes = (typeof events)['routes'];

/** Recorded before it is answered: who could not be recorded is told nothing. */
export const findVolunteers: RouteHandler<Routes['POST /api/events/{eventId}/people/find'], EventsDeps> = async (
  { actor, params, body },
  deps,
) => {
  const event = await openEvent(deps, actor, params.eventId);
  const found = await deps.people.withPhone(phoneOf(body.phone, event));
  const subjects = found.map(({ personId }) => personId);
  await recordRead(deps.store, recordOf(deps, event, actor.personId, 'volunteer-looked-up', subjects).Put);
  return { items: found.map(foundView) };
};

export const foundView = ({ personId, name }: ProfileItem): z.input<typeof VolunteerFound> => ({
  personId,
  name: maskName(name),
});

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
