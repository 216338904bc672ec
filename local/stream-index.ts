import { DatabaseSync } from 'node:sqlite';

/**
 * Gives the engine the index it lacks: at each write it looks up a table's last sequence number, and without this it reads
 * every stream record to find it. Run while the engine is stopped. Also drops records that were announced, all but the
 * newest, from which the engine counts on.
 */
export function tendStream(dbPath: string, announced?: { tableName: string; sequenceNumber: string }): void {
  const db = new DatabaseSync(dbPath);
  try {
    const table = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_stream_records'").get();
    if (!table) return;
    db.exec(
      `CREATE INDEX IF NOT EXISTS nuanliu_stream_sequence
         ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`,
    );
    if (!announced) return;
    db.prepare(
      `DELETE FROM _stream_records
        WHERE table_name = :table AND CAST(sequence_number AS INTEGER) < MIN(CAST(:sequence AS INTEGER),
          (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table))`,
    ).run({ table: announced.tableName, sequence: announced.sequenceNumber });
  } finally {
    db.close();
  }
}
