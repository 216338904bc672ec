import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../shared/store/cursor.ts';

const list = (key: object) => encodeCursor(key as Record<string, unknown>) ?? '';
const key = { pk: 'EVENT-1', sk: 'EVENT', gsi1pk: 'ALL', gsi1sk: '2026' };

describe('a cursor', () => {
  it('goes on where its own list has stopped', () => {
    expect(decodeCursor(list(key), 'gsi1pk', 'ALL')).toEqual(key);
    expect(decodeCursor(list({ pk: 'P', sk: 'S' }), 'pk', 'P')).toEqual({ pk: 'P', sk: 'S' });
  });

  it.each([
    ['another partition', { ...key, gsi1pk: 'OTHER' }],
    ['too few keys', { gsi1pk: 'ALL' }],
    ['keys of another index', { ...key, gsi2pk: 'ALL', gsi2sk: 'x' }],
    ['a key that is empty', { ...key, gsi1sk: '' }],
    ['a key that is no text', { ...key, sk: 1 }],
    ['a key longer than the table takes', { ...key, sk: '中'.repeat(400) }],
    ['a key that is half of a character', { ...key, sk: '\ud800' }],
    ['a list instead of a key', ['ALL']],
  ])('of %s is none of ours', (_, forged) => {
    expect(decodeCursor(list(forged), 'gsi1pk', 'ALL')).toBeUndefined();
  });

  it('that is not one at all is none of ours', () => {
    expect(decodeCursor('never', 'pk', 'P')).toBeUndefined();
  });
});
