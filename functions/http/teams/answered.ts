import type { SeatAnswer, TeamAnswer } from '../../../shared/store/transactions/team.ts';
import { ProblemError } from '../../runtime/problem.ts';

type Refused = Exclude<TeamAnswer | SeatAnswer, { kind: 'done' | 'booked' }>;

/** The problem that says why not. */
export function refusedWith(answer: Refused): never {
  switch (answer.kind) {
    case 'refused':
      throw new ProblemError('refused', { reasons: answer.reasons });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'not-found':
      throw new ProblemError('not-found');
  }
}
