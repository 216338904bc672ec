import type { waiting } from '../../../shared/contract/waiting.ts';
import { auditItem } from '../../../shared/store/audit.ts';
import { acceptOffer, declineOffer } from '../../../shared/store/transactions/answer-offer.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import type { WaitingDeps } from './deps.ts';
import { offerOfCode } from './offer-of-code.ts';
import { auditOf, callersOffer } from './views.ts';

type Routes = (typeof waiting)['routes'];

/** Does for somebody on the phone what they would do on the page; who did it is written in the same transaction. */
export const answerForCaller: RouteHandler<Routes['POST /api/waiting/offers/answer'], WaitingDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { site, wait } = await offerOfCode(deps, actor, body);
  const { waitId, personId } = wait;
  const entry = auditOf(site, actor.personId, `offer-${body.answer}`, nowOf(deps), [personId], deps.newId());
  const act = body.answer === 'accept' ? acceptOffer : declineOffer;
  const answer = await act(deps.engine, { waitId, personId, idempotency, also: [{ Put: auditItem(entry) }] });
  return callersOffer(answered(answer), await deps.people.profile(personId));
};
