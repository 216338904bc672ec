import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { MessageRef } from '../../../shared/store/messages.ts';
import { processQueue } from '../common/batch.ts';
import type { SenderDeps } from './deps.ts';
import { sendMessage } from './send-message.ts';

/** The send queue: each body names a message. Coming twice is harmless, because sending needs a claim. */
export const senderHandler =
  (getDeps: () => Promise<SenderDeps>) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const deps = await getDeps();
    return await processQueue(
      event,
      deps.log,
      async ({ body }) => await sendMessage(deps, JSON.parse(body) as MessageRef),
    );
  };
