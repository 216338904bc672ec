import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running table engine: the dynoxide binary, reached over the wire like DynamoDB. */
export type Engine = {
  readonly endpoint: string;
  readonly port: number;
  /** Id of the engine's own process, not of the shell that guards it. */
  readonly pid: number;
  /** Settles when the engine has ended, whoever ended it. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Keeps the engine from outliving us: the shell holds our pipe open on descriptor 3, and when it closes, however we died,
 * the engine is killed. It prints the engine's process id first.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
engine=$!
echo "$engine"
{ while read -r _; do :; done; kill -KILL "$engine"; } <&3 >/dev/null 2>&1 &
guard=$!
wait "$engine"
code=$?
kill "$guard" 2>/dev/null
exit "$code"
`;

/** Where the engine's binary is, or undefined on a platform it is not published for. */
export function engineBinary(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    const binary = manifest.replace(/package\.json$/, 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

type EngineOptions = {
  readonly dbPath: string;
  readonly port?: number;
  /** Told the engine's process id before it is waited for. */
  readonly onPid?: (pid: number) => void;
};

const PORTS_TRIED = 5;

/**
 * Starts the engine on a database file and waits until it answers. Without a port it takes a free one, and another where
 * somebody was faster. Throws, with what it said, if it never answers.
 */
export async function startEngine(options: EngineOptions, aPort = freePort): Promise<Engine> {
  if (options.port) return await startOnPort(options, options.port);
  for (let tried = 1; ; tried += 1) {
    try {
      return await startOnPort(options, await aPort());
    } catch (error) {
      if (tried === PORTS_TRIED || !/already in use/.test(String(error))) throw error;
    }
  }
}

async function startOnPort({ dbPath, onPid }: EngineOptions, port: number): Promise<Engine> {
  const binary = engineBinary();
  if (!binary) throw new Error('the table engine is not published for this platform');
  const command = [binary, 'serve', '--host', '127.0.0.1', '-p', String(port), '--db-path', dbPath];
  // A session of its own, so that Ctrl-C in a terminal reaches us alone and the order of ending is ours.
  const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', ...command], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const said = collect(guard);
  const ended = once(guard, 'close').then(() => {
    // If the shell was ended and the engine was not, closing the pipe still ends the engine.
    guard.stdin.destroy();
  });
  guard.stdin.on('error', () => {});
  const stop = async () => {
    guard.stdin.end();
    await ended;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    const pid = await said.firstLine;
    onPid?.(pid);
    await untilAnswering(endpoint, ended);
    return { endpoint, port, pid, ended, stop };
  } catch (error) {
    await stop();
    throw new Error(`the table engine did not start: ${said.text().trim() || String(error)}`);
  }
}

/** The process id printed first, and the last of whatever follows. */
function collect(guard: ChildProcess): { firstLine: Promise<number>; text: () => string } {
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-2_000);
  };
  guard.stderr?.on('data', keep);
  const firstLine = new Promise<number>((resolve, reject) => {
    guard.stdout?.on('data', (chunk: Buffer) => {
      keep(chunk);
      const line = /^(\d+)\n/.exec(text);
      if (line) resolve(Number(line[1]));
    });
    guard.once('error', reject);
    guard.once('exit', () => reject(new Error('it ended at once')));
  });
  firstLine.catch(() => {});
  return { firstLine, text: () => text.replace(/^\d+\n/, '') };
}

const START_TIMEOUT_MS = 10_000;

async function untilAnswering(endpoint: string, ended: Promise<void>): Promise<void> {
  const gone = new AbortController();
  void ended.then(() => gone.abort());
  const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
  while (!deadline.aborted) {
    if (gone.signal.aborted) throw new Error('it ended');
    try {
      // Somebody else may be listening there, and never answer.
      const answer = await fetch(endpoint, { signal: AbortSignal.any([deadline, gone.signal]) });
      if (answer.headers.has('x-dynoxide-version')) return;
    } catch {
      // Not listening yet.
    }
    await sleep(15);
  }
  throw new Error('it did not answer in time');
}
