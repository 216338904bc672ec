import { DatabaseSync } from 'node:sqlite';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type {
  BookingItem,
  DinItem,
  LockItem,
  PoolItem,
  SlotItem,
  UnitItem,
  WaitItem,
  WaitLineItem,
} from '../../../shared/store/items/index.ts';

/** An item as one write left it. */
export type Changed = BookingItem | DinItem | LockItem | PoolItem | SlotItem | UnitItem | WaitItem | WaitLineItem;
const KINDS: readonly Changed['kind'][] = ['booking', 'din', 'lock', 'pool', 'slot', 'unit', 'wait', 'wait-line'];

/**
 * Every state that an item of these kinds ever had, in the order in which they were written, those of one transaction in the
 * order in which it named them: the engine's own stream, read past whatever a proxy does to it. Each call adds what is new.
 */
export function changesOf(dbPath: string, tableName: string): () => readonly Changed[] {
  const all: Changed[] = [];
  let last = 0;
  return () => {
    const db = new DatabaseSync(dbPath, { readOnly: true });
    try {
      const rows = db
        .prepare(
          `SELECT id, new_image FROM _stream_records WHERE table_name = :table AND id > :last
             AND json_extract(new_image, '$.kind.S') IN (${KINDS.map((kind) => `'${kind}'`)}) ORDER BY id`,
        )
        .iterate({ table: tableName, last });
      for (const row of rows) {
        const { id, new_image: image } = row as { id: number; new_image: string };
        all.push(unmarshall(JSON.parse(image) as Record<string, AttributeValue>) as Changed);
        last = id;
      }
    } finally {
      db.close();
    }
    return all;
  };
}
