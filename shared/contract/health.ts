import * as z from 'zod';
import { area } from './define.ts';

export const health = area('health', {
  'GET /api/health': {
    roles: ['public'],
    summary: 'Whether the service can reach its table',
    status: 200,
    output: z.object({ status: z.literal('ok'), version: z.string() }),
  },
  'GET /api/openapi.json': {
    roles: ['public'],
    summary: 'This API as OpenAPI 3.1',
    status: 200,
    output: z.looseObject({ openapi: z.string() }),
    cacheSeconds: 300,
  },
});
