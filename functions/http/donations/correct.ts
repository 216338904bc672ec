import type { donations } from '../../../shared/contract/donations.ts';
import { parseDin, printDin } from '../../../shared/domain/din.ts';
import { type CorrectionInput, correctDonation } from '../../../shared/store/transactions/correct-donation.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite, isOwn } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const correct: RouteHandler<Routes['POST /api/donations/{din}/corrections'], DonationsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const donation = await deps.donations.byDin(params.din);
  if (!donation) throw new ProblemError('not-found');
  const site = await coveredSite(deps, actor, donation.siteId);
  const { reason, ...asked } = body;
  let input: CorrectionInput;
  if (asked.kind === 'din') {
    const read = parseDin(asked.newDin, site.dinScheme);
    if (!read.ok || !isOwn(site, read.din)) throw new ProblemError('din-invalid');
    input = { kind: 'din', newDin: read.din };
  } else input = asked;
  const answer = await correctDonation(deps.engine, site, {
    ...input,
    din: params.din,
    reason,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'nothing-changed') {
    throw new ProblemError('invalid-input', { fields: [{ path: 'kind', why: 'repeated' }] });
  }
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  const { din, withdrawn } = answer;
  return { din, dinPrinted: printDin(din, site.dinScheme), withdrawn };
};
