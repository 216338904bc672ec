import * as z from 'zod';
import { area } from './define.ts';

const OpenApiDocument = z.looseObject({ openapi: z.string() });

export const health = area('health', {
  'GET /api/health': {
    roles: ['public'],
    summary: 'Whether the service can reach its table',
    status: 200,
    output: z.object({ status: z.literal('ok'), version: z.string() }),
  },
  'GET /api/openapi.json': {
    roles: ['public'],
    summary: 'This API as OpenAPI 3.1: where each path is described',
    status: 200,
    output: OpenApiDocument,
    cacheSeconds: 300,
  },
  'GET /api/openapi/{area}': {
    roles: ['public'],
    summary: 'One area of this API as OpenAPI 3.1',
    status: 200,
    params: z.strictObject({ area: z.string().regex(/^[a-z]{1,40}$/) }),
    output: OpenApiDocument,
    cacheSeconds: 300,
  },
});
