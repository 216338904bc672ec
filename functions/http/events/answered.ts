import type { EventAnswer } from '../../../shared/store/events.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { eventView } from './views.ts';

/** The event after a change, or the problem that kept it from being changed. */
export async function answered(deps: EventsDeps, answer: EventAnswer) {
  switch (answer.kind) {
    case 'done': {
      const room = await deps.events.room([answer.event]);
      return eventView({ event: answer.event, room });
    }
    case 'wrong-state':
      throw new ProblemError('wrong-state');
    case 'under-way':
      throw new ProblemError('under-way');
    case 'changed':
      throw new ProblemError('changed-meanwhile');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
}
