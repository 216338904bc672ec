import { dateOf } from '../../../shared/domain/events.ts';
import { type Repeat, repeatDates } from '../../../shared/domain/repeats.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** The dates on which an event would take place again; throws `event-incomplete` with what is wrong of the rule. */
export function repeated(event: EventItem, repeat: Repeat): readonly LocalDate[] {
  const found = repeatDates(dateOf(event), repeat);
  if (!found.ok) throw new ProblemError('event-incomplete', { fields: found.faults });
  return found.dates;
}
