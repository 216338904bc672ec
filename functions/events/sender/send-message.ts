import { countSegments } from '../../../shared/notify/segments.ts';
import { SendError } from '../../../shared/notify/sms.ts';
import { render } from '../../../shared/notify/templates.ts';
import { spendMonthly } from '../../../shared/store/budget.ts';
import { isTransient } from '../../../shared/store/client.ts';
import type { MessageItem } from '../../../shared/store/items/index.ts';
import { asDue, asEnded, asProblem, type MessageRef } from '../../../shared/store/messages.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { claim } from './claim.ts';
import type { SenderDeps } from './deps.ts';
import { outcomeOf } from './outcome.ts';

/**
 * Sends one message: claim, publish, outcome.
 *
 * The window for a repeat lies between the provider's acceptance and the outcome's write. A sender that dies there leaves
 * a claim whose lease runs out, and the message is published a second time; never a third, because a claim counts its
 * attempt before publishing and there are two. Everything before the publishing may die and repeat without a text.
 */
export async function sendMessage(deps: SenderDeps, ref: MessageRef): Promise<void> {
  const claimed = await claim(deps, ref);
  if (!claimed) return;
  const { message, donor, to } = claimed;
  const text = render(message.template, donor.language, message.params, { signature: deps.signature });
  let ended: MessageItem;
  try {
    if (await isAffordable(deps, text)) {
      const { providerId } = await deps.send(to, text);
      ended = asEnded(message, 'sent', { providerId, sentAt: nowOf(deps), sentText: text });
    } else ended = withoutBudget(deps, message);
  } catch (error) {
    ended = afterFailure(deps, message, error);
  }
  await write(deps, ended);
}

async function isAffordable({ store, signature, settings, ...deps }: SenderDeps, text: string): Promise<boolean> {
  const { segments } = countSegments(signature + text);
  const spent = await spendMonthly(store, segments, settings.monthlySegments, nowOf(deps)).catch((): never => {
    throw new SendError('not-accepted', 'no-budget-read');
  });
  if (!spent) deps.log.error('monthly budget of texts is used up');
  return spent;
}

/** Withheld, unless an earlier attempt may have arrived: that is for staff to see. */
const withoutBudget = (deps: SenderDeps, message: MessageItem): MessageItem =>
  message.unsure
    ? asProblem(message, 'uncertain', nowOf(deps), 'monthly-budget')
    : asEnded(message, 'withheld', { reason: 'monthly-budget' });

function afterFailure(deps: SenderDeps, message: MessageItem, error: unknown): MessageItem {
  const now = nowOf(deps);
  const outcome = outcomeOf(error, message, deps.settings);
  deps.log.warn('publishing failed', { outcome: outcome.kind, reason: outcome.reason, attempt: message.attempts });
  if (outcome.kind !== 'again') return asProblem(message, outcome.kind, now, outcome.reason);
  const later = new Date(deps.clock.now() + deps.settings.retryAfterSeconds * 1000).toISOString();
  return asDue(message, later, { reason: outcome.reason, ...(outcome.unsure && { unsure: true }) });
}

/** Writes how it ended, trying for a while: whatever is not written here is attempted once more. */
async function write(deps: SenderDeps, after: MessageItem): Promise<void> {
  await withRetries(async () => {
    try {
      // Refused only when the lease ran out and another sender has the message now: then theirs is the outcome.
      if (!(await deps.messages.replace(after)))
        deps.log.warn('outcome came after the lease', { status: after.status });
      return 'done';
    } catch (error) {
      if (isTransient(error)) return AGAIN;
      throw error;
    }
  }, deps);
}
