import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second, whatever its clock. */
const TICKS_PER_SECOND = 100;

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number; readonly rssPages: number };

/** A process's line of /proc; undefined when it has gone. The name, in brackets, may hold anything. */
function readStat(pid: number): Stat | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    const at = (n: number) => Number(fields[n - 3]);
    // utime and stime, and those of children that were waited for: a connection's PostgreSQL process may have ended.
    return { pid, parent: at(4), ticks: at(14) + at(15) + at(16) + at(17), rssPages: at(24) };
  } catch {
    return undefined;
  }
}

/** These processes and all that come from them. */
function family(roots: readonly number[]): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const wanted = new Set(roots);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of all) {
      if (wanted.has(parent) && !wanted.has(pid)) {
        wanted.add(pid);
        grown = true;
      }
    }
  }
  return all.filter(({ pid }) => wanted.has(pid));
}

/** CPU seconds that these processes and their children have used so far. */
export const cpuSecondsOf = (roots: readonly number[]): number =>
  family(roots).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;

const PAGE_MB = 4_096 / 1024 / 1024;
/** Resident memory of one process, in megabytes. */
export const residentMb = (pid: number): number => (readStat(pid)?.rssPages ?? 0) * PAGE_MB;

const LOOK_MS = 250;
const QUIET_SHARE = 0.08;
const LONGEST_MS = 60_000;

/** Waits until these processes have nothing left to do, so that one side's work is not counted as another's. */
export async function untilQuiet(roots: readonly number[]): Promise<void> {
  const deadline = Date.now() + LONGEST_MS;
  let before = cpuSecondsOf(roots);
  for (let quiet = 0; quiet < 2 && Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = cpuSecondsOf(roots);
    quiet = (now - before) / (LOOK_MS / 1_000) < QUIET_SHARE ? quiet + 1 : 0;
    before = now;
  }
}
