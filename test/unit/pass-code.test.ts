import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePassCode, passCode, printPassCode, scannedPassCode } from '../../shared/domain/pass-code.ts';

const SYMBOLS = '23456789ABCDEFGHJKMNPQRTVWXYZ';
const suffix = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 20,
});
const code = suffix.map(passCode);

describe('the code of a pass', () => {
  it.each([
    ['0', '222222'],
    ['1', '22223T'],
    ['z', '22238K'],
    ['abcdefgh01234567', 'H7QKR4'],
  ])('of a booking that ends in %s is %s, today and always', (end, expected) => {
    expect(passCode(end)).toBe(expected);
  });

  it('has six symbols, none of which is taken for another', () => {
    fc.assert(fc.property(code, (it) => it.length === 6 && [...it].every((symbol) => SYMBOLS.includes(symbol))));
  });

  it('is read as printed, as scanned, in small letters, with dashes, in full width, and with S for 5', () => {
    fc.assert(
      fc.property(code, (it) => {
        const wide = [...it].map((symbol) => String.fromCodePoint((symbol.codePointAt(0) ?? 0) + 0xfee0)).join('');
        for (const said of [
          it,
          printPassCode(it),
          scannedPassCode(it),
          it.toLowerCase(),
          `${it.slice(0, 3)}-${it.slice(3)}`,
          ` ${wide}\n`,
          it.replaceAll('5', 's'),
        ]) {
          expect(parsePassCode(said)).toBe(it);
        }
      }),
    );
    expect(printPassCode('K7M4QX')).toBe('K7M 4QX');
    expect(scannedPassCode('K7M4QX')).toBe('NUANLIU:K7M4QX');
  });

  it('with one symbol wrong is refused', () => {
    fc.assert(
      fc.property(code, fc.nat({ max: 5 }), fc.constantFrom(...SYMBOLS), (it, at, wrong) => {
        fc.pre(it[at] !== wrong);
        expect(parsePassCode(it.slice(0, at) + wrong + it.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it('with any two symbols exchanged is refused', () => {
    fc.assert(
      fc.property(code, fc.nat({ max: 5 }), fc.nat({ max: 5 }), (it, a, b) => {
        fc.pre(it[a] !== it[b]);
        const symbols = [...it];
        [symbols[a], symbols[b]] = [symbols[b] ?? '', symbols[a] ?? ''];
        expect(parsePassCode(symbols.join(''))).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['', '22222', '2222222', '22222O', '22222I', '22222L', '22222U', '222221', 'OTHER:222222', '+8613900000001'])(
    'is not “%s”',
    (said) => {
      expect(parsePassCode(said)).toBeUndefined();
    },
  );

  it('is seldom shared: of a day’s bookings of a large site hardly two have the same', () => {
    const codes = Array.from({ length: 500 }, (_, n) => passCode((1e15 + n * 7_919_191_919).toString(36)));
    expect(new Set(codes).size).toBeGreaterThan(497);
  });
});
