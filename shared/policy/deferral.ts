import type { DeferralRule, Sourced, Span } from '../domain/policy-pack.ts';

/** A temporary deferral as its pack names it; without `after` it holds while its cause lasts. */
export const deferral = (
  sourced: Sourced,
  code: string,
  after: Span | undefined,
  zh: string,
  en: string,
  procedure?: DeferralRule['procedure'],
): DeferralRule => ({
  ...sourced,
  code,
  label: { zh, en },
  ...(after && { after }),
  ...(procedure && { procedure }),
});
