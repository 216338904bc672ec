import { isHere } from '../../../shared/domain/booking-states.ts';
import type { KeyValue } from '../api/action-key.ts';
import type { Booking } from '../api/types.ts';
import { KEPT } from './kept.ts';

/** A pass as it was when it was last seen: enough to show without a connection, and nothing of who it is for. */
export type KeptPass = { readonly booking: Booking; readonly keptAt: string };

const NAME = 'nuanliu.passes';
/** A pass is kept a day past its end, then it is only in the way. */
const KEEP_MS = 86_400_000;

/** Passes kept on this device, until they are over or whoever signed in here signs out. */
export function passStore(storage: KeyValue, now: () => number) {
  const read = (): Record<string, KeptPass> => {
    try {
      const kept = JSON.parse(storage.getItem(NAME) ?? '{}') as Record<string, KeptPass>;
      return Object.fromEntries(
        Object.entries(kept).filter(([, { booking }]) => Date.parse(booking.endsAt) + KEEP_MS > now()),
      );
    } catch {
      return {};
    }
  };
  const write = (passes: Record<string, KeptPass>): void => {
    if (Object.keys(passes).length > 0) storage.setItem(NAME, JSON.stringify(passes));
    else storage.removeItem(NAME);
  };
  return {
    get: (bookingId: string): KeptPass | undefined => read()[bookingId],
    /** As the service has it now: a booking that holds is kept, one that does not is forgotten. */
    keep(booking: Booking): void {
      const { [booking.bookingId]: _, ...others } = read();
      const pass = isPass(booking) ? { [booking.bookingId]: { booking, keptAt: new Date(now()).toISOString() } } : {};
      write({ ...others, ...pass });
    },
    /** Whoever is here next sees nothing of it, nor of the days that an organiser was shown. */
    forget(): void {
      storage.removeItem(NAME);
      storage.removeItem(KEPT.days);
    },
  };
}

/** Whether a booking has a pass to show at the desk. */
export const isPass = (booking: Booking): boolean =>
  booking.passCode !== undefined && (booking.status === 'booked' || isHere(booking.status));
