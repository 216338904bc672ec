import { Unzip, UnzipInflate } from 'fflate';
import { SaxesParser } from 'saxes';
import { numberAsText, serialMoment } from '../../../shared/domain/files/cells.ts';
import { MOST_COLUMNS, MOST_TEXTS, MOST_UNPACKED, TableError } from './limits.ts';
import type { TableRow } from './table.ts';

/** Packed a thousandfold, this is what is unpacked at once. */
const CHUNK = 16 * 1024;

/** A sheet that can be seen, by its name and its part of the workbook. */
export type Sheet = { readonly name: string; readonly part: string };
export type Workbook = {
  readonly sheets: readonly Sheet[];
  readonly epoch: 1900 | 1904;
  readonly rows: (sheet: Sheet) => AsyncGenerator<TableRow>;
};

/** How a style shows a number: as a date, with leading zeros, or as it is. */
type Style = 'date' | number | undefined;

/**
 * Opens a workbook (Office Open XML). Its parts are unpacked and read piece by piece, and no more than a bound of them; of a formula
 * the value is taken that was stored with it, and nothing is ever worked out.
 */
export async function openWorkbook(file: Blob): Promise<Workbook> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const unpacked = { left: MOST_UNPACKED };
  const texts: string[] = [];
  const styles: Style[] = [];
  const targets = new Map<string, string>();
  const found: { name: string; id: string; hidden: boolean }[] = [];
  let epoch: 1900 | 1904 = 1900;
  let known = false;
  for await (const _ of parts(bytes, unpacked, (name) => {
    if (name === 'xl/workbook.xml') {
      known = true;
      return readElements((element, attributes) => {
        if (element === 'workbookPr') epoch = isTrue(attributes['date1904']) ? 1904 : 1900;
        if (element === 'sheet') {
          found.push({
            name: attributes['name'] ?? '',
            id: attributes['r:id'] ?? '',
            hidden: attributes['state'] !== undefined && attributes['state'] !== 'visible',
          });
        }
      });
    }
    if (name === 'xl/_rels/workbook.xml.rels') {
      return readElements((element, attributes) => {
        if (element === 'Relationship') targets.set(attributes['Id'] ?? '', partOf(attributes['Target'] ?? ''));
      });
    }
    if (name === 'xl/styles.xml') return readStyles(styles);
    if (name === 'xl/sharedStrings.xml') return readTexts(texts);
    return undefined;
  }));
  if (!known) throw new TableError('broken');
  const sheets = found
    .filter(({ hidden }) => !hidden)
    .flatMap(({ name, id }) => {
      const part = targets.get(id);
      return part?.startsWith('xl/worksheets/') ? [{ name, part }] : [];
    });
  return { sheets, epoch, rows: (sheet) => sheetRows(bytes, unpacked, sheet, { texts, styles, epoch }) };
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';
const partOf = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

/** Takes a part's text as it is unpacked. */
type Sink = { readonly write: (text: string) => void; readonly end: () => void };

/** Unpacks the parts for which there is a sink, and rests after each piece of the file. */
async function* parts(
  bytes: Uint8Array,
  unpacked: { left: number },
  wanted: (name: string) => Sink | undefined,
): AsyncGenerator<void> {
  let failure: unknown;
  const unzip = new Unzip((file) => {
    const sink = wanted(file.name);
    if (!sink) return;
    const decoder = new TextDecoder();
    file.ondata = (error, data, final) => {
      if (failure) return;
      try {
        if (error) throw error;
        unpacked.left -= data.byteLength;
        if (unpacked.left < 0) throw new TableError('too-large');
        sink.write(decoder.decode(data, { stream: !final }));
        if (final) sink.end();
      } catch (caught) {
        failure = caught;
        file.terminate();
      }
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const check = (): void => {
    if (failure) throw failure instanceof TableError ? failure : new TableError('broken');
  };
  for (let at = 0; at < bytes.byteLength; at += CHUNK) {
    try {
      unzip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.byteLength);
    } catch {
      throw new TableError('broken');
    }
    check();
    yield;
  }
  check();
}

type Attributes = Readonly<Record<string, string>>;

/** More than a cell may hold; a text without an end would be held until it filled the memory. */
const LONGEST_TEXT = 256 * 1024;
const PIECE = 32 * 1024;

function sax(): SaxesParser {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  return parser;
}

/** Feeds a parser, and ends it where one text goes on for too long. */
function sinkOf(parser: SaxesParser): Sink {
  let since = 0;
  parser.on('opentagstart', () => {
    since = 0;
  });
  return {
    write: (text) => {
      for (let at = 0; at < text.length; at += PIECE) {
        const piece = text.slice(at, at + PIECE);
        since += piece.length;
        parser.write(piece);
        if (since > LONGEST_TEXT) throw new TableError('too-large');
      }
    },
    end: () => void parser.close(),
  };
}

function readElements(see: (element: string, attributes: Attributes) => void): Sink {
  const parser = sax();
  parser.on('opentag', ({ name, attributes }) => see(local(name), attributes as Attributes));
  return sinkOf(parser);
}

/** Some programs write every name with the namespace's prefix. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Numbers of the formats that show a date, by the standard and as East Asian editions of Excel add to it. */
const DATE_FORMATS: readonly (readonly [number, number])[] = [
  [14, 17],
  [22, 22],
  [27, 36],
  [50, 58],
];

function styleOf(id: number, code: string | undefined): Style {
  if (code === undefined) return DATE_FORMATS.some(([from, to]) => id >= from && id <= to) ? 'date' : undefined;
  const plain = code.split(';')[0]?.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '') ?? '';
  if (/[yd]/i.test(plain)) return 'date';
  return /^0{2,20}$/.test(plain) ? plain.length : undefined;
}

function readStyles(styles: Style[]): Sink {
  const codes = new Map<number, string>();
  let inCells = false;
  const parser = sax();
  parser.on('opentag', ({ name, attributes: given }) => {
    const attributes = given as Attributes;
    const element = local(name);
    if (element === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
    if (element === 'cellXfs') inCells = true;
    if (element === 'xf' && inCells) {
      const id = Number(attributes['numFmtId'] ?? 0);
      styles.push(styleOf(id, codes.get(id)));
    }
  });
  parser.on('closetag', ({ name }) => {
    if (local(name) === 'cellXfs') inCells = false;
  });
  return sinkOf(parser);
}

function readTexts(texts: string[]): Sink {
  let held = 0;
  let text = '';
  let inText = false;
  let inReading = false;
  const parser = sax();
  parser.on('opentag', ({ name }) => {
    const element = local(name);
    if (element === 'si') text = '';
    if (element === 'rPh') inReading = true;
    if (element === 't') inText = !inReading;
  });
  parser.on('text', (more) => {
    if (inText) text += more;
  });
  parser.on('closetag', ({ name }) => {
    const element = local(name);
    if (element === 't') inText = false;
    if (element === 'rPh') inReading = false;
    if (element !== 'si') return;
    held += text.length;
    if (held > MOST_TEXTS) throw new TableError('too-large');
    texts.push(text);
  });
  return sinkOf(parser);
}

/** `BC12` is in column 54, counted from 0. */
const columnOf = (reference: string): number => {
  let column = 0;
  for (const letter of reference) {
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column - 1;
};

type Meaning = { readonly texts: readonly string[]; readonly styles: readonly Style[]; readonly epoch: 1900 | 1904 };

async function* sheetRows(
  bytes: Uint8Array,
  unpacked: { left: number },
  { part }: Sheet,
  meaning: Meaning,
): AsyncGenerator<TableRow> {
  const ready: TableRow[] = [];
  let row = 0;
  let cells: string[] = [];
  let column = -1;
  let kind = 'n';
  let style: Style;
  let value = '';
  let inValue = false;
  const parser = sax();
  parser.on('opentag', ({ name, attributes: given }) => {
    const attributes = given as Attributes;
    switch (local(name)) {
      case 'row':
        row = Number(attributes['r'] ?? row + 1);
        cells = [];
        column = -1;
        break;
      case 'c':
        column = attributes['r'] ? columnOf(attributes['r']) : column + 1;
        kind = attributes['t'] ?? 'n';
        style = meaning.styles[Number(attributes['s'] ?? -1)];
        value = '';
        break;
      case 'v':
      case 't':
        inValue = true;
        break;
      default:
    }
  });
  parser.on('text', (more) => {
    if (inValue) value += more;
  });
  parser.on('closetag', ({ name }) => {
    switch (local(name)) {
      case 'v':
      case 't':
        inValue = false;
        break;
      case 'c':
        if (column < 0 || column >= MOST_COLUMNS || value === '') break;
        while (cells.length < column) cells.push('');
        cells[column] = shown(kind, style, value, meaning);
        break;
      case 'row':
        ready.push({ row, cells });
        break;
      default:
    }
  });
  const sink = sinkOf(parser);
  for await (const _ of parts(bytes, unpacked, (name) => (name === part ? sink : undefined))) {
    yield* ready.splice(0);
  }
  yield* ready.splice(0);
}

function shown(kind: string, style: Style, value: string, { texts, epoch }: Meaning): string {
  if (kind === 's') return texts[Number(value)] ?? '';
  if (kind !== 'n') return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (style === 'date') {
    const at = serialMoment(number, epoch);
    if (at.ok) return [at.value.date, ...(at.value.time ? [at.value.time] : [])].join(' ');
  }
  const text = numberAsText(number);
  // Zeros that the sheet shows are part of what its reader sees.
  return typeof style === 'number' && /^\d+$/.test(text) ? text.padStart(style, '0') : text;
}
