import type { TextSettings } from '../../../shared/notify/settings.ts';
import { SendError } from '../../../shared/notify/sms.ts';
import type { MessageItem } from '../../../shared/store/items/index.ts';

export type Outcome =
  /** Try again later; `unsure`: this attempt may have arrived. */
  | { readonly kind: 'again'; readonly unsure: boolean; readonly reason: string }
  /** The provider has surely not sent it, and will not. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** It may have arrived; nobody tries again by themselves. */
  | { readonly kind: 'uncertain'; readonly reason: string };

/** What becomes of a claimed message whose publishing threw. Only what the provider said decides; silence is "unsure". */
export function outcomeOf(
  error: unknown,
  claimed: Pick<MessageItem, 'attempts' | 'unsure'>,
  { maxAttempts }: Pick<TextSettings, 'maxAttempts'>,
): Outcome {
  const last = claimed.attempts >= maxAttempts;
  if (error instanceof SendError) {
    const reason = error.code;
    if (error.kind === 'not-accepted' && !last) return { kind: 'again', unsure: false, reason };
    return { kind: claimed.unsure ? 'uncertain' : 'failed', reason };
  }
  const reason = 'no-answer';
  return last ? { kind: 'uncertain', reason } : { kind: 'again', unsure: true, reason };
}
