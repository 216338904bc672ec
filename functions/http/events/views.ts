import type * as z from 'zod';
import type { EventView } from '../../../shared/contract/events.ts';
import type { WithFree } from './deps.ts';

/** Free places are told while people may sign up; none are left once they may not. */
export const eventView = ({ event, free }: WithFree): z.input<typeof EventView> => ({
  ...event,
  shifts: event.shifts.map((shift) => {
    const left = event.status === 'published' ? free.get(shift.slotId) : event.status === 'draft' ? undefined : 0;
    return { ...shift, ...(left !== undefined && { free: left }) };
  }),
});
