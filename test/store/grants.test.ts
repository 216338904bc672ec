import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../shared/store/client.ts';
import { indexes, keys, partitions } from '../../shared/store/keys.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { AccessDenied, guarded } from '../support/guard.ts';

let store: Store;

beforeAll(async () => {
  const names = await freshTables();
  store = guarded(
    storeOn(names),
    { schedule: { lock: ['read'], booking: ['put'] }, gsi1: ['roster'], private: { deferral: ['put'] } },
    names.private,
  );
});

it('lets a function touch what it was granted, and nothing else', async () => {
  await expect(store.get(keys.lock('p1'))).resolves.toBeUndefined();
  await expect(store.query({ index: 'gsi1', pk: indexes.roster('s', '2026-01-01') })).resolves.toEqual({ items: [] });
  await expect(store.put({ Item: { ...keys.deferral('p1', 'x') }, table: 'private' })).resolves.toBeUndefined();

  await expect(store.get(keys.profile('p1'))).rejects.toThrow(AccessDenied);
  await expect(store.put({ Item: { ...keys.lock('p1') } })).rejects.toThrow(AccessDenied);
  await expect(store.query({ index: 'gsi1', pk: indexes.ledger('p1') })).rejects.toThrow(AccessDenied);
  await expect(store.query({ pk: partitions.deferrals('p1'), table: 'private' })).rejects.toThrow(AccessDenied);
  await expect(store.batchGet([keys.lock('p1'), keys.booking('p1_x')])).rejects.toThrow(AccessDenied);
  await expect(store.transact([{ Put: { Item: { ...keys.role('p1', 'admin', 'ALL') } } }])).rejects.toThrow(
    AccessDenied,
  );
});
