import { readFileSync } from 'node:fs';
import { FolderInUseError } from './data-folder.ts';
import { PortTakenError } from './front.ts';
import { parseStartOptions, type StartOptions, USAGE, UsageError } from './options.ts';

/** `npm start`: everything on one machine, until Ctrl-C. */
async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return;
  const stopping = new AbortController();
  const stopOn = (reason: string) => () => stopping.abort(reason);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopOn(signal));
  endWithParent(stopOn('parent'));

  // Only now: whoever mistyped a flag need not wait for everything to load.
  const [{ startDeployment }, { seed }] = await Promise.all([import('./deployment.ts'), import('./seed/index.ts')]);
  const stopped = new Promise<undefined>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const starting = startDeployment({
    options,
    say: (line) => console.log(line),
    warn: (line) => console.error(`Nuanliu: ${line}`),
    seed,
  });
  // Stopped while starting: nothing was acknowledged yet, and what was started ends with us.
  const deployment = await Promise.race([starting, stopped]);
  if (!deployment) return;
  sayReady(options, deployment.origin);
  await stopped;
  await deployment.stop();
}

function sayReady({ host, port }: StartOptions, origin: string): void {
  console.log(`Nuanliu is ready at http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  if (host !== '0.0.0.0' && host !== '::') return;
  console.log(`It listens on every address: whoever reaches this machine can read the demonstration's texts.`);
  console.log(`Sign in at ${origin}; browsers allow it only there or over HTTPS.`);
}

function readOptions(): StartOptions | undefined {
  try {
    return parseStartOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message ? `Nuanliu: ${error.message}\n${USAGE}` : USAGE);
    process.exitCode = 2;
    return undefined;
  }
}

const PARENT_MS = 500;

/** Under npm, ends when npm is gone, however it went: nobody would be left to press Ctrl-C. npm runs us in a shell. */
function endWithParent(stop: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const before = ancestors();
  setInterval(() => {
    if (ancestors() !== before) stop();
  }, PARENT_MS).unref();
}

/** The ids of our parent and, where /proc tells, of its parent. */
function ancestors(): string {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}

try {
  await main();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  const told = error instanceof PortTakenError || error instanceof FolderInUseError;
  console.error(`Nuanliu: ${error instanceof Error ? (told ? error.message : (error.stack ?? error.message)) : error}`);
  process.exit(1);
}
