import { SendMessageBatchCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/** Where a message waits for a sender: its key and nothing else, so that what is sent is what stands by then. */
export type Queued = { readonly personId: string; readonly messageId: string };
export type SendQueue = (messages: readonly Queued[]) => Promise<void>;

const BATCH = 10;

/** Throws unless every message is in the queue; queueing one twice is harmless, because a claim is needed to send it. */
export function createSendQueue(config: { readonly queueUrl: string; readonly client?: SQSClientConfig }): SendQueue {
  const client = new SQSClient(config.client ?? {});
  return async (messages) => {
    for (let from = 0; from < messages.length; from += BATCH) {
      const entries = messages.slice(from, from + BATCH).map(({ personId, messageId }, n) => {
        return { Id: String(n), MessageBody: JSON.stringify({ personId, messageId }) };
      });
      const { Failed } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: config.queueUrl, Entries: entries }),
      );
      if (Failed && Failed.length > 0) throw new Error(`${Failed.length} messages could not be queued`);
    }
  };
}
