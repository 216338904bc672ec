import { callableFrom, heldUntil } from '../../domain/calls.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { asRead } from '../as-read.ts';
import type { DraftItem } from '../client.ts';
import type { CallableItem, LastCalledItem, LockItem, ProfileItem, SiteItem } from '../items/index.ts';
import { indexes, type Key, keys, partitions } from '../keys.ts';
import { liveCommitments, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from '../transactions/deps.ts';

const strong = { consistent: true } as const;

/**
 * Brings the sites that may call somebody, and from when, in line with what their lock and their wish say now. Whatever changes
 * either is followed by this, so that a site finds whom it may call by one query. Written only while both are as they were read.
 */
export async function keepCallable(deps: EngineDeps, sites: readonly SiteItem[], personId: string): Promise<void> {
  await withRetries(async () => {
    const [lock, profile, last] = (await deps.store.batchGet(
      [keys.lock(personId), keys.profile(personId), keys.lastCalled(personId)],
      strong,
    )) as [LockItem | undefined, ProfileItem | undefined, LastCalledItem | undefined];
    const { items: there } = await deps.store.query<CallableItem & Key>({
      ...partitions.callableAt(personId),
      ...strong,
    });
    const wanted = lock && profile ? callableAt(deps, sites, { lock, profile, last }) : [];
    const keyOf = ({ siteId, procedure }: CallableItem): Key => keys.callable(personId, siteId, procedure);
    const known = new Map(there.map((item) => [item.sk, contentOf(item)]));
    const writes: DraftItem[] = [
      ...wanted
        .filter((item) => known.get(keyOf(item).sk) !== contentOf(item))
        .map((item): DraftItem => ({ Put: { Item: { ...keyOf(item), ...item } } })),
      ...there
        .filter(({ sk }) => wanted.every((item) => keyOf(item).sk !== sk))
        .map(({ pk, sk }): DraftItem => ({ Delete: { Key: { pk, sk } } })),
    ];
    if (writes.length === 0) return 'done';
    const result = await deps.store.transact([
      ...writes,
      { ConditionCheck: { Key: keys.lock(personId), ...asRead(lock) } },
      { ConditionCheck: { Key: keys.profile(personId), ...asRead(profile) } },
    ]);
    return result.ok ? 'done' : AGAIN;
  }, deps);
}

const contentOf = ({ from, language, heldUntil: held, calledAt }: CallableItem): string =>
  JSON.stringify([from, language, held ?? '', calledAt ?? '']);

function callableAt(
  deps: EngineDeps,
  sites: readonly SiteItem[],
  it: { readonly lock: LockItem; readonly profile: ProfileItem; readonly last: LastCalledItem | undefined },
): CallableItem[] {
  const { personId, callWish, callSites = [], language, phone } = it.profile;
  if (it.lock.status !== 'active' || !phone) return [];
  const now = nowOf(deps);
  const lock = unpackLock(it.lock);
  const held = heldUntil(liveCommitments(lock, now), now);
  return sites
    .filter(({ siteId }) => callSites.includes(siteId))
    .flatMap((site) => {
      const today = localDateOf(now, site.zone);
      const pack = deps.packOf({ pack: site.pack, date: today });
      if (!pack) return [];
      return callableFrom(pack, lock.facts, callWish, site.procedures, today).map(
        ({ procedure, from }): CallableItem => ({
          kind: 'callable',
          personId,
          siteId: site.siteId,
          procedure,
          language,
          from,
          ...(held && { heldUntil: held }),
          ...(it.last && { calledAt: it.last.at }),
          gsi1pk: indexes.reach(site.siteId, procedure),
          gsi1sk: indexes.reachSort(from, personId),
        }),
      );
    });
}
