import type { donations } from '../../../shared/contract/donations.ts';
import { parseDocument } from '../../../shared/domain/identity-document.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { parsePassCode } from '../../../shared/domain/pass-code.ts';
import type { BookingItem } from '../../../shared/store/items/index.ts';
import { checkIn, type KnownBy } from '../../../shared/store/transactions/check-in.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import { isPassOf } from '../../runtime/booking-view.ts';
import { type FieldFault, ProblemError } from '../../runtime/problem.ts';
import { coveredBooking } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { oneEntry } from './roster-entry.ts';

type Routes = (typeof donations)['routes'];
type Route = Routes['POST /api/donations/check-in'];

export const checkInDonor: RouteHandler<Route, DonationsDeps> = async ({ actor, body, idempotency }, deps) => {
  const booking = await coveredBooking(deps, actor, body.bookingId);
  const knownBy = knownByOf(booking, body, deps);
  const { documents } = deps;
  const answer = await checkIn(deps.engine, {
    bookingId: body.bookingId,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency:
      knownBy.key === 'document' ? { ...idempotency, input: await documents.blind(idempotency.input) } : idempotency,
    knownBy,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'refused') throw new ProblemError('refused', { reasons: answer.reasons });
  if (answer.kind === 'document-differs') {
    throw new ProblemError(answer.kind, { fields: answer.fields.map((path) => ({ path, why: 'differs' })) });
  }
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return await oneEntry(deps, answer.booking);
};

const wrong = (path: string, why: FieldFault) => new ProblemError('invalid-input', { fields: [{ path, why }] });

/** One of the three, and one only: two that disagree would be no key at all. */
function knownByOf(booking: BookingItem, body: RouteRequest<Route>['body'], deps: DonationsDeps): KnownBy {
  const { passCode, document, reason, correct } = body;
  const [given, second] = (['passCode', 'document', 'reason'] as const).filter((it) => body[it] !== undefined);
  if (!given) throw wrong('passCode', 'missing');
  if (second) throw wrong(second, 'not-allowed');
  if (passCode !== undefined) {
    const code = parsePassCode(passCode);
    if (!code) throw wrong('passCode', 'mistyped');
    if (!isPassOf(code, booking)) throw new ProblemError('pass-of-another');
    return { key: 'pass' };
  }
  if (document) {
    const parsed = parseDocument(document.type, document.number, localDateOf(nowOf(deps), booking.zone));
    if (!parsed.ok) throw wrong('document.number', parsed.why);
    return { key: 'document', document: parsed.document, correct: correct ?? false, documents: deps.documents };
  }
  return { key: 'known', reason: reason ?? '' };
}
