import { asRead } from './as-read.ts';
import { isConditionFailure, type Store } from './client.ts';
import type { JobItem } from './items/index.ts';
import { keys } from './keys.ts';

export function createJobs(store: Store) {
  return {
    /** Where a job stands; undefined before its first run. */
    async get(name: string): Promise<JobItem | undefined> {
      return await store.get<JobItem>(keys.job(name), { consistent: true });
    },

    /** Notes how far a job has come, provided no other run of it has since `before` was read: then false. */
    async move(name: string, before: JobItem | undefined, watermark: string): Promise<boolean> {
      const after: JobItem = { kind: 'job', name, watermark, version: (before?.version ?? 0) + 1 };
      try {
        await store.put({
          Item: { ...keys.job(name), ...after },
          ...asRead(before),
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },
  };
}
