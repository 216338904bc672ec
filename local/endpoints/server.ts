import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isObjectPath, type Objects } from './objects.ts';
import type { Queue } from './queue.ts';
import { answerSns, type WireAnswer } from './sns.ts';
import { answerSqs } from './sqs.ts';
import type { Texts } from './texts.ts';

const MAX_BYTES = 1_100_000;

export type EndpointDeps = {
  readonly texts: Texts;
  readonly queue: Queue;
  readonly objects: Pick<Objects, 'fromFunction'>;
  /** Mints access tokens for `npm run token`, one for each consecutive number. */
  readonly tokens: (request: unknown) => Promise<{ tokens: string[] } | { error: string }>;
  /** What a caller of /tokens must know: it stands in a file only the owner of the data may read. */
  readonly secret: string;
};

export type Endpoints = { readonly url: string; readonly close: () => Promise<void> };

/** SNS, SQS, the functions' side of S3 and the token mint on a port of their own, on the loopback address whatever `--host` says. */
export async function serveEndpoints(deps: EndpointDeps): Promise<Endpoints> {
  const server = createServer((req, res) => {
    if (isObjectPath(req.url ?? '') && req.headers.origin === undefined) {
      void deps.objects.fromFunction(req, res).catch(() => res.destroy());
      return;
    }
    void answer(req, deps)
      .catch((): WireAnswer => ({ status: 500, contentType: 'application/json', body: '{"error":"internal"}' }))
      .then((result) => write(res, result));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(req: IncomingMessage, deps: EndpointDeps): Promise<WireAnswer> {
  const refused = (status: number, error: string): WireAnswer => ({
    status,
    contentType: 'application/json',
    body: JSON.stringify({ error }),
  });
  // A page of another site that guesses the port cannot speak here: browsers always say where they come from.
  if (req.method !== 'POST' || req.headers.origin !== undefined) return refused(405, 'POST only');
  const body = await read(req);
  if (body === undefined) return refused(413, 'too large');
  if (req.url === '/tokens') {
    if (!secretMatches(req.headers.authorization, deps.secret)) return refused(401, 'wrong secret');
    const result = await deps.tokens(JSON.parse(body));
    return { status: 'error' in result ? 400 : 200, contentType: 'application/json', body: JSON.stringify(result) };
  }
  const target = req.headers['x-amz-target'];
  if (typeof target === 'string') return answerSqs(target, JSON.parse(body), deps.queue);
  return answerSns(new URLSearchParams(body), deps.texts);
}

function secretMatches(header: string | undefined, secret: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
}

async function read(req: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function write(res: ServerResponse, { status, contentType, body }: WireAnswer): void {
  res.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
}
