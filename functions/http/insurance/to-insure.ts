import { rosterOf } from '../../../shared/store/event-changes.ts';
import type { BookingItem, EventItem, InsuredItem } from '../../../shared/store/items/index.ts';
import type { InsuranceDeps } from './deps.ts';

/** Whoever is insured on a date, with all their shifts of it, in the roster's order, and their document where they have said one. */
export type ToInsure = {
  readonly personId: string;
  readonly name: string;
  readonly phoneLast4: string;
  readonly bookings: readonly BookingItem[];
  readonly insured: InsuredItem | undefined;
};

/** Everybody who has a place on a date or had one and came: not who cancelled, nor who did not come. */
export async function toInsure(deps: InsuranceDeps, event: EventItem, date: string): Promise<ToInsure[]> {
  const roster = await rosterOf(deps.store, event.eventId, date);
  const by = new Map<string, BookingItem[]>();
  for (const booking of roster) {
    if (booking.status === 'cancelled' || booking.status === 'noshow') continue;
    by.set(booking.personId, [...(by.get(booking.personId) ?? []), booking]);
  }
  const ids = [...by.keys()];
  const [people, insured] = await Promise.all([deps.people.profiles(ids), deps.insured.ofPeople(ids)]);
  return ids.map((personId, n) => ({
    personId,
    name: people[n]?.name ?? '',
    phoneLast4: people[n]?.phone?.slice(-4) ?? '',
    bookings: by.get(personId) ?? [],
    insured: insured.get(personId),
  }));
}
