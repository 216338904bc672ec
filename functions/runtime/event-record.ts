import { auditItem } from '../../shared/store/audit.ts';
import type { EventItem } from '../../shared/store/items/index.ts';
import { nowOf } from '../../shared/store/transactions/deps.ts';
import type { World } from './common-deps.ts';

/** The record that an organiser did something for somebody, or looked at them. */
export const recordOf = (
  deps: Pick<World, 'clock' | 'newId'>,
  event: Pick<EventItem, 'eventId' | 'zone'>,
  by: string,
  action: string,
  subjects: string[],
) => ({
  Put: auditItem({ by, action, scope: event.eventId, zone: event.zone, at: nowOf(deps), subjects, id: deps.newId() }),
});
