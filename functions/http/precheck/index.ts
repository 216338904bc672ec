import { precheck } from '../../../shared/contract/precheck.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { addElsewhere } from './add-elsewhere.ts';
import { precheckDeps } from './deps.ts';
import { dropElsewhere } from './drop-elsewhere.ts';
import { editElsewhere } from './edit-elsewhere.ts';
import { getPrecheck } from './get-precheck.ts';
import { getRules } from './get-rules.ts';
import { listConsents } from './list-consents.ts';
import { listElsewhere } from './list-elsewhere.ts';
import { putAnswers } from './put-answers.ts';
import { putConsent } from './put-consent.ts';

export const precheckRoutes = {
  'GET /api/precheck/rules': getRules,
  'GET /api/precheck': getPrecheck,
  'PUT /api/precheck/answers': putAnswers,
  'GET /api/precheck/consents': listConsents,
  'PUT /api/precheck/consents/{purpose}': putConsent,
  'GET /api/precheck/elsewhere': listElsewhere,
  'POST /api/precheck/elsewhere': addElsewhere,
  'PUT /api/precheck/elsewhere/{declaredId}': editElsewhere,
  'POST /api/precheck/elsewhere/{declaredId}/remove': dropElsewhere,
};

const deps = once(() => precheckDeps(storeFromEnv(), systemWorld('precheck')));

export const handler = areaHandler(precheck, deps, precheckRoutes);
