import type { TeamItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { createTeams } from '../teams.ts';
import { endSeats } from '../transactions/team.ts';
import { type EraseStep, untilWritten } from './step.ts';

/** What is kept for those whom the person named goes back to everybody, and their names with the team. */
export const leaveTeams: EraseStep = async (deps, { personId }) => {
  for (const { eventId, teamId } of await createTeams(deps.store).ledBy(personId)) {
    const team = await createTeams(deps.store).get(eventId, teamId);
    if (team) await endSeats(deps, team, 'withdraw');
    await untilWritten(deps, async (store) => {
      const Key = keys.team(eventId, teamId);
      return (await store.get<TeamItem>(Key, { consistent: true })) ? [{ Delete: { Key } }] : [];
    });
  }
};
