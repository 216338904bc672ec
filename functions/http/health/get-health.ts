import type { health } from '../../../shared/contract/health.ts';
import { keys } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { HealthDeps } from './deps.ts';

type Routes = (typeof health)['routes'];

/** Reads one item that need not exist: an answer means the table answers. */
export const getHealth: RouteHandler<Routes['GET /api/health'], HealthDeps> = async (_, { store }) => {
  await store.get(keys.job('health'));
  return { status: 'ok', version: process.env['npm_package_version'] ?? process.env['VERSION'] ?? 'unknown' };
};
