import { dayText, spanText } from '../../../shared/notify/when.ts';
import { createHours } from '../../../shared/store/hours.ts';
import { createMessages, newMessage } from '../../../shared/store/messages.ts';
import { isActive } from '../../../shared/store/transactions/check-in.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';

/**
 * Makes the text that answers a volunteer who asked about their hours, unless it is there. It tells of what was decided, once, so it is
 * bound to nothing. Whoever is being joined with another is told under the id that is kept, once the request is theirs.
 */
export async function announceHours(
  deps: AnnounceDeps,
  { organisationId, requestId }: { readonly organisationId: string; readonly requestId: string },
): Promise<void> {
  const request = await createHours(deps.store).request(organisationId, requestId);
  if (!request || request.status === 'asked' || request.askedBy !== request.personId) return;
  if (!(await isActive(deps.store, request.personId))) return;
  const { personId, status, eventId, zone, date, title, minutes, granted = minutes } = request;
  await createMessages(deps.store).create(
    newMessage({
      personId,
      template: `hours-${status}`,
      subject: requestId,
      version: 'once',
      scope: eventId,
      zone,
      params: { day: dayText(date), place: title, hours: spanText(granted), link: `${deps.publicUrl}/service` },
      now: nowOf(deps),
    }),
  );
}
