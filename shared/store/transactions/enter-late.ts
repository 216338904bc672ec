import { LATE_DAYS, LATE_FROM, type LateAction } from '../../domain/booking-states.ts';
import { daysBetween } from '../../domain/dates.ts';
import { applyDeferral, decideDonation, volumeAllowed } from '../../domain/eligibility.ts';
import { localDateOf } from '../../domain/local-time.ts';
import type { PolicyPack } from '../../domain/policy-pack.ts';
import type { PastDonation, Refusal } from '../../domain/refusal.ts';
import type { BookingStatus, Instant, LocalDate, Procedure } from '../../domain/vocabulary.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { bookingWrite, createBookings, newBooking } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem, LockItem, SiteItem } from '../items/index.ts';
import { bookingId, keys } from '../keys.ts';
import { type Lock, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createSlots, placeOnPaper, type WholeSlot } from '../slots.ts';
import { suffixOf } from './book.ts';
import { type Drawn, recordDonation } from './complete-donation.ts';
import { deferralPut, waitOf } from './defer.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { redecide } from './redecide.ts';

/** What a row on paper says became of somebody. */
export type OnPaper =
  | { readonly kind: 'came' | 'no-show' }
  | ({ readonly kind: 'given' } & Omit<Drawn, 'bookingId'>)
  | { readonly kind: 'deferred'; readonly reason: string; readonly since?: LocalDate | undefined };

/** Somebody who was booked, or who came without: then of which procedure. */
export type WhoCame = { readonly bookingId: string } | { readonly personId: string; readonly procedure: Procedure };

export type LateAnswer =
  /** `doubts`: what the rules would have said against it that day. It has happened, so it is recorded. */
  | { readonly kind: 'done'; readonly booking: BookingItem; readonly doubts: readonly Refusal[] }
  | { readonly kind: 'wrong-state'; readonly status: BookingStatus }
  /** The time is not of the booking's day, has yet to come, or is too long ago to be entered so. */
  | { readonly kind: 'bad-time'; readonly why: 'not-allowed' | 'too-late' | 'too-early' }
  /** They had a booking at the site that day: it is the one to be entered. */
  | { readonly kind: 'has-booking' }
  | { readonly kind: 'no-slot' | 'unknown-reason' | 'bad-since' | 'din-taken' | 'volume-not-allowed' }
  | { readonly kind: 'not-found' | 'key-reused' };

const ACTIONS = {
  came: 'check-in',
  'no-show': 'no-show',
  given: 'complete',
  deferred: 'defer',
} as const satisfies Record<OnPaper['kind'], LateAction>;

type Row = {
  readonly who: WhoCame;
  readonly at: Instant;
  readonly paper: OnPaper;
  readonly by: string;
  readonly auditId: string;
  readonly idempotency: Idempotency;
};
type Read = { booking: BookingItem; place: readonly DraftItem[]; isNew: boolean };

/**
 * Enters one row of a day that was on paper, in one transaction, with the time it really was, and marked as late with who
 * entered it. A row sent twice is entered once; one that cannot be entered says why and touches nothing.
 */
export async function enterLate(deps: EngineDeps, site: SiteItem, row: Row): Promise<LateAnswer> {
  return await withRetries<LateAnswer>(async () => {
    const { who, at, paper } = row;
    const id = 'bookingId' in who ? who.bookingId : bookingId(who.personId, suffixOf(row.idempotency));
    const stored = await createBookings(deps.store).get(id);
    const known = stored && wasAccepted(stored.accepted, row.idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: stored, doubts: [] } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const date = localDateOf(at, site.zone);
    if (at > now) return { kind: 'bad-time', why: 'too-late' };
    if (daysBetween(date, localDateOf(now, site.zone)) > LATE_DAYS) return { kind: 'bad-time', why: 'too-early' };
    const personId = 'bookingId' in who ? stored?.personId : who.personId;
    // Before anything that is decided on it: a second row of the person that is entered meanwhile then changes it.
    const item = personId && (await deps.store.get<LockItem>(keys.lock(personId), { consistent: true }));
    if (!item) return { kind: 'not-found' };
    const lock = unpackLock(item);
    const read =
      'personId' in who
        ? await walkIn(deps, site, lock, { ...row, who, id, date, now })
        : stored && { booking: stored, place: [], isNew: false };
    if (!read) return { kind: 'not-found' };
    if ('kind' in read) return read;
    const { booking, isNew } = read;
    if (booking.date !== date) return { kind: 'bad-time', why: 'not-allowed' };
    const from: readonly BookingStatus[] = LATE_FROM[ACTIONS[paper.kind]];
    if (!isNew && !from.includes(booking.status)) return { kind: 'wrong-state', status: booking.status };
    // Whose time is not over may still come.
    if (paper.kind === 'no-show' && booking.endsAt > now) return { kind: 'bad-time', why: 'too-late' };
    const pack = deps.packOf({ pack: site.pack, date });
    if (!pack) return { kind: 'not-found' };
    return await write(deps, site, row, { ...read, pack, lock, now });
  }, deps);
}

/** A booking of the time that was nearest, for somebody who came without one. */
async function walkIn(
  deps: EngineDeps,
  site: SiteItem,
  lock: Lock,
  {
    who,
    at,
    id,
    date,
    now,
    by,
    idempotency,
  }: Row & {
    who: { personId: string; procedure: Procedure };
    id: string;
    date: LocalDate;
    now: Instant;
  },
): Promise<Read | LateAnswer> {
  const { items } = await createBookings(deps.store).ofPerson(who.personId, { limit: 50 });
  const hadOne = items.some(
    (it) =>
      it.slotKind === 'donation' && it.date === date && it.containerId === site.siteId && it.status !== 'cancelled',
  );
  if (hadOne) return { kind: 'has-booking' };
  const day = await createSlots(deps.store).dayNow(site.siteId, date);
  const whole = nearest(
    day.filter(({ slot }) => slot.slotKind === 'donation' && slot.procedure === who.procedure && !slot.block),
    at,
  );
  if (!whole) return { kind: 'no-slot' };
  const { k, items: place } = placeOnPaper(whole);
  const booking = newBooking({
    bookingId: id,
    personId: who.personId,
    slot: whole.slot,
    pool: k,
    firstTime: !lock.facts.repeatDonor,
    now,
    idempotency,
    desk: { by, walkIn: true },
  });
  // Accepted with what it becomes.
  return { booking: { ...booking, accepted: [] }, place, isNew: true };
}

/** The time under way at an instant, with room if one has it; else the one that began nearest to it. */
function nearest(slots: readonly WholeSlot[], at: Instant): WholeSlot | undefined {
  const away = ({ slot }: WholeSlot): number =>
    slot.startsAt <= at && at < slot.endsAt ? 0 : Math.abs(Date.parse(slot.startsAt) - Date.parse(at));
  const isFull = ({ pools }: WholeSlot): number => (pools.some(({ free }) => free > 0) ? 0 : 1);
  return slots.toSorted((a, b) => away(a) - away(b) || isFull(a) - isFull(b))[0];
}

async function write(
  deps: EngineDeps,
  site: SiteItem,
  { at, paper, by, auditId, idempotency }: Row,
  { booking, place, isNew, pack, lock, now }: Read & { pack: PolicyPack; lock: Lock; now: Instant },
): Promise<LateAnswer | typeof AGAIN> {
  const audit: DraftItem = {
    Put: auditItem({
      by,
      action: 'entered-late',
      scope: site.siteId,
      zone: site.zone,
      at: now,
      subjects: [booking.personId],
      change: { was: at, what: paper.kind === 'deferred' ? 'came' : paper.kind },
      id: auditId,
    }),
  };
  const also = [...place, audit];
  const came = paper.kind === 'no-show' ? {} : { knownBy: booking.knownBy ?? ('paper' as const) };
  const step = { now, idempotency, step: { by, at }, late: { at: now, by }, isNew, change: came };

  if (paper.kind === 'given') {
    const given: PastDonation = {
      date: booking.date,
      procedure: paper.procedure,
      volumeMl: paper.volumeMl,
      ...(paper.platelets && { platelets: paper.platelets }),
    };
    if (!volumeAllowed(pack, given)) return { kind: 'volume-not-allowed' };
    const decision = decideDonation(pack, lock.facts, given);
    const input = { ...paper, bookingId: booking.bookingId, by, idempotency };
    const answer = await recordDonation(deps, site, pack, { booking, lock, given, input, paper: { at, isNew, also } });
    if (answer === AGAIN) return AGAIN;
    if (answer.kind === 'refused' || answer.kind === 'screening-missing')
      throw new Error('what has happened is not refused');
    if (answer.kind === 'wrong-state') return { kind: 'wrong-state', status: booking.status };
    if (answer.kind !== 'done') return { kind: answer.kind };
    return await entered(deps, booking.bookingId, decision.ok ? [] : decision.reasons);
  }

  if (paper.kind === 'deferred') {
    const wait = waitOf(pack, booking, paper);
    if ('kind' in wait) return { kind: wait.kind === 'unknown-reason' ? 'unknown-reason' : 'bad-since' };
    const facts = applyDeferral(lock.facts, wait);
    // The time is over: its place is nobody's any more.
    const { keep, release } = await redecide(deps, lock, facts, { booking, leaves: false });
    const { ok } = await deps.store.transact([
      bookingWrite(booking, 'defer', { ...step, change: { ...came, cancelCause: 'no-longer-eligible' } }),
      lockWrite(lock, { facts, commitments: keep }),
      deferralPut(booking, paper, wait, { at, by, enteredAt: now }),
      ...release,
      ...also,
    ]);
    return ok ? await entered(deps, booking.bookingId, []) : AGAIN;
  }

  const { ok } = await deps.store.transact([
    bookingWrite(booking, ACTIONS[paper.kind], step),
    // Two rows of one person who had no booking meet here.
    ...(isNew ? [lockWrite(lock, {})] : []),
    ...also,
  ]);
  return ok ? await entered(deps, booking.bookingId, []) : AGAIN;
}

async function entered(deps: EngineDeps, id: string, doubts: readonly Refusal[]): Promise<LateAnswer> {
  const booking = await createBookings(deps.store).get(id);
  return booking ? { kind: 'done', booking, doubts } : { kind: 'not-found' };
}
