import * as z from 'zod';
import { MOST_TEAM } from '../domain/teams.ts';
import { TEAM_SEAT_STATUSES } from '../domain/vocabulary.ts';
import { BookingId, EventId, Instant, Line, Localized, SlotId, Zone } from './common.ts';
import { area } from './define.ts';

const TeamId = z.string().regex(/^t[a-z0-9]{1,40}$/);
const Code = z.string().regex(/^[a-z0-9]{12}$/);
const Name = Line(30);

/** A team as its lead sees it. */
export const Team = z.object({
  teamId: TeamId,
  eventId: EventId,
  slotId: SlotId,
  name: z.string(),
  bookingId: BookingId.meta({ description: 'The lead’s own place' }),
  until: Instant.meta({ description: 'What nobody has accepted by then is everybody’s' }),
  seats: z.array(
    z.object({
      n: z.number().int(),
      name: z.string(),
      status: z.enum(TEAM_SEAT_STATUSES),
      left: z.boolean().optional().meta({ description: 'They accepted, and gave the place up later' }),
      code: z.string().optional().meta({ description: 'Opens the place for whoever has it, while it is kept' }),
    }),
  ),
});

/** A place in a team as whoever was sent its link sees it. */
export const TeamPlace = z.object({
  team: z.string(),
  name: z.string().meta({ description: 'As the lead wrote it' }),
  status: z.enum(TEAM_SEAT_STATUSES),
  until: Instant,
  slotId: SlotId,
  role: Localized,
  title: Localized,
  address: Localized,
  startsAt: Instant,
  endsAt: Instant,
  zone: Zone,
});

const ofTeam = z.strictObject({ eventId: EventId, teamId: TeamId });
const ofSeat = ofTeam.extend({ n: z.string().regex(/^(0|1?[0-9])$/) });

export const teams = area('teams', {
  'GET /api/events/{eventId}/teams': {
    roles: ['person'],
    summary: 'The teams that I lead in an event, and who has accepted',
    params: z.strictObject({ eventId: EventId }),
    status: 200,
    output: z.object({ items: z.array(Team) }),
  },
  'POST /api/events/{eventId}/teams': {
    roles: ['person'],
    summary:
      'Sign a team up for a shift: I have a place, and one is kept for each whom I name until they accept; all of them or none',
    params: z.strictObject({ eventId: EventId }),
    body: z.strictObject({
      slotId: SlotId,
      name: Name,
      members: z
        .array(Name)
        .min(1)
        .max(MOST_TEAM - 1),
    }),
    status: 201,
    output: Team,
  },
  'GET /api/events/{eventId}/teams/{teamId}/place': {
    roles: ['public'],
    summary: 'The place in a team that a link leads to; its code is the permission',
    params: ofTeam,
    query: z.strictObject({ code: Code }),
    status: 200,
    output: TeamPlace,
  },
  'POST /api/events/{eventId}/teams/{teamId}/accept': {
    roles: ['person'],
    summary: 'Take the place in a team that is kept for me, under the rules that hold for anybody',
    params: ofTeam,
    body: z.strictObject({ code: Code }),
    status: 201,
    output: z.object({ bookingId: BookingId }),
  },
  'POST /api/events/{eventId}/teams/{teamId}/decline': {
    roles: ['person'],
    summary: 'Say no to a place in a team: it goes back to everybody',
    params: ofTeam,
    body: z.strictObject({ code: Code }),
    status: 200,
    output: TeamPlace,
  },
  'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/rename': {
    roles: ['person'],
    summary: 'Keep a place of my team for somebody else: the link that was sent before opens nothing any more',
    params: ofSeat,
    body: z.strictObject({ name: Name }),
    status: 200,
    output: Team,
  },
  'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/withdraw': {
    roles: ['person'],
    summary: 'Keep a place of my team no longer',
    params: ofSeat,
    body: z.strictObject({}),
    status: 200,
    output: Team,
  },
});
