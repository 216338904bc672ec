import { createHash, timingSafeEqual } from 'node:crypto';
import { optionalEnv } from './env.ts';

const HEADER = 'x-origin-key';
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a request came through the deployment's own front: it shows one of ORIGIN_KEYS, of which there are two while
 * they are changed. Where none is set, as on one machine, whoever reaches the gateway is at the front already.
 */
export function cameThroughFront(
  headers: Readonly<Record<string, string | undefined>>,
  keys = optionalEnv('ORIGIN_KEYS'),
): boolean {
  if (!keys) return true;
  const shown = digest(headers[HEADER] ?? '');
  return keys.split(',').some((key) => timingSafeEqual(digest(key), shown));
}
