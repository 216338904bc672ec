import { FONT, linesOf } from '../lib/drawn-text.ts';
import type { QrModules } from '../ui/qr.tsx';

/** What a record says, in the order in which it says it. */
export type RecordWords = {
  readonly title: string;
  /** What it is not, and why that matters. */
  readonly not: string;
  readonly notText: string;
  readonly rows: readonly (readonly [term: string, value: string])[];
  readonly verify: string;
  readonly by: string;
};

/** A drawn record, and where each of its texts stands, so that a PDF can carry them as text too. */
export type Drawn = {
  readonly canvas: HTMLCanvasElement;
  readonly texts: readonly {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly width: number;
  }[];
};

const WIDTH = 1080;
const MARGIN = 84;
const TERM_WIDTH = 300;
const QR = 300;
const LINE = 1.45;
const INK = '#2b211d';
const SOFT = '#57473e';

/** A plain sheet in black on white with no seal, frame or emblem: nothing of it looks like a certificate. */
export function drawRecord(modules: QrModules, words: RecordWords): Drawn {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser cannot draw');
  // Drawn twice: once to learn how tall it is, since a canvas forgets everything when its height is set.
  canvas.width = WIDTH;
  canvas.height = Math.ceil(sheet(pen, modules, words).height);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, texts: sheet(pen, modules, words).texts };
}

function sheet(pen: CanvasRenderingContext2D, modules: QrModules, words: RecordWords) {
  const texts: Drawn['texts'][number][] = [];
  let y = MARGIN;
  const write = (
    text: string,
    look: { size: number; weight?: number; colour?: string; x?: number; width?: number },
  ) => {
    const { size, weight = 400, colour = INK, x = MARGIN, width = WIDTH - x - MARGIN } = look;
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.textBaseline = 'alphabetic';
    pen.fillStyle = colour;
    for (const line of linesOf(pen, text, width)) {
      pen.fillText(line, x, y + size);
      texts.push({ text: line, x, y: y + size, size, width: pen.measureText(line).width });
      y += size * LINE;
    }
  };
  const rule = (): void => {
    pen.fillStyle = '#d8c9bd';
    pen.fillRect(MARGIN, y, WIDTH - 2 * MARGIN, 2);
    y += 28;
  };

  write(words.title, { size: 52, weight: 700 });
  y += 8;
  write(words.not, { size: 32, weight: 700, colour: '#8c2919' });
  write(words.notText, { size: 28, colour: SOFT });
  y += 20;
  rule();
  for (const [term, value] of words.rows) {
    const top = y;
    write(term, { size: 30, colour: SOFT, width: TERM_WIDTH });
    const under = y;
    y = top;
    write(value, { size: 34, weight: 600, x: MARGIN + TERM_WIDTH });
    y = Math.max(y, under) + 14;
  }
  y += 10;
  rule();
  const top = y;
  const cell = Math.floor(QR / modules.length);
  pen.fillStyle = '#000000';
  for (const [down, row] of modules.entries()) {
    for (const [across, dark] of row.entries()) {
      if (dark) pen.fillRect(MARGIN + across * cell, top + down * cell, cell, cell);
    }
  }
  y = top + 40;
  const beside = MARGIN + QR + 36;
  write(words.verify, { size: 28, x: beside });
  y += 12;
  write(words.by, { size: 28, colour: SOFT, x: beside });
  return { height: Math.max(y, top + QR) + MARGIN, texts };
}
