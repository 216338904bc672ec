import type * as z from 'zod';
import type { UnitSettings } from '../../../shared/contract/units.ts';
import { UNIT_SETTINGS, USED_WITHIN_MONTHS } from '../../../shared/domain/unit-settings.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { laboratoryOf } from '../../../shared/store/laboratory.ts';
import { screeningOf, unitsVersionOf } from '../../../shared/store/transactions/change-unit-settings.ts';

export function settingsView(site: SiteItem): z.input<typeof UnitSettings> {
  const {
    master,
    system,
    shelfLifeDays,
    hospitals,
    products,
    tests = [],
    numbers = [],
    usedWithinMonths = USED_WITHIN_MONTHS,
  } = site.units ?? UNIT_SETTINGS;
  return {
    siteId: site.siteId,
    master,
    system,
    shelfLifeDays,
    hospitals: [...hospitals],
    products: Object.entries(products).map(([code, component]) => ({ code, component })),
    screening: screeningOf(site),
    laboratory: laboratoryOf(site),
    tests: [...tests],
    numbers: [...numbers],
    usedWithinMonths,
    version: unitsVersionOf(site),
  };
}
