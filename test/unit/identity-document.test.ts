import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOCUMENT_NAMES } from '../../shared/domain/document-names.ts';
import { differsFrom, looksResident, parseDocument } from '../../shared/domain/identity-document.ts';
import { DOCUMENT_TYPES, LANGUAGES } from '../../shared/domain/vocabulary.ts';

const TODAY = '2026-11-27';
const resident = (typed: string) => parseDocument('resident', typed, TODAY);

/** ISO 7064 MOD 11-2 as GB 11643 writes it out, to hold the library against. */
function checkOf(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, n) => total + weight * Number(body[n]), 0);
  return '10X98765432'[sum % 11] ?? '';
}

const bodies = fc
  .record({
    place: fc.integer({ min: 110_000, max: 830_000 }),
    days: fc.integer({ min: 0, max: 46_000 }),
    order: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ place, days, order }) => {
    const date = new Date(Date.UTC(1900, 0, 1 + days)).toISOString().slice(0, 10);
    return { date, order, body: `${place}${date.replaceAll('-', '')}${String(order).padStart(3, '0')}` };
  });

describe('a resident number', () => {
  it('is read as the standard’s own examples are', () => {
    expect(resident('11010519491231002X')).toEqual({
      ok: true,
      document: { type: 'resident', number: '11010519491231002X', birthDate: '1949-12-31', sex: 'female' },
    });
    expect(resident('440524188001010014')).toEqual({ ok: false, why: 'malformed' });
  });

  it('is the same in full width, with spaces, and with a small x', () => {
    const plain = resident('11010519491231002X');
    for (const typed of [
      '１１０１０５１９４９１２３１００２Ｘ',
      '110105 19491231 002x',
      '110105-19491231-002x',
      ' 11010519491231002x ',
    ]) {
      expect(resident(typed), typed).toEqual(plain);
    }
  });

  it('says its holder’s birth date and sex, whoever they are', () => {
    fc.assert(
      fc.property(bodies, ({ body, date, order }) => {
        expect(resident(body + checkOf(body))).toMatchObject({
          ok: true,
          document: { birthDate: date, sex: order % 2 === 1 ? 'male' : 'female' },
        });
      }),
    );
  });

  it('is refused with any digit wrong, and with any two neighbours changed over', () => {
    fc.assert(
      fc.property(bodies, fc.nat(16), fc.integer({ min: 1, max: 9 }), ({ body }, at, by) => {
        const good = body + checkOf(body);
        const slip = [...good];
        slip[at] = String((Number(good[at]) + by) % 10);
        expect(resident(slip.join('')).ok).toBe(false);
        const changed = [...good];
        [changed[at], changed[at + 1]] = [good[at + 1] ?? '', good[at] ?? ''];
        if (changed.join('') !== good) expect(resident(changed.join('')).ok).toBe(false);
      }),
    );
  });

  it('is refused with a day that is in no calendar, and with one still to come', () => {
    for (const body of ['11010520230229001', '11010520261301001', '11010520261128001', '11010518991231001']) {
      expect(resident(body + checkOf(body)), body).toEqual({ ok: false, why: 'malformed' });
    }
    expect(resident('11010520261127001'.concat(checkOf('11010520261127001'))).ok).toBe(true);
  });

  it('is told from what else a scanner types', () => {
    expect(looksResident('11010519491231002x')).toBe(true);
    expect(looksResident('１１０１０５１９４９１２３１００２Ｘ')).toBe(true);
    expect(looksResident('NUANLIU:K7M4QX')).toBe(false);
    expect(looksResident('13900000001')).toBe(false);
  });
});

describe('another document', () => {
  it('is its type and its number, in one form', () => {
    expect(parseDocument('passport', ' e 1234 5678 ', TODAY)).toEqual({
      ok: true,
      document: { type: 'passport', number: 'E12345678' },
    });
    expect(parseDocument('military', '军字第1234567号', TODAY).ok).toBe(true);
  });
  it('is refused where it can be none', () => {
    for (const typed of ['', '1234', 'E', 'PASSPORT', 'E12345678901234567890', '<script>1234']) {
      expect(parseDocument('passport', typed, TODAY), typed).toEqual({ ok: false, why: 'malformed' });
    }
  });
});

it('only what both know can differ', () => {
  const document = { type: 'resident', number: '', birthDate: '1990-01-01', sex: 'male' } as const;
  expect(differsFrom(document, {})).toEqual([]);
  expect(differsFrom(document, { birthDate: '1990-01-01', sex: 'male' })).toEqual([]);
  expect(differsFrom(document, { birthDate: '1990-01-10', sex: 'female' })).toEqual(['birthDate', 'sex']);
  expect(differsFrom({ type: 'passport', number: '' }, { birthDate: '1990-01-10', sex: 'female' })).toEqual([]);
});

it('each kind of document has a name of its own in both languages', () => {
  for (const language of LANGUAGES) {
    const names = DOCUMENT_TYPES.map((type) => DOCUMENT_NAMES[type][language]);
    expect(new Set(names).size).toBe(DOCUMENT_TYPES.length);
    expect(names).not.toContain('');
  }
});
