import { addSpan } from '../../../shared/domain/dates.ts';
import { type Cell, countReasons, type DayCells, usedBetween } from '../../../shared/domain/figures.ts';
import type { LocalDate, Localized, Procedure } from '../../../shared/domain/vocabulary.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import type { Actor } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { type Counted, countedDays, unitsFor } from './counted.ts';
import type { FiguresDeps } from './deps.ts';
import { reasonLabels } from './get-figures.ts';

export type Together = {
  readonly sites?: readonly string[] | undefined;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly procedure?: Procedure | undefined;
};

/** Each has a year of days to be read. */
const AT_ONCE = 4;

/** The sites that a caller has a role for, or those of them that are asked for: an admin's role is for all. */
export async function coveredSites(
  deps: FiguresDeps,
  actor: Actor,
  asked: readonly string[] | undefined,
): Promise<SiteItem[]> {
  const isAdmin = actor.roles.some(({ role }) => role === 'admin');
  const covers = (siteId: string): boolean =>
    isAdmin || actor.roles.some(({ role, scope }) => role === 'staff' && scope === siteId);
  if (asked && !asked.every(covers)) throw new ProblemError('forbidden');
  const all = await deps.sites.list();
  if (asked?.some((siteId) => all.every((site) => site.siteId !== siteId))) throw new ProblemError('not-found');
  return all.filter(({ siteId }) => (asked ? asked.includes(siteId) : covers(siteId)));
}

/** For each of the sites, in their order. */
export async function eachSite<T>(sites: readonly SiteItem[], of: (site: SiteItem) => Promise<T>): Promise<T[]> {
  const found = new Map<SiteItem, T>();
  await inParallel(sites, AT_ONCE, async (site) => void found.set(site, await of(site)));
  return sites.map((site) => found.get(site) as T);
}

export type SiteCounted = { readonly site: SiteItem; readonly counted: Counted };

/** The days of each site by its own calendar. */
export const countedSites = async (
  deps: FiguresDeps,
  sites: readonly SiteItem[],
  asked: Together,
): Promise<SiteCounted[]> =>
  await eachSite(sites, async (site) => ({
    site,
    counted: await countedDays(deps, site, { ...asked, siteId: site.siteId }),
  }));

/** Days of several sites as if they were one's. */
export function joinedDays(all: readonly SiteCounted[]): DayCells[] {
  const byDate = new Map<LocalDate, Cell[]>();
  for (const { counted } of all) {
    for (const { date, cells } of counted.days) byDate.set(date, [...(byDate.get(date) ?? []), ...cells]);
  }
  return [...byDate].map(([date, cells]) => ({ date, cells })).sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Reasons of all of them, each as the first pack that has it names it. */
export function joinedReasons(all: readonly SiteCounted[]): {
  readonly reasons: ReturnType<typeof countReasons>;
  readonly label: (code: string) => Localized | undefined;
} {
  const labels = all.map(({ site, counted }) => reasonLabels(site.pack, counted.to));
  return {
    reasons: countReasons(all.flatMap(({ counted }) => counted.reasons)),
    label: (code) => labels.map((of) => of(code)).find((it) => it !== undefined),
  };
}

/** How long what was used on these days had been there, whichever of the sites it was given at. */
export async function joinedUse(deps: FiguresDeps, all: readonly SiteCounted[], { from, to, procedure }: Together) {
  const given = await eachSite(
    all.map(({ site }) => site),
    async (site) => await unitsFor(deps, site, { from, to }),
  );
  return usedBetween(given.flat(), { from, to, procedure }, (date, days) =>
    addSpan(date, { value: days, unit: 'day' }),
  );
}
