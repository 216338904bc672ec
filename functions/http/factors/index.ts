import { factors } from '../../../shared/contract/factors.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { confirmFactor } from './confirm.ts';
import { factorsDeps } from './deps.ts';
import { getFactor } from './get-factor.ts';
import { showFactor } from './show.ts';

export const factorsRoutes = {
  'GET /api/factor': getFactor,
  'POST /api/factor/enrolment': beginEnrolment,
  'POST /api/factor/confirm': confirmFactor,
  'POST /api/factor/show': showFactor,
};

const deps = once(() => factorsDeps(storeFromEnv(), systemWorld('factors'), secretFromEnv('FACT_KEY')));

export const handler = areaHandler(factors, deps, factorsRoutes);
