import type { QuietHours } from '../../../shared/domain/quiet-hours.ts';
import type { Store } from '../../../shared/store/client.ts';
import type { Clock, Random } from '../../../shared/store/retry.ts';
import type { SiteList } from './site-list.ts';

/** What a deployment decides of it. */
export type AnnounceConfig = {
  /** Where the pages are: a text's link only opens one. */
  readonly publicUrl: string;
  readonly usedHoldSeconds: number;
  readonly quiet: QuietHours | undefined;
};

export type AnnounceDeps = AnnounceConfig & {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** Every site, as of a moment ago: their settings, zones and rules. */
  readonly sites: SiteList;
};
