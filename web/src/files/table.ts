import { type FileKind, headerRow } from '../../../shared/domain/files/fields.ts';
import { MOST_FILE_BYTES, MOST_ROWS, TableError } from './limits.ts';
import { csvRows, type Delimiter, delimiterOf, type Encoding, encodingOf } from './read-csv.ts';
import { openWorkbook } from './read-xlsx.ts';

/** A row by its number in the file, as a spreadsheet counts it. */
export type TableRow = { readonly row: number; readonly cells: readonly string[] };

export type Table = {
  /** How it was read, for whoever has to believe it. */
  readonly form:
    | { readonly kind: 'text'; readonly encoding: Encoding; readonly delimiter: Delimiter }
    | { readonly kind: 'workbook'; readonly sheet: string };
  readonly epoch: 1900 | 1904;
  readonly rows: () => AsyncGenerator<TableRow>;
};

/** The first rows, in which titles, headers and the shape of the data are seen. */
const SEEN_ROWS = 40;

const ZIP = [0x50, 0x4b];
/** The container of Excel before 2007, and of a workbook that is locked with a password. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/** Opens a file as a table, whatever its name says. Throws TableError where it is none. */
export async function openTable(file: Blob, kind: FileKind): Promise<Table> {
  if (file.size === 0) throw new TableError('empty');
  if (file.size > MOST_FILE_BYTES) throw new TableError('too-large');
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const begins = (mark: readonly number[]): boolean => mark.every((byte, n) => head[n] === byte);
  if (begins(OLE)) throw new TableError('old-excel');
  if (!begins(ZIP)) {
    const encoding = await encodingOf(file);
    const delimiter = await delimiterOf(file, encoding);
    const rows = () => bounded(csvRows(file, encoding, delimiter));
    return { form: { kind: 'text', encoding, delimiter }, epoch: 1900, rows };
  }
  const workbook = await openWorkbook(file);
  const tables = workbook.sheets.map(
    (sheet): Table => ({
      form: { kind: 'workbook', sheet: sheet.name },
      epoch: workbook.epoch,
      rows: () => bounded(workbook.rows(sheet)),
    }),
  );
  // The sheet with the headers, should there be others before it.
  for (const table of tables) if ((await seeRows(table, kind)).header) return table;
  const first = tables[0];
  if (!first) throw new TableError('broken');
  return first;
}

async function* bounded(rows: AsyncGenerator<TableRow>): AsyncGenerator<TableRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > MOST_ROWS) throw new TableError('too-many-rows');
    yield row;
  }
}

export type Seen = {
  /** Absent: no row of the first has headers that are known. */
  readonly header: TableRow | undefined;
  readonly first: readonly TableRow[];
};

/** The beginning of a table: its header, below whatever titles stand above it, and the first rows under that. */
export async function seeRows(table: Table, kind: FileKind): Promise<Seen> {
  const first: TableRow[] = [];
  for await (const row of table.rows()) {
    first.push(row);
    if (first.length >= SEEN_ROWS) break;
  }
  const index = headerRow(
    kind,
    first.map(({ cells }) => cells),
  );
  return { header: index === undefined ? undefined : first[index], first };
}
