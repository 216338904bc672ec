import type * as z from 'zod';
import type { events } from '../../../shared/contract/events.ts';
import { planEvent } from '../../../shared/domain/events.ts';
import { type EventPlan, fitsOneTransaction } from '../../../shared/store/events.ts';
import { ProblemError } from '../../runtime/problem.ts';

type EventInput = Omit<z.output<(typeof events)['routes']['POST /api/events']['body']>, 'organisationId'>;

/** What an input comes to; throws `event-incomplete` with every field that is wrong. */
export function planned(input: EventInput): EventPlan {
  const plan = planEvent(input.zone, input.shifts, input);
  if (!plan.ok) throw new ProblemError('event-incomplete', { fields: plan.faults });
  if (!fitsOneTransaction(plan.shifts)) {
    throw new ProblemError('event-incomplete', { fields: [{ path: 'shifts', why: 'too-many-places' }] });
  }
  return { text: input, shifts: plan.shifts, signUp: plan.signUp };
}
