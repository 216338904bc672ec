import type * as z from 'zod';
import type { DonationChain, Unit } from '../../../shared/contract/units.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { actionsFrom } from '../../../shared/domain/unit-stages.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import type { SiteItem, UnitItem } from '../../../shared/store/items/index.ts';

export const unitView = (unit: UnitItem, held: boolean): z.input<typeof Unit> => ({
  din: unit.din,
  unitId: unit.unitId,
  parentId: unit.parentId,
  component: unit.component,
  stage: unit.stage,
  actions: [...actionsFrom(unit.stage, unit.component, held)],
  hospital: unit.hospital,
  expiresOn: unit.expiresOn,
  version: unit.version,
});

/** Nothing in it names the donor. */
export const chainView = ({ din, units, steps }: Chain, site: SiteItem): z.input<typeof DonationChain> => ({
  din: din.din,
  dinPrinted: printDin(din.din, site.dinScheme),
  siteId: din.siteId,
  date: din.date,
  procedure: din.procedure,
  volumeMl: din.volumeMl,
  held: din.held ?? false,
  units: units.map((unit) => unitView(unit, din.held ?? false)),
  steps,
});
