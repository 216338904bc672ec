import { describe, expect, it } from 'vitest';
import { actionKeys, memoryStorage, randomKey } from '../../web/src/api/action-key.ts';

const numbered = () => {
  let n = 0;
  return () => {
    n += 1;
    return `key-${n}`;
  };
};

describe('the key of something a person does', () => {
  it('is the same on a double tap, a retry and a reload of the page', () => {
    const tab = memoryStorage();
    const before = actionKeys(tab, numbered()).of('book:s', { slotId: 's' });
    const reloaded = actionKeys(tab, () => 'another');
    expect(reloaded.of('book:s', { slotId: 's' })).toBe(before);
    expect(reloaded.of('book:s', { slotId: 's' })).toBe(before);
  });

  it('is another for another slot, another input, and after the first has succeeded', () => {
    const keys = actionKeys(memoryStorage(), numbered());
    const first = keys.of('book:s', { slotId: 's' });
    expect(keys.of('book:t', { slotId: 't' })).not.toBe(first);
    const named = keys.of('profile:name', { name: 'A' });
    expect(keys.of('profile:name', { name: 'B' })).not.toBe(named);
    keys.forget('book:s');
    expect(keys.of('book:s', { slotId: 's' })).not.toBe(first);
  });

  it('is made anew where the storage holds rubbish', () => {
    const tab = memoryStorage();
    tab.setItem('nuanliu.action.book:s', '{not json');
    expect(actionKeys(tab, () => 'fresh').of('book:s', {})).toBe('fresh');
  });

  it('is long enough for the service and hard to guess', () => {
    expect(randomKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(randomKey()).not.toBe(randomKey());
  });
});
