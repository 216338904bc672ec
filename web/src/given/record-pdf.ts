import type { Drawn } from './record-picture.ts';

/** Points of an A4 sheet, and the margin kept around the picture. */
const PAGE = { width: 595, height: 842, margin: 40 } as const;
const QUALITY = 0.95;

/** The drawn record as a PDF file. */
export async function recordPdf({ canvas, texts }: Drawn, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!blob) throw new Error('This browser cannot make a picture');
  const jpeg = new Uint8Array(await blob.arrayBuffer());
  return pdfOf({ jpeg, width: canvas.width, height: canvas.height, texts, title });
}

/**
 * A PDF of one page: the picture as people see it, which needs no font, and over it the same text unseen, so that it can be
 * selected, searched and read aloud. The text names a Chinese font that every reader knows and none has to draw; to embed a
 * font with all the characters that a name may have would cost megabytes.
 */
export function pdfOf(input: {
  jpeg: Uint8Array;
  width: number;
  height: number;
  texts: Drawn['texts'];
  title: string;
}): Uint8Array<ArrayBuffer> {
  const scale = Math.min((PAGE.width - 2 * PAGE.margin) / input.width, (PAGE.height - 2 * PAGE.margin) / input.height);
  const left = (PAGE.width - input.width * scale) / 2;
  const bottom = PAGE.height - PAGE.margin - input.height * scale;
  const at = (x: number, y: number): string =>
    `${(left + x * scale).toFixed(2)} ${(bottom + (input.height - y) * scale).toFixed(2)}`;
  const content = [
    `q ${(input.width * scale).toFixed(2)} 0 0 ${(input.height * scale).toFixed(2)} ${left.toFixed(2)} ${bottom.toFixed(2)} cm /Im Do Q`,
    'BT 3 Tr',
    ...input.texts.map(
      ({ text, x, y, size, width }) =>
        // Every character of the font counts as one em; stretched, the unseen text lies on the seen.
        `/F ${(size * scale).toFixed(2)} Tf ${((width / ([...text].length * size)) * 100).toFixed(1)} Tz 1 0 0 1 ${at(x, y)} Tm <${utf16(text)}> Tj`,
    ),
    'ET',
  ].join('\n');
  const objects: (string | readonly [string, Uint8Array])[] = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> /Font << /F 6 0 R >> >> >>`,
    [`<< /Length ${content.length} >>`, bytesOf(content)],
    [
      `<< /Type /XObject /Subtype /Image /Width ${input.width} /Height ${input.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${input.jpeg.length} >>`,
      input.jpeg,
    ],
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UTF16-H /Encoding /UniGB-UTF16-H /DescendantFonts [7 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /DW 1000 /FontDescriptor 8 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    `<< /Title <FEFF${utf16(input.title)}> /Producer (Nuanliu) >>`,
  ];
  return joined(objects);
}

/** Objects with their numbers, the table of where each begins, and the end that points to it. */
function joined(objects: readonly (string | readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: string | Uint8Array): void => {
    const bytes = typeof part === 'string' ? bytesOf(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  // Four bytes above ASCII say that the file is not text.
  add('%PDF-1.5\n%');
  add(new Uint8Array([0xe2, 0xe3, 0xcf, 0xd3, 0x0a]));
  const starts = objects.map((object, n) => {
    const start = length;
    add(`${n + 1} 0 obj\n`);
    if (typeof object === 'string') add(object);
    else {
      add(`${object[0]}\nstream\n`);
      add(object[1]);
      add('\nendstream');
    }
    add('\nendobj\n');
    return start;
  });
  const table = length;
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`);
  for (const start of starts) add(`${String(start).padStart(10, '0')} 00000 n \n`);
  add(
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${table}\n%%EOF\n`,
  );
  const file = new Uint8Array(length);
  let from = 0;
  for (const part of parts) {
    file.set(part, from);
    from += part.length;
  }
  return file;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, n) => text.charCodeAt(n).toString(16).padStart(4, '0')).join('');
