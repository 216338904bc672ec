import type { events } from '../../../shared/contract/events.ts';
import { auditItem } from '../../../shared/store/audit.ts';
import { addressedBy, writeNote } from '../../../shared/store/event-notes.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';

type Routes = (typeof events)['routes'];

export const sendNote: RouteHandler<Routes['POST /api/events/{eventId}/notes'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  if (event.status !== 'published') throw new ProblemError('wrong-state');
  const { shiftIds, to, note } = body;
  const meant = event.shifts.filter(({ shiftId }) => shiftIds === undefined || shiftIds.includes(shiftId));
  if (shiftIds !== undefined && meant.length < new Set(shiftIds).size) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.shiftIds', why: 'not-allowed' }] });
  }
  const slotIds = shiftIds && meant.map(({ slotId }) => slotId);
  const answer = await writeNote(deps, {
    eventId: event.eventId,
    ...(slotIds && { slotIds }),
    to,
    note,
    by: actor.personId,
    idempotency,
    audit: {
      Put: auditItem({
        by: actor.personId,
        action: 'event-note-sent',
        scope: event.eventId,
        zone: event.zone,
        at: nowOf(deps),
        id: deps.newId(),
      }),
    },
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  return { people: (await addressedBy(deps.store, event, answer.note)).length };
};
