import type { closures } from '../../../shared/contract/closures.ts';
import { type Closing, isTouched, leaving, planMoves } from '../../../shared/domain/closures.ts';
import { decide } from '../../../shared/domain/decide.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import { datesOf } from '../../../shared/store/closures.ts';
import { everyItem } from '../../../shared/store/every.ts';
import type { BookingItem, LockItem, SiteItem, SlotItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { type Lock, unpackLock } from '../../../shared/store/lock.ts';
import { createNearby, type NearbySlot } from '../../../shared/store/nearby.ts';
import { slotFacts, takenOf, type WholeSlot } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { closingOf } from './closing.ts';
import { auditOf, coveredSite } from './covered.ts';
import type { ClosuresDeps } from './deps.ts';

type Routes = (typeof closures)['routes'];

/** As many as are named; the counts are of all. */
const MOST_NAMED = 200;

export const preview: RouteHandler<Routes['GET /api/closures/preview'], ClosuresDeps> = async (
  { actor, query },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const closing = closingOf(query, site, nowOf(deps));
  const touched: WholeSlot[] = [];
  const leavers: BookingItem[] = [];
  let stay = 0;
  for (const date of datesOf(closing)) {
    const day = await touchedOn(deps, site, closing, date);
    if (day.length === 0) continue;
    const roster = await rosterOf(deps, site.siteId, date);
    for (const whole of day) {
      const held = roster.filter(({ slotId, status }) => slotId === whole.slot.slotId && status !== 'cancelled');
      const go = leaving(held, closing.places);
      stay += held.length - go.length;
      leavers.push(...go);
      touched.push(whole);
    }
  }
  const plan = await planned(deps, site, closing, leavers);
  const named = plan.slice(0, MOST_NAMED);
  const donors = await deps.people.profiles(named.map(({ leaver }) => leaver.personId));
  // Recorded before it is answered: who could not be recorded is told nothing.
  await recordRead(
    deps.store,
    auditOf(
      deps,
      site,
      actor.personId,
      'closure-previewed',
      named.map(({ leaver }) => leaver.personId),
    ),
  );
  const found = plan.flatMap(({ leaver, to }) => (to ? [{ leaver, to }] : []));
  return {
    slots: touched.length,
    stay,
    moved: found.length,
    sameDay: found.filter(({ leaver, to }) => to.siteId === site.siteId && to.date === leaver.date).length,
    elsewhere: found.filter(({ to }) => to.siteId !== site.siteId).length,
    none: plan.length - found.length,
    waiting: touched.filter(({ pools }) => pools.some(({ waits }) => waits)).length,
    items: named.map(({ leaver, to }, n) => ({
      bookingId: leaver.bookingId,
      name: donors[n]?.name ?? '',
      phoneLast4: donors[n]?.phone?.slice(-4) ?? '',
      procedure: leaver.procedure ?? 'whole-blood',
      zone: leaver.zone,
      from: placeView(leaver),
      ...(to && { to: placeView(to.slot) }),
    })),
  };
};

const placeView = (it: BookingItem | SlotItem) => ({
  slotId: it.slotId,
  siteId: it.containerId,
  place: it.place,
  date: it.date,
  startsAt: it.startsAt,
  endsAt: it.endsAt,
});

/** The slots of a day that would be closed, or have more places than are to be left. */
async function touchedOn(deps: ClosuresDeps, site: SiteItem, closing: Closing, date: LocalDate): Promise<WholeSlot[]> {
  const now = nowOf(deps);
  return (await deps.slots.dayNow(site.siteId, date)).filter(
    ({ slot, pools }) =>
      isTouched(closing, slot, now) &&
      (closing.places === 0 ? slot.status === 'open' || takenOf(pools) > 0 : slot.places > closing.places),
  );
}

async function rosterOf(deps: ClosuresDeps, siteId: string, date: LocalDate): Promise<BookingItem[]> {
  return await everyItem(async (page) => await deps.donations.roster(siteId, date, { limit: 100, ...page }));
}

/** As the job would find it now: each in turn, slot by slot, to the nearest place that those before have left. */
async function planned(deps: ClosuresDeps, site: SiteItem, closing: Closing, bookings: readonly BookingItem[]) {
  const now = nowOf(deps);
  const places = createNearby(deps.store, await deps.sites.list());
  const locks = await locksOf(deps, bookings);
  const plan: { leaver: BookingItem; to?: NearbySlot }[] = [];
  const taken = new Map<string, number>();
  for (const booking of bookings) {
    const lock = locks.get(booking.personId);
    const slots = (await places.inReach(booking.date)).map((slot) => ({
      ...slot,
      free: leftIn(slot, site, closing, now) - (taken.get(slot.slotId) ?? 0),
    }));
    const others = lock?.commitments.filter(({ bookingId, endsAt }) => bookingId !== booking.bookingId && endsAt > now);
    const fits = ({ slot }: NearbySlot) =>
      !!lock && decide({ ...lock, commitments: others ?? [] }, slotFacts(slot), deps.engine.packOf(slot), now).ok;
    const from = { ...booking, siteId: site.siteId, district: site.district.zh };
    const [found] = planMoves([from], slots, (_, slot) => fits(slot), now);
    if (found?.to) taken.set(found.to.slotId, (taken.get(found.to.slotId) ?? 0) + 1);
    plan.push({ leaver: booking, ...(found?.to && { to: found.to }) });
  }
  return plan;
}

/** What a slot has free once the closure is done: one that is cut keeps only what is left of it. */
function leftIn(slot: NearbySlot, site: SiteItem, closing: Closing, now: string): number {
  if (slot.siteId !== site.siteId || !isTouched(closing, slot, now)) return slot.free;
  const taken = slot.slot.places - slot.free;
  return Math.min(slot.free, Math.max(0, closing.places - taken));
}

async function locksOf(deps: ClosuresDeps, bookings: readonly BookingItem[]): Promise<Map<string, Lock>> {
  const people = [...new Set(bookings.map(({ personId }) => personId))];
  const locks = (await deps.store.batchGet(people.map(keys.lock))) as (LockItem | undefined)[];
  return new Map(locks.flatMap((lock) => (lock ? [[lock.personId, unpackLock(lock)]] : [])));
}
