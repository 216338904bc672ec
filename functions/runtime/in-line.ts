import { inOrder, isInLine } from '../../shared/domain/waitlist.ts';
import type { ProfileItem, WaitItem } from '../../shared/store/items/index.ts';

/** Who is in a day's line, first come first. */
export const lineOf = (waits: readonly WaitItem[]): WaitItem[] =>
  inOrder(waits).filter(({ status }) => isInLine(status));

/** As much of somebody in a line as whoever runs the day needs to know them. */
export const inLine = (wait: WaitItem, person: ProfileItem | undefined) => ({
  waitId: wait.waitId,
  personId: wait.personId,
  name: person?.name ?? '',
  phoneLast4: person?.phone?.slice(-4) ?? '',
  status: wait.status,
  procedure: wait.procedure,
  slotId: wait.slotId,
  startsAt: wait.startsAt,
  endsAt: wait.endsAt,
  zone: wait.zone,
  joinedAt: wait.joinedAt,
  ...(wait.offer && { offer: wait.offer }),
});
