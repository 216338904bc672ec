import { type DinScheme, parseDin } from './din.ts';
import { type Expiry, readExpiry } from './unit-expiry.ts';

/** What a barcode of a blood bag's label says, by its ISBT 128 data identifier (ST-001, table 2). */
export type Scan =
  | { readonly kind: 'din'; readonly din: string; readonly printed: string }
  /** Data structure 003: `code` is the product description code, `division` the last two characters of its own. */
  | { readonly kind: 'product'; readonly code: string; readonly division: string }
  | { readonly kind: 'expiry'; readonly expiry: Expiry }
  /** Another barcode of the same label: blood group, collection date and so on. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly why: 'malformed' | 'check-character' | 'facility' | 'expiry' };

/** A keyboard in Chinese makes these of what a scanner types. */
const AS_TYPED: Readonly<Record<string, string>> = { '《': '<', '》': '>', '〈': '<', '〉': '>', '＆': '&' };
const PRODUCT = /^=<([A-Z0-9]{5})([A-Z0-9])([A-Z0-9]{2})$/;
const IDENTIFIER = /^(?:=[%*}{\\["');#\]+$(,/-]|&)/;

/** What the scanner meant, whatever the keyboard's language has made of it. */
export const asScanned = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[《》〈〉＆]/g, (character) => AS_TYPED[character] ?? character)
    .trim();

export function readScan(text: string, scheme: DinScheme): Scan {
  const said = asScanned(text);
  const packed = said.replaceAll(/\s/g, '').toUpperCase();
  if (/^[=&]>/.test(packed)) {
    const expiry = readExpiry(packed);
    return expiry ? { kind: 'expiry', expiry } : { kind: 'unreadable', why: 'expiry' };
  }
  if (packed.startsWith('=<')) {
    const [, code, type, division] = PRODUCT.exec(packed) ?? [];
    return code && type && division ? { kind: 'product', code, division } : { kind: 'unreadable', why: 'malformed' };
  }
  if (IDENTIFIER.test(packed)) return { kind: 'other' };
  const din = parseDin(said, scheme);
  return din.ok ? { kind: 'din', din: din.din, printed: din.printed } : { kind: 'unreadable', why: din.why };
}
