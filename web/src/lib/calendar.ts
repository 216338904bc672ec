import type { Language } from '../../../shared/domain/vocabulary.ts';
import { addressOf } from '../api/call.ts';
import type { Booking, CallInput } from '../api/types.ts';

/** Where a booking's calendar file is: an address that says nothing of anybody and needs no signing in. */
export function calendarAddress(booking: Booking, language: Language): string {
  const input: CallInput<'GET /api/slots/{slotId}/calendar.ics'> = {
    params: { slotId: booking.slotId },
    query: {
      uid: booking.calendarUid,
      sequence: booking.version,
      language,
      ...(booking.status === 'cancelled' && { cancelled: 'true' }),
    },
  };
  return addressOf('GET /api/slots/{slotId}/calendar.ics', input).path;
}
