import { describe, expect, it } from 'vitest';
import { isShown, TEXT_REASONS, TEXT_STANDINGS, textStanding } from '../../shared/domain/text-ledger.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../../shared/domain/vocabulary.ts';

const NOW = '2026-11-23T02:00:00.000Z';
const LATER = '2026-11-23T10:00:00.000Z';
const text = (status: MessageStatus, more: Partial<Parameters<typeof textStanding>[0]> = {}) => ({
  template: 'donation-soon' as const,
  status,
  dueAt: LATER,
  attempts: 0,
  params: {},
  ...more,
});
const standing = (it: ReturnType<typeof text>, muted: 'donation-soon'[] = []) => {
  const found = textStanding(it, { mutedTemplates: muted }, NOW);
  return [found.standing, ...(found.why ? [found.why] : [])].join(' ');
};

describe('where a text stands', () => {
  it.each([
    ['is due later', text('due'), 'coming'],
    ['waits for the morning', text('due', { reason: 'quiet-hours' }), 'coming quiet-hours'],
    ['is due now', text('due', { dueAt: NOW }), 'under-way'],
    ['is in a sender’s hands', text('claimed'), 'under-way'],
    ['is tried again', text('due', { attempts: 1, reason: 'ECONNREFUSED' }), 'under-way trying-again'],
    ['was sent', text('sent'), 'sent'],
    ['may have arrived', text('uncertain', { reason: 'no-outcome' }), 'unknown no-answer'],
    ['was refused', text('failed', { reason: 'InvalidParameter' }), 'not-sent refused'],
    ['changed before', text('void', { reason: 'changed' }), 'not-sent changed'],
    ['was not needed', text('void', { reason: 'booked' }), 'not-sent booked'],
    ['the site sends no more', text('void', { reason: 'site-settings' }), 'not-sent site'],
    ['was for another day', text('void', { reason: 'other-day' }), 'not-sent other-day'],
    ['is not wanted any more', text('void', { reason: 'switched-off' }), 'not-sent muted'],
    ['was corrected', text('void', { reason: 'used-again' }), 'not-sent corrected'],
    ['came too late', text('void', { reason: 'too-late' }), 'not-sent too-late'],
    ['fell into the night', text('void', { reason: 'quiet-hours' }), 'not-sent too-late'],
    ['was not wanted', text('withheld', { reason: 'muted' }), 'not-sent muted'],
    ['was one too many', text('withheld', { reason: 'daily-cap' }), 'not-sent daily-cap'],
    [
      'waits until its number is known to be theirs',
      text('due', { reason: 'number-in-doubt' }),
      'coming not-confirmed',
    ],
    ['may have been for somebody else', text('withheld', { reason: 'number-in-doubt' }), 'not-sent not-confirmed'],
    ['was stopped without a word', text('void'), 'not-sent corrected'],
    ['was not paid for', text('withheld', { reason: 'monthly-budget' }), 'not-sent budget'],
  ])('that %s', (_, it, expected) => {
    expect(standing(it)).toBe(expected);
  });

  it('that waits though its kind was switched off says so now, not when it is due', () => {
    expect(standing(text('due'), ['donation-soon'])).toBe('not-sent muted');
    const owed = text('due', { params: { cause: 'staff' } });
    expect(
      textStanding({ ...owed, template: 'donation-cancelled' }, { mutedTemplates: ['donation-cancelled'] }, NOW),
    ).toEqual({ standing: 'coming' });
  });

  it('is one of those that the pages know words for', () => {
    for (const status of MESSAGE_STATUSES) {
      const { standing: found, why } = textStanding(text(status), { mutedTemplates: [] }, NOW);
      expect(TEXT_STANDINGS).toContain(found);
      if (why) expect(TEXT_REASONS).toContain(why);
    }
  });
});

describe('a use that may yet be taken back, or was', () => {
  it.each([
    ['due', false],
    ['void', false],
    ['claimed', true],
    ['sent', true],
    ['uncertain', true],
  ] as const)('is shown when its text is %s: %s', (status, shown) => {
    expect(isShown({ template: 'blood-used', status })).toBe(shown);
    expect(isShown({ template: 'donation-thanked', status })).toBe(true);
    // What lets a guardian answer is for them alone.
    expect(isShown({ template: 'guardian-asked', status })).toBe(false);
  });
});
