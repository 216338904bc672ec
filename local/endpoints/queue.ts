import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

export type QueuedMessage = {
  readonly id: string;
  readonly body: string;
  readonly receiveCount: number;
  readonly sentAt: number;
};

export type Queue = ReturnType<typeof createQueue>;

/** How often a message is delivered before it is put aside, as the deployed queue's redrive policy has it. */
export const MAX_RECEIVES = 3;

/** A durable queue with SQS's rules: hidden while somebody works on it, back if not deleted, put aside after three times. */
export function createQueue(db: DatabaseSync, now: () => number) {
  db.exec(`
    CREATE TABLE IF NOT EXISTS queue (
      id TEXT PRIMARY KEY, body TEXT NOT NULL, receives INTEGER NOT NULL, sent_at INTEGER NOT NULL,
      visible_at INTEGER NOT NULL, dead INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS queue_visible ON queue (dead, visible_at);
  `);
  const insert = db.prepare('INSERT INTO queue VALUES (?, ?, 0, ?, ?, 0)');
  const bury = db.prepare('UPDATE queue SET dead = 1 WHERE dead = 0 AND visible_at <= ? AND receives >= ?');
  const visible = db.prepare(
    'SELECT id, body, receives, sent_at AS sentAt FROM queue WHERE dead = 0 AND visible_at <= ? ORDER BY visible_at LIMIT ?',
  );
  const hide = db.prepare('UPDATE queue SET receives = receives + 1, visible_at = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM queue WHERE id = ?');
  const next = db.prepare('SELECT MIN(visible_at) AS at FROM queue WHERE dead = 0');
  const dead = db.prepare('SELECT COUNT(*) AS n FROM queue WHERE dead = 1');
  let wake = () => {};

  return {
    send(body: string, delayMs = 0): string {
      const id = randomUUID();
      insert.run(id, body, now(), now() + delayMs);
      wake();
      return id;
    },
    receive(most: number, hiddenMs: number): QueuedMessage[] {
      bury.run(now(), MAX_RECEIVES);
      return visible.all(now(), most).map((row) => {
        hide.run(now() + hiddenMs, row['id'] as string);
        return {
          id: row['id'] as string,
          body: row['body'] as string,
          receiveCount: (row['receives'] as number) + 1,
          sentAt: row['sentAt'] as number,
        };
      });
    },
    delete(id: string): void {
      remove.run(id);
    },
    /** Makes a message visible again at a time of the caller's choice. */
    retryAt(id: string, at: number): void {
      db.prepare('UPDATE queue SET visible_at = ? WHERE id = ?').run(at, id);
    },
    /** When the next message becomes visible, if any is waiting. */
    nextAt(): number | undefined {
      return (next.get()?.['at'] as number | null) ?? undefined;
    },
    deadCount(): number {
      return dead.get()?.['n'] as number;
    },
    onSend(tell: () => void): void {
      wake = tell;
    },
  };
}
