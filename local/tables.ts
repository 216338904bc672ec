import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, TABLES, type TableDefinition } from '../shared/store/table.ts';

export type TableNames = Readonly<Record<TableDefinition['name'], string>>;

/** What creates a table like the one CDK makes from the same definition. */
export function createTableInput(table: TableDefinition, name: string): CreateTableCommandInput {
  const keyOf = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
  const attributes = [ATTRIBUTES.pk, ATTRIBUTES.sk, ...table.indexes.flatMap((index) => [`${index}pk`, `${index}sk`])];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keyOf(ATTRIBUTES.pk, ATTRIBUTES.sk),
    AttributeDefinitions: attributes.map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    ...(table.indexes.length > 0 && {
      GlobalSecondaryIndexes: table.indexes.map((index) => ({
        IndexName: index,
        KeySchema: keyOf(`${index}pk`, `${index}sk`),
        Projection: { ProjectionType: 'ALL' as const },
      })),
    }),
    ...(table.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
  };
}

/** Creates both tables; those that exist are left as they are. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const table of TABLES) {
    try {
      await client.send(new CreateTableCommand(createTableInput(table, names[table.name])));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  }
}
