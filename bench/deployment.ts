import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { whenInterrupted } from './endings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export type LocalDeployment = {
  readonly origin: string;
  readonly pid: number;
  /** Access tokens of consecutive numbers, as `npm run token` prints them. */
  readonly tokens: (phone: string, count: number) => string[];
  readonly stop: () => Promise<void>;
};

/** `npm start -- --memory --no-seed` on the engine given, as a user would start it, with its log at warnings. */
export async function startLocal(options: {
  readonly port: number;
  readonly endpoint: string;
  /** Of node itself, such as `--cpu-prof`. */
  readonly flags?: readonly string[];
}): Promise<LocalDeployment> {
  const { port, endpoint, flags = [] } = options;
  const args = [...flags, 'local/start.ts', '--memory', '--no-seed', '--port', String(port)];
  const child = spawn(process.execPath, args, {
    cwd: root,
    // What it says is kept, and told only if it does not start: the engine is restarted under it between repetitions.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DYNAMODB_ENDPOINT: endpoint, LOG_LEVEL: 'WARN' },
  });
  const forget = whenInterrupted(() => child.kill('SIGTERM'));
  await ready(child);
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    tokens: (phone, count) =>
      execFileSync(
        process.execPath,
        ['local/token.ts', '--phone', phone, '--count', String(count), '--port', String(port)],
        { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      )
        .trim()
        .split('\n'),
    stop: async () => {
      forget();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
      if (said.includes('is ready at')) resolve();
    });
    child.once('exit', () => reject(new Error(`the deployment did not start: ${said}`)));
  });
}
