import { isAsked } from '../domain/teams.ts';
import type { Instant } from '../domain/vocabulary.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { TeamItem, TeamSeat } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';
import { forgetAfter } from './ttl.ts';

/** How long after its shift a team, and the names in it, are kept. */
const KEEP_DAYS = 7;

/** A team in place of what was read; in the index of those that end by themselves while somebody is asked. */
export function teamWrite(after: TeamItem, before: TeamItem | undefined): DraftItem {
  const { gsi1pk: _pk, gsi1sk: _sk, ...kept } = after;
  const due = after.seats.some(isAsked) && {
    gsi1pk: indexes.teamDue(),
    gsi1sk: indexes.teamDueSort(after.until, after.teamId),
  };
  return {
    Put: {
      Item: { ...kept, ...due, ...keys.team(after.eventId, after.teamId), ...forgetAfter(after.endsAt, KEEP_DAYS) },
      ...asRead(before),
    },
  };
}

/** The same with one seat changed. */
export const withSeat = (team: TeamItem, n: number, change: Partial<TeamSeat>): TeamItem => ({
  ...team,
  seats: team.seats.map((seat) => (seat.n === n ? { ...seat, ...change } : seat)),
  version: team.version + 1,
});

export function createTeams(store: Store) {
  return {
    async get(eventId: string, teamId: string): Promise<TeamItem | undefined> {
      return await store.get<TeamItem>(keys.team(eventId, teamId), { consistent: true });
    },
    async ofEvent(eventId: string): Promise<TeamItem[]> {
      return await queryAll<TeamItem>(store, { pk: partitions.teams(eventId), consistent: true });
    },
    /** Those somebody leads, as of a moment ago. */
    async ledBy(personId: string): Promise<TeamItem[]> {
      return await queryAll<TeamItem>(store, { pk: indexes.ledTeams(personId), index: 'gsi2' });
    },
    /** Those whose time is over while somebody is still asked. */
    async due(now: Instant): Promise<TeamItem[]> {
      const page = { pk: indexes.teamDue(), index: 'gsi1', skBetween: ['0', `${now}~`] } as const;
      return (await store.query<TeamItem>(page)).items;
    },
  };
}
