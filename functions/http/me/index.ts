import { me } from '../../../shared/contract/me.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { optionalEnv, requireEnv } from '../../runtime/env.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { meDeps } from './deps.ts';
import { editMe } from './edit-me.ts';
import { eraseMe } from './erase-me.ts';
import { exportMe } from './export-me.ts';
import { getMyDonation } from './get-donation.ts';
import { getEligibility } from './get-eligibility.ts';
import { getMe } from './get-me.ts';
import { idTokenVerifier } from './id-token.ts';
import { listMyBookings } from './list-bookings.ts';
import { listMyDonations } from './list-donations.ts';
import { listMyMessages } from './list-messages.ts';
import { makeRecord } from './make-record.ts';
import { putSecondFact } from './put-second-fact.ts';
import { signIn } from './sign-in.ts';

export const meRoutes = {
  'POST /api/me/sign-in': signIn,
  'GET /api/me': getMe,
  'PATCH /api/me': editMe,
  'PUT /api/me/second-fact': putSecondFact,
  'GET /api/me/export': exportMe,
  'POST /api/me/erase': eraseMe,
  'GET /api/me/eligibility': getEligibility,
  'GET /api/me/bookings': listMyBookings,
  'GET /api/me/donations': listMyDonations,
  'GET /api/me/donations/{din}': getMyDonation,
  'POST /api/me/donations/{din}/record': makeRecord,
  'GET /api/me/messages': listMyMessages,
};

const deps = once(() => {
  const jwksUri = optionalEnv('JWKS_URI');
  const verify = idTokenVerifier({
    issuer: requireEnv('ISSUER'),
    clientId: requireEnv('CLIENT_ID'),
    ...(jwksUri && { jwksUri }),
  });
  return meDeps(storeFromEnv(), systemWorld('me'), verify, secretFromEnv('FACT_KEY'));
});

export const handler = areaHandler(me, deps, meRoutes);
