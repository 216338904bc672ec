import type { events } from '../../../shared/contract/events.ts';
import { wasAccepted } from '../../../shared/store/accepted.ts';
import { type ChangeAnswer, changeEvent, newChange } from '../../../shared/store/event-changes.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { type FieldError, ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import { targetsOf } from './changing.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent } from './own.ts';
import { touchedBy } from './touched.ts';

type Routes = (typeof events)['routes'];

/**
 * The event itself is changed here; its people, and the events that follow, by what follows the table's stream. Nothing is
 * begun where one of them could not be changed.
 */
export const changePublished: RouteHandler<Routes['POST /api/events/{eventId}/changes'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const before = await ownEvent(deps, actor, params.eventId);
  // A repeat of one that was done finds another version, and is answered as the first was.
  const known = wasAccepted(before.accepted, idempotency);
  if (known) return await answered(deps, known === 'same' ? { kind: 'done', event: before } : { kind: 'key-reused' });
  const { input, targets } = await targetsOf(deps, actor, params.eventId, body);
  const [first, ...others] = targets;
  if (!first?.plan) throw new ProblemError('wrong-state');
  for (const target of others) {
    const { below } = await touchedBy(deps, target);
    const isUnderWay = (target.event.changing?.from.length ?? 0) > 0;
    const wrong = target.faults.length > 0 || below.length > 0 || isUnderWay;
    if (wrong)
      throw new ProblemError('event-incomplete', { fields: [{ path: `dates.${target.date}`, why: 'not-allowed' }] });
  }
  const at = nowOf(deps);
  const answer = await changeEvent(deps, params.eventId, {
    plan: first.plan,
    version: body.version,
    idempotency,
    also: [
      newChange({
        changeId: idempotency.key,
        input,
        targets: targets.map(({ event, date }) => ({ eventId: event.eventId, date })),
        by: actor.personId,
        at,
      }),
    ],
  });
  return await answered(
    deps,
    changed(
      answer,
      first.plan.shifts.map(({ shiftId }) => shiftId),
    ),
  );
};

/** What an event's own answers do not have. */
function changed(answer: ChangeAnswer, shiftIds: readonly string[]) {
  if (answer.kind === 'below-taken') {
    const fields = answer.shifts.map(({ shiftId, taken }): FieldError => {
      return { path: `shifts.${shiftIds.indexOf(shiftId)}.places`, why: 'below-taken', params: { taken } };
    });
    throw new ProblemError('event-incomplete', { fields });
  }
  if (answer.kind === 'too-many') {
    throw new ProblemError('event-incomplete', { fields: [{ path: 'shifts', why: 'too-many-places' }] });
  }
  return answer;
}
