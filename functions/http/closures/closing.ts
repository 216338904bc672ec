import type { Closing } from '../../../shared/domain/closures.ts';
import { addSpan, daysBetween } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { Instant, Procedure } from '../../../shared/domain/vocabulary.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** As long as one closure may be, and as far ahead as it may begin. */
const MOST_DAYS = 31;
const MOST_AHEAD = 366;

type Asked = {
  readonly from: string;
  readonly to: string;
  readonly procedure?: Procedure | undefined;
  readonly fromTime?: string | undefined;
  readonly toTime?: string | undefined;
  readonly places: number;
};

/** What is asked for, once it is known to make sense at the site as of now. */
export function closingOf(asked: Asked, site: SiteItem, now: Instant): Closing {
  const { from, to, procedure, fromTime, toTime, places } = asked;
  const today = localDateOf(now, site.zone);
  const refuse = (path: string, why: 'too-early' | 'too-late' | 'not-allowed'): never => {
    throw new ProblemError('invalid-input', { fields: [{ path, why }] });
  };
  if (from < today) refuse('from', 'too-early');
  if (from > addSpan(today, { value: MOST_AHEAD, unit: 'day' })) refuse('from', 'too-late');
  if (to < from) refuse('to', 'too-early');
  if (daysBetween(from, to) >= MOST_DAYS) refuse('to', 'too-late');
  if ((fromTime ?? '00:00') >= (toTime ?? '24:00')) refuse('toTime', 'too-early');
  if (procedure && !site.procedures.includes(procedure)) refuse('procedure', 'not-allowed');
  return {
    from,
    to,
    ...(procedure && { procedure }),
    ...(fromTime && { fromTime }),
    ...(toTime && { toTime }),
    places,
  };
}
