/** 3GPP TS 23.038: the basic alphabet, a character each, and the extension table, two each. */
const GSM_BASIC = new Set(
  [
    '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ',
    ' !"#¤%&\'()*+,-./0123456789:;<=>?',
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§',
    '¿abcdefghijklmnopqrstuvwxyzäöñüà',
  ].join(''),
);
const GSM_EXTENDED = new Set('\f^{}\\[~]|€');

const SIZES = {
  'gsm-7': { single: 160, part: 153 },
  'ucs-2': { single: 70, part: 67 },
} as const;

export type Segments = {
  readonly encoding: keyof typeof SIZES;
  /** Septets or UTF-16 units, as the encoding counts. */
  readonly length: number;
  readonly segments: number;
};

/** How an SMS network will cut a text, and so what it costs. One character outside GSM-7 makes the whole text UCS-2. */
export function countSegments(text: string): Segments {
  const characters = [...text];
  const encoding = characters.every((c) => GSM_BASIC.has(c) || GSM_EXTENDED.has(c)) ? 'gsm-7' : 'ucs-2';
  // What takes two units is never cut in half: it starts the next part.
  const width = (c: string): number => (encoding === 'gsm-7' ? (GSM_EXTENDED.has(c) ? 2 : 1) : c.length);
  const length = characters.reduce((sum, c) => sum + width(c), 0);
  const { single, part } = SIZES[encoding];
  if (length <= single) return { encoding, length, segments: 1 };
  let segments = 1;
  let used = 0;
  for (const c of characters) {
    if (used + width(c) > part) {
      segments += 1;
      used = 0;
    }
    used += width(c);
  }
  return { encoding, length, segments };
}
