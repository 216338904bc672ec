import type { LocalDate } from '../domain/vocabulary.ts';
import type { Page, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { BookingItem, CorrectionItem, DinItem, DonationItem, UnitItem, UnitStepItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';

/** A donation with all its units and every step each has made. */
export type Chain = {
  readonly din: DinItem;
  readonly units: UnitItem[];
  readonly steps: UnitStepItem[];
  /** What was put right of what the donation says, in order of time. */
  readonly corrections: CorrectionItem[];
};

type PageStart = { readonly limit: number; readonly start?: Record<string, unknown> };

export function createDonations(store: Store) {
  return {
    /** Bookings of a site on a local date, by start. From an index: a moment behind. */
    async roster(siteId: string, date: LocalDate, page: PageStart): Promise<Page<BookingItem>> {
      return await store.query<BookingItem>({ pk: indexes.roster(siteId, date), index: 'gsi1', ...page });
    },

    async byDin(din: string): Promise<DinItem | undefined> {
      return await store.get<DinItem>(keys.din(din), { consistent: true });
    },

    /** A person's last donation. */
    async lastOf(personId: string): Promise<DonationItem | undefined> {
      const page = { limit: 1, newestFirst: true, consistent: true };
      return (await store.query<DonationItem>({ pk: partitions.donations(personId), ...page })).items[0];
    },

    /** Donations taken at a site on a local date, in order of time. From an index: a moment behind. */
    async takenOn(siteId: string, date: LocalDate, page: PageStart): Promise<Page<DinItem>> {
      return await store.query<DinItem>({ pk: indexes.donated(siteId, date), index: 'gsi1', ...page });
    },

    /** A donation number's chain as it is now: units as they were made, steps in order of time. */
    async chain(din: string): Promise<Chain | undefined> {
      const items = await queryAll<DinItem | UnitItem | UnitStepItem | CorrectionItem>(store, {
        pk: partitions.chain(din),
        consistent: true,
      });
      const donation = items.find((item) => item.kind === 'din');
      if (!donation) return undefined;
      return {
        din: donation,
        corrections: items.filter((item) => item.kind === 'correction').sort((a, b) => a.nth - b.nth),
        units: items.filter((item) => item.kind === 'unit'),
        steps: items
          .filter((item) => item.kind === 'unit-step')
          .sort((a, b) => (a.at === b.at ? a.version - b.version : a.at < b.at ? -1 : 1)),
      };
    },
  };
}
