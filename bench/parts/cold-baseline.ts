import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({ region: 'us-east-1' });

/** The least a function on the table needs: the client and one command. */
export const handler = async (): Promise<unknown> =>
  await client.send(new GetItemCommand({ TableName: 'schedule', Key: { pk: { S: 'a' }, sk: { S: 'b' } } }));
