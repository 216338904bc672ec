import type * as z from 'zod';
import type { Recall, RecallSummary, TracedDonation, Whereabouts } from '../../../shared/contract/recalls.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { UNIT_SETTINGS } from '../../../shared/domain/unit-settings.ts';
import { notYetIssued } from '../../../shared/domain/unit-stages.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import type { RecallItem, SiteItem, UnitItem } from '../../../shared/store/items/index.ts';
import type { RecallAnswer } from '../../../shared/store/transactions/recall.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { RecallsDeps } from './deps.ts';

type Where = z.input<typeof Whereabouts>;

/** What was made into components has become them; the rest of a donation is somewhere. */
const isSomewhere = ({ stage }: UnitItem): boolean => stage !== 'processed';

function whereabouts(unit: UnitItem, { din, steps }: Chain, site: SiteItem | undefined): Where {
  const use = steps.findLast((step) => step.unitId === unit.unitId && step.to === 'used');
  return {
    din: din.din,
    dinPrinted: printDin(din.din, site?.dinScheme),
    unitId: unit.unitId,
    component: unit.component,
    stage: unit.stage,
    hospital: unit.hospital,
    hospitalRecord: unit.stage === 'used' ? use?.hospitalRecord : undefined,
    location: unit.location,
    expiresOn: unit.expiresOn,
    since: unit.mirroredAt ?? unit.changedAt,
  };
}

const masterOf = (site: SiteItem | undefined) => (site?.units ?? UNIT_SETTINGS).master;

export function tracedView(chain: Chain, site: SiteItem | undefined): z.input<typeof TracedDonation> {
  const { din } = chain;
  return {
    din: din.din,
    dinPrinted: printDin(din.din, site?.dinScheme),
    siteId: din.siteId,
    siteName: site?.name,
    date: din.date,
    procedure: din.procedure,
    volumeMl: din.volumeMl,
    held: din.held ?? false,
    recall: din.recall && { recallId: din.recall.id, siteId: din.recall.siteId },
    master: masterOf(site),
    historical: din.historical ?? false,
    units: chain.units.filter(isSomewhere).map((unit) => whereabouts(unit, chain, site)),
  };
}

export const summaryView = (
  recall: RecallItem,
  site: SiteItem,
  nameOf: (id: string | undefined) => string | undefined,
): z.input<typeof RecallSummary> => ({
  recallId: recall.recallId,
  siteId: recall.siteId,
  din: recall.din,
  dinPrinted: printDin(recall.din, site.dinScheme),
  scope: recall.scope,
  status: recall.status,
  donations: recall.dins.length,
  passed: recall.passed,
  by: nameOf(recall.by) ?? '',
  at: recall.at,
  liftedBy: recall.liftedBy && (nameOf(recall.liftedBy) ?? ''),
  liftedAt: recall.liftedAt,
});

/** A recall with everything it is about as it stands now; and whose that is, for the record of who looked. */
export async function recallView(
  deps: RecallsDeps,
  recall: RecallItem,
  site: SiteItem,
): Promise<{ view: z.input<typeof Recall>; subjects: string[] }> {
  const [reason, sites, chains] = await Promise.all([
    deps.recalls.reason(recall.siteId, recall.recallId),
    deps.sites.list(),
    Promise.all(recall.dins.map(async (din) => await deps.donations.chain(din))),
  ]);
  const nameOf = await colleagues(deps.people, [recall.by, recall.liftedBy, ...recall.told.map(({ by }) => by)]);
  const siteOf = (chain: Chain) => sites.find(({ siteId }) => siteId === chain.din.siteId);
  const units = chains.flatMap((chain) =>
    chain
      ? chain.units.filter(isSomewhere).map((unit) => ({
          where: whereabouts(unit, chain, siteOf(chain)),
          mirrored: masterOf(siteOf(chain)) === 'other',
        }))
      : [],
  );
  const inStation = units.filter(({ where }) => where.stage !== 'issued' && where.stage !== 'used');
  const away = units
    .filter(({ where }) => where.stage === 'issued' || where.stage === 'used')
    .map(({ where }) => where);
  const phones = new Map(sites.flatMap((each) => each.units?.hospitals ?? []).map(({ name, phone }) => [name, phone]));
  const told = new Map(recall.told.map(({ hospital, by, at }) => [hospital, { by: nameOf(by) ?? '', at }]));
  const hospitals = [...new Set(away.map(({ hospital = '' }) => hospital))].sort();
  return {
    subjects: [...new Set(chains.flatMap((chain) => chain?.din.personId ?? []))],
    view: {
      ...summaryView(recall, site, nameOf),
      reason: reason?.reason ?? 'other',
      note: reason?.note,
      stopped: inStation
        .filter(({ mirrored, where }) => !mirrored || where.stage === 'discarded')
        .map(({ where }) => where),
      out: hospitals.map((hospital) => ({
        hospital,
        phone: phones.get(hospital),
        told: told.get(hospital),
        units: away.filter((where) => (where.hospital ?? '') === hospital),
      })),
      elsewhere: inStation
        .filter(({ mirrored, where }) => mirrored && notYetIssued(where.stage))
        .map(({ where }) => where),
      system: site.units?.system,
    },
  };
}

/** What a change of a recall came to, or its problem. */
export function recallOf(answer: RecallAnswer): RecallItem {
  if (answer.kind === 'done') return answer.recall;
  throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : answer.kind);
}
