import type { TeamItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { TeamsDeps } from './deps.ts';

/** A team that the caller leads. Another's is answered like one that does not exist. */
export async function ownTeam(
  deps: TeamsDeps,
  { personId }: Actor,
  of: { eventId: string; teamId: string },
): Promise<TeamItem> {
  const team = await deps.teams.get(of.eventId, of.teamId);
  if (team?.leadId !== personId) throw new ProblemError('not-found');
  return team;
}
