import type * as z from 'zod';
import type { Settings } from '../../../shared/contract/donations.ts';
import { REMINDERS } from '../../../shared/domain/reminders.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { versionOf } from '../../../shared/store/transactions/change-site.ts';
import type { DonationsDeps } from './deps.ts';

export const settingsView = (
  site: SiteItem,
  { quiet, usedHoldSeconds }: DonationsDeps['texts'],
): z.input<typeof Settings> => ({
  siteId: site.siteId,
  zone: site.zone,
  phone: site.phone,
  cutoffMinutes: site.cutoffMinutes,
  reminders: site.reminders ?? REMINDERS,
  usedHoldMinutes: site.usedHoldMinutes,
  lockMinutes: site.lockMinutes,
  changedAt: site.settingsAt,
  version: versionOf(site),
  deployment: { usedHoldSeconds, quiet },
});
