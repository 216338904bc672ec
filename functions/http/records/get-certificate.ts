import type { records } from '../../../shared/contract/records.ts';
import { printCode, readCode } from '../../../shared/domain/proof-code.ts';
import { certifiedBy } from '../../../shared/store/hours.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { RecordsDeps } from './deps.ts';

type Routes = (typeof records)['routes'];

/** Never kept by a cache: a code that is withdrawn, or a record that is corrected, is told at once. */
export const getCertificate: RouteHandler<Routes['GET /api/certificates/{code}'], RecordsDeps> = async (
  { params },
  deps,
) => {
  const code = readCode(params.code);
  const certificate = code && (await certifiedBy(deps.store, code));
  if (!code || !certificate) throw new ProblemError('not-found');
  return { ...certificate, code: printCode(code) };
};
