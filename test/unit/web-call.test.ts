import { describe, expect, it } from 'vitest';
import { type CallDeps, caller, RETRY } from '../../web/src/api/call.ts';
import { ApiError } from '../../web/src/api/error.ts';

/** A service that answers from a script, and a clock that moves only when the client waits. */
function world(script: (() => Response | Error)[], more: Partial<CallDeps> = {}) {
  const asked: { path: string; init: RequestInit; headers: Record<string, string> }[] = [];
  const waits: number[] = [];
  let now = 0;
  let turn = 0;
  const deps: CallDeps = {
    fetch: async (path, init = {}) => {
      asked.push({ path: String(path), init, headers: init.headers as Record<string, string> });
      const answer = script[Math.min(turn, script.length - 1)]?.();
      turn += 1;
      if (!answer || answer instanceof Error) throw answer ?? new Error('the script is over');
      return answer;
    },
    language: () => 'en',
    token: () => Promise.resolve('a-token'),
    device: () => 'a-device',
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    random: () => 0.5,
    now: () => now,
    ...more,
  };
  return { call: caller(deps), asked, waits };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (body: object, status: number, headers: Record<string, string> = {}): Response =>
  json(body, status, { 'content-type': 'application/problem+json; charset=utf-8', ...headers });
/** What an HTTP API itself answers, without asking the service. */
const gateway = (status: number, headers: Record<string, string> = {}): Response =>
  json({ message: 'x' }, status, headers);
const offline = (): Error => new TypeError('Failed to fetch');
const failed = (answer: Promise<unknown>): Promise<ApiError> =>
  answer.then(
    () => expect.fail('it should have been refused'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ApiError);
      return error as ApiError;
    },
  );

const book = { body: { slotId: 's' } };
const cancel = { params: { bookingId: 'a_b/c' }, body: {} };

describe('a call', () => {
  it('puts path, query, token, language, key and body where the service looks for them', async () => {
    const { call, asked } = world([() => json({ ok: true })]);
    await call('POST /api/bookings/{bookingId}/cancel', cancel, { idempotencyKey: 'key-of-this' });
    await call('GET /api/sites/{siteId}/slots', {
      params: { siteId: 'centre' },
      query: { from: '2026-12-20', to: '2026-12-21', procedure: undefined },
    });
    expect(asked[0]?.path).toBe('/api/bookings/a_b%2Fc/cancel');
    expect(asked[0]?.init.method).toBe('POST');
    expect(asked[0]?.init.body).toBe('{}');
    expect(asked[0]?.headers).toMatchObject({
      authorization: 'Bearer a-token',
      'accept-language': 'en',
      'idempotency-key': 'key-of-this',
      'content-type': 'application/json',
    });
    expect(asked[1]?.path).toBe('/api/sites/centre/slots?from=2026-12-20&to=2026-12-21');
    expect(asked[1]?.headers).not.toHaveProperty('idempotency-key');
    expect(asked[1]?.init.body).toBeUndefined();
  });

  it('asks for Chinese as browsers do, and sends no token when nobody is signed in', async () => {
    const { call, asked } = world([() => json({ items: [] })], {
      language: () => 'zh',
      token: () => Promise.resolve(undefined),
    });
    await call('GET /api/sites', {});
    expect(asked[0]?.headers['accept-language']).toBe('zh-CN');
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
    expect(asked[0]?.headers).not.toHaveProperty('x-nuanliu-device');
  });
});

describe('while the service is busy', () => {
  it('repeats with the same key, never sooner than it was told, and says so', async () => {
    const { call, asked, waits } = world([
      () => problem({ code: 'busy' }, 503, { 'retry-after': '2' }),
      () => gateway(503),
      () => json({ bookingId: 'p_1' }, 201),
    ]);
    const told: number[] = [];
    const booking = await call('POST /api/bookings', book, {
      idempotencyKey: 'one-key',
      onRetry: (attempt) => told.push(attempt),
    });
    expect(booking).toEqual({ bookingId: 'p_1' });
    expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['one-key', 'one-key', 'one-key']);
    expect(waits[0]).toBeGreaterThanOrEqual(2000);
    expect(told).toEqual([1, 2]);
  });

  it('repeats when the line fails before or in the middle of the answer', async () => {
    const { call, asked } = world([
      offline,
      () => new Response('{"booking', { status: 201, headers: { 'content-type': 'application/json' } }),
      () => json({ bookingId: 'p_1' }, 201),
    ]);
    await call('POST /api/bookings', book, { idempotencyKey: 'one-key' });
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('gives up in the end, with a sentence of its own', async () => {
    const { call, waits } = world([offline]);
    const error = await failed(call('POST /api/bookings', book, { idempotencyKey: 'one-key' }));
    expect(error.code).toBe('offline');
    expect(waits.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(RETRY.totalMs);
    expect(waits.length).toBeGreaterThan(3);
  });

  it('never repeats a mutation that carries no key', async () => {
    const { call, asked } = world([offline]);
    await failed(call('POST /api/bookings', book));
    expect(asked).toHaveLength(1);
  });

  it('stops when the page is left', async () => {
    const leave = new AbortController();
    const { call, asked } = world([
      () => {
        leave.abort(new Error('left'));
        return offline();
      },
    ]);
    await expect(call('GET /api/sites', {}, { signal: leave.signal })).rejects.toThrow('Failed to fetch');
    expect(asked).toHaveLength(1);
  });
});

describe('what is refused', () => {
  it('is not repeated, and keeps the sentence, the reasons and the slot that would do', async () => {
    const refusal = {
      code: 'refused',
      detail: 'This slot is full.',
      instance: 'f1',
      reasons: [{ code: 'slot-full', sentence: 'This slot is full.' }],
      next: { slotId: 'n', siteId: 'centre', startsAt: '2026-12-20T01:00:00.000Z' },
    };
    const { call, asked } = world([() => problem(refusal, 409)]);
    const error = await failed(call('POST /api/bookings', book, { idempotencyKey: 'k' }));
    expect(asked).toHaveLength(1);
    expect(error).toMatchObject({
      code: 'refused',
      status: 409,
      sentence: 'This slot is full.',
      instance: 'f1',
      next: { slotId: 'n' },
    });
    expect(error.reasons[0]?.code).toBe('slot-full');
  });

  it.each([
    [401, 'not-signed-in'],
    [404, 'not-found'],
    [403, 'forbidden'],
    [500, 'internal'],
  ])('by the gateway with %i becomes %s, without its English body', async (status, code) => {
    const { call, asked } = world([() => gateway(status)]);
    const error = await failed(call('GET /api/me', {}));
    expect(error.code).toBe(code);
    expect(error.sentence).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it.each([
    [429, 'too-many'],
    [503, 'busy'],
  ])('by the gateway with %i is tried again first, then becomes %s', async (status, code) => {
    const { call, asked } = world([() => gateway(status)]);
    expect((await failed(call('GET /api/me', {}))).code).toBe(code);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('in a form nobody can read is still an error with a code', async () => {
    const { call } = world([
      () => new Response('<html>', { status: 409, headers: { 'content-type': 'application/problem+json' } }),
    ]);
    expect((await failed(call('GET /api/me', {}))).code).toBe('changed-meanwhile');
  });
});
