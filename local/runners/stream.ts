import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { failedItems, type LambdaHandler, lambdaContext } from '../lambda.ts';
import type { Settings } from '../settings.ts';
import { type Loop, runLoop } from './loop.ts';

const BATCH = 100;
const IDLE_MS = 400;
const BUSY_MS = 20;
const RETRY_MS = 100;
const RETRY_CAP_MS = 5_000;
/** Tries of a record before it is put aside, as the deployed event source has it. */
export const MAX_TRIES = 10;
const ALONE_AFTER = 3;
const TIMEOUT_MS = 60_000;

export type StreamDeps = {
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly settings: Settings;
  readonly handler: LambdaHandler;
  readonly warn: (line: string) => void;
  /** Keeps a record whole that could not be announced, for an operator to see. */
  readonly putAside: (record: unknown) => void;
  readonly turn?: () => Promise<void>;
};

const CHECKPOINT = 'stream.checkpoint';
export type Checkpoint = { readonly streamArn: string; readonly shardId: string; readonly sequenceNumber: string };

/** Up to where the stream was announced. */
export function readCheckpoint(settings: Settings): Checkpoint | undefined {
  const stored = settings.get(CHECKPOINT);
  return stored ? (JSON.parse(stored) as Checkpoint) : undefined;
}

/** Where in the stream the runner stands: a shard, and in it what the next read begins with. */
type Position = { readonly shardId: string; readonly iterator: string | undefined };

/**
 * Hands the table's stream to its consumer, in batches as Lambda does. The checkpoint moves only after the consumer has
 * answered, so a crash repeats records and never skips one; what was written while nobody ran is delivered at the next start.
 * From a record that failed on, everything is delivered again, later and later.
 */
export function runStream(deps: StreamDeps): Loop {
  let position: Position | undefined;
  let tries = 0;

  const round = async (): Promise<number> => {
    const { shardId, iterator } = position ?? (await openPosition(deps));
    if (!iterator) {
      position = await nextShard(deps, shardId);
      return position ? 0 : IDLE_MS;
    }
    // After failures one at a time, so that what is put aside in the end is what failed and not its neighbour.
    const limit = tries < ALONE_AFTER ? BATCH : 1;
    const page = await deps.streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
    const records = page.Records ?? [];
    const save = (record: StreamRecord | undefined) => {
      const checkpoint: Checkpoint = { streamArn: deps.streamArn, shardId, sequenceNumber: sequenceOf(record) };
      deps.settings.set(CHECKPOINT, JSON.stringify(checkpoint));
    };
    const failed = records.length > 0 ? await deliver(deps, records) : undefined;
    if (failed === undefined) {
      position = { shardId, iterator: page.NextShardIterator };
      tries = 0;
      if (records.length === 0) return IDLE_MS;
      save(records.at(-1));
      return records.length === limit ? 0 : BUSY_MS;
    }
    // From the failed record on, again; the ones before it are done.
    position = undefined;
    if (failed > 0) {
      save(records[failed - 1]);
      tries = 0;
    }
    tries += 1;
    if (tries < MAX_TRIES) return Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** (tries - 1));
    deps.warn('a change could not be announced and was put aside');
    deps.putAside(lambdaRecord(records[failed], deps.streamArn));
    save(records[failed]);
    tries = 0;
    return 0;
  };

  const again = (): number => {
    // The engine is being restarted, or an iterator is too old: begin again from the checkpoint.
    position = undefined;
    return IDLE_MS;
  };
  return runLoop(round, again, deps.turn);
}

const shardsOf = async ({ streams, streamArn }: StreamDeps): Promise<Shard[]> => {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  return StreamDescription?.Shards ?? [];
};

const openShard = async ({ streams, streamArn }: StreamDeps, shardId: string, after?: string): Promise<Position> => {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ...(after
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
        : { ShardIteratorType: 'TRIM_HORIZON' }),
    }),
  );
  return { shardId, iterator: ShardIterator };
};

/** After the checkpoint where there is one; else at the oldest record there is. */
async function openPosition(deps: StreamDeps): Promise<Position> {
  const shards = await shardsOf(deps);
  const checkpoint = readCheckpoint(deps.settings);
  const known = shards.find(({ ShardId }) => ShardId === checkpoint?.shardId);
  if (known?.ShardId && checkpoint?.streamArn === deps.streamArn) {
    return await openShard(deps, known.ShardId, checkpoint.sequenceNumber);
  }
  const oldest = shards[0]?.ShardId;
  if (!oldest) throw new Error('the stream has no shard');
  return await openShard(deps, oldest);
}

/** The shard after a closed one. The embedded engine keeps a stream in one shard; others may not. */
async function nextShard(deps: StreamDeps, closed: string): Promise<Position | undefined> {
  const next = (await shardsOf(deps)).find(({ ParentShardId }) => ParentShardId === closed)?.ShardId;
  return next ? await openShard(deps, next) : undefined;
}

/** Index of the first record that is to be delivered again, or undefined when all are done. */
async function deliver(deps: StreamDeps, records: StreamRecord[]): Promise<number | undefined> {
  const event = { Records: records.map((record) => lambdaRecord(record, deps.streamArn)) };
  try {
    const failed = new Set(failedItems(await deps.handler(event, lambdaContext('announce', TIMEOUT_MS))));
    if (failed.size === 0) return undefined;
    const first = records.findIndex((record) => failed.has(sequenceOf(record)));
    // An answer that names none of them is a failure of the whole batch, as in Lambda.
    return Math.max(0, first);
  } catch (error) {
    deps.warn(`the consumer of the stream failed: ${error instanceof Error ? error.name : 'unknown'}`);
    return 0;
  }
}

const sequenceOf = (record: StreamRecord | undefined): string => {
  const sequence = record?.dynamodb?.SequenceNumber;
  if (!sequence) throw new Error('a stream record without a sequence number');
  return sequence;
};

/** A record as Lambda hands it over: the time in seconds, the rest as the Streams API gives it. */
function lambdaRecord(record: StreamRecord | undefined, streamArn: string): unknown {
  const at = record?.dynamodb?.ApproximateCreationDateTime;
  return {
    ...record,
    eventSourceARN: streamArn,
    dynamodb: { ...record?.dynamodb, ...(at && { ApproximateCreationDateTime: Math.floor(at.getTime() / 1_000) }) },
  };
}
