import type { Component, DonationTestCode, UnitMaster } from './vocabulary.ts';

/** How a site follows its units: all of it the station's own word, and none of it a rule. */
export type UnitSettings = {
  readonly master: UnitMaster;
  /** What its people call the blood bank's system, where that is the master. */
  readonly system?: string;
  /** Days for which the station keeps a component, counted from the donation's; one without a figure gets no date by itself. */
  readonly shelfLifeDays: Readonly<Partial<Record<Component, number>>>;
  /** Whom it issues to, and where they are called. */
  readonly hospitals: readonly Hospital[];
  /** What the product codes of its labels stand for. */
  readonly products: Readonly<Record<string, Component>>;
  /** What it tests each donation for besides what its pack asks. */
  readonly tests?: readonly DonationTestCode[];
};
export type Hospital = { readonly name: string; readonly phone: string };

/** A site that has chosen nothing. */
export const UNIT_SETTINGS: UnitSettings = { master: 'nuanliu', shelfLifeDays: {}, hospitals: [], products: {} };

export const UNIT_BOUNDS = { shelfLifeDays: [1, 3660], hospitals: 100, products: 200 } as const;
