import { describe, expect, it } from 'vitest';
import { ASKED_GROUPS, GROUP_OF, isUnwanted, TEXT_GROUPS } from '../../shared/domain/text-groups.ts';
import { CANCEL_CAUSES, MESSAGE_TEMPLATES } from '../../shared/domain/vocabulary.ts';

const nobody = { mutedTemplates: [] };
const muted = { mutedTemplates: MESSAGE_TEMPLATES };

describe('a person’s texts', () => {
  it('come unless their kind is switched off, but for those that have to be asked for', () => {
    expect(MESSAGE_TEMPLATES.filter((template) => isUnwanted(nobody, template, 'person'))).toEqual([
      'may-give-again',
      'donation-called',
    ]);
    // A correction is only made of a text that was sent, an offer only to who waits for it, a move only of a booking, a moved number only of who was moved, and a guardian is asked only of who waits for their word.
    expect(MESSAGE_TEMPLATES.filter((template) => !isUnwanted(muted, template, 'person'))).toEqual([
      'blood-used-correction',
      'donation-moved',
      'donation-offered',
      'shift-offered',
      'shift-note',
      'phone-moved',
      'second-fact-reset',
      'second-factor-reset',
      'guardian-asked',
      'guardian-agreed',
    ]);
  });

  it.each(CANCEL_CAUSES)('tell of a place that is lost by the cause %s, unless the person gave it up', (cause) => {
    for (const template of ['donation-cancelled', 'shift-cancelled'] as const) {
      expect(isUnwanted(muted, template, cause)).toBe(cause === 'person');
      expect(isUnwanted(nobody, template, cause)).toBe(false);
    }
    expect(isUnwanted(muted, 'donation-booked', cause)).toBe(true);
  });

  it('tell of giving again only somebody who asked for it', () => {
    expect(isUnwanted({ ...nobody, tellAgain: 'no' }, 'may-give-again')).toBe(true);
    expect(isUnwanted({ ...muted, tellAgain: 'any' }, 'may-give-again')).toBe(false);
    expect(isUnwanted({ ...nobody, tellAgain: 'platelets' }, 'may-give-again')).toBe(false);
  });

  it('are each of a kind that can be switched off, or asked for', () => {
    expect([...new Set(Object.values(GROUP_OF))].toSorted()).toEqual([...TEXT_GROUPS, ...ASKED_GROUPS].toSorted());
  });
});
