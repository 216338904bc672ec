import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Timed } from './sides/lanes.ts';
import type { Answer, Job } from './worker.ts';

export type Client = { readonly pid: number; readonly run: (job: Job) => Promise<Timed>; readonly stop: () => void };

/** A process that plays the callers. */
export function startClient(flags: readonly string[] = []): Client {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), { execArgv: [...flags] });
  return {
    pid: child.pid ?? 0,
    run: async (job) => {
      child.send(job);
      const first = new AbortController();
      const { signal } = first;
      const [answer] = (await Promise.race([
        once(child, 'message', { signal }),
        once(child, 'exit', { signal }).then(() => [{ failed: 'the client process ended' }]),
      ])) as [Answer];
      first.abort();
      if ('failed' in answer) throw new Error(answer.failed);
      return answer.timed;
    },
    stop: () => child.disconnect(),
  };
}
