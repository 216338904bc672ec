import { createCalls } from '../../../shared/store/calls/calls.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

/** `text`: what stands before each text, and where it leads; for its length. */
export const callsDeps = (
  store: Store,
  world: World,
  text: { readonly publicUrl: string; readonly signature: string },
) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  calls: createCalls(store),
  donations: createDonations(store),
  sites: createSites(store),
  slots: createSlots(store),
  text,
});
export type CallsDeps = ReturnType<typeof callsDeps>;
