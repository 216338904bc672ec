import { hours } from '../../../shared/contract/hours.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { askCorrection } from './ask-correction.ts';
import { askForHours } from './ask-for-hours.ts';
import { decide } from './decide.ts';
import { hoursDeps } from './deps.ts';
import { exportHours } from './export-hours.ts';
import { getMyService } from './get-my-service.ts';
import { getOrganisationHours } from './get-organisation-hours.ts';
import { getPersonHours } from './get-person-hours.ts';
import { getSettings } from './get-settings.ts';
import { getStars } from './get-stars.ts';
import { listMyRecords } from './list-my-records.ts';
import { listRequests } from './list-requests.ts';
import { makeCertificate } from './make-certificate.ts';
import { putNumber } from './put-number.ts';
import { putSettings } from './put-settings.ts';
import { putStars } from './put-stars.ts';

export const hoursRoutes = {
  'GET /api/me/service': getMyService,
  'GET /api/me/service/records': listMyRecords,
  'POST /api/me/service/corrections': askCorrection,
  'PUT /api/me/service/number': putNumber,
  'POST /api/me/service/certificates': makeCertificate,
  'GET /api/organisations/{organisationId}/hours': getOrganisationHours,
  'GET /api/organisations/{organisationId}/hours/requests': listRequests,
  'GET /api/organisations/{organisationId}/hours/people/{bookingId}': getPersonHours,
  'POST /api/organisations/{organisationId}/hours/requests': askForHours,
  'POST /api/organisations/{organisationId}/hours/requests/{requestId}/decision': decide,
  'GET /api/organisations/{organisationId}/hours/settings': getSettings,
  'PUT /api/organisations/{organisationId}/hours/settings': putSettings,
  'GET /api/organisations/{organisationId}/hours/export.csv': exportHours,
  'GET /api/hours/stars': getStars,
  'PUT /api/hours/stars': putStars,
};

const deps = once(() => hoursDeps(storeFromEnv(), systemWorld('hours')));

export const handler = areaHandler(hours, deps, hoursRoutes);
