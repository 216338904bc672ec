import type { RowRefusal } from '../../domain/files/rows.ts';
import { type BloodGroup, isSameGroup, ownGroup } from '../../domain/laboratory.ts';
import type { DraftItem } from '../client.ts';
import type { BloodGroupsItem, DinItem, LaboratoryItem, SaidGroup } from '../items/index.ts';
import { keys } from '../keys.ts';
import { groupsWrite, knownGroups, resultsWrite } from '../laboratory.ts';
import { nowOf } from '../transactions/deps.ts';
import { isOwn, type RowContext, type RowDeps, sourceOf } from './row-deps.ts';

type Added = { readonly items: readonly DraftItem[]; readonly isOwn?: boolean };

const hidden = { consistent: true, table: 'private' } as const;
/** Which of two groups is right, the laboratory says and no file: what is on record stays, and the row is refused. */
const DIFFERS: RowRefusal = { field: 'group', why: 'group-differs' };

/** What a list of donors says of somebody's group, kept where none is known. What staff have taken back does not come again. */
export async function saidGroup(
  deps: RowDeps,
  context: RowContext,
  personId: string,
  group: BloodGroup,
): Promise<Added | RowRefusal> {
  const before = await deps.store.get<BloodGroupsItem>(keys.bloodGroups(personId), hidden);
  const known = knownGroups(before);
  const isRefused =
    !known.every((it) => isSameGroup(it, group)) || before?.takenBack?.some((it) => isSameGroup(it, group));
  if (isRefused) return DIFFERS;
  if (known.length > 0) return { items: [], isOwn: before?.said?.some((it) => isOwn(it.loadedFrom, context)) === true };
  const said: SaidGroup = {
    ...group,
    siteId: context.site.siteId,
    loadedFrom: context.from,
    by: context.by,
    at: nowOf(deps),
  };
  const after: BloodGroupsItem = {
    kind: 'blood-groups',
    personId,
    groups: {},
    ...before,
    said: [said],
    version: (before?.version ?? 0) + 1,
  };
  return { items: [groupsWrite(after, before)] };
}

/**
 * The group that the station had found of a donation from before opening, as an entry among its results that says which row of which
 * file it came by. A donation that was taken here has its own laboratory's results: to those, nothing is added.
 */
export async function foundGroup(
  deps: RowDeps,
  context: RowContext,
  { din, personId, date, historical }: DinItem,
  group: BloodGroup,
): Promise<Added | RowRefusal> {
  const [groups, results] = (await deps.store.batchGet([keys.bloodGroups(personId), keys.laboratory(din)], hidden)) as [
    BloodGroupsItem | undefined,
    LaboratoryItem | undefined,
  ];
  if (!knownGroups(groups).every((it) => isSameGroup(it, group))) return DIFFERS;
  const entries = results?.entries ?? [];
  const own = ownGroup(entries);
  if (own && !isSameGroup(own, group)) return DIFFERS;
  // Whatever has been entered of it, and be it taken back since, is what staff have said last.
  if (!historical || entries.some(({ kind }) => kind === 'group')) {
    return { items: [], isOwn: entries.some(({ reportedIn }) => reportedIn === sourceOf(context)) };
  }
  const entry = { n: entries.length + 1, at: nowOf(deps), by: context.by, reportedIn: sourceOf(context) };
  const found: LaboratoryItem = {
    kind: 'laboratory',
    din,
    accepted: [],
    ...results,
    entries: [...entries, { ...entry, kind: 'group', ...group }],
    version: (results?.version ?? 0) + 1,
  };
  const after: BloodGroupsItem = {
    kind: 'blood-groups',
    personId,
    ...groups,
    groups: { ...groups?.groups, [din]: { ...group, date } },
    version: (groups?.version ?? 0) + 1,
  };
  return { items: [resultsWrite(found, results), groupsWrite(after, groups)] };
}
