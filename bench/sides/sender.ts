import { senderDeps } from '../../functions/events/sender/deps.ts';
import { senderHandler } from '../../functions/events/sender/handler.ts';
import { systemWorld } from '../../functions/runtime/init.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { failedItems } from '../../local/lambda.ts';
import { TEXT_SETTINGS } from '../../shared/notify/settings.ts';
import { createSnsSender } from '../../shared/notify/sns.ts';
import { createStore } from '../../shared/store/client.ts';
import type { MessageRef } from '../../shared/store/messages.ts';
import { inLanes, type Timed } from './lanes.ts';

/** Batches of queued messages for the sender, as SQS hands them over. */
export type SenderJob = {
  readonly side: 'sender';
  readonly endpoint: string;
  readonly table: string;
  readonly sns: string;
  readonly lanes: number;
  readonly batches: readonly (readonly MessageRef[])[];
};

export async function runSender(job: SenderJob): Promise<Timed> {
  const store = createStore({ tableName: job.table, client: { ...LOCAL_AWS, endpoint: job.endpoint } });
  const deps = senderDeps(store, systemWorld('sender'), {
    send: createSnsSender({ client: { ...LOCAL_AWS, endpoint: job.sns } }),
    signature: '',
    // At any hour, and with a budget for all of them.
    settings: { ...TEXT_SETTINGS, quiet: undefined, monthlySegments: 1_000_000_000 },
  });
  const handler = senderHandler(async () => deps);
  return await inLanes(job.lanes, job.batches, async (batch) => {
    const Records = batch.map((ref, n) => ({ messageId: String(n), body: JSON.stringify(ref) }));
    return failedItems(await handler({ Records } as never)).length === 0 ? 'ok' : 'error';
  });
}
