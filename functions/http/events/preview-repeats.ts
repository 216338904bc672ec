import type { events } from '../../../shared/contract/events.ts';
import { occurrence } from '../../../shared/store/series.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { fieldSentence } from '../../runtime/sentences.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent } from './own.ts';
import { repeated } from './repeated.ts';

type Routes = (typeof events)['routes'];

export const previewRepeats: RouteHandler<Routes['GET /api/events/{eventId}/repeats'], EventsDeps> = async (
  { actor, params, query, language },
  deps,
) => {
  const event = await ownEvent(deps, actor, params.eventId);
  const items = repeated(event, query).map((date) => {
    const plan = occurrence(event, date);
    if ('faults' in plan) {
      const [fault] = plan.faults;
      return { date, ...(fault && { fault: fieldSentence(fault, language) }) };
    }
    const starts = plan.shifts.map(({ startsAt }) => startsAt).sort();
    const ends = plan.shifts.map(({ endsAt }) => endsAt).sort();
    return { date, startsAt: starts[0], endsAt: ends.at(-1) };
  });
  return { items };
};
