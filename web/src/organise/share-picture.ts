import { FONT, linesOf } from '../lib/drawn-text.ts';
import type { QrModules } from '../ui/qr.tsx';

export type ShareWords = {
  readonly title: string;
  readonly when: string;
  readonly where: string;
  readonly roles: readonly string[];
  readonly by: string;
  readonly scan: string;
};

const WIDTH = 1080;
const MARGIN = 84;
const QR = 420;
const LINE = 1.35;

/** The event as a card: warm paper, what matters large, and the code on white, so that a phone reads it off another's screen. */
export function drawShare(modules: QrModules, words: ShareWords): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser cannot draw');
  canvas.width = WIDTH;
  // Drawn twice: once to learn how tall it is, since a canvas forgets everything when its height is set.
  canvas.height = card(pen, modules, words, 2 * WIDTH);
  card(pen, modules, words, canvas.height);
  return canvas;
}

function card(pen: CanvasRenderingContext2D, modules: QrModules, words: ShareWords, height: number): number {
  pen.fillStyle = '#fdf3ec';
  pen.fillRect(0, 0, WIDTH, height);
  pen.fillStyle = '#b93a26';
  pen.fillRect(0, 0, WIDTH, 24);
  let y = MARGIN + 24;
  const write = (text: string, size: number, colour: string, weight = 400): void => {
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.textBaseline = 'alphabetic';
    pen.textAlign = 'left';
    pen.fillStyle = colour;
    for (const line of linesOf(pen, text, WIDTH - 2 * MARGIN)) {
      pen.fillText(line, MARGIN, y + size);
      y += size * LINE;
    }
  };
  write(words.by, 34, '#8c2919', 600);
  y += 12;
  write(words.title, 72, '#2b211d', 700);
  y += 28;
  write(words.when, 46, '#2b211d', 600);
  y += 8;
  write(words.where, 40, '#57473e');
  y += 20;
  write(words.roles.join(' · '), 36, '#1c5040', 600);
  y += 48;
  const cell = Math.floor(QR / modules.length);
  const side = cell * modules.length;
  const left = (WIDTH - side) / 2;
  pen.fillStyle = '#ffffff';
  pen.fillRect(left - 24, y, side + 48, side + 48);
  pen.fillStyle = '#000000';
  for (const [down, row] of modules.entries()) {
    for (const [across, dark] of row.entries()) {
      if (dark) pen.fillRect(left + across * cell, y + 24 + down * cell, cell, cell);
    }
  }
  y += side + 48 + 28;
  pen.font = `600 38px ${FONT}`;
  pen.textAlign = 'center';
  pen.fillStyle = '#2b211d';
  pen.fillText(words.scan, WIDTH / 2, y + 38);
  return Math.ceil(y + 38 * LINE + MARGIN);
}
