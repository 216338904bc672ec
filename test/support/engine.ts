import { randomUUID } from 'node:crypto';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
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

/** Every item of both tables. */
export async function allItems(names: TableNames): Promise<Record<string, unknown>[]> {
  const client = new DynamoDBClient(engineClient());
  const found: Record<string, unknown>[] = [];
  for (const TableName of [names.schedule, names.private]) {
    let from: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ...(from && { ExclusiveStartKey: from }) }));
      found.push(...(page.Items ?? []).map((item) => unmarshall(item)));
      from = page.LastEvaluatedKey;
    } while (from);
  }
  client.destroy();
  return found;
}

/** A store on new and empty tables. */
export const freshStore = async (): Promise<Store> => storeOn(await freshTables());
