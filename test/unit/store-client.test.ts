import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../shared/store/client.ts';
import { AGAIN, BusyError, withRetries } from '../../shared/store/retry.ts';

const sdk = mockClient(DynamoDBDocumentClient);
const store = createStore({ tableName: 'schedule', privateTableName: 'private', client: { region: 'eu-west-1' } });
const write = { Put: { Item: { pk: 'a', sk: 'b' } } } as const;

beforeEach(() => sdk.reset());

describe('what DynamoDB does under load, and an embedded engine does not', () => {
  it('asks again for the keys a batch did not get to', async () => {
    const [a, b] = [
      { pk: 'a', sk: '1' },
      { pk: 'b', sk: '1' },
    ];
    sdk
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { schedule: [{ ...b, n: 2 }] }, UnprocessedKeys: { schedule: { Keys: [a] } } })
      .resolvesOnce({ Responses: { schedule: [{ ...a, n: 1 }] } });
    expect(await store.batchGet([a, b])).toEqual([
      { ...a, n: 1 },
      { ...b, n: 2 },
    ]);
  });

  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'calls a transaction cancelled by %s a conflict, which a moment’s wait may cure',
    async (Code) => {
      const CancellationReasons = [{ Code: 'None' }, { Code }];
      sdk
        .on(TransactWriteCommand)
        .rejects(new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons }));
      expect(await store.transact([write])).toMatchObject({ ok: false, conflict: true });
    },
  );

  it('hands back the stored item where a condition failed', async () => {
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' }, free: { N: '0' } } }];
    sdk
      .on(TransactWriteCommand)
      .rejects(new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons }));
    expect(await store.transact([write])).toEqual({
      ok: false,
      conflict: false,
      reasons: [{ code: 'ConditionalCheckFailed', item: { pk: 'a', free: 0 } }],
    });
  });

  it.each(['TimeoutError', 'ThrottlingException'])(
    'takes a %s for a write that may have been applied',
    async (name) => {
      sdk.on(TransactWriteCommand).rejects(Object.assign(new Error(name), { name }));
      expect(await store.transact([write])).toEqual({ ok: false, reasons: [], conflict: true });
    },
  );

  it('lets a fault of ours through', async () => {
    sdk.on(TransactWriteCommand).rejects(Object.assign(new Error('bad'), { name: 'ValidationException' }));
    await expect(store.transact([write])).rejects.toThrow('bad');
  });

  it('always asks for the item as stored, so that missing and wrong state can be told apart', async () => {
    sdk.on(TransactWriteCommand).resolves({});
    await store.transact([write]);
    expect(sdk.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems?.[0]?.Put).toMatchObject({
      TableName: 'schedule',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });
});

describe('trying again', () => {
  it('waits below a growing bound, with full jitter, and gives up after three seconds', async () => {
    let now = 0;
    const waits: number[] = [];
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        waits.push(ms);
        now += ms;
      },
    };
    await expect(withRetries(async () => AGAIN, { clock, random: () => 0.999 })).rejects.toThrow(BusyError);
    expect(waits.slice(0, 4).map(Math.round)).toEqual([15, 30, 60, 120]);
    expect(Math.max(...waits)).toBeLessThan(400);
    expect(now).toBeGreaterThanOrEqual(3_000);
    expect(now).toBeLessThan(3_500);
  });

  it('waits no time at all when chance says so, and answers as soon as there is an answer', async () => {
    const clock = { now: () => 0, sleep: async (ms: number) => expect(ms).toBe(0) };
    expect(await withRetries(async (n) => (n < 5 ? AGAIN : n), { clock, random: () => 0 })).toBe(5);
  });
});
