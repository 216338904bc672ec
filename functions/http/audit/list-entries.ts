import type { audit } from '../../../shared/contract/audit.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import { auditItem, recordRead, SHARED_SCOPES } from '../../../shared/store/audit.ts';
import type { AuditItem, ProfileItem } from '../../../shared/store/items/index.ts';
import { keys, partitions } from '../../../shared/store/keys.ts';
import { presentId } from '../../../shared/store/merge/merges.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AuditDeps } from './deps.ts';

type Routes = (typeof audit)['routes'];
type Wanted = { by?: string | undefined; subject?: string | undefined; action?: string | undefined };

/** As much of a day as one answer looks through for what is wanted; the cursor goes on from there. */
const MOST_LOOKED_THROUGH = 1_000;

export const listEntries: RouteHandler<Routes['GET /api/audit'], AuditDeps> = async ({ actor, query }, deps) => {
  const zone = await zoneOf(deps, query.siteId);
  if (!zone) throw new ProblemError('not-found');
  const pk = partitions.audit(query.siteId, query.date);
  const { limit, start } = pageOf(query, { pkName: 'pk', pk });
  const found: AuditItem[] = [];
  let next = start as Record<string, unknown> | undefined;
  let looked = 0;
  do {
    const page = await deps.store.query<AuditItem>({
      pk,
      newestFirst: true,
      // Never more than may still be answered with, so that the cursor stands right behind the last.
      limit: limit - found.length,
      consistent: true,
      ...(next && { start: next }),
    });
    looked += Math.max(page.items.length, 1);
    found.push(...page.items.filter((entry) => isWanted(entry, query)));
    next = page.next;
  } while (next && found.length < limit && looked < MOST_LOOKED_THROUGH);

  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'audit-read',
      scope: query.siteId,
      zone,
      at: nowOf(deps),
      change: { date: query.date },
      id: deps.newId(),
    }),
  );
  const nameOf = await namesOf(deps, found);
  return pageAnswer({ items: found, ...(next && { next }) }, (entry) => ({
    at: entry.at,
    action: entry.action,
    by: { personId: entry.by, name: nameOf(entry.by)?.name ?? '' },
    subjects: (entry.subjects ?? []).map((personId) => ({ personId, name: maskName(nameOf(personId)?.name) })),
    ...(entry.change && { change: { ...entry.change } }),
  }));
};

/** Where the dates of a log are: at its site, or, of what no site owns, everywhere. */
export const zoneOf = async (deps: AuditDeps, scope: string): Promise<string | undefined> =>
  Object.hasOwn(SHARED_SCOPES, scope)
    ? SHARED_SCOPES[scope as keyof typeof SHARED_SCOPES]
    : (await deps.sites.get(scope))?.zone;

const isWanted = (entry: AuditItem, { by, subject, action }: Wanted): boolean =>
  (by === undefined || entry.by === by) &&
  (subject === undefined || (entry.subjects ?? []).includes(subject)) &&
  (action === undefined || entry.action === action);

/** Whoever is forgotten has no name; whose record became part of another has that one's. */
async function namesOf({ store }: AuditDeps, entries: readonly AuditItem[]) {
  const ids = [...new Set(entries.flatMap(({ by, subjects = [] }) => [by, ...subjects]))];
  const profiles = (await store.batchGet(ids.map(keys.profile))) as (ProfileItem | undefined)[];
  const known = new Map(ids.map((id, n) => [id, profiles[n]]));
  for (const id of ids) {
    if (known.get(id)) continue;
    const present = await presentId(store, id);
    if (present !== id) known.set(id, await store.get<ProfileItem>(keys.profile(present)));
  }
  return (id: string) => known.get(id);
}
