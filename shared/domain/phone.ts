/** Where a number is dialled as it stands here, without its country. */
const CHINA = '+86';
/** Mobile numbers, and those a whole country shares, have no area code before which a 0 is dialled. */
const WITHOUT_AREA = /^(?:1[3-9]|400|800)/;
const INTERNATIONAL = /^\+[1-9]\d{6,14}$/;

/** A number (E.164) as it is dialled in its own country, where that is China. */
export function dialled(phone: string): string {
  if (!phone.startsWith(CHINA)) return phone;
  const national = phone.slice(CHINA.length);
  return WITHOUT_AREA.test(national) ? national : `0${national}`;
}

/**
 * What somebody typed, as E.164: with its country, or as it is dialled where the number before it was of. Undefined where it
 * is neither.
 */
export function phoneTyped(typed: string, before: string): string | undefined {
  // A Chinese input method may write digits and signs in full width.
  const digits = typed.normalize('NFKC').replaceAll(/[\s().\-‐-―]/g, '');
  const phone = digits.startsWith('+') || !before.startsWith(CHINA) ? digits : `${CHINA}${digits.replace(/^0/, '')}`;
  if (!INTERNATIONAL.test(phone)) return undefined;
  return phone.startsWith(CHINA) && !CHINESE.test(phone.slice(CHINA.length)) ? undefined : phone;
}
/** Mobile; a whole country's; with an area code of two digits (10, 2x) or three. */
const CHINESE = /^(?:1[3-9]\d{9}|[48]00\d{7}|10\d{8}|2\d{9}|[3-9]\d{9,10})$/;
