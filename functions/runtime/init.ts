import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStore, type Store } from '../../shared/store/client.ts';
import type { Clock, Random } from '../../shared/store/retry.ts';
import type { World } from './common-deps.ts';
import { optionalEnv, requireEnv } from './env.ts';
import { createLog } from './log.ts';

/** What is made once an execution environment: a failed attempt is forgotten, so that the next invocation tries again. */
export function once<T>(make: () => T | Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= Promise.resolve()
      .then(make)
      .catch((error: unknown) => {
        made = undefined;
        throw error;
      });
    return made;
  };
}

/** The store from the environment: TABLE_NAME, PRIVATE_TABLE_NAME where granted, DYNAMODB_ENDPOINT off AWS. */
export function storeFromEnv(): Store {
  const endpoint = optionalEnv('DYNAMODB_ENDPOINT');
  const privateTableName = optionalEnv('PRIVATE_TABLE_NAME');
  return createStore({
    tableName: requireEnv('TABLE_NAME'),
    ...(privateTableName && { privateTableName }),
    client: { ...(endpoint && { endpoint }) },
  });
}

export const systemClock: Clock = { now: () => Date.now(), sleep: async (ms) => void (await sleep(ms)) };
export const systemRandom: Random = Math.random;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 16 random characters of Crockford’s base 32: 80 bits, safe in ids and URLs. */
export const newId = (): string => Array.from(randomBytes(16), (byte) => ALPHABET[byte & 31]).join('');

/** The world as it is, for a function's entry. */
export const systemWorld = (service: string): World => ({
  clock: systemClock,
  random: systemRandom,
  newId,
  log: createLog(service),
});
