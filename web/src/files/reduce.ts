import { lastFourOf, readMoment, tidy } from '../../../shared/domain/files/cells.ts';
import {
  type ColumnMeaning,
  type FileField,
  type FileKind,
  fieldTaken,
  isMirrored,
  isNoData,
} from '../../../shared/domain/files/fields.ts';
import { TableError } from './limits.ts';
import type { Table, TableRow } from './table.ts';

/** What leaves the browser: the columns that were chosen, as UTF-8 CSV under the names of their fields. */
export type Reduced = {
  readonly content: Blob;
  readonly sha256: string;
  readonly fields: readonly FileField[];
  readonly rows: number;
  /** Totals, blank lines and repeated headers that were left out. */
  readonly skipped: number;
};

/** What the columns of a kind of file are, and which site each word of a site column stands for. */
export type Choice = {
  readonly kind: FileKind;
  readonly columns: readonly ColumnMeaning[];
  readonly siteNames?: ReadonlyMap<string, string>;
};

const PIECE = 5_000;
/** Longer than any cell that could be taken: what is cut off would be refused in any case. */
const LONGEST_CELL = 300;

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** When a cell says that something was, so that it can be put in order; what cannot be read comes last, and is refused there. */
function momentOf(cell: string, epoch: 1900 | 1904): string {
  const read = readMoment(cell, epoch);
  return read.ok ? `${read.value.date} ${read.value.time ?? '12:00:00'}` : '~';
}

/**
 * Takes a table down to what was chosen of it. Whatever speaks of a patient, and every column that is not wanted, stays behind; of a
 * whole identity number its last four go on, unless the file says who the donors are. What another system says of its units goes in the
 * order in which it was: many systems print the latest first, and what is older than what is known changes nothing.
 */
export async function reduce(
  table: Table,
  header: TableRow,
  { kind, columns, siteNames }: Choice,
  told: (rows: number) => void = () => {},
): Promise<Reduced> {
  const chosen = columns.flatMap((meaning, index) => {
    const field = fieldTaken(kind, meaning);
    return field ? [{ index, meaning, field }] : [];
  });
  const fields = chosen.map(({ field }) => field);
  const at = isMirrored(kind) ? chosen.find(({ field }) => field === 'at')?.index : undefined;
  const ordered: { readonly moment: string; readonly line: string }[] = [];
  const pieces: Blob[] = [];
  let lines = [['row', ...fields].join(',')];
  let rows = 0;
  let skipped = 0;
  for await (const { row, cells } of table.rows()) {
    if (row <= header.row) continue;
    if (isNoData(cells, header.cells)) {
      skipped += 1;
      continue;
    }
    const kept = chosen.map(({ index, meaning, field }) => {
      const cell = (cells[index] ?? '').slice(0, LONGEST_CELL);
      if (meaning === 'identity' && field === 'lastFour') return quoted(lastFourOf(cell));
      return quoted(field === 'site' ? (siteNames?.get(tidy(cell)) ?? cell) : cell);
    });
    const line = [row, ...kept].join(',');
    rows += 1;
    if (at !== undefined) {
      ordered.push({ moment: momentOf(cells[at] ?? '', table.epoch), line });
      if (rows % PIECE === 0) told(rows);
      continue;
    }
    lines.push(line);
    if (lines.length < PIECE) continue;
    pieces.push(new Blob([`${lines.join('\n')}\n`]));
    lines = [];
    told(rows);
  }
  if (rows === 0) throw new TableError('empty');
  for (const { line } of ordered.toSorted((a, b) => (a.moment < b.moment ? -1 : a.moment > b.moment ? 1 : 0)))
    lines.push(line);
  pieces.push(new Blob([lines.join('\n')]));
  const content = new Blob(pieces, { type: 'text/csv' });
  const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer());
  return { content, sha256: btoa(String.fromCharCode(...new Uint8Array(digest))), fields, rows, skipped };
}

/** The different words of a column, in the order in which they come; no more than `most` and one. */
export async function wordsOf(table: Table, header: TableRow, column: number, most: number): Promise<string[]> {
  const words = new Set<string>();
  for await (const { row, cells } of table.rows()) {
    if (row <= header.row || isNoData(cells, header.cells)) continue;
    const word = tidy((cells[column] ?? '').slice(0, LONGEST_CELL));
    if (word !== '') words.add(word);
    if (words.size > most) break;
  }
  return [...words];
}
