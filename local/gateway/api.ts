import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { AreaName } from '../../shared/contract/index.ts';
import { type LambdaHandler, lambdaContext } from '../lambda.ts';
import { type Claims, toEvent } from './event.ts';
import type { createRouter } from './router.ts';

const TIMEOUT_MS = 29_000;
const MAX_BODY_BYTES = 6 * 1024 * 1024;
/** Far above what one machine can serve at once. */
const MOST_IN_FLIGHT = 5_000;

/** Answers an HTTP API makes itself, to the letter. */
const GATEWAY_ANSWERS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;
export type GatewayStatus = keyof typeof GATEWAY_ANSWERS;

export function gatewayAnswer(res: ServerResponse, status: GatewayStatus): void {
  if (res.headersSent || res.destroyed) return;
  res
    .writeHead(status, {
      'content-type': 'application/json',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    })
    .end(JSON.stringify({ message: GATEWAY_ANSWERS[status] }));
}

export type ApiDeps = {
  readonly match: ReturnType<typeof createRouter>;
  readonly authorize: (authorization: string | undefined) => Promise<Claims | undefined>;
  readonly areas: Readonly<Partial<Record<AreaName, LambdaHandler>>>;
  readonly now: () => number;
  /** Told when there begin to be requests in hand, when there are none any more, and then whether any of them has written. */
  readonly onTraffic?: (what: 'busy' | 'quiet' | 'written') => void;
  readonly timeoutMs?: number;
};

/** The API as API Gateway serves it: route, authorizer, function, answer. */
export function createApi(deps: ApiDeps) {
  let inFlight = 0;
  let written = false;
  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const [path = '', ...rest] = (req.url ?? '/').split('?');
    const method = req.method ?? 'GET';
    const matched = deps.match(method, path);
    if (!matched) return gatewayAnswer(res, 404);
    const handler = deps.areas[matched.area];
    if (!handler) return gatewayAnswer(res, 503);

    let claims: Claims | undefined;
    if (!matched.route.roles.includes('public')) {
      claims = await deps.authorize(req.headers.authorization);
      if (!claims) return gatewayAnswer(res, 401);
    }
    const body = await readBody(req);
    if (!body) return gatewayAnswer(res, 413);

    const requestId = randomUUID();
    const timeoutMs = deps.timeoutMs ?? TIMEOUT_MS;
    const event = toEvent(
      {
        method,
        path,
        rawQuery: rest.join('?'),
        rawHeaders: req.rawHeaders,
        body,
        sourceIp: req.socket.remoteAddress ?? '',
        protocol: `HTTP/${req.httpVersion}`,
      },
      matched,
      claims,
      { requestId, now: deps.now() },
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, 'late');
    });
    try {
      const result = await Promise.race([handler(event, lambdaContext(matched.area, timeoutMs, requestId)), late]);
      if (result === 'late') return gatewayAnswer(res, 503);
      writeResult(res, result as APIGatewayProxyStructuredResultV2, requestId);
    } catch {
      gatewayAnswer(res, 500);
    } finally {
      clearTimeout(timer);
      if (method !== 'GET' && res.statusCode < 400) written = true;
    }
  };
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (inFlight >= MOST_IN_FLIGHT) return gatewayAnswer(res, 429);
    inFlight += 1;
    if (inFlight === 1) deps.onTraffic?.('busy');
    try {
      await serve(req, res);
    } finally {
      inFlight -= 1;
      if (inFlight === 0) {
        deps.onTraffic?.('quiet');
        if (written) deps.onTraffic?.('written');
        written = false;
      }
    }
  };
}

async function readBody(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // Read to the end all the same, so that the caller gets the answer rather than a broken connection.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function writeResult(res: ServerResponse, result: APIGatewayProxyStructuredResultV2, requestId: string): void {
  if (typeof result?.statusCode !== 'number') {
    gatewayAnswer(res, 500);
    return;
  }
  const body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
  for (const [name, value] of Object.entries(result.headers ?? {})) res.setHeader(name, String(value));
  if (result.cookies?.length) res.setHeader('set-cookie', result.cookies);
  res.setHeader('apigw-requestid', requestId);
  if (result.statusCode !== 304) res.setHeader('content-length', body.byteLength);
  res.writeHead(result.statusCode).end(body);
}
