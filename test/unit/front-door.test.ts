import { expect, test } from 'vitest';
import { cameThroughFront } from '../../functions/runtime/front-door.ts';

test('the API answers whoever shows the key of its own front', () => {
  expect(cameThroughFront({ 'x-origin-key': 'abc' }, 'abc')).toBe(true);
});

test('and nobody else: without a key, with a wrong one, with an empty one', () => {
  for (const headers of [{}, { 'x-origin-key': 'abd' }, { 'x-origin-key': '' }, { 'x-origin-key': 'abc,def' }]) {
    expect(cameThroughFront(headers, 'abc,def')).toBe(false);
  }
});

test('both keys are taken while they are changed', () => {
  for (const key of ['old', 'new']) expect(cameThroughFront({ 'x-origin-key': key }, 'old,new')).toBe(true);
});

test('where none is set, as on one machine, whoever is here came through the front', () => {
  expect(cameThroughFront({}, undefined)).toBe(true);
  expect(cameThroughFront({}, '')).toBe(true);
});
