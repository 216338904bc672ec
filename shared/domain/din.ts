import { mod37_2 } from 'cdigit';

/** How a site numbers donations: by ISBT 128, or with its own 献血码, of which only the shape is known. */
export type DinScheme = 'isbt128' | 'opaque';

export type DinResult =
  /** `din` is what is stored and compared, `printed` what a label shows. */
  | { readonly ok: true; readonly din: string; readonly printed: string }
  | { readonly ok: false; readonly why: 'malformed' | 'check-character' | 'facility' };

/** As printed on the blood bag, to compare by eye: spaces, case and full-width forms make no difference. */
const normalise = (input: string): string => input.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();

const OPAQUE = /^[A-Z0-9]{6,20}$/;
const WIRE = /^=([A-Z0-9]{5}\d{8})[A-Z0-9]{2}$/;
const TYPED = /^([A-Z0-9]{5}\d{8})([A-Z0-9*]?)$/;
const FACILITY = /^[A-NP-Z1-9][A-NP-Z0-9]{2}\d{2}/;
const NUMBER = /^[A-Z0-9]{5}\d{8}$/;

/**
 * Reads a donation number as a scanner sends it (`=`, 13 characters, 2 flag characters) or as a person types it
 * (13 characters and the check character, which is then required: it is what catches a slip of the finger).
 *
 * The flag characters are not part of the number and are dropped: the barcode carries its own checksum. The optional
 * use of them for a check value (flags 60 to 96) is not verified.
 */
export function parseDin(input: string, scheme: DinScheme): DinResult {
  const text = normalise(input);
  if (scheme === 'opaque') {
    return OPAQUE.test(text) ? { ok: true, din: text, printed: text } : { ok: false, why: 'malformed' };
  }
  const scanned = WIRE.exec(text)?.[1];
  const [, din, check] = scanned ? [text, scanned] : (TYPED.exec(text) ?? []);
  if (!din) return { ok: false, why: 'malformed' };
  if (!FACILITY.test(din)) return { ok: false, why: 'facility' };
  if (!scanned && check !== checkCharacter(din)) return { ok: false, why: 'check-character' };
  return { ok: true, din, printed: printDin(din) };
}

/** `G1234 17 654321 A`. A number of another scheme is printed as it is. */
export function printDin(din: string, scheme: DinScheme = 'isbt128'): string {
  if (scheme === 'opaque' || !NUMBER.test(din)) return din;
  return `${din.slice(0, 5)} ${din.slice(5, 7)} ${din.slice(7)} ${checkCharacter(din)}`;
}

const checkCharacter = (din: string): string => mod37_2.compute(din);
