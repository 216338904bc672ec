import { decide } from '../../domain/decide.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { isAsked, poolsFor, TEAM_TRANSITIONS, type TeamStep, teamUntil } from '../../domain/teams.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { newBooking } from '../bookings.ts';
import type { BookingItem, LockItem, SlotItem, TeamItem, TeamSeat } from '../items/index.ts';
import { bookingId, indexes, keys, parseSlotId } from '../keys.ts';
import { commitmentOf, keptCommitments, type Lock, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createSlots, poolOpen, slotFacts, takePlaces } from '../slots.ts';
import { createTeams, teamWrite, withSeat } from '../teams.ts';
import { suffixOf } from './book.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { CLOSED } from './place.ts';
import { returnPlaces } from './return-places.ts';

const OPEN: Refusal = { code: 'team-open' };
const TOO_LATE: Refusal = { code: 'team-too-late' };
const OVER: Refusal = { code: 'team-place-over' };
const absent = 'attribute_not_exists(pk)';

export type TeamAnswer =
  | { readonly kind: 'done'; readonly team: TeamItem }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[]; readonly slot?: SlotItem; readonly lock?: Lock }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/**
 * Signs a team up for a shift: its lead has a place, and as many are kept as others are named, all of them or none, in one
 * transaction. Each of the others accepts by themselves; what is not taken in time goes back to everybody. Of one lead there is
 * one team of an event at a time that is not complete: every team rests on its lead's lock.
 */
export async function signUpTeam(
  deps: EngineDeps,
  input: {
    leadId: string;
    slotId: string;
    name: string;
    members: readonly string[];
    newCode: () => string;
    idempotency: Idempotency;
  },
): Promise<TeamAnswer> {
  const { leadId } = input;
  const suffix = suffixOf(input.idempotency);
  const teamId = `t${suffix}`;
  const own = bookingId(leadId, suffix);
  const eventId = parseSlotId(input.slotId)?.containerId ?? '';
  const teams = createTeams(deps.store);
  return await withRetries<TeamAnswer>(async () => {
    const made = await teams.get(eventId, teamId);
    if (made) {
      return wasAccepted(made.accepted, input.idempotency) === 'same'
        ? { kind: 'done', team: made }
        : { kind: 'key-reused' };
    }
    // The lock first: a team that is made from then on moves it, and one that was made before is among the others.
    const lockItem = await deps.store.get<LockItem>(keys.lock(leadId), { consistent: true });
    const [whole, others] = await Promise.all([createSlots(deps.store).whole(input.slotId), teams.ofEvent(eventId)]);
    if (!whole || !lockItem) return { kind: 'not-found' };
    const { slot, pools } = whole;
    const lock = unpackLock(lockItem);
    const now = nowOf(deps);
    const refused = (reason: Refusal) => ({ kind: 'refused', reasons: [reason], slot, lock }) as const;
    if (slot.status !== 'open') return refused(CLOSED);
    const decision = decide(lock, slotFacts(slot), undefined, now);
    if (!decision.ok) return { kind: 'refused', reasons: decision.reasons, slot, lock };
    if (others.some((team) => team.leadId === leadId && team.seats.some(isAsked) && team.until > now)) {
      return refused(OPEN);
    }
    const until = teamUntil(now, slot);
    if (!until) return refused(TOO_LATE);
    const from = poolsFor(pools, input.members.length + 1);
    const [mine, ...kept] = from ?? [];
    if (!from || mine === undefined) {
      const free = pools.reduce((sum, pool) => sum + (pool.open ? pool.free : 0), 0);
      return refused({ code: 'team-full', params: { free } });
    }
    const team: TeamItem = {
      kind: 'team',
      teamId,
      eventId,
      slotId: slot.slotId,
      name: input.name,
      leadId,
      bookingId: own,
      seats: input.members.map((name, n): TeamSeat => {
        return { n, name, code: input.newCode(), pool: kept[n] ?? 0, status: 'asked' };
      }),
      startsAt: slot.startsAt,
      endsAt: slot.endsAt,
      date: slot.date,
      zone: slot.zone,
      until,
      createdAt: now,
      accepted: accept([], input.idempotency),
      version: 1,
      gsi2pk: indexes.ledTeams(leadId),
      gsi2sk: indexes.ledTeamsSort(slot.startsAt, teamId),
    };
    const booking = placeIn(team, slot, { id: own, personId: leadId, pool: mine, now, idempotency: input.idempotency });
    const result = await deps.store.transact([
      teamWrite(team, undefined),
      ...[...new Set(from)].map((k) => takePlaces(slot.slotId, k, from.filter((it) => it === k).length)),
      lockWrite(lock, { commitments: [...keptCommitments(lock, now), commitmentOf(own, slot)] }),
      { Put: { Item: { ...keys.booking(own), ...booking }, ConditionExpression: absent } },
    ]);
    return result.ok ? { kind: 'done', team } : AGAIN;
  }, deps);
}

const placeIn = (
  { teamId, name }: TeamItem,
  slot: SlotItem,
  its: { id: string; personId: string; pool: number; now: string; idempotency: Idempotency },
): BookingItem =>
  newBooking({
    bookingId: its.id,
    personId: its.personId,
    slot,
    pool: its.pool,
    firstTime: false,
    now: its.now,
    idempotency: its.idempotency,
    team: { id: teamId, name },
  });

export type SeatAnswer =
  | Exclude<TeamAnswer, { kind: 'done' }>
  | { readonly kind: 'booked'; readonly team: TeamItem; readonly booking: BookingItem };

/**
 * Takes the place that a team lead keeps for whoever has its code: their lock, the booking and the team in one transaction. The
 * pool's count stays as it is. Whether they may is decided as for anybody; of two with one code one has it.
 */
export async function acceptSeat(
  deps: EngineDeps,
  input: { eventId: string; teamId: string; code: string; personId: string; idempotency: Idempotency },
): Promise<SeatAnswer> {
  const { personId } = input;
  const id = bookingId(personId, suffixOf(input.idempotency));
  return await withRetries<SeatAnswer>(async () => {
    const team = await createTeams(deps.store).get(input.eventId, input.teamId);
    const seat = team?.seats.find(({ code }) => code === input.code);
    if (!team || !seat) return { kind: 'not-found' };
    const [own, slot, lockItem] = (await deps.store.batchGet(
      [keys.booking(id), keys.slot(team.slotId), keys.lock(personId)],
      { consistent: true },
    )) as [BookingItem | undefined, SlotItem | undefined, LockItem | undefined];
    if (own) {
      return wasAccepted(own.accepted, input.idempotency) === 'same'
        ? { kind: 'booked', team, booking: own }
        : { kind: 'key-reused' };
    }
    const now = nowOf(deps);
    if (!isAsked(seat) || team.until <= now) return { kind: 'refused', reasons: [OVER] };
    if (!slot || !lockItem) return { kind: 'not-found' };
    const lock = unpackLock(lockItem);
    if (slot.status !== 'open') return { kind: 'refused', reasons: [CLOSED], slot, lock };
    const decision = decide(lock, slotFacts(slot), undefined, now);
    if (!decision.ok) return { kind: 'refused', reasons: decision.reasons, slot, lock };
    const booking = placeIn(team, slot, { id, personId, pool: seat.pool, now, idempotency: input.idempotency });
    const after = withSeat(team, seat.n, { status: TEAM_TRANSITIONS.accept.to, bookingId: id });
    const result = await deps.store.transact([
      teamWrite(after, team),
      lockWrite(lock, { commitments: [...keptCommitments(lock, now), commitmentOf(id, slot)] }),
      { Put: { Item: { ...keys.booking(id), ...booking }, ConditionExpression: absent } },
      poolOpen(slot.slotId, seat.pool),
    ]);
    return result.ok ? { kind: 'booked', team: after, booking } : AGAIN;
  }, deps);
}

/** Whoever has a seat's code says no: the place is everybody's, or the first's who waits. */
export async function declineSeat(
  deps: EngineDeps,
  input: { eventId: string; teamId: string; code: string; idempotency: Idempotency },
): Promise<TeamAnswer> {
  return await leaveSeat(deps, { ...input, step: 'decline', of: ({ code }) => code === input.code });
}

/** The lead takes a place back that nobody has accepted. */
export async function withdrawSeat(
  deps: EngineDeps,
  input: { eventId: string; teamId: string; n: number; idempotency: Idempotency },
): Promise<TeamAnswer> {
  return await leaveSeat(deps, { ...input, step: 'withdraw', of: ({ n }) => n === input.n });
}

async function leaveSeat(
  deps: EngineDeps,
  input: {
    eventId: string;
    teamId: string;
    step: Exclude<TeamStep, 'accept'>;
    of: (seat: TeamSeat) => boolean;
    idempotency?: Idempotency;
  },
): Promise<TeamAnswer> {
  return await withRetries<TeamAnswer>(async () => {
    const team = await createTeams(deps.store).get(input.eventId, input.teamId);
    const seat = team?.seats.find(input.of);
    if (!team || !seat) return { kind: 'not-found' };
    const known = input.idempotency && wasAccepted(team.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', team } : { kind: 'key-reused' };
    const { to } = TEAM_TRANSITIONS[input.step];
    if (seat.status === to) return { kind: 'done', team };
    if (!isAsked(seat)) return { kind: 'refused', reasons: [OVER] };
    const changed = withSeat(team, seat.n, { status: to });
    const after = input.idempotency ? { ...changed, accepted: accept(team.accepted, input.idempotency) } : changed;
    const place = { ...team, personId: team.teamId, containerId: team.eventId, pool: seat.pool };
    const result = await deps.store.transact([teamWrite(after, team), ...(await returnPlaces(deps, [place]))]);
    return result.ok ? { kind: 'done', team: after } : AGAIN;
  }, deps);
}

/** Puts another name to a place that nobody has accepted: what was sent before opens nothing any more. */
export async function renameSeat(
  deps: EngineDeps,
  input: { eventId: string; teamId: string; n: number; name: string; code: string; idempotency: Idempotency },
): Promise<TeamAnswer> {
  return await withRetries<TeamAnswer>(async () => {
    const team = await createTeams(deps.store).get(input.eventId, input.teamId);
    const seat = team?.seats.find(({ n }) => n === input.n);
    if (!team || !seat) return { kind: 'not-found' };
    const known = wasAccepted(team.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', team } : { kind: 'key-reused' };
    if (!isAsked(seat) || team.until <= nowOf(deps)) return { kind: 'refused', reasons: [OVER] };
    const { name, code } = input;
    const after = { ...withSeat(team, seat.n, { name, code }), accepted: accept(team.accepted, input.idempotency) };
    const result = await deps.store.transact([teamWrite(after, team)]);
    return result.ok ? { kind: 'done', team: after } : AGAIN;
  }, deps);
}

/** Gives back what is kept of every team whose time is over, a place at a time: it may be stopped anywhere, and run by two at once. */
export async function lapseTeams(deps: EngineDeps): Promise<void> {
  const failures: unknown[] = [];
  for (const team of await createTeams(deps.store).due(nowOf(deps))) {
    await endSeats(deps, team, 'lapse').catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some places of teams could not be given back');
}

/** Every place of a team that is still kept goes back. */
export async function endSeats(
  deps: EngineDeps,
  { eventId, teamId, seats }: TeamItem,
  step: 'withdraw' | 'lapse' | 'move',
): Promise<void> {
  for (const seat of seats.filter(isAsked)) {
    await leaveSeat(deps, { eventId, teamId, step, of: ({ n }) => n === seat.n });
  }
}
