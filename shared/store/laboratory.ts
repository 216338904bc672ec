import { type BloodGroup, type Judged, judge, type OtherGroup, ownGroup, testsOf } from '../domain/laboratory.ts';
import type { PolicyPack } from '../domain/policy-pack.ts';
import { UNIT_SETTINGS } from '../domain/unit-settings.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Page, Store } from './client.ts';
import type { BloodGroupsItem, DinItem, LabAlertItem, LaboratoryItem, SiteItem } from './items/index.ts';
import { type Key, keys, partitions } from './keys.ts';

const hidden = { consistent: true, table: 'private' } as const;

/** What the laboratory found of a donation, and the groups of its donor's donations, as they are now. */
export type LabRecord = {
  readonly results: LaboratoryItem | undefined;
  readonly groups: BloodGroupsItem | undefined;
};

export function createLaboratory(store: Store) {
  return {
    async of({ din, personId }: Pick<DinItem, 'din' | 'personId'>): Promise<LabRecord> {
      const [results, groups] = (await store.batchGet([keys.laboratory(din), keys.bloodGroups(personId)], hidden)) as [
        LaboratoryItem | undefined,
        BloodGroupsItem | undefined,
      ];
      return { results, groups };
    },

    /** Of many donations, in their order. */
    async ofMany(dins: readonly Pick<DinItem, 'din' | 'personId'>[], only?: 'results'): Promise<LabRecord[]> {
      const [results, groups] = await Promise.all([
        store.batchGet(
          dins.map(({ din }) => keys.laboratory(din)),
          hidden,
        ),
        store.batchGet(only ? [] : dins.map(({ personId }) => keys.bloodGroups(personId)), hidden),
      ]);
      return dins.map((_, n) => ({
        results: results[n] as LaboratoryItem | undefined,
        groups: groups[n] as BloodGroupsItem | undefined,
      }));
    },

    /** The group that a donation's own results agree on, by its number; one without is absent. */
    async groupsOf(dins: readonly string[]): Promise<ReadonlyMap<string, BloodGroup>> {
      const found = (await store.batchGet(dins.map(keys.laboratory), { table: 'private' })) as (
        | LaboratoryItem
        | undefined
      )[];
      return new Map(
        found.flatMap((item) => {
          const group = item && ownGroup(item.entries);
          return group ? [[item.din, group] as const] : [];
        }),
      );
    },

    /** The alert about a donation, whether or not somebody has seen to it. */
    async alert(siteId: string, din: string): Promise<LabAlertItem | undefined> {
      const [open, done] = await Promise.all(
        [true, false].map(async (isOpen) => await store.get<LabAlertItem>(keys.labAlert(siteId, din, isOpen), hidden)),
      );
      return open ?? done;
    },

    /** A site's, the youngest donations first: those that wait for somebody, or those that are done. */
    async alerts(
      siteId: string,
      open: boolean,
      page: { limit: number; start?: Record<string, unknown> },
    ): Promise<Page<LabAlertItem>> {
      return await store.query<LabAlertItem>({
        ...partitions.labAlerts(siteId, open),
        ...hidden,
        newestFirst: true,
        ...page,
      });
    },
  };
}

/** Whether a site's units need results recorded here before they are released: where it has not chosen, they do. */
export const laboratoryOf = ({ laboratory = 'required' }: Pick<SiteItem, 'laboratory'>): 'required' | 'elsewhere' =>
  laboratory;

/** The tests that a donation of a site needs. */
export const requiredTests = (site: Pick<SiteItem, 'units'>, pack: Pick<PolicyPack, 'tests'>) =>
  testsOf(pack.tests, (site.units ?? UNIT_SETTINGS).tests);

/** The groups of the same person's other donations, and what lists of donors have said. */
export const otherGroups = (groups: BloodGroupsItem | undefined, din: string): OtherGroup[] => [
  ...Object.entries(groups?.groups ?? {}).flatMap(([other, group]) => (other === din ? [] : [group])),
  ...(groups?.said ?? []).map((group) => ({ ...group, said: true })),
];

/** Every group that is on record of somebody, whoever says so. */
export const knownGroups = (groups: BloodGroupsItem | undefined): BloodGroup[] => [
  ...Object.values(groups?.groups ?? {}),
  ...(groups?.said ?? []),
];

/** Where a donation stands by its record. */
export const judgeRecord = (
  site: Pick<SiteItem, 'units'>,
  pack: Pick<PolicyPack, 'tests'>,
  din: string,
  { results, groups }: LabRecord,
): Judged => judge(requiredTests(site, pack), results?.entries ?? [], otherGroups(groups, din));

/** Holds while a donation's results, and its donor's groups, are as they were read. */
export const recordAsRead = (
  { din, personId }: Pick<DinItem, 'din' | 'personId'>,
  { results, groups }: LabRecord,
): DraftItem[] => [unchanged(keys.laboratory(din), results), unchanged(keys.bloodGroups(personId), groups)];

const unchanged = (Key: Key, before: { readonly version: number } | undefined): DraftItem => ({
  ConditionCheck: { Key, table: 'private', ...asRead(before) },
});

/** Results, or a person's groups, in place of what was read. */
export const resultsWrite = (after: LaboratoryItem, before: LaboratoryItem | undefined): DraftItem => ({
  Put: { table: 'private', Item: { ...after, ...keys.laboratory(after.din) }, ...asRead(before) },
});
export const groupsWrite = (after: BloodGroupsItem, before: BloodGroupsItem | undefined): DraftItem => ({
  Put: { table: 'private', Item: { ...after, ...keys.bloodGroups(after.personId) }, ...asRead(before) },
});

/** An alert in place of what was read; one that is done with stands elsewhere than one that waits. */
export function alertWrites(before: LabAlertItem | undefined, after: LabAlertItem): DraftItem[] {
  const moves = before !== undefined && before.open !== after.open;
  return [
    {
      Put: {
        table: 'private',
        Item: { ...after, ...keys.labAlert(after.siteId, after.din, after.open) },
        ...asRead(moves ? undefined : before),
      },
    },
    ...(moves
      ? [
          {
            Delete: { table: 'private', Key: keys.labAlert(before.siteId, before.din, before.open), ...asRead(before) },
          } satisfies DraftItem,
        ]
      : []),
  ];
}
