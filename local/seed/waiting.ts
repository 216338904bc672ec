import { addMinutes, addSpan } from '../../shared/domain/local-time.ts';
import type { Instant, LocalDate } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import { slotId } from '../../shared/store/keys.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { cancel } from '../../shared/store/transactions/cancel.ts';
import { changePlaces } from '../../shared/store/transactions/change-places.ts';
import { joinWait } from '../../shared/store/transactions/join-wait.ts';
import { moveLine } from '../../shared/store/transactions/move-line.ts';
import { CENTRAL } from './city.ts';
import { engineAt, keyOf } from './life.ts';
import { HOLDER, OFFERED, type Resident, staffOf, WAITER } from './people.ts';

/** A short-staffed shift of the platelet chairs: few places, all taken, and people in line, first come first. */
type FullTime = {
  readonly day: number;
  readonly time: string;
  readonly holders: readonly string[];
  readonly line: readonly string[];
  /** The last of the holders has just given their place up. */
  readonly freed?: true;
};

const NEIGHBOURS = 5;

/** Two full times: one that people wait for, and one of which a place has come free and is kept for the first in line. */
function fullTimes(neighbours: readonly Resident[]): readonly FullTime[] {
  const [a = '', b = '', c = '', d = '', e = ''] = neighbours.slice(-NEIGHBOURS).map(({ personId }) => personId);
  return [
    { day: 2, time: '1800', holders: [a, HOLDER], line: [WAITER, b] },
    { day: 3, time: '1800', holders: [c, d], line: [OFFERED, e], freed: true },
  ];
}

/** Lives both through the transactions that donors and staff use. Whoever is interrupted here begins again and does nothing twice. */
export async function waitForPlaces(
  store: Store,
  { now, today, fillers }: { now: Instant; today: LocalDate; fillers: readonly Resident[] },
): Promise<void> {
  for (const it of fullTimes(fillers)) await fill(store, it, now, addSpan(today, { value: it.day, unit: 'day' }));
}

async function fill(store: Store, full: FullTime, now: Instant, date: LocalDate): Promise<void> {
  const id = slotId(CENTRAL, date, full.time, 'platelets');
  const before = (minutes: number) => engineAt(store, addMinutes(now, -minutes));
  const bookingIds: string[] = [];
  for (const personId of full.holders) {
    const answer = await book(before(180), { personId, slotId: id, idempotency: keyOf(personId, 'book') });
    if (answer.kind !== 'booked') throw new Error(`nobody holds the demo's full time of ${date}`);
    bookingIds.push(answer.booking.bookingId);
  }
  const version = (await createSlots(store).whole(id))?.slot.version ?? 0;
  const cut = { places: full.holders.length, by: staffOf(CENTRAL), auditId: id, idempotency: keyOf(id, 'places') };
  await changePlaces(before(170), { slotId: id, version, ...cut });
  for (const [n, personId] of full.line.entries()) {
    const idempotency = keyOf(personId, 'wait');
    await joinWait(before(90 - 30 * n), { personId, slotId: id, anyTime: false, idempotency });
  }
  const given = bookingIds.at(-1);
  if (!full.freed || !given) return;
  await cancel(before(5), { bookingId: given, cause: 'person', idempotency: keyOf(given, 'cancel') });
  // Offered at whatever hour the city is first started, so that there is always one to see.
  await moveLine({ ...engineAt(store, now), quiet: () => undefined }, { containerId: CENTRAL, date });
}
