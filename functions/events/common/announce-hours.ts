import { dayText, spanText } from '../../../shared/notify/when.ts';
import { asRead } from '../../../shared/store/as-read.ts';
import { createHours } from '../../../shared/store/hours.ts';
import { keys } from '../../../shared/store/keys.ts';
import { newMessage } from '../../../shared/store/messages.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { isActive } from '../../../shared/store/transactions/check-in.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';

/** What was decided longer ago is nothing new: as long as a record of the stream may wait in a queue to be looked at again. */
const TOLD_WITHIN_MS = 14 * 24 * 60 * 60_000;

/**
 * Makes the text that answers a volunteer who asked about their hours, unless it is there. It tells of what was decided, once, so it is
 * bound to nothing. Whoever is being joined with another is told under the id that is kept, once the request is theirs; of what was
 * decided long before they were, nobody is.
 */
export async function announceHours(
  deps: AnnounceDeps,
  { organisationId, requestId }: { readonly organisationId: string; readonly requestId: string },
): Promise<void> {
  await withRetries(async () => {
    const request = await createHours(deps.store).request(organisationId, requestId);
    if (!request || request.status === 'asked' || request.askedBy !== request.personId || request.untold) return 'done';
    const { personId, status, eventId, zone, date, title, minutes, granted = minutes, decidedAt = '' } = request;
    if (!(deps.clock.now() - Date.parse(decidedAt) < TOLD_WITHIN_MS)) return 'done';
    if (!(await isActive(deps.store, personId))) return 'done';
    const text = newMessage({
      personId,
      template: `hours-${status}`,
      subject: requestId,
      version: 'once',
      scope: eventId,
      zone,
      params: { day: dayText(date), place: title, hours: spanText(granted), link: `${deps.publicUrl}/service` },
      now: nowOf(deps),
    });
    const result = await deps.store.transact([
      {
        Put: {
          Item: { ...keys.message(personId, text.messageId), ...text },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      { ConditionCheck: { Key: keys.hoursRequest(organisationId, requestId), ...asRead(request) } },
    ]);
    // Refused where it is there, or where the request has gone along with a merge, which has a record of its own.
    return result.ok || !result.conflict ? 'done' : AGAIN;
  }, deps);
}
