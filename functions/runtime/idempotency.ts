import { createHash } from 'node:crypto';

/** A mutation's key and input, as digests: what an item keeps of them says nothing about either. */
export type Idempotency = { readonly key: string; readonly input: string };

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Keys sorted at every depth, so that the same input in another order is the same input. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

export function idempotency(header: string, personId: string, route: string, input: unknown): Idempotency {
  return {
    key: digest(JSON.stringify([personId, header])),
    input: digest(JSON.stringify([route, canonical(input)])),
  };
}
