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

/** The list with this mutation on its end. The first, which made the item, is kept; of the others the oldest falls off. */
export function accept(accepted: readonly Accepted[], { key, input }: Idempotency): Accepted[] {
  const all = [...accepted, { key, input }];
  return all.length <= REMEMBERED ? all : [...all.slice(0, 1), ...all.slice(1 - REMEMBERED)];
}
