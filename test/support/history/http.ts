import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export type HttpAnswer = { readonly status: number; readonly body: unknown; readonly sent: number };

const PATIENCE_MS = 60_000;
const TIMEOUT_MS = 32_000;
const PAUSE_MS = 150;

/**
 * A client that does as the pages do: what got no answer, or a 503, is sent again with the same key. Status 0: it gave up
 * and does not know. `whileOthersAre`: it gives up only once nobody has been answered for as long, since thousands at once wait for
 * each other on a small machine, and how fast that is is no matter of what is promised.
 */
export function createHttp(
  origin: string,
  stopped: () => boolean = () => false,
  { whileOthersAre = false }: { readonly whileOthersAre?: boolean } = {},
) {
  let heard = 0;
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true });
  const once = async (method: string, path: string, token: string, key: string, body: unknown) =>
    await new Promise<{ status: number; body: unknown }>((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const req = request(
        {
          hostname,
          port,
          agent,
          method,
          path,
          timeout: TIMEOUT_MS,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
              'idempotency-key': key,
            }),
          },
        },
        (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('error', reject);
          res.on('end', () => {
            try {
              const said = Buffer.concat(chunks).toString('utf8');
              resolve({ status: res.statusCode ?? 0, body: said ? JSON.parse(said) : undefined });
            } catch (error) {
              reject(error);
            }
          });
        },
      );
      req.on('timeout', () => req.destroy(new Error('no answer in time')));
      req.on('error', reject);
      req.end(text);
    });

  return async (method: string, path: string, token: string, key: string, body?: unknown): Promise<HttpAnswer> => {
    const began = Date.now();
    const deadline = (): number => Math.max(began, whileOthersAre ? heard : 0) + PATIENCE_MS;
    for (let sent = 1; ; sent += 1) {
      const answer = await once(method, path, token, key, body).catch(() => undefined);
      if (answer && answer.status !== 503 && answer.status !== 429) {
        heard = Date.now();
        return { ...answer, sent };
      }
      if (Date.now() > deadline() || stopped()) return { status: 0, body: undefined, sent };
      await sleep(PAUSE_MS * (0.5 + Math.random()));
    }
  };
}
