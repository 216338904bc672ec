import { donations } from '../../../shared/contract/donations.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { textSettingsFromEnv } from '../../runtime/text-settings.ts';
import { beginDonation } from './begin.ts';
import { changeSlot } from './change-slot.ts';
import { checkInDonor } from './check-in.ts';
import { complete } from './complete.ts';
import { correct } from './correct.ts';
import { defer } from './defer.ts';
import { donationsDeps } from './deps.ts';
import { exportRoster } from './export-roster.ts';
import { findByPass } from './find-by-pass.ts';
import { getReaction } from './get-reaction.ts';
import { getScreening } from './get-screening.ts';
import { getSettings } from './get-settings.ts';
import { listDeferralReasons } from './list-deferral-reasons.ts';
import { listElsewhere } from './list-elsewhere.ts';
import { listRoster } from './list-roster.ts';
import { listSlots } from './list-slots.ts';
import { putSettings } from './put-settings.ts';
import { screen } from './screen.ts';
import { undo } from './undo.ts';
import { verify } from './verify-elsewhere.ts';

export const donationsRoutes = {
  'GET /api/donations/roster': listRoster,
  'GET /api/donations/roster.csv': exportRoster,
  'GET /api/donations/pass': findByPass,
  'POST /api/donations/check-in': checkInDonor,
  'POST /api/donations/begin': beginDonation,
  'POST /api/donations/undo': undo,
  'POST /api/donations': complete,
  'GET /api/donations/screening': getScreening,
  'POST /api/donations/screening': screen,
  'GET /api/donations/{din}/reaction': getReaction,
  'POST /api/donations/{din}/corrections': correct,
  'POST /api/donations/deferrals': defer,
  'GET /api/donations/deferral-reasons': listDeferralReasons,
  'GET /api/donations/elsewhere': listElsewhere,
  'POST /api/donations/elsewhere/{declaredId}/verification': verify,
  'GET /api/donations/slots': listSlots,
  'PATCH /api/donations/slots/{slotId}': changeSlot,
  'GET /api/donations/settings/{siteId}': getSettings,
  'PUT /api/donations/settings/{siteId}': putSettings,
};

const deps = once(() =>
  donationsDeps(storeFromEnv(), systemWorld('donations'), secretFromEnv('IDENTITY_KEY'), textSettingsFromEnv()),
);

export const handler = areaHandler(donations, deps, donationsRoutes);
