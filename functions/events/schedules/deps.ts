import type { ScheduleDeps } from '../../../shared/store/schedules.ts';
import { storeFromEnv, systemWorld } from '../../runtime/init.ts';
import type { Log } from '../../runtime/log.ts';

export type SchedulesDeps = ScheduleDeps & { readonly log: Log };

/** The job's world, from the environment. */
export const schedulesDeps = (): SchedulesDeps => ({ store: storeFromEnv(), ...systemWorld('schedules') });
