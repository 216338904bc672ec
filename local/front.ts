import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObjectPath } from './endpoints/objects.ts';
import { gatewayAnswer } from './gateway/api.ts';
import { isPhonePath } from './phone/routes.ts';
import { CLIENT_ID, IDENTITY_PATH, issuerFor } from './subjects.ts';

type Serve = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

/** The parts behind the one port. */
export type Parts = {
  readonly api: Serve;
  readonly identity: Serve;
  readonly phone: Serve;
  readonly site: Serve;
  /** Where browsers put files. */
  readonly uploads?: Serve;
};

export type Front = {
  readonly server: Server;
  /** Until this is called every request is answered 503. */
  readonly open: (parts: Parts) => void;
};

export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Listens at once, so that a taken port is known before anything is started, and opens when everything stands. */
export async function listen(options: { host: string; port: number; origin: string }): Promise<Front> {
  let parts: Parts | undefined;
  const server = createServer((req, res) => {
    void serve(req, res, parts, options).catch(() => gatewayAnswer(res, 500));
  });
  // Longer than any client's, so that it is never we who close a connection a request is on its way over.
  server.keepAliveTimeout = 65_000;
  await bind(server, options);
  return {
    server,
    open: (ready) => {
      parts = ready;
    },
  };
}

/** A predecessor that is just ending gets a moment to give the port back. */
const PATIENCE_MS = 2_000;

async function bind(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    server.listen(port, host, 4_096);
    try {
      await once(server, 'listening');
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && Date.now() < deadline) await sleep(100);
      else if (code === 'EADDRINUSE') throw new PortTakenError(`port ${port} is taken`);
      else if (code === 'EACCES') throw new PortTakenError(`port ${port} may not be used`);
      else if (code === 'EADDRNOTAVAIL') throw new PortTakenError(`this machine has no address ${host}`);
      else throw error;
    }
  }
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  parts: Parts | undefined,
  options: { host: string; port: number; origin: string },
): Promise<void> {
  const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
  if (!parts) {
    res.setHeader('retry-after', '1');
    gatewayAnswer(res, 503);
    return;
  }
  if (path === '/api' || path.startsWith('/api/')) return await parts.api(req, res);

  const host = req.headers.host ?? '';
  const name = host.replace(/:\d+$/, '');
  if (req.method === 'GET' && host === `localhost:${options.port}` && !options.origin.includes('//localhost')) {
    // Sign-in knows one origin; everything else a browser keeps is kept by origin too.
    res.writeHead(307, { location: `${options.origin}${req.url}`, 'cache-control': 'no-store' }).end();
    return;
  }
  if (LOOPBACK.test(options.host.replace('::1', '[::1]')) && !LOOPBACK.test(name)) {
    // Another site's name that points here: its pages shall not read the phone.
    res.writeHead(421, { 'content-type': 'text/plain' }).end('421\n');
    return;
  }
  if (path === '/config.json') return config(res, options.origin);
  if (path === IDENTITY_PATH || path.startsWith(`${IDENTITY_PATH}/`)) return await parts.identity(req, res);
  if (isPhonePath(path)) return await parts.phone(req, res);
  if (parts.uploads && isObjectPath(path)) return await parts.uploads(req, res);
  await parts.site(req, res);
}

/** What the pages must know of the deployment. */
function config(res: ServerResponse, origin: string): void {
  const issuer = issuerFor(origin);
  const body = {
    issuer,
    clientId: CLIENT_ID,
    signOutUrl: `${issuer}/session/end`,
    phonePage: '/phone',
    stage: 'local',
  };
  res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
