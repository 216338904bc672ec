import type { Accepted } from './items/index.ts';

/** Digests of a caller's Idempotency-Key and of the input it came with. */
export type Idempotency = Accepted;

const REMEMBERED = 4;

/** Whether an item has accepted a mutation under this key: with the same input, with another, or not at all. */
export function wasAccepted(accepted: readonly Accepted[], idem: Idempotency): 'same' | 'other-input' | undefined {
  const found = accepted.find(({ key }) => key === idem.key);
  if (!found) return undefined;
  return found.input === idem.input ? 'same' : 'other-input';
}

/** The list with this mutation on its end; the oldest falls off, so that the item stays small. */
export const accept = (accepted: readonly Accepted[], idem: Idempotency): Accepted[] =>
  [...accepted, { key: idem.key, input: idem.input }].slice(-REMEMBERED);
