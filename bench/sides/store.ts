import { engineDeps } from '../../functions/runtime/common-deps.ts';
import { systemClock, systemRandom } from '../../functions/runtime/init.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { createStore } from '../../shared/store/client.ts';
import { BusyError } from '../../shared/store/retry.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { inLanes, type Timed } from './lanes.ts';

/** The booking path as the handlers call it, without HTTP: the store's transaction, deciding by the policy pack. */
export type StoreJob = {
  readonly side: 'store';
  readonly endpoint: string;
  readonly table: string;
  readonly lanes: number;
} & (
  | { readonly book: readonly { personId: string; slotId: string; key: string }[] }
  | { readonly weeks: number; readonly siteId: string; readonly dates: readonly string[] }
);

export async function runStore(job: StoreJob): Promise<Timed> {
  const store = createStore({ tableName: job.table, client: { ...LOCAL_AWS, endpoint: job.endpoint } });
  if ('book' in job) {
    const deps = engineDeps(store, { clock: systemClock, random: systemRandom });
    return await inLanes(job.lanes, job.book, async ({ personId, slotId, key }) => {
      const answer = await patiently(() => book(deps, { personId, slotId, idempotency: { key, input: key } }));
      if (answer.kind === 'booked') return 'ok';
      return answer.kind === 'refused' && answer.reasons[0]?.code === 'slot-full' ? 'full' : 'error';
    });
  }
  const slots = createSlots(store);
  const weeks = Array.from({ length: job.weeks }, () => job.dates);
  return await inLanes(job.lanes, weeks, async (dates) => {
    const days = await Promise.all(dates.map(async (date) => await slots.day(job.siteId, date)));
    return days.every((day) => day.length > 0) ? 'ok' : 'error';
  });
}

const MOST_TRIES = 20;

/** What the gateway would answer with 503 is asked again with the same key, as over HTTP. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof BusyError) || tries >= MOST_TRIES) throw error;
    }
  }
}
