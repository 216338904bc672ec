import type { QrModules } from '../ui/qr.tsx';

/** What the picture says, line by line. */
export type PassWords = {
  readonly title: string;
  readonly code: string;
  readonly note: string;
};

const WIDTH = 720;
const MARGIN = 56;
const QR = 400;
const FONT = '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

type Line = { readonly text: string; readonly size: number; readonly weight: number; readonly colour: string };

/** The pass as one PNG, as a data: address: what a phone keeps when the picture is pressed long. */
export function passPicture(modules: QrModules, words: PassWords): string {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser cannot draw');
  const line = (text: string, size: number, weight: number, colour: string): Line => ({ text, size, weight, colour });
  const above = [line(words.title, 30, 650, '#b93a26')];
  const below = [line(words.code, 64, 750, '#2b211d'), line(words.note, 28, 400, '#57473e')];
  const broken = (lines: readonly Line[]): Line[] => lines.flatMap((each) => wrapped(pen, each));
  const [top, bottom] = [broken(above), broken(below)];
  const tall = (lines: readonly Line[]): number => lines.reduce((sum, { size }) => sum + size * 1.45, 0);

  canvas.width = WIDTH;
  canvas.height = Math.ceil(MARGIN + tall(top) + QR + 64 + tall(bottom) + MARGIN);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#b93a26';
  pen.fillRect(0, 0, WIDTH, 12);

  let y = write(pen, top, MARGIN);
  y += 32;
  const size = Math.floor(QR / modules.length);
  const left = Math.round((WIDTH - size * modules.length) / 2);
  pen.fillStyle = '#000000';
  modules.forEach((row, down) => {
    row.forEach((dark, across) => {
      if (dark) pen.fillRect(left + across * size, y + down * size, size, size);
    });
  });
  write(pen, bottom, y + size * modules.length + 32);
  return canvas.toDataURL('image/png');
}

function write(pen: CanvasRenderingContext2D, lines: readonly Line[], from: number): number {
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  let y = from;
  for (const each of lines) {
    choose(pen, each);
    pen.fillStyle = each.colour;
    pen.fillText(each.text, WIDTH / 2, y);
    y += each.size * 1.45;
  }
  return y;
}

const choose = (pen: CanvasRenderingContext2D, { size, weight }: Line): void => {
  pen.font = `${weight} ${size}px ${FONT}`;
};

/** A line that is too long goes on in the next: between words, or between any two Chinese characters. */
function wrapped(pen: CanvasRenderingContext2D, line: Line): Line[] {
  choose(pen, line);
  const parts: string[] = [''];
  for (const piece of line.text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const grown = `${parts.at(-1) ?? ''}${piece}`;
    if (parts.at(-1) === '' || pen.measureText(grown.trimEnd()).width <= WIDTH - 2 * MARGIN)
      parts[parts.length - 1] = grown;
    else parts.push(piece);
  }
  return parts.map((text) => ({ ...line, text: text.trim() }));
}
