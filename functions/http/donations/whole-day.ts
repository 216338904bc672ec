import type { BookingItem } from '../../../shared/store/items/index.ts';
import type { DonationsDeps } from './deps.ts';

/** A page of the day's roster, of which about four hold a large site's day. */
const PAGE = 200;

/** Every donation booking of a site on a local date, by start. */
export async function wholeDay(
  deps: DonationsDeps,
  { siteId, date }: { siteId: string; date: string },
): Promise<BookingItem[]> {
  const all: BookingItem[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await deps.donations.roster(siteId, date, { limit: PAGE, ...(start && { start }) });
    all.push(...page.items.filter(({ slotKind }) => slotKind === 'donation'));
    start = page.next;
  } while (start);
  return all;
}
