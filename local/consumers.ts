import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { requireEnv } from '../functions/runtime/env.ts';
import { LOCAL_AWS } from './aws.ts';
import { createQueue } from './endpoints/queue.ts';
import { loadEventFunctions } from './functions.ts';
import { runQueue } from './runners/queue.ts';
import { runSchedule } from './runners/schedule.ts';
import { runStream } from './runners/stream.ts';
import { createSetAside } from './set-aside.ts';
import { createSettings, openDatabase } from './settings.ts';
import type { FromConsumers, ToConsumers } from './supervised-consumers.ts';
import { createTraffic } from './traffic.ts';

/**
 * What is invoked by events rather than by requests, in a process of its own as in the cloud: the stream's consumer, the queue's, and
 * the clock's. Run by supervised-consumers.ts with the path of the database beside the engine's; the functions' settings come as environment.
 */
const DAY_MS = 24 * 3_600_000;
/** In the cloud it is a minute; here somebody is watching the phone. */
const TICK_MS = 5_000;
/** In the cloud the stream says when there is a file to read. */
const IMPORTS_MS = 1_000;
const IMPORTS_RUN_MS = 60_000;
const SEALS_MS = 3_600_000;

// Ctrl-C reaches the whole group; our end is our parent's to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit(1));

const [, , databasePath = ''] = process.argv;
const tell = (message: FromConsumers): void => void process.send?.(message);
const warn = (line: string): void => tell({ warn: line });
const aws = { ...LOCAL_AWS, endpoint: requireEnv('DYNAMODB_ENDPOINT') };

const db = openDatabase(databasePath);
const now = () => Date.now();
const setAside = createSetAside(db, now);
const traffic = createTraffic();
const common = { warn, turn: traffic.giveWay };
const { announce, sender, tick, schedules, imports, seals } = await loadEventFunctions();
const stream = runStream({
  ...common,
  streams: new DynamoDBStreamsClient(aws),
  streamArn: await streamOf(requireEnv('TABLE_NAME')),
  settings: createSettings(db),
  handler: announce,
  putAside: (record) => setAside.add(record),
});
const queue = runQueue({
  ...common,
  queue: createQueue(db, now),
  queueArn: 'arn:local:sqs:local:000000000000:send',
  handler: sender,
});
const loops = [
  stream,
  queue,
  runSchedule({ ...common, name: 'schedules', everyMs: DAY_MS, handler: schedules }),
  runSchedule({ ...common, name: 'tick', everyMs: TICK_MS, handler: tick }),
  runSchedule({ ...common, name: 'seals', everyMs: SEALS_MS, handler: seals }),
  runSchedule({ ...common, name: 'imports', everyMs: IMPORTS_MS, runMs: IMPORTS_RUN_MS, handler: imports }),
];
process.on('message', (message: ToConsumers) => {
  if (message === 'busy' || message === 'quiet') traffic.hear(message);
  if (message === 'written') stream.wake();
  if (message === 'queued') queue.wake();
  if (message === 'stop') {
    void Promise.all(loops.map((loop) => loop.stop())).then(() => {
      db.close();
      process.exit(0);
    });
  }
});
tell({ ready: true });

async function streamOf(TableName: string): Promise<string> {
  const { Table } = await new DynamoDBClient(aws).send(new DescribeTableCommand({ TableName }));
  if (!Table?.LatestStreamArn) throw new Error('the schedule table has no stream');
  return Table.LatestStreamArn;
}
