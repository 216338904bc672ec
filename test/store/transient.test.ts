import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, inject, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { createStore, isTransient } from '../../shared/store/client.ts';
import { createPeople } from '../../shared/store/people.ts';
import { freshTables } from '../support/engine.ts';
import { createPlan, NO_FAULTS, type Rates } from '../support/fault-proxy/plan.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';

const proxies: FaultProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
});

async function storeBehind(rates: Partial<Rates>, maxAttempts: number) {
  const names = await freshTables();
  const plan = createPlan(1, { ...NO_FAULTS, ...rates });
  const proxy = await startFaultProxy({ target: inject('engineEndpoint'), plan });
  proxies.push(proxy);
  const client = { ...LOCAL_AWS, endpoint: proxy.endpoint, maxAttempts };
  return { proxy, store: createStore({ tableName: names.schedule, client }) };
}

const key = { pk: 'PROOF#1', sk: 'A' };

it('a single write that meets a transaction in flight may be tried again a moment later', async () => {
  const { store, proxy } = await storeBehind({ holdMs: [80, 80] }, 3);
  const first = store.transact([{ Put: { Item: { ...key, n: 1 } } }]);
  while (!proxy.attempts.has(key.pk)) await turn();
  const error = await store.put({ Item: { ...key, n: 2 } }).catch((it: unknown) => it);
  expect((error as Error).name).toBe('TransactionConflictException');
  expect(isTransient(error)).toBe(true);
  await first;
});

it('an answer that never comes is given up, as a conflict that may have been written', async () => {
  const { store } = await storeBehind({ stall: 1 }, 1);
  const before = performance.now();
  const result = await store.transact([{ Put: { Item: { ...key, n: 1 } } }]);
  expect(result).toEqual({ ok: false, reasons: [], conflict: true });
  expect(performance.now() - before).toBeLessThan(8_000);
});

it('somebody who has just signed in is known at once, however late a read is', async () => {
  const { store, proxy } = await storeBehind({ lagMs: 5_000 }, 3);
  const subject = { iss: 'https://identity.test', sub: 'somebody' };
  const person = { ...subject, phone: '+8613800000001', language: 'zh', now: '2026-11-23T00:00:00.000Z' } as const;
  const personId = await createPeople(store).ensurePerson({ ...person, newId: () => 'one' });
  const { now } = person;
  for (let n = 0; n < 10; n += 1) expect(await createPeople(store).linkOf(subject, { now })).toEqual({ personId });
  expect(proxy.counts.stale).toBeGreaterThan(0);
});
