import type { EventItem, ShiftCodeItem, ShiftDefinition } from '../../../shared/store/items/index.ts';
import { partOf } from '../../runtime/event-part.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AttendanceDeps } from './deps.ts';

/** The shift of a code, provided that whoever shows it still runs the event: what a withdrawn organiser's page holds is worth nothing. */
export async function shiftOfCode(
  deps: AttendanceDeps,
  { eventId, shiftId, by }: ShiftCodeItem,
): Promise<{ event: EventItem; shift: ShiftDefinition }> {
  const [event, roles] = await Promise.all([deps.events.get(eventId), deps.people.roles(by)]);
  const part = event && partOf({ roles }, event);
  const shift = event?.shifts.find((each) => each.shiftId === shiftId);
  if (!event || !shift || !(part === 'owner' || part === 'cohost')) throw new ProblemError('code-over');
  return { event, shift };
}
