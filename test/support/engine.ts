import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { createTables, type TableNames } from '../../local/tables.ts';
import { createStore, type Store } from '../../shared/store/client.ts';

/** Settings of any SDK client that is to reach the engine of this run. */
export const engineClient = () => ({ ...LOCAL_AWS, endpoint: inject('engineEndpoint') });

/** Both tables, new and empty, under names nobody else uses. */
export async function freshTables(): Promise<TableNames> {
  const run = randomUUID().slice(0, 8);
  const names: TableNames = { schedule: `schedule-${run}`, private: `private-${run}` };
  const client = new DynamoDBClient(engineClient());
  await createTables(client, names);
  client.destroy();
  return names;
}

/** A store on tables that exist already, as another process would have it. */
export const storeOn = (names: TableNames): Store =>
  createStore({ tableName: names.schedule, privateTableName: names.private, client: engineClient() });

/** A store on new and empty tables. */
export const freshStore = async (): Promise<Store> => storeOn(await freshTables());
