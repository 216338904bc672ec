import { DatabaseSync } from 'node:sqlite';

/** Small things a deployment remembers between starts. */
export type Settings = {
  readonly get: (name: string) => string | undefined;
  readonly set: (name: string, value: string) => void;
  /** The stored value, or the made one, stored now. */
  readonly once: (name: string, make: () => string) => string;
};

/** What local parts keep beside the engine's own file: keys, codes, sessions, texts, queues, checkpoints. */
export function openDatabase(path: string): DatabaseSync {
  // Two processes of a deployment write here; neither keeps the other waiting for long.
  const db = new DatabaseSync(path, { timeout: 5_000 });
  // Survives the end of this process at any moment; only losing power could take the last writes.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  return db;
}

export function createSettings(db: DatabaseSync): Settings {
  db.exec('CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const read = db.prepare('SELECT value FROM setting WHERE name = ?');
  const write = db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)');
  const get = (name: string) => read.get(name)?.['value'] as string | undefined;
  const set = (name: string, value: string) => void write.run(name, value);
  return {
    get,
    set,
    once: (name, make) => {
      const known = get(name);
      if (known !== undefined) return known;
      const made = make();
      set(name, made);
      return made;
    },
  };
}
