/** What a table may be at most; nobody's list of donors is larger, and a file made to fill a machine's memory is. */
export const MOST_FILE_BYTES = 100 * 1024 * 1024;
export const MOST_ROWS = 500_000;
export const MOST_COLUMNS = 200;
/** Of a workbook, unpacked: a zip of some kilobytes can hold more than any machine. */
export const MOST_UNPACKED = 1024 * 1024 * 1024;
/** Of the texts that a workbook keeps once for all its cells, which have to be held while it is read. */
export const MOST_TEXTS = 64 * 1024 * 1024;

export type TableFault = 'empty' | 'too-large' | 'old-excel' | 'broken' | 'locked' | 'too-many-rows';

/** The file is no table that can be read. */
export class TableError extends Error {
  override readonly name = 'TableError';
  readonly why: TableFault;
  constructor(why: TableFault) {
    super(why);
    this.why = why;
  }
}
