import type * as z from 'zod';
import type { Donation } from '../../../shared/contract/me.ts';
import { timesOf } from '../../../shared/domain/honours.ts';
import { journey, notNeededFrom } from '../../../shared/domain/journey.ts';
import type { HonourRules } from '../../../shared/domain/policy-pack.ts';
import { printCode } from '../../../shared/domain/proof-code.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { DonationItem } from '../../../shared/store/items/index.ts';

/** A donation as its donor may see it, on a page, in a list or in an export: what is not here was never for them to read. */
export const donationView = (
  item: DonationItem,
  { rules, today }: { rules: HonourRules; today: LocalDate },
): z.input<typeof Donation> => ({
  din: item.din,
  siteId: item.siteId,
  siteName: item.siteName,
  date: item.date,
  procedure: item.procedure,
  volumeMl: item.volumeMl,
  platelets: item.platelets,
  times: timesOf(rules, item),
  usedOn: item.usedOn,
  journey: shown(journey(item, today)),
  notNeededFrom: notNeededFrom(item),
  recordCode: item.proof && printCode(item.proof),
});

const shown = ({ stages, open }: ReturnType<typeof journey>) => ({ stages: [...stages], open });
