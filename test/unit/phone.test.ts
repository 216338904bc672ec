import { describe, expect, it } from 'vitest';
import { dialled, phoneTyped } from '../../shared/domain/phone.ts';

describe('a number as it is dialled', () => {
  it('in China is without its country, with the 0 that goes before an area code', () => {
    expect(dialled('+864000000101')).toBe('4000000101');
    expect(dialled('+868001234567')).toBe('8001234567');
    expect(dialled('+8613900000001')).toBe('13900000001');
    expect(dialled('+862112345678')).toBe('02112345678');
    expect(dialled('+8657188001234')).toBe('057188001234');
    expect(dialled('+861012345678')).toBe('01012345678');
  });
  it('elsewhere is as it is', () => {
    expect(dialled('+442079460000')).toBe('+442079460000');
  });
});

describe('a number as it is typed', () => {
  const china = '+864000000101';
  it('may be as it is dialled where the one before was of, in whatever shape', () => {
    expect(phoneTyped('400 000 0102', china)).toBe('+864000000102');
    expect(phoneTyped('(0571) 8800-1234', china)).toBe('+8657188001234');
    expect(phoneTyped('０２１－１２３４５６７８', china)).toBe('+862112345678');
    expect(phoneTyped('010.1234.5678', china)).toBe('+861012345678');
    expect(phoneTyped('139 0000 0001', china)).toBe('+8613900000001');
    expect(phoneTyped('0571–8800—1234', china)).toBe('+8657188001234');
  });
  it('or with its country', () => {
    expect(phoneTyped('+44 20 7946 0000', china)).toBe('+442079460000');
    expect(phoneTyped('+86 400 000 0102', '+442079460000')).toBe('+864000000102');
  });
  it('and is refused where it can be neither', () => {
    for (const typed of [
      '',
      '+',
      '12345',
      '021123',
      '400 000 010',
      '400000010112',
      '1200000000x',
      '+86123',
      'call us',
    ]) {
      expect(phoneTyped(typed, china), typed).toBeUndefined();
    }
    expect(phoneTyped('020 7946 0000', '+442079460000')).toBeUndefined();
    expect(phoneTyped('+0123456789', china)).toBeUndefined();
    expect(phoneTyped('+1234567890123456', china)).toBeUndefined();
    expect(phoneTyped('+86021123456789', china)).toBeUndefined();
    expect(phoneTyped('12900000001', china)).toBeUndefined();
    expect(phoneTyped('8613900000001', china)).toBeUndefined();
  });
  it('comes back the same from how it is shown', () => {
    for (const phone of ['+864000000101', '+862112345678', '+8657188001234', '+8613900000001', '+861012345678']) {
      expect(phoneTyped(dialled(phone), phone)).toBe(phone);
    }
    expect(phoneTyped(dialled('+442079460000'), '+864000000101')).toBe('+442079460000');
  });
});
