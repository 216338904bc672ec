import { TEXT_SETTINGS, type TextSettings } from '../../../shared/notify/settings.ts';
import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createDocuments } from '../../../shared/store/documents.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createHealthAnswers } from '../../../shared/store/health-answers.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

/** `texts`: what the deployment does where a site has not chosen. */
export const donationsDeps = (
  store: Store,
  world: World,
  /** The key under which identity numbers are sealed and found. */
  identityKey: () => Promise<string>,
  texts: Pick<TextSettings, 'quiet' | 'usedHoldSeconds'> = TEXT_SETTINGS,
) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  bookings: createBookings(store),
  donations: createDonations(store),
  declared: createHealthAnswers(store),
  documents: createDocuments(store, identityKey),
  sites: createSites(store),
  slots: createSlots(store),
  texts,
});
export type DonationsDeps = ReturnType<typeof donationsDeps>;
