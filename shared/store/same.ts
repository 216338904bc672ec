import { timingSafeEqual } from 'node:crypto';

/** Whether a secret is what was shown, in a time that says nothing of how much of it is. What was shown may be anything at all. */
export function isSame(secret: string, shown: string): boolean {
  const [a, b] = [Buffer.from(secret), Buffer.from(shown)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
