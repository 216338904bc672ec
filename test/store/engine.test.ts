import { expect, test } from 'vitest';
import { freshStore, freshTables, storeOn } from '../support/engine.ts';

test('each store has tables of its own', async () => {
  const [one, other] = await Promise.all([freshStore(), freshStore()]);
  await one.put({ Item: { pk: 'A', sk: 'B', n: 1 } });
  await one.put({ table: 'private', Item: { pk: 'A', sk: 'B', n: 2 } });
  expect(await one.get({ pk: 'A', sk: 'B' })).toEqual({ pk: 'A', sk: 'B', n: 1 });
  expect(await one.get({ pk: 'A', sk: 'B' }, { table: 'private' })).toEqual({ pk: 'A', sk: 'B', n: 2 });
  expect(await other.get({ pk: 'A', sk: 'B' })).toBeUndefined();
});

test('an index finds what carries its keys', async () => {
  const store = storeOn(await freshTables());
  await store.put({ Item: { pk: 'A', sk: 'B', gsi1pk: 'X', gsi1sk: 'Y' } });
  await store.put({ Item: { pk: 'A', sk: 'C' } });
  const { items } = await store.query({ pk: 'X', index: 'gsi1' });
  expect(items).toMatchObject([{ pk: 'A', sk: 'B' }]);
});
