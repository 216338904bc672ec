import { isHere } from '../../../shared/domain/booking-states.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
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
    all: (): readonly KeptPass[] => Object.values(read()),
    /** As the service has it now: a booking that holds is kept, one that does not is forgotten. */
    keep(booking: Booking): void {
      const { [booking.bookingId]: _, ...others } = read();
      const pass = isPass(booking) ? { [booking.bookingId]: { booking, keptAt: new Date(now()).toISOString() } } : {};
      write({ ...others, ...pass });
    },
    /** All of some dates as the service has them now: of what was kept of those dates, only what it still has stays. */
    keepAll(bookings: readonly Booking[], { from, to }: { readonly from: LocalDate; readonly to: LocalDate }): void {
      const others = Object.entries(read()).filter(([, { booking }]) => booking.date < from || booking.date > to);
      const keptAt = new Date(now()).toISOString();
      const there = bookings.filter(isPass).map((booking) => [booking.bookingId, { booking, keptAt }] as const);
      write(Object.fromEntries([...others, ...there]));
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

/** How far ahead the pass says what it is for. */
export const PASS_DAYS = 60;
/** Whoever leaves a shift shows their pass once more, a while after its end. */
const LEAVING_MS = 2 * 3_600_000;

/**
 * What the pass shows: the code, and what it is for, the soonest first unless another is asked for. Undefined while no code is known.
 * Passes kept by an earlier edition of these pages each have a code of their own: of those, one is shown.
 */
export function passOf(
  bookings: readonly Booking[],
  {
    code,
    first,
    now,
  }: { readonly code: string | undefined; readonly first?: string | undefined; readonly now: number },
): { readonly code: string; readonly bookings: readonly Booking[] } | undefined {
  const live = bookings
    .filter((booking) => isPass(booking) && Date.parse(booking.endsAt) + LEAVING_MS > now)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
    .sort((a, b) => Number(b.bookingId === first) - Number(a.bookingId === first));
  const shown = code ?? live[0]?.passCode;
  return shown === undefined
    ? undefined
    : { code: shown, bookings: live.filter((each) => code !== undefined || each.passCode === shown) };
}
