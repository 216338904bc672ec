import { createSendQueue, type SendQueue } from '../../../shared/notify/queue.ts';
import { optionalEnv, requireEnv } from '../../runtime/env.ts';

/** SEND_QUEUE_URL, and SQS_ENDPOINT off AWS. */
export function sendQueueFromEnv(): SendQueue {
  const endpoint = optionalEnv('SQS_ENDPOINT');
  return createSendQueue({ queueUrl: requireEnv('SEND_QUEUE_URL'), client: { ...(endpoint && { endpoint }) } });
}
