import { whenText } from '../../../shared/notify/when.ts';
import type { BookingItem } from '../../../shared/store/items/index.ts';

/** What fills the texts about a booking. */
export const whereAndWhen = ({ startsAt, zone, place, role }: BookingItem) => ({
  when: whenText(startsAt, zone),
  place,
  ...(role && { role }),
});
