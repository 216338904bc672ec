import { createHash, createHmac } from 'node:crypto';
import { type AtStation, joinUntil, MOST_WRONG_PINS, openUntil, stationFault } from '../domain/station.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem } from './client.ts';
import { deriveKey, openSealed, sealText } from './envelope.ts';
import { queryAll } from './every.ts';
import type { FactorSessionItem, SeatItem, StationItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { AGAIN, withRetries } from './retry.ts';
import { isSame } from './same.ts';
import { type EngineDeps, nowOf } from './transactions/deps.ts';
import { forgetAfter } from './ttl.ts';

type Deps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;

/** Of seats that end with their station in one transaction, which takes a hundred writes. */
const SEATS_AT_ONCE = 40;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

export type SeatAnswer =
  | { readonly kind: 'done'; readonly seatKey: string; readonly until: string }
  /** No seat of theirs any more: they sign in with both factors. */
  | { readonly kind: 'seat-over' | 'pin-wrong' | 'wrong-state' | 'not-found' | 'key-reused' };

/**
 * Browsers that several people use in turn. Each has signed in with both factors, and unlocks with a PIN since; for one at a time the
 * service is open there. `secret`: of which the keys of PINs and seats are derived.
 */
export function createStations(deps: Deps, secret: () => Promise<string>) {
  const { store } = deps;
  const sealKey = async () => deriveKey(await secret(), 'nuanliu seat wrap');
  const pinDigest = async (stationId: string, personId: string, pin: string): Promise<string> =>
    createHmac('sha256', deriveKey(await secret(), 'nuanliu seat pin'))
      .update(JSON.stringify([stationId, personId, pin]))
      .digest('base64url');
  /** What remembers calls is not where so few digits may be tried out. */
  const blind = async (idempotency: Idempotency): Promise<Idempotency> => ({
    ...idempotency,
    input: createHmac('sha256', await secret())
      .update(idempotency.input)
      .digest('base64url')
      .slice(0, 22),
  });

  /** A station, for whoever has its browser's key. */
  const get = async (stationId: string, key: string): Promise<StationItem | undefined> => {
    const found = await store.get<StationItem>(keys.station(stationId), { consistent: true, table: 'private' });
    return found && isSame(found.key, digest(key)) ? found : undefined;
  };
  const seatOf = async (stationId: string, personId: string): Promise<SeatItem | undefined> =>
    await store.get<SeatItem>(keys.seat(stationId, personId), { consistent: true, table: 'private' });
  const sessionOf = async (personId: string, session: string): Promise<FactorSessionItem | undefined> =>
    await store.get<FactorSessionItem>(keys.factorSession(personId, session), { consistent: true });

  const stationWrite = (before: StationItem, after: Partial<StationItem>): DraftItem => {
    const { open: _, ...rest } = before;
    const item: StationItem = { ...rest, ...after, version: before.version + 1 };
    return { Put: { Item: { ...keys.station(item.stationId), ...item }, table: 'private', ...asRead(before) } };
  };
  const seatWrite = (before: SeatItem | undefined, after: Omit<SeatItem, 'kind' | 'version'>): DraftItem => {
    const item: SeatItem = { kind: 'seat', ...after, version: (before?.version ?? 0) + 1 };
    return {
      Put: {
        Item: { ...keys.seat(item.stationId, item.personId), ...item, ...forgetAfter(item.until, 1) },
        table: 'private',
        ...asRead(before),
      },
    };
  };
  const sessionWrite = ({ personId, session }: { personId: string; session: string }, at: AtStation): DraftItem => ({
    Update: {
      Key: keys.factorSession(personId, session),
      UpdateExpression: 'SET #station = :station',
      // One that was ended stays so.
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#station': 'station' },
      ExpressionAttributeValues: { ':station': at },
    },
  });
  /** What locks a station for whoever it is open for, but for one whom it is about to be open for. */
  const lockWrites = async ({ open, stationId }: StationItem, next?: string): Promise<DraftItem[]> => {
    if (!open || open.personId === next || !(await sessionOf(open.personId, open.session))) return [];
    return [sessionWrite(open, { stationId, openUntil: nowOf(deps) })];
  };

  return {
    get,

    /** Makes a station of a browser, where whoever made it takes a seat as all do; a repeat of the call finds it made. */
    async make(
      station: Omit<StationItem, 'kind' | 'version' | 'accepted' | 'key' | 'madeAt'> & { key: string },
      session: string,
      audit: DraftItem,
    ) {
      const { stationId, madeBy: personId } = station;
      return await withRetries<'done' | 'key-reused'>(async () => {
        const before = await store.get<StationItem>(keys.station(stationId), { consistent: true, table: 'private' });
        if (before) return isSame(before.key, digest(station.key)) ? 'done' : 'key-reused';
        const now = nowOf(deps);
        const here = await sessionOf(personId, session);
        const item: StationItem = {
          kind: 'station',
          ...station,
          key: digest(station.key),
          madeAt: now,
          accepted: [],
          version: 1,
        };
        const put = { Item: { ...keys.station(stationId), ...item }, table: 'private', ...asRead(undefined) } as const;
        const joining = { stationId, openUntil: now, joinUntil: joinUntil(now) };
        const result = await store.transact([
          { Put: put },
          ...(here ? [sessionWrite({ personId, session }, joining)] : []),
          audit,
        ]);
        return result.ok ? 'done' : AGAIN;
      }, deps);
    },

    /** Takes a seat for somebody who has just shown both factors in this browser; the station is open for them. */
    async join(input: {
      stationId: string;
      key: string;
      personId: string;
      session: string;
      seatKey: string;
      pin: string;
      lockMinutes: number;
      audit: DraftItem;
      idempotency: Idempotency;
    }): Promise<SeatAnswer> {
      const { stationId, personId, session } = input;
      const [idempotency, wrap, pin] = [
        await blind(input.idempotency),
        await sealKey(),
        await pinDigest(stationId, personId, input.pin),
      ];
      return await withRetries<SeatAnswer>(async () => {
        const station = await get(stationId, input.key);
        if (!station) return { kind: 'not-found' };
        const before = await seatOf(stationId, personId);
        const known = wasAccepted(before?.accepted ?? [], idempotency);
        if (known === 'other-input') return { kind: 'key-reused' };
        if (known && before) {
          return { kind: 'done', seatKey: openSealed(wrap, before.sealed, personId), until: before.until };
        }
        const now = nowOf(deps);
        const shown = await sessionOf(personId, session);
        if (!shown || shown.until <= now || stationFault(shown.station, now, true)) return { kind: 'wrong-state' };
        const result = await store.transact([
          seatWrite(before, {
            stationId,
            personId,
            session,
            pin,
            sealed: sealText(wrap, input.seatKey, personId),
            until: shown.until,
            wrong: 0,
            accepted: accept([], idempotency),
          }),
          ...(await lockWrites(station, personId)),
          sessionWrite({ personId, session }, { stationId, openUntil: openUntil(now, input.lockMinutes) }),
          stationWrite(station, { open: { personId, session } }),
          input.audit,
        ]);
        return result.ok ? { kind: 'done', seatKey: input.seatKey, until: shown.until } : AGAIN;
      }, deps);
    },

    /** Unlocks for one of those who have a seat, and locks for any other. A wrong PIN is counted in the write that refuses it. */
    async unlock(input: {
      stationId: string;
      key: string;
      personId: string;
      pin: string;
      lockMinutes: (siteId: string) => Promise<number>;
      audit: (station: StationItem, action: string) => DraftItem;
      idempotency: Idempotency;
    }): Promise<SeatAnswer> {
      const { stationId, personId } = input;
      const [idempotency, wrap, pin] = [
        await blind(input.idempotency),
        await sealKey(),
        await pinDigest(stationId, personId, input.pin),
      ];
      return await withRetries<SeatAnswer>(async () => {
        const station = await get(stationId, input.key);
        if (!station) return { kind: 'not-found' };
        const seat = await seatOf(stationId, personId);
        if (!seat) return { kind: 'seat-over' };
        const { kind: _, version: __, ...before } = seat;
        const known = wasAccepted(seat.accepted, idempotency);
        if (known === 'other-input') return { kind: 'key-reused' };
        const now = nowOf(deps);
        const shown = await sessionOf(personId, seat.session);
        if (!shown || shown.until <= now || seat.until <= now) {
          // The role was taken, the second factor reset, or the shift is over.
          return (await store.transact([seatGone(seat)])).ok ? { kind: 'seat-over' } : AGAIN;
        }
        if (!isSame(seat.pin, pin)) {
          // The same press, whose answer was lost: counted when it was refused.
          if (known) return { kind: 'pin-wrong' };
          const wrong = seat.wrong + 1;
          const over = wrong >= MOST_WRONG_PINS;
          const result = await store.transact([
            over ? seatGone(seat) : seatWrite(seat, { ...before, wrong, accepted: accept(seat.accepted, idempotency) }),
            ...(over ? [sessionGone(seat)] : []),
            input.audit(station, over ? 'station-seat-lost' : 'station-pin-wrong'),
          ]);
          return result.ok ? { kind: over ? 'seat-over' : 'pin-wrong' } : AGAIN;
        }
        // The same press, whose answer was lost.
        if (known) return { kind: 'done', seatKey: openSealed(wrap, seat.sealed, personId), until: seat.until };
        const result = await store.transact([
          seatWrite(seat, { ...before, wrong: 0, accepted: accept(seat.accepted, idempotency) }),
          ...(await lockWrites(station, personId)),
          sessionWrite(seat, { stationId, openUntil: openUntil(now, await input.lockMinutes(station.siteId)) }),
          stationWrite(station, { open: { personId, session: seat.session } }),
          input.audit(station, 'station-unlocked'),
        ]);
        return result.ok
          ? { kind: 'done', seatKey: openSealed(wrap, seat.sealed, personId), until: seat.until }
          : AGAIN;
      }, deps);
    },

    /** Somebody is still there: it stays unlocked for them a little longer. Not once it is another's, or locked. */
    async stay(input: { stationId: string; key: string; personId: string; lockMinutes: number }): Promise<boolean> {
      const { stationId, key, personId } = input;
      return await withRetries<boolean>(async () => {
        const station = await get(stationId, key);
        const open = station?.open;
        if (!station || open?.personId !== personId || !(await sessionOf(personId, open.session))) return false;
        const result = await store.transact([
          sessionWrite(open, { stationId, openUntil: openUntil(nowOf(deps), input.lockMinutes) }),
          { ConditionCheck: { Key: keys.station(stationId), table: 'private', ...asRead(station) } },
        ]);
        return result.ok ? true : AGAIN;
      }, deps);
    },

    /** Locks it for whoever it is open for. It is enough to have its browser: locking harms nobody. */
    async lock(stationId: string, key: string): Promise<'done' | 'not-found'> {
      return await withRetries<'done' | 'not-found'>(async () => {
        const station = await get(stationId, key);
        if (!station) return 'not-found';
        if (!station.open) return 'done';
        const result = await store.transact([...(await lockWrites(station)), stationWrite(station, {})]);
        return result.ok ? 'done' : AGAIN;
      }, deps);
    },

    /** Gives a seat up: whoever had it signs in with both factors. */
    async leave(stationId: string, key: string, personId: string, audit: DraftItem): Promise<'done' | 'not-found'> {
      return await withRetries<'done' | 'not-found'>(async () => {
        const station = await get(stationId, key);
        if (!station) return 'not-found';
        const seat = await seatOf(stationId, personId);
        if (!seat) return 'done';
        const result = await store.transact([
          seatGone(seat),
          sessionGone(seat),
          ...(station.open?.personId === personId ? [stationWrite(station, {})] : []),
          audit,
        ]);
        return result.ok ? 'done' : AGAIN;
      }, deps);
    },

    /** It is nobody's to share any more: nobody has a seat at it, and whoever had one shows their second factor before they work in its browser. */
    async end(stationId: string, key: string, audit: DraftItem): Promise<'done' | 'not-found'> {
      return await withRetries<'done' | 'not-found'>(async () => {
        const station = await get(stationId, key);
        if (!station) return 'not-found';
        // Those who sat here on other days are of as many as the table has not yet forgotten; whoever takes a seat meanwhile changes the station.
        const seats = await queryAll<SeatItem>(store, {
          ...partitions.seats(stationId),
          consistent: true,
          table: 'private',
        });
        const last = seats.slice(-SEATS_AT_ONCE);
        for (const seat of seats.slice(0, -SEATS_AT_ONCE)) {
          if (!(await store.transact([seatGone(seat), sessionGone(seat)])).ok) return AGAIN;
        }
        const result = await store.transact([
          { Delete: { Key: keys.station(stationId), table: 'private', ...asRead(station) } },
          ...last.flatMap((seat) => [seatGone(seat), sessionGone(seat)]),
          audit,
        ]);
        return result.ok ? 'done' : AGAIN;
      }, deps);
    },
  };
}

const seatGone = (seat: SeatItem): DraftItem => ({
  Delete: { Key: keys.seat(seat.stationId, seat.personId), table: 'private', ...asRead(seat) },
});
const sessionGone = ({ personId, session }: SeatItem): DraftItem => ({
  Delete: { Key: keys.factorSession(personId, session) },
});
