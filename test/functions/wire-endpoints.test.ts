import { DatabaseSync } from 'node:sqlite';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { createQueue, MAX_RECEIVES, type Queue } from '../../local/endpoints/queue.ts';
import { type Endpoints, serveEndpoints } from '../../local/endpoints/server.ts';
import { createTexts, type Texts } from '../../local/endpoints/texts.ts';
import type { Loop } from '../../local/runners/loop.ts';
import { runQueue } from '../../local/runners/queue.ts';

const PHONE = '+8613900000001';
let texts: Texts;
let queue: Queue;
let endpoints: Endpoints;
let loop: Loop | undefined;
let warnings: string[];
const client = () => ({ ...LOCAL_AWS, endpoint: endpoints.url, maxAttempts: 1 });
const queueUrl = () => `${endpoints.url}/000000000000/send`;

beforeEach(async () => {
  warnings = [];
  const db = new DatabaseSync(':memory:');
  texts = createTexts(db, Date.now);
  queue = createQueue(db, Date.now);
  const objects = { fromFunction: async () => {} };
  endpoints = await serveEndpoints({
    texts,
    queue,
    objects,
    tokens: async () => ({ tokens: ['a'] }),
    secret: 'secret',
  });
});
afterEach(async () => {
  await loop?.stop();
  loop = undefined;
  await endpoints.close();
});

const consume = (handler: (event: SQSEvent) => Promise<unknown>, retryMs = 0): Loop => {
  loop = runQueue({
    queue,
    queueArn: 'arn',
    handler: async (event) => await handler(event as SQSEvent),
    warn: (line) => warnings.push(line),
    retryMs,
  });
  return loop;
};

test('a text published through SNS is on the phone, newest first', async () => {
  const sns = new SNSClient(client());
  const sent = await sns.send(new PublishCommand({ PhoneNumber: PHONE, Message: '您的血液已用于临床 <1>&' }));
  await sns.send(new PublishCommand({ PhoneNumber: PHONE, Message: 'second' }));
  expect(sent.MessageId).toMatch(/^[\w-]{36}$/);
  expect(texts.of(PHONE).map(({ body }) => body)).toEqual(['second', '您的血液已用于临床 <1>&']);
});

test('SNS refuses what is no number or no text', async () => {
  const sns = new SNSClient(client());
  const wrong = [
    { PhoneNumber: '139', Message: 'x' },
    { PhoneNumber: PHONE, Message: '' },
  ];
  for (const input of wrong) {
    await expect(sns.send(new PublishCommand(input))).rejects.toMatchObject({ name: 'InvalidParameterException' });
  }
  expect(texts.of(PHONE)).toEqual([]);
});

test('messages queued through SQS reach their consumer, one by one and in batches', async () => {
  const bodies: string[] = [];
  consume(async ({ Records }) => void bodies.push(...Records.map(({ body }) => body)));
  const sqs = new SQSClient(client());
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: 'one' }));
  const Entries = ['two', 'three'].map((MessageBody, n) => ({ Id: String(n), MessageBody }));
  const batch = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(), Entries }));
  expect(batch.Successful).toHaveLength(2);
  await vi.waitFor(() => expect(bodies.sort()).toEqual(['one', 'three', 'two']));
  await vi.waitFor(() => expect(queue.nextAt()).toBeUndefined());
});

test('only the message that failed comes back, three times in all, and then stands aside', async () => {
  const delivered: string[] = [];
  for (const body of ['good', 'bad']) queue.send(body);
  consume(async ({ Records }) => {
    delivered.push(...Records.map(({ body }) => body));
    return {
      batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  });
  await vi.waitFor(() => expect(queue.deadCount()).toBe(1));
  await vi.waitFor(() => expect(warnings).toHaveLength(1));
  expect(delivered.filter((body) => body === 'bad')).toHaveLength(MAX_RECEIVES);
  expect(delivered.filter((body) => body === 'good')).toHaveLength(1);
});

test('the token mint answers only to its secret, and to no page', async () => {
  const ask = (headers: Record<string, string>) =>
    fetch(`${endpoints.url}/tokens`, { method: 'POST', headers, body: '{"phone":"+8613900000001","count":1}' });
  expect((await ask({ authorization: 'Bearer secret' })).status).toBe(200);
  expect((await ask({ authorization: 'Bearer secreT' })).status).toBe(401);
  expect((await ask({})).status).toBe(401);
  expect((await ask({ authorization: 'Bearer secret', origin: 'http://127.0.0.1:3000' })).status).toBe(405);
});
