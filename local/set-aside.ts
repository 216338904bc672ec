import type { DatabaseSync } from 'node:sqlite';

/** Changes that could not be announced after all tries, kept whole for an operator. */
export function createSetAside(db: DatabaseSync, now: () => number) {
  db.exec('CREATE TABLE IF NOT EXISTS set_aside (id INTEGER PRIMARY KEY, record TEXT NOT NULL, at TEXT NOT NULL)');
  return {
    add(record: unknown): void {
      db.prepare('INSERT INTO set_aside (record, at) VALUES (?, ?)').run(
        JSON.stringify(record),
        new Date(now()).toISOString(),
      );
    },
    count(): number {
      return db.prepare('SELECT COUNT(*) AS n FROM set_aside').get()?.['n'] as number;
    },
  };
}
