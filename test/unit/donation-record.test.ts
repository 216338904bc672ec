import { describe, expect, it } from 'vitest';
import { maskName } from '../../shared/domain/mask-name.ts';
import { printCode, readCode } from '../../shared/domain/proof-code.ts';

describe('a name on a record that anyone may verify', () => {
  it.each([
    ['林见暖', '林＊＊'],
    ['王安', '王＊'],
    ['欧阳小明亮', '欧＊＊'],
    ['𠮷野家', '𠮷＊＊'],
    ['Nora Quist', 'N. Q.'],
    ['nora maria de Quist', 'N. Q.'],
    ['Nora', 'N. ＊'],
    ['  Nora  ', 'N. ＊'],
    ['林', '＊'],
    ['', '＊'],
    ['   ', '＊'],
    [undefined, '＊'],
  ])('%s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('a code', () => {
  it('is printed by fours, and read however people type it', () => {
    expect(printCode('k3m9q0xa7z2twb51')).toBe('K3M9-Q0XA-7Z2T-WB51');
    for (const typed of [
      'K3M9-Q0XA-7Z2T-WB51',
      'k3m9q0xa7z2twb51',
      ' k3m9 q0xa 7z2t wb51 ',
      'K3M9–QOXA—7Z2T-WBI1'.replace('WBI1', 'WB5l'),
    ]) {
      expect(readCode(typed), typed).toBe('k3m9q0xa7z2twb51');
    }
  });

  it.each(['', 'k3m9', 'k3m9q0xa7z2twb511', 'k3m9q0xa7z2twb5#', '林见暖林见暖林见暖林见暖林见暖林'])(
    '%o is none',
    (typed) => {
      expect(readCode(typed)).toBeUndefined();
    },
  );
});
