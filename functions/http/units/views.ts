import type * as z from 'zod';
import type { DonationChain, Unit } from '../../../shared/contract/units.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { isExpired } from '../../../shared/domain/unit-expiry.ts';
import { UNIT_SETTINGS } from '../../../shared/domain/unit-settings.ts';
import { actionsFrom, isAllowed } from '../../../shared/domain/unit-stages.ts';
import { UNIT_NOTES } from '../../../shared/domain/vocabulary.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import type { DinItem, SiteItem, UnitItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { isKeptBack } from '../../../shared/store/transactions/move-unit.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import type { UnitsDeps } from './deps.ts';

/** A unit with what may be done with it: nothing, where another system is master. */
export function unitView(
  deps: Pick<UnitsDeps, 'clock'>,
  unit: UnitItem,
  din: DinItem,
  site: SiteItem,
): z.input<typeof Unit> {
  const expired = isExpired(unit, nowOf(deps));
  const ours = (site.units ?? UNIT_SETTINGS).master === 'nuanliu';
  return {
    din: unit.din,
    unitId: unit.unitId,
    parentId: unit.parentId,
    component: unit.component,
    stage: unit.stage,
    actions: ours ? [...actionsFrom(unit.stage, unit.component, isKeptBack(din), expired)] : [],
    notes: ours ? UNIT_NOTES.filter((note) => isAllowed(note, unit.stage)) : [],
    hospital: unit.hospital,
    location: unit.location,
    expiresOn: unit.expiresOn,
    expiresAt: unit.expiresAt,
    expiryFrom: unit.expiryFrom,
    // Of one that a patient has had, or that is gone, it no longer matters.
    expired: expired && unit.stage !== 'used' && unit.stage !== 'discarded' && unit.stage !== 'processed',
    mirroredAt: unit.mirroredAt,
    version: unit.version,
  };
}

/** Nothing in it names the donor. */
export async function chainView(
  deps: UnitsDeps,
  { din, units, steps, corrections }: Chain,
  site: SiteItem,
): Promise<z.input<typeof DonationChain>> {
  const { master, system } = site.units ?? UNIT_SETTINGS;
  const nameOf = await colleagues(deps.people, [din.recordedBy, ...[...steps, ...corrections].map(({ by }) => by)]);
  return {
    din: din.din,
    dinPrinted: printDin(din.din, site.dinScheme),
    siteId: din.siteId,
    date: din.date,
    procedure: din.procedure,
    volumeMl: din.volumeMl,
    collectedAt: din.collectedAt,
    recordedBy: din.recordedBy,
    recordedByName: nameOf(din.recordedBy),
    held: din.held ?? false,
    recall: din.recall && { recallId: din.recall.id, siteId: din.recall.siteId },
    master,
    system,
    withdrawn: din.withdrawn ?? false,
    corrections: corrections.map((each) => ({ ...each, byName: nameOf(each.by) })),
    units: units.map((unit) => unitView(deps, unit, din, site)),
    steps: steps.map((step) => ({ ...step, byName: nameOf(step.by) })),
  };
}
