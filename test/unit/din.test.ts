import { describe, expect, test } from 'vitest';
import { parseDin, printDin } from '../../shared/domain/din.ts';

const A = { ok: true, din: 'G123417654321', printed: 'G1234 17 654321 A' };
const H = { ok: true, din: 'G123498654321', printed: 'G1234 98 654321 H' };

describe('an ISBT 128 donation number', () => {
  test.each([
    ['G1234 17 654321 A', A],
    ['G1234 98 654321 H', H],
    ['g123417654321a', A],
    [' G 1 2 3 4 1 7 6 5 4 3 2 1 A ', A],
    ['Ｇ１２３４　１７　６５４３２１　Ａ', A],
  ])('typed as %j is read', (input, expected) => {
    expect(parseDin(input, 'isbt128')).toEqual(expected);
  });

  test.each(['=G12341765432100', '=G12341765432199', '＝Ｇ１２３４１７６５４３２１００', '=g1234176543210n'])(
    'scanned as %j is read without its flags',
    (input) => {
      expect(parseDin(input, 'isbt128')).toEqual(A);
    },
  );

  test.each([
    ['no check character', 'G1234 17 654321'],
    ['the check character of another number', 'G1234 17 654321 H'],
    ['a wrong digit', 'G1234 17 654322 A'],
    ['two digits exchanged', 'G1234 17 653421 A'],
    ['the year mistaken', 'G1234 18 654321 A'],
    ['a check character that is a star', 'G1234 17 654321 *'],
  ])('typed with %s is refused for its check character', (_, input) => {
    expect(parseDin(input, 'isbt128')).toEqual({ ok: false, why: 'check-character' });
  });

  test('whose check character is a star is read', () => {
    expect(parseDin('G1234 17 000028 *', 'isbt128')).toEqual({
      ok: true,
      din: 'G123417000028',
      printed: 'G1234 17 000028 *',
    });
  });

  test.each([
    ['an O for its first letter', '=O12341765432100'],
    ['a zero for its first character', '=0123417654321' + '00'],
    ['an O within the facility', '=GO2341765432100'],
    ['letters where the facility ends in digits', '=G12X41765432100'],
    ['a letter for the last of them', '=G123X1765432100'],
    ['an O typed for its first letter', 'O1234 17 654321 A'],
  ])('with %s names no facility', (_, input) => {
    expect(parseDin(input, 'isbt128')).toEqual({ ok: false, why: 'facility' });
  });

  test.each([
    ['nothing', ''],
    ['a blood group', '=%5100'],
    ['too short a number', 'G1234 17 65432'],
    ['too long a number', 'G1234 17 6543211 A'],
    ['a scan without flags', '=G123417654321'],
    ['a scan with a letter in the sequence', '=G123417A5432100'],
    ['a letter in the sequence', 'G123417A54321A'],
    ['a letter in the year', 'G1234I7654321A'],
    ['other signs', 'G1234-17-654321-A'],
    ['a star in the number', 'G12341765432*A'],
    ['two numbers', '=G12341765432100=G12341765432100'],
  ])('that is %s is malformed', (_, input) => {
    expect(parseDin(input, 'isbt128')).toEqual({ ok: false, why: 'malformed' });
  });

  test('may name a facility with letters', () => {
    expect(parseDin('=WAB341765432100', 'isbt128')).toMatchObject({ ok: true, din: 'WAB3417654321' });
  });

  test('is printed in groups, with its check character', () => {
    expect(printDin('G123417654321')).toBe('G1234 17 654321 A');
    expect(printDin('XG123417654321')).toBe('XG123417654321');
    expect(printDin('G1234176543210')).toBe('G1234176543210');
  });
});

describe('a station’s own number', () => {
  test.each([
    ['3205 2026 0001', '320520260001'],
    ['ab1234', 'AB1234'],
    ['12345678901234567890', '12345678901234567890'],
  ])('%j is taken as it is, without spaces and in capitals', (input, din) => {
    expect(parseDin(input, 'opaque')).toEqual({ ok: true, din, printed: din });
    expect(printDin(din, 'opaque')).toBe(din);
  });

  test.each(['12345', '123456789012345678901', '1234-5678', '=G12341765432100', '献血码123456', ''])(
    '%j is malformed',
    (input) => {
      expect(parseDin(input, 'opaque')).toEqual({ ok: false, why: 'malformed' });
    },
  );

  test('that is 13 characters long is not printed as an ISBT number', () => {
    expect(printDin('G123417654321', 'opaque')).toBe('G123417654321');
  });
});
