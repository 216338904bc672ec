import { PublishCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { neverConnected, PUBLISH_TIMEOUT_MS, SendError, type SmsSender } from './sms.ts';

/** Answers by which SNS says that it took nothing and may later. */
const THROTTLES = new Set(['Throttled', 'ThrottledException', 'ThrottlingException', 'TooManyRequestsException']);

/**
 * Texts through Amazon SNS. One attempt a call, because the sender's claim counts attempts: a retry within the SDK would
 * be one that nobody counted.
 */
export function createSnsSender(config: { readonly client?: SNSClientConfig; readonly senderId?: string }): SmsSender {
  const client = new SNSClient({
    ...config.client,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: PUBLISH_TIMEOUT_MS, throwOnRequestTimeout: true },
  });
  return async (to, text) => {
    try {
      const { MessageId } = await client.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: text,
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
            ...(config.senderId && {
              'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: config.senderId },
            }),
          },
        }),
        { abortSignal: AbortSignal.timeout(PUBLISH_TIMEOUT_MS) },
      );
      return { providerId: MessageId ?? 'unknown' };
    } catch (error) {
      throw told(error);
    }
  };
}

function told(error: unknown): unknown {
  const offline = neverConnected(error);
  if (offline) return new SendError('not-accepted', offline);
  if (!(error instanceof Error)) return error;
  const { $fault, $metadata } = error as { $fault?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  if (THROTTLES.has(error.name) || status === 429) return new SendError('not-accepted', error.name);
  if ($fault === 'client' && status >= 400 && status < 500) return new SendError('refused', error.name);
  return error;
}
