import { DRIVE_STEPS, type DriveShift, type DriveStep, missingAt } from '../domain/drives.ts';
import type { Refusal } from '../domain/refusal.ts';
import { isAsked } from '../domain/teams.ts';
import type { LocalDate } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { createEvents, defined, type EventAnswer, type EventDeps, poolsOf } from './events.ts';
import { queryAll } from './every.ts';
import type { DriveItem, EventItem, PoolItem, SlotItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { AGAIN, withRetries } from './retry.ts';
import { createSlots, type SlotWithFree, takenOf } from './slots.ts';
import { createTeams } from './teams.ts';

/** What a site's slots of a date rest on: the event, and how its shifts are filled. */
export type DayDrive = { readonly event: EventItem; readonly shifts: readonly DriveShift[] };

type Timed = Pick<SlotItem, 'startsAt' | 'endsAt'>;

/** How many volunteers a slot is short of, by the roster as it was read. */
export const shortOf = (drive: DayDrive | undefined, slot: Timed): number =>
  drive ? missingAt(drive.shifts, slot) : 0;

/** Whether any shift of the drive is at a slot's time. */
const restsOn = ({ shifts }: DayDrive, slot: Timed): boolean =>
  shifts.some(({ startsAt, endsAt }) => startsAt < slot.endsAt && slot.startsAt < endsAt);

/** Why nobody may take a place in a slot by themselves; undefined where they may. */
export const volunteersShort = (drive: DayDrive | undefined, slot: Timed): Refusal | undefined => {
  const count = shortOf(drive, slot);
  return count > 0 ? { code: 'volunteers-short', params: { count } } : undefined;
};

/** Sorts after every date. */
const LAST = '~';

const strong = { consistent: true } as const;

export function createDrives(store: Store) {
  /** The roster that a tie leads to, as it is now: strong reads of the event and its shifts' pools. */
  async function ofTie(
    tie: DriveItem | undefined,
    { consistent }: { consistent: boolean } = strong,
  ): Promise<DayDrive | undefined> {
    if (tie?.status !== 'agreed') return undefined;
    const event = await store.get<EventItem>(keys.event(tie.eventId), { consistent });
    return event && { event, shifts: await rosterOf(event, { consistent }) };
  }

  /** What a site's slots of a date rest on; where nothing is tied, that is one read. */
  async function ofDay(
    siteId: string,
    date: LocalDate,
    { consistent }: { consistent: boolean } = strong,
  ): Promise<DayDrive | undefined> {
    return await ofTie(await store.get<DriveItem>(keys.drive(siteId, date), { consistent }), { consistent });
  }

  async function rosterOf(event: EventItem, { consistent }: { consistent: boolean } = strong): Promise<DriveShift[]> {
    const pools = event.shifts.flatMap((shift) =>
      Array.from({ length: poolsOf(shift) }, (_, k) => keys.pool(shift.slotId, k)),
    );
    const [read, teams] = await Promise.all([
      store.batchGet(pools, { consistent }) as Promise<(PoolItem | undefined)[]>,
      event.mostTeam === undefined ? [] : createTeams(store).ofEvent(event.eventId),
    ]);
    return event.shifts.map(({ slotId, startsAt, endsAt, minimum }) => {
      const own = read.flatMap((pool) => (pool?.slotId === slotId ? [pool] : []));
      const held = own.reduce((sum, pool) => sum + (pool.held ?? 0), 0);
      // Whom a team lead named has yet to say yes.
      const kept = teams.reduce(
        (sum, team) => sum + (team.slotId === slotId ? team.seats.filter(isAsked).length : 0),
        0,
      );
      return { startsAt, endsAt, minimum, taken: Math.max(0, takenOf(own) - held - kept) };
    });
  }

  return {
    ofTie,
    ofDay,
    rosterOf,
    /** Of a donation slot; a shift rests on nothing. */
    async ofSlot(slot: Pick<SlotItem, 'slotKind' | 'containerId' | 'date'>): Promise<DayDrive | undefined> {
      return slot.slotKind === 'donation' ? await ofDay(slot.containerId, slot.date) : undefined;
    },
    /** What is tied to a site, or asked of it, on a date or later, with the events. */
    async ofSite(siteId: string, from: LocalDate): Promise<readonly (DriveItem & { event: EventItem })[]> {
      const ties = await queryAll<DriveItem>(store, {
        pk: partitions.drives(siteId),
        skBetween: [from, LAST],
        ...strong,
      });
      const ids = [...new Set(ties.map(({ eventId }) => eventId))];
      const events = (await store.batchGet(ids.map(keys.event), strong)) as (EventItem | undefined)[];
      const byId = new Map(events.map((event) => [event?.eventId, event]));
      return ties.flatMap((tie) => {
        const event = byId.get(tie.eventId);
        return event ? [{ ...tie, event }] : [];
      });
    },
  };
}

/** A slot of a day as it is offered: where volunteers are short it has nothing free, and says how much it would have. */
export type OfferedSlot = SlotWithFree & {
  readonly drive?: { eventId: string; title: EventItem['title']; missing: number; heldBack: number };
};

/** What is offered of a site's or event's day, as of a moment ago. */
export async function offeredDay(store: Store, containerId: string, date: LocalDate): Promise<OfferedSlot[]> {
  const [day, drive] = await Promise.all([
    createSlots(store).offered(containerId, date),
    createDrives(store).ofDay(containerId, date, { consistent: false }),
  ]);
  if (!drive) return day;
  const { eventId, title } = drive.event;
  return day.map(({ slot, free }) => {
    if (!restsOn(drive, slot)) return { slot, free };
    const missing = shortOf(drive, slot);
    const [offered, heldBack] = missing > 0 ? [0, free] : [free, 0];
    return { slot, free: offered, drive: { eventId, title, missing, heldBack } };
  });
}

export type DriveAnswer = EventAnswer | { readonly kind: 'taken'; readonly dates: readonly LocalDate[] };

const datesOf = ({ shifts }: EventItem): LocalDate[] => [...new Set(shifts.map(({ date }) => date))].sort();

/** The tie's own items for all of an event's dates; a date that another event has is nobody else's. */
const tieWrites = (
  { eventId }: EventItem,
  siteId: string,
  dates: readonly LocalDate[],
  status: DriveItem['status'],
): DraftItem[] =>
  dates.map((date) => {
    const item: DriveItem = { kind: 'drive', siteId, date, eventId, status };
    return {
      Put: {
        Item: { ...keys.drive(siteId, date), ...item },
        ConditionExpression: 'attribute_not_exists(pk) OR #event = :event',
        ExpressionAttributeNames: { '#event': 'eventId' },
        ExpressionAttributeValues: { ':event': eventId },
      },
    };
  });

const untieWrites = ({ eventId, drive }: EventItem): DraftItem[] =>
  drive && drive.status !== 'declined'
    ? drive.dates.map((date) => ({
        Delete: {
          Key: keys.drive(drive.siteId, date),
          ConditionExpression: 'attribute_not_exists(pk) OR #event = :event',
          ExpressionAttributeNames: { '#event': 'eventId' },
          ExpressionAttributeValues: { ':event': eventId },
        },
      }))
    : [];

/** An event that is on at other dates is tied to nothing: its site has agreed to those it knew. */
export function driveAfter(before: EventItem, after: EventItem): DraftItem[] {
  if (!before.drive || datesOf(after).join() === before.drive.dates.join()) return [];
  delete after.drive;
  return untieWrites(before);
}

/**
 * A step of an event's tie to a site, in the event itself, where its organisers see it, and in the site's days, where whoever books
 * finds it, with the record of who took it, in one transaction.
 */
export async function moveDrive(
  deps: EventDeps,
  input: {
    readonly eventId: string;
    readonly step: DriveStep;
    /** The site: of a new tie, or that of whose staff takes the step. */
    readonly site: { readonly siteId: string; readonly name: EventItem['title'] } | undefined;
    readonly version: number;
    readonly idempotency: Idempotency;
    readonly audit: (event: EventItem, siteId: string) => DraftItem;
  },
): Promise<DriveAnswer> {
  const { from, to } = DRIVE_STEPS[input.step];
  return await withRetries<DriveAnswer>(async () => {
    const before = await createEvents(deps.store).get(input.eventId);
    if (!before) return { kind: 'wrong-state' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', event: before } : { kind: 'key-reused' };
    const status = before.drive?.status ?? 'none';
    const siteId = input.step === 'ask' ? input.site?.siteId : before.drive?.siteId;
    const isOthers = input.step !== 'ask' && input.site !== undefined && input.site.siteId !== siteId;
    if (!siteId || isOthers || !from.some((each) => each === status)) return { kind: 'wrong-state' };
    if (input.step !== 'end' && before.status !== 'published') return { kind: 'wrong-state' };
    if (before.version !== input.version) return { kind: 'changed' };
    const dates = input.step === 'ask' ? datesOf(before) : (before.drive?.dates ?? []);
    const site = input.step === 'ask' ? input.site?.name : before.drive?.site;
    const after = defined<EventItem>({
      ...before,
      drive: to === 'none' || !site ? undefined : { siteId, site, status: to, dates },
      accepted: accept(before.accepted, input.idempotency),
      version: before.version + 1,
    });
    const ties = to === 'asked' || to === 'agreed' ? tieWrites(before, siteId, dates, to) : untieWrites(before);
    const result = await deps.store.transact([
      { Put: { Item: { ...after, ...keys.event(before.eventId) }, ...asRead(before) } },
      ...ties,
      input.audit(before, siteId),
    ]);
    if (result.ok) return { kind: 'done', event: after };
    const others = dates.filter((_, n) => result.reasons[1 + n]?.code === 'ConditionalCheckFailed');
    return others.length > 0 && result.reasons[0]?.code === 'None' ? { kind: 'taken', dates: others } : AGAIN;
  }, deps);
}
