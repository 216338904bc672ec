import type * as z from 'zod';
import type { SlotPlaces } from '../../../shared/contract/donations.ts';
import { takenOf, type WholeSlot } from '../../../shared/store/slots.ts';

export const slotPlaces = ({ slot, pools }: WholeSlot): z.input<typeof SlotPlaces> => ({
  slotId: slot.slotId,
  procedure: slot.procedure ?? 'whole-blood',
  startsAt: slot.startsAt,
  endsAt: slot.endsAt,
  date: slot.date,
  zone: slot.zone,
  status: slot.status,
  places: slot.places,
  taken: takenOf(pools),
  free: pools.reduce((sum, { free }) => sum + free, 0),
  held: pools.reduce((sum, { held = 0 }) => sum + held, 0),
  waited: pools.some(({ waits }) => waits),
  unit: slot.block?.unit,
  version: slot.version,
});
