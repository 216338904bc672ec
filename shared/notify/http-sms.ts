import { neverConnected, PUBLISH_TIMEOUT_MS, SendError, type SmsSender } from './sms.ts';

/**
 * Texts through a provider's HTTP endpoint, for regions without SNS SMS: `POST {to, text}` with a bearer token, answered
 * with `{id}`. Chinese networks want the registered 【signature】 before each text; it is part of the segment.
 */
export function createHttpSender(config: {
  readonly url: string;
  readonly token: () => Promise<string>;
  readonly signature: string;
  readonly fetch?: typeof fetch;
}): SmsSender {
  const call = config.fetch ?? fetch;
  return async (to, text) => {
    const token = await config.token().catch(() => {
      throw new SendError('not-accepted', 'no-token');
    });
    let response: Response;
    try {
      response = await call(config.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ to, text: config.signature + text }),
        redirect: 'error',
        signal: AbortSignal.timeout(PUBLISH_TIMEOUT_MS),
      });
    } catch (error) {
      const offline = neverConnected(error);
      throw offline ? new SendError('not-accepted', offline) : error;
    }
    // Too fast, or with a token that was changed: nothing was taken, and a later attempt may do better.
    if (LATER.has(response.status)) throw new SendError('not-accepted', `http-${response.status}`);
    if (response.status >= 400 && response.status < 500) throw new SendError('refused', `http-${response.status}`);
    if (!response.ok) throw new Error(`the provider answered ${response.status}`);
    return { providerId: idOf(await response.json().catch(() => undefined)) };
  };
}

const LATER = new Set([401, 403, 429]);

const idOf = (answer: unknown): string => {
  const id = (answer as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 100) : 'unknown';
};
