import type { ErasureItem, LockItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { lockWrite, unpackLock } from '../lock.ts';
import { PERSONAL } from '../personal.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createRoles } from '../roles.ts';
import { type EngineDeps, nowOf } from '../transactions/deps.ts';
import { deletePartition } from './step.ts';

/**
 * Asks for a person to be forgotten. With the same write they can book nothing more; everything else is the tick's, which
 * goes on for as long as the note of it is there. Asking twice is asking once. The last admin stays until there is another.
 */
export async function askToErase(deps: EngineDeps, personId: string): Promise<'done' | 'not-found' | 'last-admin'> {
  return await withRetries(async () => {
    const [known, lock] = await Promise.all([
      deps.store.get<ErasureItem>(keys.erasure(personId), { consistent: true }),
      deps.store.get<LockItem>(keys.lock(personId), { consistent: true }),
    ]);
    if (known) return 'done';
    if (!lock) return 'not-found';
    const roles = createRoles(deps.store);
    const isAdmin = (await roles.of(personId)).some(({ role }) => role === 'admin');
    const stays = isAdmin ? await roles.anotherAdmin(personId) : [];
    if (!stays) return 'last-admin';
    const item: ErasureItem = { kind: 'erasure', personId, askedAt: nowOf(deps) };
    const result = await deps.store.transact([
      { Put: { Item: { ...keys.erasure(personId), ...item }, ConditionExpression: 'attribute_not_exists(pk)' } },
      lockWrite(unpackLock(lock), { status: 'inactive' }),
      ...stays,
    ]);
    return result.ok ? 'done' : AGAIN;
  }, deps);
}

/** As many people as one run of the tick takes on; the next run goes on with the others. */
const MOST = 20;

/** Takes everybody who asked to be forgotten through all that is left to do. One that fails keeps no other from its turn. */
export async function goOnErasing(deps: EngineDeps): Promise<void> {
  const { items } = await deps.store.query<ErasureItem>({ pk: partitions.erasures(), consistent: true, limit: MOST });
  const failures: unknown[] = [];
  for (const erasure of items) await erase(deps, erasure).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'somebody could not be erased yet');
}

/** Every row in its order, from the beginning: what a run before this one did finds nothing left to do. */
async function erase(deps: EngineDeps, erasure: ErasureItem): Promise<void> {
  // Records on their way into this one, or out of it, are gone on with first: then the wish is for all of them.
  const { personId } = erasure;
  const [coming, going, profile] = await deps.store.batchGet(
    [keys.mergeUnderWay(personId), keys.mergedInto(personId), keys.profile(personId)],
    { consistent: true },
  );
  if (coming || (going && profile)) return;
  for (const { erased } of Object.values(PERSONAL)) {
    if ('step' in erased) await erased.step(deps, erasure);
    if ('deleted' in erased) {
      await deletePartition(deps, {
        pk: erased.deleted(erasure.personId),
        ...(erased.table && { table: erased.table }),
      });
    }
  }
}
