import type * as z from 'zod';
import type { LabResults, TubeAnswer } from '../../../shared/contract/laboratory.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { ownGroup, standing } from '../../../shared/domain/laboratory.ts';
import { UNIT_SETTINGS } from '../../../shared/domain/unit-settings.ts';
import type { TestConclusion } from '../../../shared/domain/vocabulary.ts';
import type { DinItem, SiteItem } from '../../../shared/store/items/index.ts';
import { judgeRecord, type LabRecord, laboratoryOf } from '../../../shared/store/laboratory.ts';
import { packOf } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';

type Standing = Extract<z.input<typeof TubeAnswer>, { kind: 'tube' }>['tube'];

/** Where a donation's results stand, in short. */
export function standingView(site: SiteItem, donation: DinItem, record: LabRecord): Standing {
  const judged = judgeRecord(site, packOf(site, donation.date), donation.din, record);
  const of = (wanted: TestConclusion) =>
    judged.tests.flatMap(({ test, conclusion }) => (conclusion === wanted ? [test.code] : []));
  return {
    din: donation.din,
    dinPrinted: printDin(donation.din, site.dinScheme),
    verdict: judged.verdict,
    group: judged.group,
    missing: of('missing'),
    toRepeat: of('to-repeat'),
  };
}

/** `import:row` */
const rowOf = (reportedIn: string): number => Number(/\d+$/.exec(reportedIn)?.[0]);

/** All of it, with the names of those who recorded it. */
export async function resultsView(
  deps: LaboratoryDeps,
  site: SiteItem,
  donation: DinItem,
): Promise<z.input<typeof LabResults>> {
  const record = await deps.laboratory.of(donation);
  const entries = record.results?.entries ?? [];
  const { said = [], takenBack = [] } = record.groups ?? {};
  const actors = [...new Set([...entries.map(({ by }) => by), ...takenBack.map((it) => it.takenBackBy)])];
  const profiles = await deps.people.profiles(actors);
  const names = new Map(actors.map((id, n) => [id, profiles[n]?.name ?? id]));
  const judged = judgeRecord(site, packOf(site, donation.date), donation.din, record);
  const { master, system } = site.units ?? UNIT_SETTINGS;
  const left = new Set(standing(entries).map(({ n }) => n));
  const own = ownGroup(entries);
  return {
    ...standingView(site, donation, record),
    siteId: site.siteId,
    date: donation.date,
    procedure: donation.procedure,
    master,
    system,
    required: laboratoryOf(site) === 'required',
    tests: judged.tests.map(({ test, conclusion }) => ({ ...test, conclusion })),
    entries: entries.map((entry) => ({
      ...entry,
      by: names.get(entry.by) ?? entry.by,
      ...(entry.reportedIn && { row: rowOf(entry.reportedIn) }),
      voided: entry.kind !== 'void' && !left.has(entry.n),
    })),
    ...(own && { own }),
    others: Object.entries(record.groups?.groups ?? {}).flatMap(([din, group]) =>
      din === donation.din ? [] : [{ din, ...group }],
    ),
    said: said.map(({ abo, rhd, at }) => ({ abo, rhd, at })),
    takenBack: takenBack.map(({ abo, rhd, reason, takenBackBy, takenBackAt }) => ({
      abo,
      rhd,
      reason,
      by: names.get(takenBackBy) ?? takenBackBy,
      at: takenBackAt,
    })),
  };
}
