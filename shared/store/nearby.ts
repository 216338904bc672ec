import { datesInReach, type Nearby } from '../domain/closures.ts';
import type { LocalDate } from '../domain/vocabulary.ts';
import type { Store } from './client.ts';
import { createDrives, shortOf } from './drives.ts';
import type { SiteItem, SlotItem } from './items/index.ts';
import { inParallel } from './parallel.ts';
import { createSlots, slotFacts, type WholeSlot } from './slots.ts';

/** An open slot with room, and where in it the room is. */
export type NearbySlot = Nearby & {
  readonly slot: SlotItem;
  readonly pools: readonly { readonly k: number; readonly free: number }[];
};

const AT_ONCE = 8;

const nearbySlot = (site: SiteItem, { slot, pools }: WholeSlot): NearbySlot => {
  const open = slot.status === 'open' ? pools.filter((pool) => pool.open && pool.free > 0) : [];
  return {
    ...slotFacts(slot),
    siteId: site.siteId,
    district: site.district.zh,
    cutoffMinutes: slot.cutoffMinutes,
    free: open.reduce((sum, { free }) => sum + free, 0),
    slot,
    pools: open.map(({ k, free }) => ({ k, free })),
  };
};

/**
 * Where there is room, at every site, by date: read once a date, then kept as places are taken, and looked up again for a
 * slot that turned out otherwise.
 */
export function createNearby(store: Store, sites: readonly SiteItem[]) {
  const slots = createSlots(store);
  const byId = new Map(sites.map((site) => [site.siteId, site]));
  const days = new Map<LocalDate, Map<string, NearbySlot>>();

  async function readDay(date: LocalDate): Promise<Map<string, NearbySlot>> {
    const found = new Map<string, NearbySlot>();
    await inParallel(sites, AT_ONCE, async (site) => {
      // Nobody is moved to where volunteers are short: nothing new is offered there.
      const drive = await createDrives(store).ofDay(site.siteId, date);
      for (const whole of await slots.dayNow(site.siteId, date)) {
        if (whole.slot.slotKind === 'donation' && !whole.slot.block && shortOf(drive, whole.slot) === 0)
          found.set(whole.slot.slotId, nearbySlot(site, whole));
      }
    });
    days.set(date, found);
    return found;
  }

  return {
    /** Slots on a date and the days after it to which somebody of that date may be moved. */
    async inReach(date: LocalDate): Promise<NearbySlot[]> {
      const read: NearbySlot[] = [];
      for (const each of datesInReach(date)) read.push(...(days.get(each) ?? (await readDay(each))).values());
      return read;
    },

    took({ slotId, date }: NearbySlot, k: number): void {
      const slot = days.get(date)?.get(slotId);
      if (!slot) return;
      const pools = slot.pools.map((pool) => (pool.k === k ? { k, free: pool.free - 1 } : pool));
      days.get(date)?.set(slotId, { ...slot, free: slot.free - 1, pools: pools.filter(({ free }) => free > 0) });
    },

    async lookAgain({ slotId, date, siteId }: NearbySlot): Promise<void> {
      const [site, whole] = [byId.get(siteId), await slots.whole(slotId)];
      if (site && whole) days.get(date)?.set(slotId, nearbySlot(site, whole));
    },
  };
}
export type NearbyPlaces = ReturnType<typeof createNearby>;
