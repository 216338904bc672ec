import { closeNote, openNotes, toldBy } from '../../../shared/store/event-notes.ts';
import { keys } from '../../../shared/store/keys.ts';
import { boundTo, createMessages, newMessage } from '../../../shared/store/messages.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';
import { whereAndWhen } from './booking-words.ts';

const AT_ONCE = 8;

/** Makes one text a booking of what an organiser has to say, unless it is there. It dies with the booking, and with the shift's end. */
export async function announceNote(
  deps: AnnounceDeps,
  ref: { readonly eventId: string; readonly noteId: string },
): Promise<void> {
  const found = await toldBy(deps, ref);
  if (!found) return;
  const { note, bookings, isLast } = found;
  const now = nowOf(deps);
  await inParallel(
    bookings.filter(({ endsAt }) => endsAt > now),
    AT_ONCE,
    async (booking) =>
      await createMessages(deps.store).create(
        newMessage({
          personId: booking.personId,
          template: 'shift-note',
          subject: `${booking.bookingId}-${note.noteId}`,
          version: 'once',
          scope: booking.containerId,
          zone: booking.zone,
          params: { ...whereAndWhen(booking), note: note.note },
          bound: boundTo(keys.booking(booking.bookingId), booking.version),
          now,
          until: booking.endsAt,
        }),
      ),
  );
  if (isLast) await closeNote(deps.store, note);
}

/** Looks once more at notes that were just written: an index may have hidden somebody. */
export async function resumeNotes(deps: AnnounceDeps): Promise<void> {
  const failures: unknown[] = [];
  for (const note of await openNotes(deps.store)) {
    await announceNote(deps, note).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some notes could not be told');
}
