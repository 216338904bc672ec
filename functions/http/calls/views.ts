import type * as z from 'zod';
import type { Call, CallSettings } from '../../../shared/contract/calls.ts';
import { callSettingsOf } from '../../../shared/store/calls/calls.ts';
import type { CallItem, SiteItem } from '../../../shared/store/items/index.ts';

export const callView = (call: CallItem): z.input<typeof Call> => ({ ...call });

export const settingsView = (site: SiteItem): z.input<typeof CallSettings> => ({
  siteId: site.siteId,
  ...callSettingsOf(site),
});
