import type { events } from '../../../shared/contract/events.ts';
import { publishFaults } from '../../../shared/domain/events.ts';
import { beginSeries, occurrence } from '../../../shared/store/series.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent } from './own.ts';
import { repeated } from './repeated.ts';
import { seriesView } from './series-view.ts';

type Routes = (typeof events)['routes'];

/** Every date is looked at before one is made: where clocks jump over its hour, or its notice is not complete, none is. */
export const repeatEvent: RouteHandler<Routes['POST /api/events/{eventId}/repeats'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await ownEvent(deps, actor, params.eventId);
  const dates = repeated(event, body);
  const fields = dates.flatMap((date) => {
    const plan = occurrence(event, date);
    if ('faults' in plan) return plan.faults.map(({ why }) => ({ path: `except.${date}`, why }));
    if (!body.publish) return [];
    const { conditions, howToApply, risks, support } = event;
    const notice = {
      ...(conditions && { conditions }),
      ...(howToApply && { howToApply }),
      ...(risks && { risks }),
      ...(support && { support }),
    };
    return publishFaults({ ...notice, ...plan.signUp, shifts: plan.shifts }, nowOf(deps)).map(({ path, why }) =>
      path.startsWith('shifts') || path === 'closesAtLocal' ? { path: `except.${date}`, why } : { path, why },
    );
  });
  if (fields.length > 0) {
    const once = new Map(fields.map((field) => [field.path, field]));
    throw new ProblemError('event-incomplete', { fields: [...once.values()] });
  }
  const { every, publish, version } = body;
  const answer = await beginSeries(deps, {
    eventId: event.eventId,
    version,
    every,
    dates,
    publish,
    by: actor.personId,
    idempotency,
  });
  switch (answer.kind) {
    case 'done':
      return await seriesView(deps, answer.series);
    case 'wrong-state':
      throw new ProblemError('wrong-state');
    case 'changed':
      throw new ProblemError('changed-meanwhile');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
};
