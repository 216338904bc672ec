import { expect, it } from 'vitest';
import { namesTyped } from '../../web/src/pages/team-names.ts';

it.each([
  ['小红\n小明\n', ['小红', '小明']],
  ['1. 小红\n2、小明\n 3） 小刚 ', ['小红', '小明', '小刚']],
  ['小红、小明，小刚; Ann, Bob', ['小红', '小明', '小刚', 'Ann', 'Bob']],
  ['\n , \n', []],
  ['x'.repeat(40), ['x'.repeat(30)]],
])('the names of a team are read from %j as they were meant', (text, names) => {
  expect(namesTyped(text)).toEqual(names);
});
