import { createHash, randomUUID } from 'node:crypto';
import type { Queue } from './queue.ts';
import type { WireAnswer } from './sns.ts';

type Entry = { readonly Id?: string; readonly MessageBody?: unknown; readonly DelaySeconds?: unknown };

/** The part of SQS that puts messages on a queue, in its JSON protocol. */
export function answerSqs(target: string, body: unknown, queue: Queue): WireAnswer {
  const input = (body ?? {}) as Entry & { readonly Entries?: readonly Entry[] };
  switch (target) {
    case 'AmazonSQS.SendMessage': {
      const sent = send(input, queue);
      return sent ? json(200, sent) : invalid();
    }
    case 'AmazonSQS.SendMessageBatch': {
      if (!Array.isArray(input.Entries) || input.Entries.length === 0 || input.Entries.length > 10) return invalid();
      const answers = input.Entries.map((entry) => ({ Id: entry.Id, sent: send(entry, queue) }));
      return json(200, {
        Successful: answers.flatMap(({ Id, sent }) => (sent ? [{ Id, ...sent }] : [])),
        Failed: answers.flatMap(({ Id, sent }) =>
          sent ? [] : [{ Id, SenderFault: true, Code: 'InvalidParameterValue' }],
        ),
      });
    }
    default:
      return fault('com.amazonaws.sqs#UnsupportedOperation', 'Only SendMessage and SendMessageBatch are spoken here.');
  }
}

const MAX_DELAY_SECONDS = 900;

function send(entry: Entry, queue: Queue): { MessageId: string; MD5OfMessageBody: string } | undefined {
  const { MessageBody: body, DelaySeconds: delay = 0 } = entry;
  if (typeof body !== 'string' || body === '') return undefined;
  if (typeof delay !== 'number' || delay < 0 || delay > MAX_DELAY_SECONDS) return undefined;
  return { MessageId: queue.send(body, delay * 1_000), MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
}

const invalid = (): WireAnswer => fault('com.amazonaws.sqs#InvalidParameterValue', 'A parameter is not valid.');

const fault = (type: string, message: string): WireAnswer => json(400, { __type: type, message });

const json = (status: number, body: unknown): WireAnswer => ({
  status,
  contentType: 'application/x-amz-json-1.0',
  body: JSON.stringify(body),
});

/** A delivery as the queue's event source makes it. */
export const sqsRecord = (
  message: { id: string; body: string; receiveCount: number; sentAt: number },
  queueArn: string,
  now: number,
) => ({
  messageId: message.id,
  receiptHandle: randomUUID(),
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(now),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: 'local',
});
