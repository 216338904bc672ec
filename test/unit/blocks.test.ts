import { describe, expect, it } from 'vitest';
import { blockFault, blockWakesAt, opensBlock, readInvite } from '../../shared/domain/blocks.ts';

const NOW = '2026-11-28T01:00:00.000Z';
const AFTER = '2026-11-28T01:00:00.001Z';
const LATER = '2026-11-30T01:00:00.000Z';

describe('the code of a block', () => {
  it('is the same in another width, case or spacing, and with letters that look like its digits', () => {
    for (const typed of ['ab10-10cd', 'AB10 10CD', 'ＡＢ１０１０ＣＤ', 'abIo–lO—cd', '\tab\n1010cd ']) {
      expect(readInvite(typed)).toBe('ab1010cd');
    }
    expect(readInvite('ab1011cd')).not.toBe('ab1010cd');
  });

  it('opens its places until they are everybody’s, and no other does', () => {
    const block = { code: 'ab10', until: AFTER };
    expect(opensBlock(block, 'AB-1O', NOW)).toBe(true);
    expect(opensBlock(block, 'ab10', AFTER)).toBe(false);
    expect(opensBlock(block, 'ab11', NOW)).toBe(false);
    expect(opensBlock(block, undefined, NOW)).toBe(false);
  });
});

describe('a block', () => {
  const at = (...times: string[]) => times.map((startsAt) => ({ startsAt }));
  it('is of times to come, and ends from now on until its last begins', () => {
    expect(blockFault(at(AFTER, LATER), LATER, NOW)).toBeUndefined();
    expect(blockFault(at(LATER, AFTER), LATER, NOW)).toBeUndefined();
    expect(blockFault(at(LATER, AFTER), AFTER, NOW)).toBeUndefined();
    expect(blockFault(at(LATER, NOW), LATER, NOW)).toEqual({ path: 'slots', why: 'too-early' });
    expect(blockFault(at(LATER), NOW, NOW)).toEqual({ path: 'until', why: 'too-early' });
    expect(blockFault(at(LATER, AFTER), '2026-11-30T01:00:00.001Z', NOW)).toEqual({ path: 'until', why: 'too-late' });
  });

  it('is looked at when it ends, then every five minutes while a place of it may come back', () => {
    const block = (...times: string[]) => ({ until: AFTER, times: at(...times) });
    expect(blockWakesAt(block(LATER), NOW)).toBe(AFTER);
    expect(blockWakesAt(block(AFTER, LATER), AFTER)).toBe('2026-11-28T01:05:00.001Z');
    expect(blockWakesAt(block(AFTER), AFTER)).toBeUndefined();
  });
});
