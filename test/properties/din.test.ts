import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDin, printDin } from '../../shared/domain/din.ts';

const of = (alphabet: string) => fc.constantFrom(...alphabet);
const LETTERS = 'ABCDEFGHIJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';
const din = fc
  .tuple(
    of(`${LETTERS}123456789`),
    fc.array(of(LETTERS + DIGITS), { minLength: 2, maxLength: 2 }),
    fc.array(of(DIGITS), { minLength: 10, maxLength: 10 }),
  )
  .map(([first, two, ten]) => first + two.join('') + ten.join(''));

/** Mod 37-2 as the standard writes it, to judge the library by. */
const TABLE = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ*`;
const check = (text: string) => {
  let sum = 0;
  for (const char of text) sum = ((sum + TABLE.indexOf(char)) * 2) % 37;
  return TABLE[(38 - sum) % 37];
};

test('any number is read as printed and as scanned, and is the same number', () => {
  fc.assert(
    fc.property(din, of(LETTERS + DIGITS), of(LETTERS + DIGITS), (number, f, g) => {
      const printed = printDin(number);
      expect(printed.at(-1)).toBe(check(number));
      const expected = { ok: true, din: number, printed };
      expect(parseDin(printed, 'isbt128')).toEqual(expected);
      expect(parseDin(printed.toLowerCase(), 'isbt128')).toEqual(expected);
      expect(parseDin(`=${number}${f}${g}`, 'isbt128')).toEqual(expected);
    }),
  );
});

test('one wrong character in what was typed is always refused', () => {
  fc.assert(
    fc.property(din, fc.nat({ max: 13 }), of(TABLE), (number, at, wrong) => {
      const typed = number + check(number);
      fc.pre(typed[at] !== wrong);
      expect(parseDin(typed.slice(0, at) + wrong + typed.slice(at + 1), 'isbt128').ok).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('two neighbouring characters exchanged are always refused', () => {
  fc.assert(
    fc.property(din, fc.nat({ max: 12 }), (number, at) => {
      const typed = number + check(number);
      fc.pre(typed[at] !== typed[at + 1]);
      const swapped = typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2);
      expect(parseDin(swapped, 'isbt128').ok).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('a character too few or too many is always refused', () => {
  fc.assert(
    fc.property(din, fc.nat({ max: 13 }), of(TABLE), (number, at, more) => {
      const typed = number + check(number);
      expect(parseDin(typed.slice(0, at) + typed.slice(at + 1), 'isbt128').ok).toBe(false);
      expect(parseDin(typed.slice(0, at) + more + typed.slice(at), 'isbt128').ok).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('nothing anyone types makes it fail otherwise, and what is read is read the same again', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('isbt128', 'opaque'),
      (text, scheme) => {
        const once = parseDin(text, scheme);
        if (once.ok) expect(parseDin(once.printed, scheme)).toEqual(once);
      },
    ),
  );
});
