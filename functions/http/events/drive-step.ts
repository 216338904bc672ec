import { moveDrive } from '../../../shared/store/drives.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Actor } from '../../runtime/actor.ts';
import { driveAudit } from '../../runtime/drive-audit.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import type { EventsDeps } from './deps.ts';

type Input = Omit<Parameters<typeof moveDrive>[1], 'audit'>;

/** What an organiser does about the site that their event is tied to. */
export async function driveStep(deps: EventsDeps, actor: Actor, input: Input) {
  const audit = driveAudit({ by: actor.personId, step: input.step, at: nowOf(deps), id: deps.newId() });
  const answer = await moveDrive(deps, { ...input, audit });
  if (answer.kind === 'taken') throw new ProblemError('drive-taken');
  return await answered(deps, answer);
}
