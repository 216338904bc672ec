import type * as z from 'zod';
import type { EventView } from '../../../shared/contract/events.ts';
import type { WithRoom } from './deps.ts';

/** Free places are told while people may sign up; none are left once they may not. */
export const eventView = ({ event, room }: WithRoom): z.input<typeof EventView> => ({
  ...event,
  shifts: event.shifts.map((shift) => {
    if (event.status === 'draft') return shift;
    if (event.status !== 'published') return { ...shift, free: 0 };
    const { free, held = 0 } = room.get(shift.slotId) ?? {};
    return { ...shift, ...(free !== undefined && { free }), ...(held > 0 && { held }) };
  }),
});
