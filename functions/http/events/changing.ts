import type * as z from 'zod';
import type { events } from '../../../shared/contract/events.ts';
import { changeFaults, dateOf, type EventFault, onDate, planEvent } from '../../../shared/domain/events.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { EventPlan } from '../../../shared/store/events.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Actor } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { followersOf } from './followers.ts';
import { ownEvent } from './own.ts';
import { planned } from './plan.ts';

type Change = z.output<(typeof events)['routes']['POST /api/events/{eventId}/changes']['body']>;

/** An event that a change is about, on its date, with what it would come to or why it cannot. */
export type Target = {
  readonly event: EventItem;
  readonly date: LocalDate;
  readonly plan: EventPlan | undefined;
  readonly faults: readonly EventFault[];
};

/** The events that a change is about, this one first: throws what is wrong with the change itself. */
export async function targetsOf(
  deps: EventsDeps,
  actor: Actor,
  eventId: string,
  { scope, version, ...input }: Change,
): Promise<{ readonly input: typeof input; readonly targets: readonly Target[] }> {
  const event = await ownEvent(deps, actor, eventId);
  if (event.status !== 'published') throw new ProblemError('wrong-state');
  if (event.version !== version) throw new ProblemError('changed-meanwhile');
  // Where its times are read by other clocks, every one of them means another instant: that is another event.
  if (input.zone !== event.zone) {
    throw new ProblemError('event-incomplete', { fields: [{ path: 'zone', why: 'not-allowed' }] });
  }
  const plan = planned(input);
  const now = nowOf(deps);
  const fields = changeFaults(event, input, plan, now);
  if (fields.length > 0) throw new ProblemError('event-incomplete', { fields });
  // Its date as it was: a change to another day moves those that follow by as many days.
  const from = dateOf(event);
  const others = scope === 'following' ? await followersOf(deps, event) : [];
  return {
    input,
    targets: [
      { event, date: from, plan, faults: [] },
      ...others.map((other): Target => {
        const date = dateOf(other);
        const moved = onDate(input, from, date);
        const its = planEvent(input.zone, moved.shifts, { ...moved, mostShifts: input.mostShifts });
        if (!its.ok) return { event: other, date, plan: undefined, faults: its.faults };
        const otherPlan = { text: input, shifts: its.shifts, signUp: its.signUp };
        const faults = other.status === 'published' ? changeFaults(other, input, otherPlan, now) : [];
        return { event: other, date, plan: otherPlan, faults };
      }),
    ],
  };
}
