import type { factors } from '../../../shared/contract/factors.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { newTotpSecret, totpUri } from '../../runtime/totp.ts';
import type { FactorsDeps } from './deps.ts';
import { recordOf, refusedOf } from './record.ts';
import { refuse } from './shown.ts';

type Routes = (typeof factors)['routes'];

export const beginEnrolment: RouteHandler<Routes['POST /api/factor/enrolment'], FactorsDeps> = async (
  { actor: { personId }, body, idempotency },
  deps,
) => {
  const answer = await deps.factors.begin({
    personId,
    totp: newTotpSecret(),
    code: body.code,
    audit: { Put: recordOf(deps, personId, 'factor-begun') },
    refused: refusedOf(deps, personId),
    idempotency,
  });
  if (answer.kind !== 'begun') return refuse(answer);
  // Whose it is, among others in the same authenticator: never the number, which others may read over a shoulder.
  const name = (await deps.people.profile(personId))?.name;
  return { secret: answer.totp, uri: totpUri(answer.totp, name || personId), until: answer.until };
};
