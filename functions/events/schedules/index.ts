import { makeSlots } from '../../../shared/store/schedules.ts';
import { once } from '../../runtime/init.ts';
import { type SchedulesDeps, schedulesDeps } from './deps.ts';

/** Nightly: keeps four weeks of slots ahead at every site. A night that is missed is made good by the next. */
export const schedulesHandler = (getDeps: () => Promise<SchedulesDeps>) => async (): Promise<{ made: number }> => {
  const deps = await getDeps();
  const result = await makeSlots(deps);
  deps.log.info('slots made', result);
  return result;
};

export const handler = schedulesHandler(once(schedulesDeps));
