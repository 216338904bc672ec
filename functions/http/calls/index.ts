import { calls } from '../../../shared/contract/calls.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { optionalEnv, requireEnv } from '../../runtime/env.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { begin } from './begin.ts';
import { callsDeps } from './deps.ts';
import { getCall } from './get-call.ts';
import { getSettings } from './get-settings.ts';
import { listCalls } from './list-calls.ts';
import { listDays } from './list-days.ts';
import { openCall } from './open-call.ts';
import { preview } from './preview.ts';
import { putSettings } from './put-settings.ts';
import { stop } from './stop.ts';

export const callsRoutes = {
  'GET /api/calls': listCalls,
  'GET /api/calls/days': listDays,
  'GET /api/calls/preview': preview,
  'POST /api/calls': begin,
  'GET /api/calls/{callId}': getCall,
  'POST /api/calls/{callId}/stop': stop,
  'GET /api/calls/settings/{siteId}': getSettings,
  'PUT /api/calls/settings/{siteId}': putSettings,
  'GET /api/calls/open/{code}': openCall,
};

const deps = once(() =>
  callsDeps(storeFromEnv(), systemWorld('calls'), {
    publicUrl: requireEnv('PUBLIC_URL'),
    signature: optionalEnv('SMS_SIGNATURE') ?? '',
  }),
);

export const handler = areaHandler(calls, deps, callsRoutes);
