import type * as z from 'zod';
import type { Team, TeamPlace } from '../../../shared/contract/teams.ts';
import { isAsked } from '../../../shared/domain/teams.ts';
import type { TeamSeatStatus } from '../../../shared/domain/vocabulary.ts';
import type { BookingItem, SlotItem, TeamItem, TeamSeat } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { TeamsDeps } from './deps.ts';

/** One whose time is over is told as over also before the minute's clock has given it back. */
const standing = (deps: TeamsDeps, team: TeamItem, seat: TeamSeat): TeamSeatStatus =>
  isAsked(seat) && team.until <= nowOf(deps) ? 'lapsed' : seat.status;

/** Teams as their lead sees them. */
export async function teamViews(deps: TeamsDeps, teams: readonly TeamItem[]): Promise<z.input<typeof Team>[]> {
  const ids = teams.flatMap(({ seats }) => seats.flatMap(({ bookingId }) => bookingId ?? []));
  const bookings = (await deps.store.batchGet(ids.map(keys.booking))) as (BookingItem | undefined)[];
  const left = new Set(bookings.flatMap((it) => (it?.status === 'cancelled' ? it.bookingId : [])));
  return teams.map((team) => ({
    ...team,
    seats: team.seats.map((seat) => {
      const status = standing(deps, team, seat);
      return {
        n: seat.n,
        name: seat.name,
        status,
        ...(seat.bookingId && left.has(seat.bookingId) && { left: true }),
        ...(status === 'asked' && { code: seat.code }),
      };
    }),
  }));
}

export async function teamView(deps: TeamsDeps, team: TeamItem): Promise<z.input<typeof Team>> {
  const [view] = await teamViews(deps, [team]);
  if (!view) throw new TypeError('a team without a view');
  return view;
}

/** What a link to a place says: the shift, the team, and the name that its lead wrote. */
export async function placeView(deps: TeamsDeps, team: TeamItem, code: string): Promise<z.input<typeof TeamPlace>> {
  const seat = team.seats.find((each) => each.code === code);
  const [slot] = (await deps.store.batchGet([keys.slot(team.slotId)])) as [SlotItem | undefined];
  if (!seat || !slot) throw new ProblemError('not-found');
  return {
    team: team.name,
    name: seat.name,
    status: standing(deps, team, seat),
    until: team.until,
    slotId: team.slotId,
    role: slot.role ?? { zh: '', en: '' },
    title: slot.place,
    address: slot.address,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    zone: slot.zone,
  };
}
