import { isBookingAllowed } from '../../domain/booking-states.ts';
import { judgeScreening, type Measures, screeningChecks } from '../../domain/screening.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { bookingWrite, createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem, LockItem, ScreeningItem, SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type DeferAnswer, type DeferInput, deferDonor } from './defer.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type ScreenInput = {
  readonly bookingId: string;
  readonly measures: Measures;
  readonly athlete: boolean;
  /** Absent: passed. */
  readonly deferral?: Omit<DeferInput, 'bookingId'> | undefined;
  /** What the donor was told of it, in words of the station's. */
  readonly words?: string | undefined;
};

export type ScreenAnswer =
  | { readonly kind: 'passed'; readonly booking: BookingItem }
  | DeferAnswer
  /** Something is outside what the pack allows, or was not measured. */
  | { readonly kind: 'screening-not-passed' };

type Act = { by: string; auditId: string; idempotency: Idempotency };

/**
 * Records a screening at the chair: its figures, in the private table alone, and how it ended. Passed, the donor goes on to give, and
 * only where every figure that the pack asks for is there and within it. Otherwise they are deferred as by `deferDonor`, with the
 * figures in the same transaction.
 */
export async function screenDonor(deps: EngineDeps, site: SiteItem, input: ScreenInput & Act): Promise<ScreenAnswer> {
  const { deferral, by, idempotency, bookingId } = input;
  if (deferral) {
    return await deferDonor(deps, site, { ...deferral, bookingId, by, idempotency }, (booking, now) =>
      recordItems(site, booking, now, input, deferral.reason === 'permanent' ? 'permanent' : 'deferred'),
    );
  }
  return await withRetries<ScreenAnswer>(async () => {
    const booking = await createBookings(deps.store).get(bookingId);
    if (!booking) return { kind: 'not-found' };
    const known = wasAccepted(booking.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'passed', booking } : { kind: 'key-reused' };
    if (!isBookingAllowed('screen', booking.status)) return { kind: 'wrong-state' };
    const pack = deps.packOf({ pack: site.pack, date: booking.date });
    const lock = await deps.store.get<LockItem>(keys.lock(booking.personId), { consistent: true });
    if (!pack || !lock || !booking.procedure) return { kind: 'not-found' };
    const { sex } = unpackLock(lock).facts;
    const checks = screeningChecks(pack, { sex, procedure: booking.procedure, athlete: input.athlete });
    if (!judgeScreening(checks, input.measures).ok) return { kind: 'screening-not-passed' };
    const now = nowOf(deps);
    const write = bookingWrite(booking, 'screen', { now, idempotency, step: { by }, change: { screenedAt: now } });
    const result = await deps.store.transact([write, ...recordItems(site, booking, now, input, 'passed')]);
    return result.ok ? { kind: 'passed', booking: (write as { Put: { Item: BookingItem } }).Put.Item } : AGAIN;
  }, deps);
}

function recordItems(
  site: SiteItem,
  { personId, bookingId }: BookingItem,
  at: string,
  { measures, athlete, words, by, auditId }: ScreenInput & Act,
  result: ScreeningItem['result'],
): DraftItem[] {
  const item: ScreeningItem = {
    kind: 'screening',
    personId,
    bookingId,
    siteId: site.siteId,
    measures,
    ...(athlete && { athlete: true as const }),
    result,
    ...(words && { words }),
    by,
    at,
  };
  return [
    {
      Put: {
        table: 'private',
        Item: { ...keys.screening(personId, at), ...item },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Put: auditItem({
        by,
        action: 'donor-screened',
        scope: site.siteId,
        zone: site.zone,
        at,
        subjects: [personId],
        id: auditId,
      }),
    },
  ];
}
