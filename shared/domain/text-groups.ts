import type { AgainWish, MessageTemplate } from './vocabulary.ts';

/** The kinds of text as the person who gets them thinks of them: each can be switched off as one. */
export const TEXT_GROUPS = ['booking', 'reminders', 'blood'] as const;
export type TextGroup = (typeof TEXT_GROUPS)[number];

/** Kinds that nobody gets who has not asked for them. */
export const ASKED_GROUPS = ['again', 'call'] as const;
type AskedGroup = (typeof ASKED_GROUPS)[number];

export const GROUP_OF: Readonly<Record<MessageTemplate, TextGroup | AskedGroup>> = {
  'donation-booked': 'booking',
  'donation-changed': 'booking',
  'donation-cancelled': 'booking',
  'shift-booked': 'booking',
  'shift-booked-for': 'booking',
  'shift-changed': 'booking',
  'shift-cancelled': 'booking',
  'donation-moved': 'booking',
  'donation-offered': 'booking',
  'shift-offered': 'booking',
  'donation-wait-closed': 'booking',
  'shift-wait-closed': 'booking',
  'shift-note': 'booking',
  'hours-approved': 'booking',
  'hours-rejected': 'booking',
  'donation-day-before': 'reminders',
  'donation-soon': 'reminders',
  'shift-day-before': 'reminders',
  'shift-soon': 'reminders',
  'donation-thanked': 'blood',
  'blood-used': 'blood',
  'blood-used-correction': 'blood',
  'phone-moved': 'booking',
  'second-fact-reset': 'booking',
  'second-factor-reset': 'booking',
  'guardian-asked': 'booking',
  'guardian-agreed': 'booking',
  'may-give-again': 'again',
  'donation-called': 'call',
};

/**
 * Texts that nobody can switch off: whoever lost a place without having given it up would come for nothing, whoever waits for
 * one has asked to be told of it, what an organiser has to say may keep somebody from coming to the wrong door, what was told wrongly is taken back, a guardian is asked and what they say is waited for, and what lets somebody in is not changed behind their back.
 */
const isOwed = (template: MessageTemplate, cause: unknown): boolean =>
  template === 'blood-used-correction' ||
  template === 'donation-moved' ||
  template === 'donation-offered' ||
  template === 'shift-offered' ||
  template === 'shift-note' ||
  template === 'phone-moved' ||
  template === 'second-fact-reset' ||
  template === 'second-factor-reset' ||
  template === 'guardian-asked' ||
  template === 'guardian-agreed' ||
  ((template === 'donation-cancelled' || template === 'shift-cancelled') && cause !== 'person');

/** Whether a person does not want this text. `cause` is that of a cancellation. */
export function isUnwanted(
  person: {
    readonly mutedTemplates: readonly MessageTemplate[];
    readonly tellAgain?: AgainWish;
    readonly callWish?: AgainWish;
  },
  template: MessageTemplate,
  cause?: unknown,
): boolean {
  if (GROUP_OF[template] === 'again') return (person.tellAgain ?? 'no') === 'no';
  if (GROUP_OF[template] === 'call') return (person.callWish ?? 'no') === 'no';
  return person.mutedTemplates.includes(template) && !isOwed(template, cause);
}
