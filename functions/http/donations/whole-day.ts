import { everyItem } from '../../../shared/store/every.ts';
import type { BookingItem } from '../../../shared/store/items/index.ts';
import type { DonationsDeps } from './deps.ts';

/** A page of the day's roster, of which about four hold a large site's day. */
const PAGE = 200;

/** Every donation booking of a site on a local date, by start. */
export async function wholeDay(
  deps: DonationsDeps,
  { siteId, date }: { siteId: string; date: string },
): Promise<BookingItem[]> {
  return (await everyItem(async (page) => await deps.donations.roster(siteId, date, { limit: PAGE, ...page }))).filter(
    ({ slotKind }) => slotKind === 'donation',
  );
}
