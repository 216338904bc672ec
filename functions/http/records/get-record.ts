import type { records } from '../../../shared/contract/records.ts';
import { printCode, readCode } from '../../../shared/domain/proof-code.ts';
import { provenBy } from '../../../shared/store/proofs.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { RecordsDeps } from './deps.ts';

type Routes = (typeof records)['routes'];

/** Never kept by a cache: a code that is withdrawn ends at once. */
export const getRecord: RouteHandler<Routes['GET /api/records/{code}'], RecordsDeps> = async ({ params }, deps) => {
  const code = readCode(params.code);
  const proof = code && (await provenBy(deps.store, code));
  if (!code || !proof) throw new ProblemError('not-found');
  return {
    code: printCode(code),
    maskedName: proof.maskedName,
    date: proof.date,
    recordedBy: proof.siteName,
    procedure: proof.procedure,
    volumeMl: proof.volumeMl,
    platelets: proof.platelets,
  };
};
