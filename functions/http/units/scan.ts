import type * as z from 'zod';
import type { ScanAnswer, ScannedUnit, units } from '../../../shared/contract/units.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { type BloodGroup, isSameGroup, readGroup } from '../../../shared/domain/laboratory.ts';
import { readScan } from '../../../shared/domain/scan.ts';
import { isExpired } from '../../../shared/domain/unit-expiry.ts';
import { UNIT_SETTINGS } from '../../../shared/domain/unit-settings.ts';
import { forbiddenOnceExpired, isAllowed, stageAfter } from '../../../shared/domain/unit-stages.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import type { SiteItem, UnitItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { clearance, isKeptBack } from '../../../shared/store/transactions/move-unit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered-chain.ts';
import type { UnitsDeps } from './deps.ts';

type Routes = (typeof units)['routes'];
type Query = z.output<Routes['GET /api/units/scan']['query']>;
type Answer = z.input<typeof ScanAnswer>;

/** A scan is answered before the hand has the next bag: what cannot be is said at once, in a word the page has a sentence for. */
export const scan: RouteHandler<Routes['GET /api/units/scan'], UnitsDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const read = readScan(query.code, site.dinScheme);
  const { products } = site.units ?? UNIT_SETTINGS;
  switch (read.kind) {
    case 'unreadable':
      return refused(read.why === 'malformed' ? 'unreadable' : read.why === 'expiry' ? 'expiry-invalid' : read.why);
    case 'other': {
      // Of a bag that was scanned before it; by itself it says of no bag what it is.
      const group = query.din === undefined ? undefined : readGroup(query.code);
      return group ? await heldAgainst(deps, site, query.din ?? '', group) : refused('other-barcode');
    }
    case 'expiry':
      return { kind: 'expiry', expiresOn: read.expiry.on, time: read.expiry.time };
    case 'product': {
      const component = products[read.code];
      return component ? { kind: 'product', code: read.code, component } : refused('product-unknown');
    }
    default:
  }
  const chain = await deps.donations.chain(read.din);
  const dinPrinted = printDin(read.din, site.dinScheme);
  if (!chain) return refused('unknown', { dinPrinted });
  if (!actor.roles.some(({ role, scope }) => role === 'staff' && scope === chain.din.siteId)) {
    return refused('other-site', { dinPrinted });
  }
  const of = chain.din.siteId === site.siteId ? site : ((await deps.sites.get(chain.din.siteId)) ?? site);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'unit-scanned',
      scope: of.siteId,
      zone: of.zone,
      at: nowOf(deps),
      subjects: [chain.din.personId],
      id: deps.newId(),
    }),
  );
  const cleared = await clearance(deps.engine, of, chain.din, query.action);
  return judged(chain, of, query, { now: nowOf(deps), clear: cleared?.ok ?? true });
};

/** A group's label, held against what the laboratory found of the bag that was scanned before it: whether it fits, and never which it is. */
async function heldAgainst(deps: UnitsDeps, site: SiteItem, din: string, group: BloodGroup): Promise<Answer> {
  const donation = await deps.donations.byDin(din);
  if (!donation || donation.siteId !== site.siteId) return { kind: 'group', group, fits: true };
  const own = (await deps.laboratory.groupsOf([donation.din])).get(donation.din);
  return { kind: 'group', group, fits: !own || isSameGroup(own, group) };
}

type Asked = { readonly now: string; readonly clear: boolean };

function judged(chain: Chain, site: SiteItem, query: Query, asked: Asked): Answer {
  const { action, component, unitId, hospital } = query;
  const { master, system } = site.units ?? UNIT_SETTINGS;
  const dinPrinted = printDin(chain.din.din, site.dinScheme);
  if (master === 'other') return refused('not-master', { dinPrinted, system });
  const meant = chain.units.filter(
    (unit) => (!component || unit.component === component) && (!unitId || unit.unitId === unitId),
  );
  const [first] = meant;
  if (!first) return refused('no-such-component', { dinPrinted, component });
  const faults = meant.map((unit) => ({ unit, fault: faultOf(unit, chain, { action, hospital, ...asked }) }));
  const ready = faults.filter(({ fault }) => !fault).map(({ unit }) => viewOf(unit, dinPrinted));
  const [one] = ready;
  if (one) return ready.length === 1 ? { kind: 'unit', unit: one } : { kind: 'choose', units: ready };
  // What says most: of a bag that stands where it could be moved, why it cannot be; of the others, where they stand.
  const worst =
    faults.find(({ fault }) => fault !== 'wrong-state') ??
    faults.find(({ unit }) => unit.stage !== 'processed') ??
    faults[0];
  const { unit, fault } = worst ?? { unit: first, fault: 'wrong-state' as const };
  return refused(fault ?? 'wrong-state', {
    dinPrinted,
    component: unit.component,
    stage: unit.stage,
    hospital: unit.hospital,
    expiresOn: unit.expiresOn,
  });
}

type Fault = 'wrong-state' | 'on-hold' | 'on-recall' | 'unit-expired' | 'results-not-clear' | 'other-hospital';

function faultOf(
  unit: UnitItem,
  { din }: Chain,
  { action, hospital, now, clear }: Asked & Pick<Query, 'action' | 'hospital'>,
): Fault | undefined {
  if (!isAllowed(action, unit.stage)) return 'wrong-state';
  if (stageAfter(action, isKeptBack(din), unit.stage) === undefined) return din.recall ? 'on-recall' : 'on-hold';
  if (forbiddenOnceExpired(action) && isExpired(unit, now)) return 'unit-expired';
  if (!clear) return 'results-not-clear';
  if ((action === 'use' || action === 'return') && hospital && unit.hospital !== hospital) return 'other-hospital';
  return undefined;
}

const viewOf = (unit: UnitItem, dinPrinted: string): z.input<typeof ScannedUnit> => ({
  din: unit.din,
  dinPrinted,
  unitId: unit.unitId,
  component: unit.component,
  stage: unit.stage,
  hospital: unit.hospital,
  expiresOn: unit.expiresOn,
  version: unit.version,
});

type Refused = Extract<Answer, { kind: 'refused' }>;
const refused = (why: Refused['why'], more: Omit<Refused, 'kind' | 'why'> = {}): Answer => ({
  kind: 'refused',
  why,
  ...more,
});
