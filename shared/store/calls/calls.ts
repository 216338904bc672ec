import {
  CALL_SETTINGS,
  type Called,
  type CallSettings,
  datesFrom,
  isCalledFor,
  isOfGroup,
} from '../../domain/calls.ts';
import { localTimeCode } from '../../domain/local-time.ts';
import type { Instant, LocalDate, Procedure } from '../../domain/vocabulary.ts';
import type { Page, Store } from '../client.ts';
import { createDrives, shortOf } from '../drives.ts';
import { queryAll } from '../every.ts';
import type { BloodGroupsItem, CallableItem, CallCodeItem, CalledItem, CallItem, SiteItem } from '../items/index.ts';
import { indexes, keys, partitions } from '../keys.ts';
import { knownGroups } from '../laboratory.ts';
import { createSlots } from '../slots.ts';

/** While people are asked. The texts of a call are bound to it at this version: it changes when the call ends, and only then. */
export const RUNNING_VERSION = 1;

/** How a site calls donors, and how often its staff have changed that. */
export const callSettingsOf = ({ calls }: Pick<SiteItem, 'calls'>): CallSettings & { readonly version: number } => {
  const { accepted: _, version = 0, ...own } = { ...CALL_SETTINGS, accepted: [], ...calls };
  return { ...own, version };
};

/** Of a day that a call is about: what is free in the slots that it is to fill. */
export type CalledDay = {
  readonly date: LocalDate;
  readonly free: number;
  /** Free, and offered to nobody while volunteers are short. */
  readonly heldBack: number;
  readonly places: number;
  readonly lastStart: Instant;
};

export function createCalls(store: Store) {
  return {
    async get(siteId: string, callId: string): Promise<CallItem | undefined> {
      return await store.get<CallItem>(keys.call(siteId, callId), { consistent: true });
    },

    /** Every call of a site. */
    async ofSite(siteId: string): Promise<CallItem[]> {
      return await queryAll<CallItem>(store, { pk: partitions.calls(siteId), consistent: true });
    },

    /** Calls that are under way, by when they go on. */
    async running(): Promise<CallItem[]> {
      return await queryAll<CallItem>(store, { pk: indexes.calling(), index: 'gsi1' });
    },

    async byCode(code: string): Promise<CallItem | undefined> {
      const found = await store.get<CallCodeItem>(keys.callCode(code));
      return found && (await store.get<CallItem>(keys.call(found.siteId, found.callId)));
    },

    /** Whom a call has asked, as of a moment ago. */
    async asked(callId: string): Promise<CalledItem[]> {
      return await queryAll<CalledItem>(store, { pk: indexes.asked(callId), index: 'gsi1' });
    },

    /** Those of them that it asked from one instant to another, the later left out. */
    async askedBetween(callId: string, from: Instant, to: Instant): Promise<CalledItem[]> {
      return await queryAll<CalledItem>(store, { pk: indexes.asked(callId), index: 'gsi1', skBetween: [from, to] });
    },

    /** Notes until when it is known that everybody asked has their text. No version: the texts are bound to that. */
    async textsSeen({ siteId, callId }: Pick<CallItem, 'siteId' | 'callId'>, to: Instant): Promise<void> {
      await store.transact([
        {
          Update: {
            Key: keys.call(siteId, callId),
            UpdateExpression: 'SET #seen = :to',
            ConditionExpression: '#status = :running AND (attribute_not_exists(#seen) OR #seen < :to)',
            ExpressionAttributeNames: { '#seen': 'textsSeenTo', '#status': 'status' },
            ExpressionAttributeValues: { ':running': 'running', ':to': to },
          },
        },
      ]);
    },

    async called(personId: string, callId: string): Promise<CalledItem | undefined> {
      return await store.get<CalledItem>(keys.called(personId, callId), { consistent: true });
    },

    /**
     * Whoever a site may call for a procedure on a date, a page at a time: those first who may give again the latest, because
     * they have given the most often.
     */
    async reach(
      siteId: string,
      procedure: Procedure,
      by: LocalDate,
      page: { limit: number; start?: Record<string, unknown> },
    ): Promise<Page<CallableItem>> {
      return await store.query<CallableItem>({
        pk: indexes.reach(siteId, procedure),
        index: 'gsi1',
        skBetween: indexes.reachedBy(by),
        newestFirst: true,
        ...page,
      });
    },

    /** Which of these people are of the group that is called for; all of them where none is. */
    async ofGroup(call: Pick<Called, 'abo' | 'rhd'>, personIds: readonly string[]): Promise<ReadonlySet<string>> {
      if (!call.abo && !call.rhd) return new Set(personIds);
      const found = (await store.batchGet(personIds.map(keys.bloodGroups), { table: 'private' })) as (
        | BloodGroupsItem
        | undefined
      )[];
      return new Set(personIds.filter((_, n) => isOfGroup(call, knownGroups(found[n]))));
    },

    /** The days of a call that still have a slot to come, with what is free in them now. */
    async days(siteId: string, call: Called, now: Instant): Promise<CalledDay[]> {
      const slots = createSlots(store);
      const days: CalledDay[] = [];
      for (const date of datesFrom(call.from, call.to)) {
        // What waits for volunteers is not free: donors who are called would find nothing that they could take.
        const drive = await createDrives(store).ofDay(siteId, date);
        // What is kept for a work unit is nobody else's to come to.
        const target = (await slots.dayNow(siteId, date)).filter(
          ({ slot }) => !slot.block && isCalledFor(call, slot, wallTime(slot.startsAt, slot.zone), now),
        );
        if (target.length === 0) continue;
        const freeIn = (some: typeof target): number =>
          some.flatMap(({ pools }) => pools.filter((pool) => pool.open)).reduce((sum, { free }) => sum + free, 0);
        const heldBack = freeIn(target.filter(({ slot }) => shortOf(drive, slot) > 0));
        days.push({
          date,
          free: freeIn(target) - heldBack,
          heldBack,
          places: target.reduce((sum, { slot }) => sum + slot.places, 0),
          lastStart:
            target
              .map(({ slot }) => slot.startsAt)
              .sort()
              .at(-1) ?? now,
        });
      }
      return days;
    },
  };
}

/** `09:30`, as the clock on the wall has it. */
const wallTime = (at: Instant, zone: string): string => localTimeCode(at, zone).replace(/^(\d\d)(\d\d).*$/, '$1:$2');
