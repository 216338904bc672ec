import type { events } from '../../../shared/contract/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { fieldSentence } from '../../runtime/sentences.ts';
import { targetsOf } from './changing.ts';
import type { EventsDeps } from './deps.ts';
import { touchedBy } from './touched.ts';

type Routes = (typeof events)['routes'];

/** Counts alone. It is a POST because what it is asked about does not fit an address; it writes nothing. */
export const previewChange: RouteHandler<Routes['POST /api/events/{eventId}/change-previews'], EventsDeps> = async (
  { actor, params, body, language },
  deps,
) => {
  const { targets } = await targetsOf(deps, actor, params.eventId, body);
  const sum = { moved: 0, lose: 0, told: 0, stay: 0, waiting: 0 };
  const faults: { date: string; path: string; message: string }[] = [];
  for (const target of targets) {
    const { below, ...counts } = await touchedBy(deps, target);
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += counts[name];
    const fields = [
      ...target.faults,
      ...below.map(({ index, taken }) => ({
        path: `shifts.${index}.places`,
        why: 'below-taken' as const,
        params: { taken },
      })),
    ];
    for (const field of fields) {
      faults.push({ date: target.date, path: field.path, message: fieldSentence(field, language) });
    }
  }
  return { events: targets.length, ...sum, faults };
};
