import type { hours } from '../../../shared/contract/hours.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { HoursDeps } from './deps.ts';
import { starSettings } from './stars-view.ts';

type Routes = (typeof hours)['routes'];

export const getStars: RouteHandler<Routes['GET /api/hours/stars'], HoursDeps> = async (_, deps) =>
  starSettings(await deps.hours.stars());
