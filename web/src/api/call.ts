import { DEVICE_HEADER } from '../../../shared/domain/second-fact.ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import { ApiError, errorOf } from './error.ts';
import type { CallInput, CallKey, CallOutput } from './types.ts';

/** What the client needs of the world around it. */
export type CallDeps = {
  readonly fetch: typeof fetch;
  readonly language: () => Language;
  readonly token: () => Promise<string | undefined>;
  /** The key of this browser, once it has one. */
  readonly device: () => string | undefined;
  /** Resolves after so many milliseconds, or rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly random: () => number;
  /** Told that the service asks for the second factor. */
  readonly onFactorNeeded?: () => void;
  /** Told that this shared station is not, or no longer, open for whoever calls. */
  readonly onLocked?: () => void;
  readonly now: () => number;
};

export type CallOptions = {
  /** One for each thing a person does; every repeat of it carries the same. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Told before each wait, so that the page can show that it is still trying. */
  readonly onRetry?: (attempt: number, waitMs: number) => void;
};

/** How long a call goes on trying, and the most it waits between two tries. */
export const RETRY = { totalMs: 25_000, firstMs: 400, mostMs: 6_000 } as const;

const RETRIED = new Set([429, 502, 503, 504]);

/** A typed call of the API: one try, then repeats while the service is busy or unreachable. */
export function caller(deps: CallDeps) {
  return async function call<K extends CallKey>(
    key: K,
    input: CallInput<K>,
    options: CallOptions = {},
  ): Promise<CallOutput<K>> {
    const { method, path } = addressOf(key, input as Parts);
    const body = (input as Parts).body;
    const until = deps.now() + RETRY.totalMs;
    // Without a key a repeat of a mutation could do the thing twice.
    const repeatable = method === 'GET' || options.idempotencyKey !== undefined;
    for (let attempt = 1; ; attempt += 1) {
      const token = await deps.token();
      const device = deps.device();
      const outcome = await ask(
        deps.fetch,
        path,
        {
          method,
          headers: {
            accept: 'application/json',
            'accept-language': deps.language() === 'zh' ? 'zh-CN' : 'en',
            ...(token && { authorization: `Bearer ${token}` }),
            ...(token && device && { [DEVICE_HEADER]: device }),
            ...(options.idempotencyKey && { 'idempotency-key': options.idempotencyKey }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          ...(options.signal && { signal: options.signal }),
        },
        options.signal,
      );
      if ('answer' in outcome) return outcome.answer as CallOutput<K>;
      if (outcome.error.code === 'second-factor-needed') deps.onFactorNeeded?.();
      if (outcome.error.code === 'station-locked') deps.onLocked?.();
      const wait = waitFor(attempt, outcome.retryAfterMs, deps.random);
      if (!outcome.again || !repeatable || deps.now() + wait > until) throw outcome.error;
      options.onRetry?.(attempt, wait);
      await deps.wait(wait, options.signal);
    }
  };
}

type Parts = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
};

/** The address a key and its input name. */
export function addressOf(key: string, input: Parts): { method: string; path: string } {
  const [method = 'GET', pattern = ''] = key.split(' ');
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.toString();
  return { method, path: search ? `${path}?${search}` : path };
}

type Outcome = { answer: unknown } | { error: ApiError; again: boolean; retryAfterMs: number | undefined };

async function ask(
  fetching: typeof fetch,
  path: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  let response: Response;
  try {
    response = await fetching(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    return { error: new ApiError('offline', 0), again: true, retryAfterMs: undefined };
  }
  if (!response.ok) {
    return {
      error: await errorOf(response),
      again: RETRIED.has(response.status),
      retryAfterMs: retryAfterOf(response),
    };
  }
  try {
    const isFile = response.headers.get('content-type')?.startsWith('text/csv');
    return { answer: isFile ? await response.text() : await response.json() };
  } catch (error) {
    if (signal?.aborted) throw error;
    // Cut off in the middle of the answer: the same as never having heard it.
    return { error: new ApiError('unreadable', response.status), again: true, retryAfterMs: undefined };
  }
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Full jitter, so that a crowd told to wait does not come back as a crowd; never sooner than the service asked. */
function waitFor(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  const span = Math.min(RETRY.mostMs, RETRY.firstMs * 2 ** (attempt - 1));
  return Math.round((retryAfterMs ?? 0) + random() * span);
}
