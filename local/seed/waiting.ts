import { addSpan } from '../../shared/domain/dates.ts';
import { addMinutes } from '../../shared/domain/local-time.ts';
import type { Instant, LocalDate } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import { parseSlotId, slotId } from '../../shared/store/keys.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { cancel } from '../../shared/store/transactions/cancel.ts';
import { changePlaces } from '../../shared/store/transactions/change-places.ts';
import { joinWait } from '../../shared/store/transactions/join-wait.ts';
import { moveLine } from '../../shared/store/transactions/move-line.ts';
import type { LineKey } from '../../shared/store/waits.ts';
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
  if (full.freed && given) await giveUp(store, given, now, { containerId: CENTRAL, date });
}

/** A place that has just been given up is kept for the first in line, at whatever hour the city is first started. */
async function giveUp(store: Store, bookingId: string, now: Instant, line: LineKey): Promise<void> {
  const justBefore = engineAt(store, addMinutes(now, -5));
  await cancel(justBefore, { bookingId, cause: 'person', idempotency: keyOf(bookingId, 'cancel') });
  await moveLine({ ...engineAt(store, now), quiet: () => undefined }, line);
}

/** A shift that is full: one of those who signed up has just given their place up, and it is kept for the first in line. */
export async function waitForShift(
  store: Store,
  it: { readonly slotId: string; readonly holders: readonly Resident[]; readonly line: readonly string[] },
  now: Instant,
): Promise<void> {
  const { slotId: id, holders, line } = it;
  const { containerId = '', date = '' } = parseSlotId(id) ?? {};
  const given = holders.at(-1)?.personId ?? '';
  const signedUp = await book(engineAt(store, now), {
    personId: given,
    slotId: id,
    idempotency: keyOf(given, 'sign-up'),
  });
  if (signedUp.kind !== 'booked') throw new Error(`nobody holds the demo's full shift of ${date}`);
  for (const [n, personId] of line.entries()) {
    const at = engineAt(store, addMinutes(now, 30 * n - 90));
    await joinWait(at, { personId, slotId: id, anyTime: false, idempotency: keyOf(personId, 'wait', id) });
  }
  await giveUp(store, signedUp.booking.bookingId, now, { containerId, date });
}
