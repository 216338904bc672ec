/**
 * The short code of a booking's pass, which staff type or scan to find the booking among those of a site's day. It comes
 * from the random part of the booking's id, so it says nothing of the person and needs no storing; it finds, it does not
 * prove: the person at the desk is still known by the identity document.
 */

/** No 0 O, 1 I L, S beside 5, U beside V: 29 symbols, a prime, on which the check symbol rests. */
const SYMBOLS = '23456789ABCDEFGHJKMNPQRTVWXYZ';
const LENGTH = 5;
/** What a scanner reads before the code. All in the alphabet that QR codes pack tightest. */
const SCANNED = 'NUANLIU:';

const CODES = SYMBOLS.length ** LENGTH;

/** The code of a booking whose id ends in `suffix` (lower-case letters and digits): five symbols and a check symbol. */
export function passCode(suffix: string): string {
  let rest = 0;
  for (const digit of suffix) rest = (rest * 36 + Number.parseInt(digit, 36)) % CODES;
  let body = '';
  for (let n = 0; n < LENGTH; n += 1) {
    body = SYMBOLS.charAt(rest % SYMBOLS.length) + body;
    rest = Math.floor(rest / SYMBOLS.length);
  }
  return body + checkSymbol(body);
}

/** A code as typed or scanned, in its one form; undefined where a symbol is wrong, missing, or two have changed places. */
export function parsePassCode(input: string): string | undefined {
  const text = input.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
  const code = (text.startsWith(SCANNED) ? text.slice(SCANNED.length) : text).replaceAll('S', '5');
  if (code.length !== LENGTH + 1 || [...code].some((symbol) => !SYMBOLS.includes(symbol))) return undefined;
  return code.endsWith(checkSymbol(code.slice(0, LENGTH))) ? code : undefined;
}

/** In two groups, as it is read aloud: `K7M 4QX`. */
export const printPassCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** What the pass's QR code says. */
export const scannedPassCode = (code: string): string => SCANNED + code;

/** Weights that differ, modulo a prime: any one wrong symbol, and any two exchanged, change it. */
function checkSymbol(body: string): string {
  const sum = [...body].reduce((so, symbol, n) => so + (n + 2) * SYMBOLS.indexOf(symbol), 0);
  return SYMBOLS.charAt((SYMBOLS.length - (sum % SYMBOLS.length)) % SYMBOLS.length);
}
