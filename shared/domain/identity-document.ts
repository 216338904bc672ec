import { mod11_2 } from 'cdigit';
import type { DocumentType, LocalDate, Sex } from './vocabulary.ts';

/** A document as it is compared and kept. What a resident number says of its holder is beside it. */
export type IdentityDocument = {
  readonly type: DocumentType;
  readonly number: string;
  readonly birthDate?: LocalDate;
  readonly sex?: Sex;
};

export type DocumentResult =
  | { readonly ok: true; readonly document: IdentityDocument }
  | { readonly ok: false; readonly why: 'malformed' | 'mistyped' };

/** Full width, spaces, dashes and case make no difference: scanners under a Chinese input method type all of them. */
const normalise = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}·.]/gu, '')
    .toUpperCase();

/** Six digits of the place, eight of the birth date, three in order of birth (odd: male), and the check character. */
const RESIDENT = /^[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/;
const OTHER = /^[\p{Script=Han}A-Z0-9]{5,20}$/u;
/** No holder of a number was born before. */
const OLDEST = '1900-01-01';

/**
 * Reads a document's number as typed or scanned. A resident number's check character is ISO 7064 MOD 11-2, as GB 11643 has
 * it, so a slip of a finger and two digits changed over are both noticed; of other documents only the shape is known.
 */
export function parseDocument(type: DocumentType, typed: string, today: LocalDate): DocumentResult {
  const number = normalise(typed);
  if (type !== 'resident') {
    return OTHER.test(number) && /\d{4}/.test(number)
      ? { ok: true, document: { type, number } }
      : { ok: false, why: 'malformed' };
  }
  const [, year, month, day, order] = RESIDENT.exec(number) ?? [];
  if (!order) return { ok: false, why: 'malformed' };
  if (!mod11_2.validate(number)) return { ok: false, why: 'mistyped' };
  const birthDate = `${year}-${month}-${day}`;
  if (!isDate(birthDate) || birthDate < OLDEST || birthDate > today) return { ok: false, why: 'malformed' };
  return { ok: true, document: { type, number, birthDate, sex: Number(order) % 2 === 1 ? 'male' : 'female' } };
}

const isDate = (date: string): boolean => {
  const parsed = new Date(`${date}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
};

/** Whether a scanner has typed a resident number, right or wrong, and nothing else. */
export const looksResident = (typed: string): boolean => /^\d{17}[\dX]$/.test(normalise(typed));

/** All that is ever shown of a number. */
export const lastFourOf = (number: string): string => number.slice(-4);

/** What a document says of its holder and the profile says otherwise. */
export function differsFrom(
  { birthDate, sex }: IdentityDocument,
  profile: { readonly birthDate?: LocalDate | undefined; readonly sex?: Sex | undefined },
): ('birthDate' | 'sex')[] {
  const differs: ('birthDate' | 'sex')[] = [];
  if (birthDate && profile.birthDate && birthDate !== profile.birthDate) differs.push('birthDate');
  if (sex && profile.sex && sex !== profile.sex) differs.push('sex');
  return differs;
}
