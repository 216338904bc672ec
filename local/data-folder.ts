import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a deployment keeps everything, held by one process at a time. */
export type DataFolder = {
  readonly path: string;
  readonly file: (name: string) => string;
  /** Lets the next one in; a temporary folder goes. */
  readonly release: () => void;
};

export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

const WAIT_MS = 3_000;

/**
 * Opens a data folder and holds it. The hold is an SQLite lock, so it ends with the process however that ends. Waits a
 * moment for a predecessor that is just ending.
 */
export async function openDataFolder(path: string | 'temporary'): Promise<DataFolder> {
  const temporary = path === 'temporary';
  const folder = temporary ? mkdtempSync(join(tmpdir(), 'nuanliu-')) : resolve(path);
  mkdirSync(folder, { recursive: true });
  // Signing keys and texts are in here.
  chmodSync(folder, 0o700);
  const lock = await holdLock(join(folder, 'lock.db'));
  if (!lock) throw new FolderInUseError(`${folder} is in use by another Nuanliu`);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (temporary) process.once('exit', remove);
  return {
    path: folder,
    file: (name) => join(folder, name),
    release: () => {
      lock.close();
      if (temporary) remove();
    },
  };
}

async function holdLock(path: string): Promise<DatabaseSync | undefined> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const db = new DatabaseSync(path);
    try {
      db.exec('BEGIN EXCLUSIVE');
      return db;
    } catch {
      db.close();
      if (Date.now() > deadline) return undefined;
      await sleep(100);
    }
  }
}

/** Whether a process is the engine of this database file; only where /proc tells (the engine runs nowhere else). */
function isEngineOf(pid: number, dbPath: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return Boolean(command[0]?.endsWith('dynoxide')) && command.includes(dbPath);
  } catch {
    return false;
  }
}

/** Ends an engine that outlived the process it belonged to. Only whoever holds the folder may. */
export async function endOldEngine(folder: DataFolder): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(folder.file('engine.pid'), 'utf8'));
  } catch {
    return;
  }
  const dbPath = folder.file('engine.db');
  if (!Number.isInteger(pid) || pid < 2 || !isEngineOf(pid, dbPath)) return;
  process.kill(pid, 'SIGKILL');
  while (isEngineOf(pid, dbPath)) await sleep(10);
}

export const noteEngine = (folder: DataFolder, pid: number): void =>
  writeFileSync(folder.file('engine.pid'), String(pid), { mode: 0o600 });
