import { sealDays } from '../../../shared/store/seals.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { sealBoxFromEnv } from '../../runtime/seal-box.ts';

const deps = once(() => ({ store: storeFromEnv(), box: sealBoxFromEnv(), ...systemWorld('seals') }));

/** Hourly: seals the days of the audit log that are over. An hour that is missed is made good by the next. */
export const handler = async (): Promise<{ sealed: number }> => {
  const { log, ...rest } = await deps();
  const result = await sealDays(rest);
  log.info('days sealed', result);
  return result;
};
