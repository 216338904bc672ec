import { CsvError, parse } from 'csv-parse/browser/esm';
import { MOST_COLUMNS, TableError } from './limits.ts';
import type { TableRow } from './table.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';
export type Delimiter = ',' | '\t' | ';';

const CHUNK = 256 * 1024;
const LONGEST_ROW = 200_000;

async function* chunks(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += CHUNK) {
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
  }
}

/** UTF-8 where all of it is that, or says so; UTF-16 where it says so; else GB18030, which holds every GBK and GB2312. */
export async function encodingOf(file: Blob): Promise<Encoding> {
  const [a, b, c] = new Uint8Array(await file.slice(0, 3).arrayBuffer());
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks(file)) strict.decode(chunk, { stream: true });
    strict.decode();
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

const SAMPLE = 64 * 1024;
const SAMPLE_LINES = 60;

/** The character that divides the most lines into the same number of columns. */
export async function delimiterOf(file: Blob, encoding: Encoding): Promise<Delimiter> {
  const text = new TextDecoder(encoding).decode(await file.slice(0, SAMPLE).arrayBuffer());
  const lines = text
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, SAMPLE_LINES);
  const score = (delimiter: Delimiter): number => {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(delimiter).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    return Math.max(0, ...[...counts].map(([count, times]) => count * times));
  };
  const all: readonly Delimiter[] = [',', '\t', ';'];
  return all.reduce((best, each) => (score(each) > score(best) ? each : best));
}

/** The rows of a text file, one after another, however large it is. */
export async function* csvRows(file: Blob, encoding: Encoding, delimiter: Delimiter): AsyncGenerator<TableRow> {
  const decoder = new TextDecoder(encoding);
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  let failure: Error | undefined;
  parser.on('error', (error: Error) => {
    failure = error;
  });
  let row = 0;
  const rows = function* (): Generator<TableRow> {
    for (let cells = parser.read() as string[] | null; cells; cells = parser.read() as string[] | null) {
      row += 1;
      yield { row, cells: cells.slice(0, MOST_COLUMNS) };
    }
    if (failure) throw failure instanceof CsvError ? new TableError('broken') : failure;
  };
  for await (const chunk of chunks(file)) {
    const taken = new Promise<void>((done) => parser.write(decoder.decode(chunk, { stream: true }), () => done()));
    // What is read makes room for what is written.
    for (let isTaken = false; !isTaken; ) {
      yield* rows();
      isTaken = await Promise.race([taken.then(() => true), soon()]);
    }
    yield* rows();
  }
  const ended = new Promise<void>((done) => parser.once('end', () => done()));
  parser.end(decoder.decode());
  for (let isEnded = false; !isEnded; ) {
    yield* rows();
    isEnded = await Promise.race([ended.then(() => true), soon()]);
  }
  yield* rows();
}

const soon = async (): Promise<false> => await new Promise((done) => setTimeout(() => done(false)));
