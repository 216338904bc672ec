import { addSpan, weekdayOf } from '../../shared/domain/dates.ts';
import { addMinutes } from '../../shared/domain/local-time.ts';
import type { Instant, LocalDate } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import { slotId } from '../../shared/store/keys.ts';
import { acceptMove } from '../../shared/store/transactions/accept-move.ts';
import { beginClosure } from '../../shared/store/transactions/begin-closure.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { cancel } from '../../shared/store/transactions/cancel.ts';
import { goOnClosing } from '../../shared/store/transactions/go-on-closing.ts';
import { GATE, SITES, ZONE } from './city.ts';
import { engineAt, keyOf } from './life.ts';
import { MOVED, type Resident, staffOf } from './people.ts';

const MONDAY = 1;
/** Nobody else of the neighbours has something else to do then. */
const NEIGHBOURS = [-8, -5] as const;

/** The room at the gate opens on every day but Monday. */
const closedDay = (today: LocalDate): LocalDate => {
  const day = addSpan(today, { value: 4, unit: 'day' });
  return weekdayOf(day) === MONDAY ? addSpan(day, { value: 1, unit: 'day' }) : day;
};

/**
 * An afternoon that a room had to close: four people moved to the morning, of whom one has accepted, one has cancelled and two
 * have not answered yet. Lived through the transactions that staff, the job and donors use; interrupted, it begins again and does nothing twice.
 */
export async function closeAnAfternoon(
  store: Store,
  { now, today, fillers }: { now: Instant; today: LocalDate; fillers: readonly Resident[] },
): Promise<void> {
  const date = closedDay(today);
  const [a = '', b = '', c = ''] = fillers.slice(...NEIGHBOURS).map(({ personId }) => personId);
  const people = [
    { personId: MOVED, time: '1400' },
    { personId: a, time: '1300' },
    { personId: b, time: '1500' },
    { personId: c, time: '1600' },
  ];
  const bookings = new Map<string, string>();
  for (const [n, { personId, time }] of people.entries()) {
    const id = slotId(GATE, date, time, 'whole-blood');
    const before = engineAt(store, addMinutes(now, -300 + n));
    const answer = await book(before, { personId, slotId: id, idempotency: keyOf(personId, 'book') });
    if (answer.kind !== 'booked') throw new Error(`nobody is in the demo's closed afternoon of ${date}`);
    bookings.set(personId, answer.booking.bookingId);
  }
  const engine = { ...engineAt(store, addMinutes(now, -20)), quiet: () => undefined };
  const begun = await beginClosure(engine, {
    siteId: GATE,
    zone: ZONE,
    closing: { from: date, to: date, fromTime: '13:00', places: 0 },
    reason: 'equipment',
    by: staffOf(GATE),
    auditId: `closure ${date}`,
    idempotency: keyOf(GATE, 'closure'),
  });
  if (begun.kind !== 'done') throw new Error(`the demo's afternoon of ${date} could not be closed`);
  const { closureId } = begun.closure;
  await goOnClosing(engine, SITES, { siteId: GATE, closureId });
  const after = engineAt(store, addMinutes(now, -10));
  await acceptMove(after, { closureId, bookingId: bookings.get(a) ?? '', idempotency: keyOf(a, 'accept') });
  await cancel(after, { bookingId: bookings.get(b) ?? '', cause: 'person', idempotency: keyOf(b, 'cancel') });
}
