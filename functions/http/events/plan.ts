import type * as z from 'zod';
import type { events } from '../../../shared/contract/events.ts';
import { type PlannedShift, planShifts } from '../../../shared/domain/events.ts';
import { fitsOneTransaction } from '../../../shared/store/events.ts';
import { ProblemError } from '../../runtime/problem.ts';

type EventInput = z.output<(typeof events)['routes']['POST /api/events']['body']>;

/** The shifts of an input as instants; throws `event-incomplete` with every field that is wrong. */
export function planned(input: Pick<EventInput, 'zone' | 'shifts'>): readonly PlannedShift[] {
  const plan = planShifts(input.zone, input.shifts);
  if (!plan.ok) throw new ProblemError('event-incomplete', { fields: plan.faults });
  if (!fitsOneTransaction(plan.shifts)) {
    throw new ProblemError('event-incomplete', { fields: [{ path: 'shifts', why: 'too-many-places' }] });
  }
  return plan.shifts;
}
