import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

type News = 'busy' | 'quiet' | 'written' | 'queued';
export type ToConsumers = News | 'stop';
export type FromConsumers = { readonly warn: string } | { readonly ready: true };

export type SupervisedConsumers = {
  /** There are requests in hand, or none any more. Something was written or put on the queue: look at once. */
  readonly tell: (news: News) => void;
  readonly stop: () => Promise<void>;
};

const ENTRY = fileURLToPath(new URL('consumers.ts', import.meta.url));
const RESTART_MS = 50;
const RESTART_CAP_MS = 5_000;
/** How long the work in hand may take at the end; whatever is cut off is done again at the next start. */
const PATIENCE_MS = 5_000;

/** The process with the consumers of events (consumers.ts): begun again whenever it ends, and gone when this one is. */
export function superviseConsumers(options: {
  readonly databasePath: string;
  readonly warn: (line: string) => void;
  /** Told the id of each process that stands in for the one before. */
  readonly onPid: (pid: number) => void;
}): SupervisedConsumers {
  const { databasePath, warn, onPid } = options;
  let wanted = true;
  let wait = RESTART_MS;
  let child = start();

  function start(): ChildProcess {
    const started = fork(ENTRY, [databasePath], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    if (started.pid !== undefined) onPid(started.pid);
    started.on('message', (message: FromConsumers) => {
      if ('warn' in message) warn(message.warn);
      else wait = RESTART_MS;
    });
    started.once('exit', () => void again());
    return started;
  }
  async function again(): Promise<void> {
    if (!wanted) return;
    warn('the consumers of events ended; starting them again');
    await sleep(wait);
    wait = Math.min(wait * 2, RESTART_CAP_MS);
    if (wanted) child = start();
  }
  const send = (message: ToConsumers): void => {
    // One that is ending misses it, and whoever follows looks anyway.
    if (child.connected) child.send(message, () => {});
  };

  return {
    tell: send,
    stop: async () => {
      wanted = false;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      send('stop');
      await ended;
      clearTimeout(late);
    },
  };
}
