import type * as z from 'zod';
import type { HeldQualification as Held } from '../../../shared/contract/common.ts';
import type { EventView } from '../../../shared/contract/events.ts';
import type { HeldQualification } from '../../../shared/domain/qualifications.ts';
import { USUAL_CATEGORY } from '../../../shared/domain/vocabulary.ts';
import type { WithRoom } from './deps.ts';

/** An event as its organisers see it. Free places are told while people may sign up; none are left once they may not. */
export const eventView = ({ event, room, covers }: WithRoom): z.input<typeof EventView> => ({
  ...event,
  category: event.category ?? USUAL_CATEGORY,
  ...((event.changing?.from.length ?? 0) > 0 && { isChanging: true }),
  headcount: event.shifts.reduce((sum, { places }) => sum + places, 0),
  shifts: event.shifts.map((shift) => {
    const { needs, ...rest } = shift;
    const view = { ...rest, ...(needs && { needs: [...needs] }) };
    if (event.status === 'draft') return view;
    if (event.status !== 'published') return { ...view, free: 0 };
    const { free, held = 0 } = room.get(shift.slotId) ?? {};
    const seekers = covers?.get(shift.slotId) ?? 0;
    return {
      ...view,
      ...(free !== undefined && { free }),
      ...(held > 0 && { held }),
      ...(seekers > 0 && { covers: seekers }),
    };
  }),
});

/** The same for everybody: of co-hosts, those that have accepted. */
export const publicView = (seen: WithRoom): z.input<typeof EventView> => {
  const { cohosts, drive, ...view } = eventView(seen);
  const accepted = cohosts?.filter(({ status }) => status === 'accepted') ?? [];
  return {
    ...view,
    ...(accepted.length > 0 && { cohosts: accepted }),
    ...(drive?.status === 'agreed' && { drive }),
  };
};

export const heldView = (held: readonly HeldQualification[]): z.input<typeof Held>[] =>
  held.map(({ qualification, by, until }) => ({ qualification, confirmed: by !== undefined, ...(until && { until }) }));
