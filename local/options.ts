import { isIP } from 'node:net';
import { parseArgs } from 'node:util';

export type StartOptions = {
  readonly host: string;
  readonly port: number;
  /** A folder, or one that goes when we do. */
  readonly data: string | 'temporary';
  readonly seed: boolean;
};

export const USAGE = `usage: npm start -- [options]
  --port PORT   where to listen (default 3000)
  --host HOST   address to listen on (default 127.0.0.1)
  --data DIR    where everything is kept (default .data)
  --memory      keep nothing: a temporary folder, removed at the end
  --no-seed     start empty, without the demonstration city`;

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The flags of `npm start`. Throws UsageError, saying what is wrong with them. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const values = parse(args);
  if (values.help) throw new UsageError('');
  if (values.memory && values.data !== undefined) throw new UsageError('--memory and --data exclude each other');
  return {
    host: hostOf(values.host ?? '127.0.0.1'),
    port: portOf(values.port ?? '3000'),
    data: values.memory ? 'temporary' : (values.data ?? '.data'),
    seed: !values['no-seed'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        memory: { type: 'boolean' },
        'no-seed': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown flag');
  }
}

export function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new UsageError('--port must be from 1 to 65535');
  return port;
}

function hostOf(host: string): string {
  if (host === 'localhost') return '127.0.0.1';
  if (isIP(host) === 0) throw new UsageError('--host must be an IP address, such as 127.0.0.1 or 0.0.0.0');
  return host;
}

/**
 * The one origin that sign-in works on. Listening on every address, it is still the loopback one: browsers allow the
 * cryptography of sign-in only there or over HTTPS.
 */
export function originOf({ host, port }: Pick<StartOptions, 'host' | 'port'>): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : isIP(host) === 6 ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
