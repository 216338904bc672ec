import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { engineClient } from './engine.ts';

/** Reads a table's stream as an event source mapping does: each call answers the records since the last. */
export async function streamOf(tableName: string, engine = engineClient()): Promise<() => Promise<DynamoDBRecord[]>> {
  const client = new DynamoDBStreamsClient(engine);
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: tableName }));
  const StreamArn = Streams?.[0]?.StreamArn;
  const iterators = new Map<string, string | undefined>();
  return async () => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
    const records: DynamoDBRecord[] = [];
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      if (!iterators.has(ShardId)) {
        const first = await client.send(
          new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
        );
        iterators.set(ShardId, first.ShardIterator);
      }
      for (let more = true; more; ) {
        const ShardIterator = iterators.get(ShardId);
        if (!ShardIterator) break;
        const page = await client.send(new GetRecordsCommand({ ShardIterator }));
        iterators.set(ShardId, page.NextShardIterator);
        records.push(...((page.Records ?? []) as unknown as DynamoDBRecord[]));
        more = (page.Records ?? []).length > 0;
      }
    }
    return records;
  };
}
