import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBClientConfig,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Key } from './keys.ts';
import type { IndexName } from './table.ts';

/** One action of a transaction, composed by repositories and written together. `TableName` is filled in by `transact`. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

type Write = { readonly table?: TableKey };
export type TableKey = 'schedule' | 'private';

/** Why an item of a cancelled transaction failed; `item` is what was stored, where the engine could say. */
export type CancelReason = { readonly code: string; readonly item?: Record<string, unknown> };

export type TransactResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** One a transaction item, in order; `None` for those whose own condition held. */
      readonly reasons: readonly CancelReason[];
      /** True when some item lost to another transaction in flight: the same write may succeed a moment later. */
      readonly conflict: boolean;
    };

export type StoreConfig = {
  readonly tableName: string;
  readonly privateTableName?: string;
  readonly client?: DynamoDBClientConfig;
};

export type Page<T> = { readonly items: T[]; readonly next?: Record<string, unknown> };

/**
 * The SDK by itself waits for ever. A connection silent for this long will not speak: the SDK asks again with the same
 * token, and what that cannot settle is a conflict without reasons. Three tries stay well below what a function may take.
 * Waiting for one of the client's connections does not count, as the SDK's `requestTimeout` would have it.
 */
const SILENCE = { socketTimeout: 3_000 } as const;

/**
 * The DynamoDB client every repository shares: names the tables, keeps `undefined` out of items and tells a cancelled
 * transaction's reasons apart. Nothing else in the project speaks to DynamoDB.
 */
export type Store = ReturnType<typeof createStore>;

export function createStore(config: StoreConfig) {
  const base = new DynamoDBClient({ requestHandler: SILENCE, ...config.client });
  // It copies every item for a log that nobody keeps: a seventh of a call's CPU, and more of a list's.
  base.middlewareStack.remove('loggerMiddleware');
  const doc = DynamoDBDocumentClient.from(base, { marshallOptions: { removeUndefinedValues: true } });
  const nameOf = (table: TableKey = 'schedule'): string => {
    if (table === 'schedule') return config.tableName;
    if (!config.privateTableName) throw new Error('this function has no private table');
    return config.privateTableName;
  };

  return {
    /** For middleware (tests, tracing); not for commands. */
    base,

    async get<T>(key: Key, options: { consistent?: boolean; table?: TableKey } = {}): Promise<T | undefined> {
      const { Item } = await doc.send(
        new GetCommand({
          TableName: nameOf(options.table),
          Key: key,
          ConsistentRead: options.consistent ?? false,
        }),
      );
      return Item as T | undefined;
    },

    /** Up to 100 keys, answered in their order; missing ones are undefined. Unprocessed keys are asked again. */
    async batchGet(
      wanted: readonly Key[],
      options: { consistent?: boolean; table?: TableKey } = {},
    ): Promise<(unknown | undefined)[]> {
      const table = nameOf(options.table);
      const found = new Map<string, unknown>();
      const id = (key: Key) => JSON.stringify([key.pk, key.sk]);
      let pending: Key[] = [...new Map(wanted.map((key) => [id(key), key])).values()];
      while (pending.length > 0) {
        const { Responses, UnprocessedKeys } = await doc.send(
          new BatchGetCommand({
            RequestItems: {
              [table]: { Keys: pending.slice(0, 100), ConsistentRead: options.consistent ?? false },
            },
          }),
        );
        for (const item of Responses?.[table] ?? []) found.set(id(item as Key), item);
        pending = [...((UnprocessedKeys?.[table]?.Keys as Key[] | undefined) ?? []), ...pending.slice(100)];
      }
      return wanted.map((key) => found.get(id(key)));
    },

    async query<T>(input: {
      pk: string;
      /** Sort keys that begin so. */
      skPrefix?: string;
      /** Sort keys from (inclusive) to (inclusive). */
      skBetween?: readonly [string, string];
      index?: IndexName;
      newestFirst?: boolean;
      limit?: number;
      consistent?: boolean;
      start?: Record<string, unknown>;
      table?: TableKey;
    }): Promise<Page<T>> {
      const [pkName, skName] = input.index ? [`${input.index}pk`, `${input.index}sk`] : ['pk', 'sk'];
      const names: Record<string, string> = { '#pk': pkName };
      const values: Record<string, unknown> = { ':pk': input.pk };
      let condition = '#pk = :pk';
      if (input.skPrefix !== undefined) {
        names['#sk'] = skName;
        values[':sk'] = input.skPrefix;
        condition += ' AND begins_with(#sk, :sk)';
      } else if (input.skBetween) {
        names['#sk'] = skName;
        values[':from'] = input.skBetween[0];
        values[':to'] = input.skBetween[1];
        condition += ' AND #sk BETWEEN :from AND :to';
      }
      const command: QueryCommandInput = {
        TableName: nameOf(input.table),
        KeyConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ScanIndexForward: !input.newestFirst,
        ...(input.index && { IndexName: input.index }),
        ...(input.limit !== undefined && { Limit: input.limit }),
        ...(input.consistent && { ConsistentRead: true }),
        ...(input.start && { ExclusiveStartKey: input.start }),
      };
      const { Items, LastEvaluatedKey } = await doc.send(new QueryCommand(command));
      return { items: (Items ?? []) as T[], ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
    },

    async put(input: Omit<PutCommandInput, 'TableName'> & Write): Promise<void> {
      const { table, ...rest } = input;
      await doc.send(new PutCommand({ ...rest, TableName: nameOf(table) }));
    },

    async update(input: Omit<UpdateCommandInput, 'TableName'>): Promise<void> {
      await doc.send(new UpdateCommand({ ...input, TableName: config.tableName }));
    },

    /**
     * Writes all or nothing. A cancelled transaction is an answer, not an error: each item's reason comes back with the
     * item as stored (`ALL_OLD`), so that the caller can tell missing from wrong state. A throttle or a lost connection is
     * a conflict without reasons: the write may have been applied, so whoever tries again looks for its own first.
     */
    async transact(items: readonly DraftItem[]): Promise<TransactResult> {
      try {
        await doc.send(new TransactWriteCommand({ TransactItems: items.map((item) => complete(item, nameOf)) }));
        return { ok: true };
      } catch (error) {
        if (error instanceof TransactionInProgressException || isTransient(error)) {
          return { ok: false, reasons: [], conflict: true };
        }
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = (error.CancellationReasons ?? []).map((reason): CancelReason => {
          return { code: reason.Code ?? 'None', ...(reason.Item && { item: unmarshall(reason.Item) }) };
        });
        return { ok: false, reasons, conflict: reasons.some(({ code }) => PASSING.has(code)) };
      }
    },
  };
}

const TRANSIENT_NAMES = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  // A single write met a transaction in flight; the SDK does not try that again by itself.
  'TransactionConflictException',
  'TimeoutError',
]);
const TRANSIENT_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** A throttle, a server's fault or a lost connection: the caller's fault is none of these, and a later try may succeed. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $fault, code } = error as { $fault?: string; code?: string };
  return TRANSIENT_NAMES.has(error.name) || TRANSIENT_CODES.has(code ?? '') || $fault === 'server';
}

/** Whether a single write was refused by its own condition. */
export const isConditionFailure = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

/** Codes of a cancelled transaction that a moment's wait may cure. */
const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

type Draft<K extends 'Put' | 'Update' | 'Delete' | 'ConditionCheck'> = Omit<
  NonNullable<TransactItem[K]>,
  'TableName' | 'ReturnValuesOnConditionCheckFailure'
> &
  Write;

/** A transaction's action without the table's name. */
export type DraftItem =
  | { readonly Put: Draft<'Put'> }
  | { readonly Update: Draft<'Update'> }
  | { readonly Delete: Draft<'Delete'> }
  | { readonly ConditionCheck: Draft<'ConditionCheck'> };

function complete(draft: DraftItem, nameOf: (table?: TableKey) => string): TransactItem {
  const entry = Object.entries(draft)[0] as [string, Draft<'Update'>];
  const { table, ...action } = entry[1];
  return {
    [entry[0]]: { ...action, TableName: nameOf(table), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
  } as TransactItem;
}
