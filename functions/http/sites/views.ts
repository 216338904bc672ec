import type * as z from 'zod';
import type { DonationSlot, Site } from '../../../shared/contract/sites.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import type { SlotWithFree } from '../../../shared/store/slots.ts';

export const siteView = ({ siteKind, ...site }: SiteItem): z.input<typeof Site> => ({ ...site, kind: siteKind });

export const slotView = ({ slot, free }: SlotWithFree): z.input<typeof DonationSlot> => ({
  slotId: slot.slotId,
  siteId: slot.containerId,
  procedure: slot.procedure ?? 'whole-blood',
  startsAt: slot.startsAt,
  endsAt: slot.endsAt,
  date: slot.date,
  zone: slot.zone,
  status: slot.status,
  places: slot.places,
  free: slot.status === 'open' ? free : 0,
  ...(slot.stop && { stop: slot.stop }),
});
