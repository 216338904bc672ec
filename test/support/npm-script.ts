import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, vi } from 'vitest';

/** A script of ours, running. */
export type Run = {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** Settles with the exit code, or the signal it died of. */
  readonly ended: Promise<number | string | null>;
};

/** Runs one of npm's scripts as npm does: on the same Node, with the same arguments. */
export function runScript(script: 'start' | 'token', ...args: string[]): Run {
  const { NODE_ENV: _, VITEST: __, DYNAMODB_ENDPOINT: ___, ...env } = process.env;
  return runNode(['local/run.js', `local/${script}.ts`, ...args], env);
}

/** The same with an environment of the caller's. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv): Run {
  const child = spawn(process.execPath, args, { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string | null);
  return { child, said: () => said, ended };
}

/** Waits for the ready line of a deployment at this address. */
export async function untilReady(it: Run, url: string): Promise<void> {
  await vi.waitFor(
    () => {
      if (it.child.exitCode !== null) throw new Error(`it ended: ${it.said()}`);
      expect(it.said()).toContain(`Nuanliu is ready at ${url}\n`);
    },
    { timeout: 60_000, interval: 50 },
  );
}
