import type { me } from '../../../shared/contract/me.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import { printCode } from '../../../shared/domain/proof-code.ts';
import { proveDonation } from '../../../shared/store/proofs.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';

type Routes = (typeof me)['routes'];

export const makeRecord: RouteHandler<Routes['POST /api/me/donations/{din}/record'], MeDeps> = async (
  { actor, params, body },
  deps,
) => {
  const proven = await proveDonation(deps, { personId: actor.personId, din: params.din, date: body.date });
  if (!proven) throw new ProblemError('not-found');
  const { code, donation, profile } = proven;
  return {
    code: printCode(code),
    din: donation.din,
    name: profile.name,
    maskedName: maskName(profile.name),
    date: donation.date,
    recordedBy: donation.siteName,
    procedure: donation.procedure,
    volumeMl: donation.volumeMl,
    platelets: donation.platelets,
  };
};
