import * as z from 'zod';
import { WAIT_STATUSES } from '../domain/vocabulary.ts';
import { Instant, PersonId, Procedure, SlotId, Zone } from './common.ts';

/** Like a slot's; `any` stands for a time where the wait is for any time that day. */
export const WaitId = z
  .string()
  .regex(/^[a-z0-9-]+_\d{4}-\d{2}-\d{2}_(\d{4}b?|any)_[a-z0-9-]+$/)
  .max(120);

/** A place that is held for somebody. */
export const HeldPlace = z.object({
  slotId: SlotId,
  startsAt: Instant,
  endsAt: Instant,
  until: Instant.meta({ description: 'The place is held until then' }),
});

/** A line of a waiting list: as much of a person as whoever runs the day needs to know them, and what they wait for. */
export const InLine = z.object({
  waitId: WaitId,
  personId: PersonId,
  name: z.string(),
  phoneLast4: z.string(),
  status: z.enum(WAIT_STATUSES),
  procedure: Procedure.optional(),
  slotId: SlotId.optional().meta({ description: 'Absent: any time that day' }),
  startsAt: Instant.meta({ description: 'Of the slot; of the day’s first, for any time' }),
  endsAt: Instant,
  zone: Zone,
  joinedAt: Instant,
  offer: HeldPlace.optional(),
});
