import type { recalls } from '../../../shared/contract/recalls.ts';
import { beginRecall, goOnRecalling } from '../../../shared/store/transactions/recall.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredDonation } from './covered.ts';
import type { RecallsDeps } from './deps.ts';
import { recallOf, recallView } from './views.ts';

type Routes = (typeof recalls)['routes'];

/** What is not stopped by then is the clock's to go on with; the page shows how far it has come. */
export const IN_REQUEST_MS = 4_000;

export const begin: RouteHandler<Routes['POST /api/recalls'], RecallsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { donation, site } = await coveredDonation(deps, actor, body.din);
  const begun = recallOf(
    await beginRecall(deps, {
      ...body,
      site,
      din: donation.din,
      by: actor.personId,
      auditId: deps.newId(),
      idempotency,
    }),
  );
  const recall = (await goOnRecalling(deps, begun, deps.clock.now() + IN_REQUEST_MS)) ?? begun;
  return (await recallView(deps, recall, site)).view;
};
