import { parseDocument } from '../../../shared/domain/identity-document.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { DocumentType } from '../../../shared/domain/vocabulary.ts';
import type { BookingItem } from '../../../shared/store/items/index.ts';
import { presentId } from '../../../shared/store/merge/merges.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { IdentityDeps } from './deps.ts';

type Clash = { readonly booking: BookingItem; readonly here: string; readonly other: string };

/**
 * The donor of a booking at the caller's site, and the other whose document is before them. Whoever has neither the booking
 * nor the whole number of the document finds nobody.
 */
export async function clashOf(
  deps: IdentityDeps,
  actor: Actor,
  shown: { bookingId: string; document: { type: DocumentType; number: string } },
): Promise<Clash> {
  const booking = await deps.bookings.get(shown.bookingId);
  if (booking?.slotKind !== 'donation') throw new ProblemError('not-found');
  requireSite(actor, booking.containerId);
  const { type, number } = shown.document;
  const parsed = parseDocument(type, number, localDateOf(nowOf(deps), booking.zone));
  if (!parsed.ok) throw new ProblemError('invalid-input', { fields: [{ path: 'document.number', why: parsed.why }] });
  const { item } = await deps.documents.find(parsed.document);
  const other = item && (await presentId(deps.store, item.personId));
  if (!other || other === booking.personId) throw new ProblemError('not-found');
  return { booking, here: booking.personId, other };
}
