import { expect, it } from 'vitest';
import { isMeant } from '../../web/src/lib/is-meant.ts';

const donor = { name: 'Maya 林见暖', phoneLast4: '0341' };

it.each(['林见', ' maya', 'MAYA', 'Ｍａｙａ', '0341', '41', '０３４１', ''])(
  '“%s” finds the donor at the desk',
  (typed) => {
    expect(isMeant(donor, typed)).toBe(true);
  },
);

it.each(['王', '034', '10341', '4-1', 'maia'])('“%s” does not', (typed) => {
  expect(isMeant(donor, typed)).toBe(false);
});
