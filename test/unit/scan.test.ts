import { describe, expect, it } from 'vitest';
import { readScan } from '../../shared/domain/scan.ts';
import { expiresAt, isExpired, isPlausible, readExpiry } from '../../shared/domain/unit-expiry.ts';

describe('a barcode of a bag’s label', () => {
  it('is told apart by its data identifier', () => {
    expect(readScan('=G12341765432100', 'isbt128')).toMatchObject({ kind: 'din', din: 'G123417654321' });
    expect(readScan('=<E0336V00', 'isbt128')).toEqual({ kind: 'product', code: 'E0336', division: '00' });
    expect(readScan('&>0263581330', 'isbt128')).toEqual({
      kind: 'expiry',
      expiry: { on: '2026-12-24', time: '13:30' },
    });
    for (const other of ['=%6200', '=*026331', '&*0263311200', '&(N0001', '=)1234567890']) {
      expect(readScan(other, 'isbt128'), other).toEqual({ kind: 'other' });
    }
  });

  it('is understood whatever a Chinese keyboard has made of it', () => {
    expect(readScan('＝Ｇ１２３４１７６５４３２１００', 'isbt128')).toMatchObject({
      kind: 'din',
      din: 'G123417654321',
    });
    expect(readScan('=《E0336V00', 'isbt128')).toMatchObject({ kind: 'product', code: 'E0336' });
    expect(readScan('＆》０２６３５８１３３０', 'isbt128')).toMatchObject({ kind: 'expiry' });
  });

  it('that is damaged is refused, and never guessed', () => {
    expect(readScan('G123417654321B', 'isbt128')).toEqual({ kind: 'unreadable', why: 'check-character' });
    expect(readScan('=G1234176543', 'isbt128')).toEqual({ kind: 'unreadable', why: 'malformed' });
    expect(readScan('=<E0336', 'isbt128')).toEqual({ kind: 'unreadable', why: 'malformed' });
    expect(readScan('=>026367', 'isbt128')).toEqual({ kind: 'unreadable', why: 'expiry' });
  });
});

describe('an expiry', () => {
  it.each([
    ['=>026358', '2026-12-24', undefined],
    ['&>0263582359', '2026-12-24', undefined],
    ['&>0263580730', '2026-12-24', '07:30'],
    ['=>028366', '2028-12-31', undefined],
    ['2026-12-24', '2026-12-24', undefined],
    ['20261224', '2026-12-24', undefined],
    ['2026年12月24日', '2026-12-24', undefined],
    ['2026/1/5 9:05', '2026-01-05', '09:05'],
    ['２０２６－１２－２４', '2026-12-24', undefined],
  ])('%s is %s, %s', (text, on, time) => {
    expect(readExpiry(text)).toEqual({ on, ...(time && { time }) });
  });

  it.each([
    '=>026000',
    '=>026366',
    '=>926001',
    '&>0263582400',
    '&>0263580960',
    '2026-02-30',
    '2026124',
    '24-12-2026',
    '',
  ])('%j is no date', (text) => {
    expect(readExpiry(text)).toBeUndefined();
  });

  it('without a time of its own ends with its day, where the unit was given', () => {
    expect(expiresAt({ on: '2026-12-24' }, 'Asia/Shanghai')).toBe('2026-12-24T16:00:00.000Z');
    expect(expiresAt({ on: '2026-12-24', time: '13:30' }, 'Asia/Shanghai')).toBe('2026-12-24T05:30:00.000Z');
    // Clocks go forward over 02:30, and back over 01:30: the earlier reading is the safe one.
    expect(expiresAt({ on: '2026-03-08', time: '02:30' }, 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
    expect(expiresAt({ on: '2026-11-01', time: '01:30' }, 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('is over at its instant, not before; a unit without one does not expire by itself', () => {
    const unit = { expiresAt: '2026-12-24T16:00:00.000Z' };
    expect(isExpired(unit, '2026-12-24T15:59:59.999Z')).toBe(false);
    expect(isExpired(unit, '2026-12-24T16:00:00.000Z')).toBe(true);
    expect(isExpired({}, '2099-01-01T00:00:00.000Z')).toBe(false);
  });

  it('before the donation, or further than anything keeps, is a slip', () => {
    expect(isPlausible({ on: '2026-11-22' }, '2026-11-23')).toBe(false);
    expect(isPlausible({ on: '2026-11-23' }, '2026-11-23')).toBe(true);
    expect(isPlausible({ on: '2056-11-23' }, '2026-11-23')).toBe(true);
    expect(isPlausible({ on: '2056-11-24' }, '2026-11-23')).toBe(false);
  });
});
