import { isBookingAllowed } from '../../domain/booking-states.ts';
import { applyDeferral, deferralUntil } from '../../domain/eligibility.ts';
import type { PolicyPack } from '../../domain/policy-pack.ts';
import type { Instant, LocalDate, Procedure } from '../../domain/vocabulary.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { bookingWrite, createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem, DeferralItem, LockItem, SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { redecide } from './redecide.ts';

/** The category alone: why somebody may never give is not ours to keep. */
export const PERMANENT = 'permanent';
/** Something measured at the chair is outside the rules: `since` is the day from which they may come again. */
export const MEASURES = 'measures';

export type DeferInput = {
  readonly bookingId: string;
  readonly reason: string;
  readonly since?: LocalDate | undefined;
};

/** How long the donor has to wait. */
export type Wait = { readonly permanent: true } | { readonly until: LocalDate; readonly procedure?: Procedure };

export type DeferAnswer =
  | { readonly kind: 'done'; readonly wait: Wait }
  /** The reason is not of this pack, or concerns another procedure. */
  | { readonly kind: 'unknown-reason' }
  /** The cause has no fixed wait, or its wait is over: a day is missing, too early or too late. */
  | { readonly kind: 'bad-since'; readonly why: 'missing' | 'too-small' | 'too-big' }
  | { readonly kind: 'wrong-state' | 'not-found' | 'key-reused' };

/**
 * Defers a checked-in donor after screening, in one transaction: the booking ends, the reason goes to the private table,
 * the lock keeps the donor from booking until the wait is over, and a booking that no longer holds is released.
 */
export async function deferDonor(
  deps: EngineDeps,
  site: SiteItem,
  input: DeferInput & { by: string; idempotency: Idempotency },
  /** What else is recorded with it. */
  beside: (booking: BookingItem, now: Instant) => readonly DraftItem[] = () => [],
): Promise<DeferAnswer> {
  return await withRetries<DeferAnswer>(async () => {
    const booking = await createBookings(deps.store).get(input.bookingId);
    if (!booking) return { kind: 'not-found' };
    const pack = deps.packOf({ pack: site.pack, date: booking.date });
    if (!pack) return { kind: 'not-found' };
    const known = wasAccepted(booking.accepted, input.idempotency);
    if (known === 'other-input') return { kind: 'key-reused' };
    // The wait follows from the booking and the input alone, so that a repeat is answered as the first call was.
    const judged = waitOf(pack, booking, input);
    if (known || 'kind' in judged) return 'kind' in judged ? judged : { kind: 'done', wait: judged };
    if (!isBookingAllowed('defer', booking.status)) return { kind: 'wrong-state' };
    const item = await deps.store.get<LockItem>(keys.lock(booking.personId), { consistent: true });
    if (!item) return { kind: 'not-found' };
    const lock = unpackLock(item);
    const facts = applyDeferral(lock.facts, judged);
    const { keep, release } = await redecide(deps, lock, facts, { booking, leaves: true });
    const now = nowOf(deps);
    const result = await deps.store.transact([
      bookingWrite(booking, 'defer', {
        now,
        idempotency: input.idempotency,
        step: { by: input.by },
        change: { cancelCause: 'no-longer-eligible' },
      }),
      lockWrite(lock, { facts, commitments: keep }),
      deferralPut(booking, input, judged, { at: now, by: input.by }),
      ...beside(booking, now),
      ...release,
    ]);
    return result.ok ? { kind: 'done', wait: judged } : AGAIN;
  }, deps);
}

/** The reason, where only the station's own records lead. */
export function deferralPut(
  { personId, bookingId, containerId }: BookingItem,
  { reason, since }: Omit<DeferInput, 'bookingId'>,
  wait: Wait,
  { at, by, enteredAt }: { at: Instant; by: string; enteredAt?: Instant },
): DraftItem {
  const item: DeferralItem = {
    kind: 'deferral',
    personId,
    reason,
    ...(since && { since }),
    ...('until' in wait ? { until: wait.until, permanent: false } : { permanent: true }),
    siteId: containerId,
    bookingId,
    recordedBy: by,
    at,
    ...(enteredAt && { enteredAt }),
  };
  return {
    Put: {
      table: 'private',
      Item: { ...keys.deferral(personId, at), ...item },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** The physician’s own day: no pack says how long a figure keeps somebody from giving. */
function untilOf({ date }: Pick<BookingItem, 'date'>, until: LocalDate | undefined): Wait | DeferAnswer {
  if (!until) return { kind: 'bad-since', why: 'missing' };
  return until > date ? { until } : { kind: 'bad-since', why: 'too-small' };
}

/** How long somebody deferred for a reason has to wait, or why that cannot be said. */
export function waitOf(
  pack: PolicyPack,
  booking: Pick<BookingItem, 'date' | 'procedure'>,
  { reason, since }: Omit<DeferInput, 'bookingId'>,
): Wait | DeferAnswer {
  if (reason === PERMANENT) return { permanent: true };
  if (reason === MEASURES) return untilOf(booking, since);
  const rule = pack.deferrals.find(({ code }) => code === reason);
  if (!rule || (rule.procedure && rule.procedure !== booking.procedure)) return { kind: 'unknown-reason' };
  // A cause that is still there has no wait to count: its end is the end of the deferral.
  if (!rule.after && !since) return { kind: 'bad-since', why: 'missing' };
  if (rule.after && since && since > booking.date) return { kind: 'bad-since', why: 'too-big' };
  const until = deferralUntil(rule, since ?? booking.date) ?? since ?? booking.date;
  if (until <= booking.date) return { kind: 'bad-since', why: 'too-small' };
  return { until, ...(rule.procedure && { procedure: rule.procedure }) };
}
