import { localDateOf } from '../../../shared/domain/local-time.ts';
import { quietUntil } from '../../../shared/domain/quiet-hours.ts';
import { isNumberInDoubt } from '../../../shared/domain/second-fact.ts';
import { isUnwanted } from '../../../shared/domain/text-groups.ts';
import { TELLS_HISTORY } from '../../../shared/notify/settings.ts';
import { countDaily } from '../../../shared/store/budget.ts';
import type { MessageItem, ProfileItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import {
  asClaimed,
  asDue,
  asEnded,
  asProblem,
  asStopped,
  type MessageRef,
  messageWrite,
  stillBound,
} from '../../../shared/store/messages.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { failed } from '../../../shared/store/transactions/place.ts';
import type { SenderDeps } from './deps.ts';

/** `to`: the person's number as it is now, unless the text is for one that was theirs. */
export type Claimed = { readonly message: MessageItem; readonly donor: ProfileItem; readonly to: string };

/**
 * Takes a message to send it, or undefined where it is not to be sent: now or ever. In one transaction the message goes
 * from due to claimed, what it is bound to is still at the version it speaks of, and the person's day has room for a text.
 */
export async function claim(deps: SenderDeps, ref: MessageRef): Promise<Claimed | undefined> {
  const own = deps.newId();
  return await withRetries<Claimed | undefined>(async () => {
    const [message, donor] = (await deps.store.batchGet(
      [keys.message(ref.personId, ref.messageId), keys.profile(ref.personId)],
      { consistent: true },
    )) as [MessageItem | undefined, ProfileItem | undefined];
    const now = nowOf(deps);
    // The last try's answer was lost, but not its write.
    const mine = message?.status === 'claimed' && message.claim === own;
    if (!message || !(mine || isWaiting(message, now))) return undefined;
    const next = mine ? 'send' : await settle(deps, message, now);
    if (next !== 'send') return next;

    // Whoever asked to be unknown is told nothing more; whoever has no phone is told at the station.
    if (!donor) return await end(deps, asEnded(message, 'withheld', { reason: 'no-person' }));
    const to = message.to ?? donor.phone;
    if (!to) return await end(deps, asEnded(message, 'withheld', { reason: 'no-phone' }));
    if (mine) return { message, donor, to };
    if (isUnwanted(donor, message.template, message.params['cause'])) {
      return await end(deps, asEnded(message, 'withheld', { reason: 'muted' }));
    }
    if (TELLS_HISTORY.includes(message.template) && isNumberInDoubt(donor, now)) {
      return await end(deps, untilSeen(message, now));
    }
    const { dailyCap, leaseSeconds } = deps.settings;
    const claimed = asClaimed(message, own, now, new Date(deps.clock.now() + leaseSeconds * 1000).toISOString());
    const result = await deps.store.transact([
      messageWrite(claimed),
      ...(message.bound ? [stillBound(message.bound)] : []),
      // A second attempt is the same text: the day was charged for it at the first.
      ...(message.attempts === 0 ? [countDaily(message.personId, localDateOf(now, message.zone), dailyCap, now)] : []),
    ]);
    if (result.ok) return { message: claimed, donor, to };
    const [changed, ...others] = result.reasons;
    const [bound, day] = message.bound ? others : [undefined, ...others];
    if (failed(changed)) return AGAIN;
    if (failed(bound)) return await end(deps, asStopped(message, now, 'changed'));
    if (failed(day)) return await end(deps, asEnded(message, 'withheld', { reason: 'daily-cap' }));
    return AGAIN;
  }, deps);
}

/** Due by now, or left behind by a sender whose lease ran out. */
const isWaiting = ({ status, dueAt, leaseUntil }: MessageItem, now: string): boolean =>
  (status === 'due' && dueAt <= now) || (status === 'claimed' && (leaseUntil ?? '') <= now);

/** What a waiting message meets before anyone is disturbed: the end of its attempts or of its use, or the night. */
async function settle(deps: SenderDeps, message: MessageItem, now: string): Promise<'send' | undefined | typeof AGAIN> {
  const { maxAttempts, quiet, quietTemplates } = deps.settings;
  if (message.attempts >= maxAttempts) {
    // The sender that made the last attempt did not live to say how it ended.
    return await end(deps, asProblem(message, 'uncertain', now, 'no-outcome'));
  }
  const quietEnds = quietTemplates.includes(message.template) ? quietUntil(now, message.zone, quiet) : undefined;
  if (message.until && (quietEnds ?? now) > message.until) {
    return await end(deps, asStopped(message, now, quietEnds ? 'quiet-hours' : 'too-late'));
  }
  if (!quietEnds) return 'send';
  const again = message.status === 'claimed' ? { unsure: true as const } : {};
  return await end(deps, asDue(message, quietEnds, { ...again, reason: 'quiet-hours' }));
}

const DAY_MS = 24 * 60 * 60_000;
const DOUBTED_DAYS = 90;

/**
 * Looked at again tomorrow: the number may be somebody else's by now, and this is of the donor's past. Given up when nobody
 * was here for a season; the donor's pages tell it all the same.
 */
function untilSeen(message: MessageItem, now: string): MessageItem {
  const waited = Date.parse(now) - Date.parse(message.createdAt);
  if (waited > DOUBTED_DAYS * DAY_MS) return asEnded(message, 'withheld', { reason: 'number-in-doubt' });
  const tomorrow = new Date(Date.parse(now) + DAY_MS).toISOString();
  const unsure = message.status === 'claimed' ? { unsure: true as const } : {};
  return asDue(message, tomorrow, { ...unsure, reason: 'number-in-doubt' });
}

const end = async (deps: SenderDeps, after: MessageItem): Promise<undefined | typeof AGAIN> =>
  (await deps.messages.replace(after)) ? undefined : AGAIN;
