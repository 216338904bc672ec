import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** A text as a phone shows it. */
export type Text = { readonly id: number; readonly number: string; readonly body: string; readonly at: string };

export type Texts = ReturnType<typeof createTexts>;

const SHOWN = 200;

/** Every text that was sent, kept with the data: what a telephone network would have delivered. */
export function createTexts(db: DatabaseSync, now: () => number) {
  db.exec(`
    CREATE TABLE IF NOT EXISTS text (
      id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, number TEXT NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS text_number ON text (number, id);
  `);
  const insert = db.prepare('INSERT INTO text (message_id, number, body, at) VALUES (?, ?, ?, ?)');
  const list = db.prepare('SELECT id, number, body, at FROM text WHERE number = ? AND id > ? ORDER BY id DESC LIMIT ?');
  const numbers = db.prepare(
    'SELECT number, MAX(id) AS last, COUNT(*) AS count FROM text GROUP BY number ORDER BY last DESC LIMIT 100',
  );
  const listeners = new Set<(text: { number: string }) => void>();
  return {
    /** Stored before it is acknowledged. Answers with the network's id for it. */
    receive(number: string, body: string): string {
      const messageId = randomUUID();
      insert.run(messageId, number, body, new Date(now()).toISOString());
      for (const tell of listeners) tell({ number });
      return messageId;
    },
    /** A number's texts, newest first. */
    of(number: string, after = 0): Text[] {
      return list.all(number, after, SHOWN) as unknown as Text[];
    },
    numbers(): { number: string; last: number; count: number }[] {
      return numbers.all() as unknown as { number: string; last: number; count: number }[];
    },
    /** Told of each text as it arrives; answers with what ends that. */
    watch(tell: (text: { number: string }) => void): () => void {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
  };
}
