import { NOT_SENT_HERE } from './reminders.ts';
import { isUnwanted } from './text-groups.ts';
import type { Instant, MessageStatus, MessageTemplate } from './vocabulary.ts';

/** Where a text stands, as its person is told. */
export const TEXT_STANDINGS = ['coming', 'under-way', 'sent', 'not-sent', 'unknown'] as const;
export type TextStanding = (typeof TEXT_STANDINGS)[number];

/** Why a text was not sent, or not yet. */
export const TEXT_REASONS = [
  'quiet-hours',
  'trying-again',
  'muted',
  'changed',
  'booked',
  'other-day',
  'corrected',
  'too-late',
  'daily-cap',
  'budget',
  'refused',
  'no-answer',
  'not-confirmed',
  'site',
] as const;
export type TextReason = (typeof TEXT_REASONS)[number];

type Text = {
  readonly template: MessageTemplate;
  readonly status: MessageStatus;
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly reason?: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** Reasons as they are noted on a text, in the words of whom it was for. */
const REASONS: Readonly<Record<string, TextReason>> = {
  changed: 'changed',
  booked: 'booked',
  'other-day': 'other-day',
  'switched-off': 'muted',
  muted: 'muted',
  'quiet-hours': 'too-late',
  'too-late': 'too-late',
  'daily-cap': 'daily-cap',
  'monthly-budget': 'budget',
  'number-in-doubt': 'not-confirmed',
  [NOT_SENT_HERE]: 'site',
};

/** Where a text stands and why, from what is stored of it and what its person wants now. */
export function textStanding(
  text: Text,
  person: Parameters<typeof isUnwanted>[0],
  now: Instant,
): { readonly standing: TextStanding; readonly why?: TextReason } {
  const { status, reason = '', dueAt, attempts } = text;
  if (status === 'sent') return { standing: 'sent' };
  if (status === 'uncertain') return { standing: 'unknown', why: 'no-answer' };
  if (status === 'failed') return { standing: 'not-sent', why: 'refused' };
  if (status === 'void' || status === 'withheld') return { standing: 'not-sent', why: REASONS[reason] ?? 'corrected' };
  if (status === 'claimed') return { standing: 'under-way' };
  if (isUnwanted(person, text.template, text.params['cause'])) return { standing: 'not-sent', why: 'muted' };
  if (dueAt <= now) return { standing: 'under-way' };
  if (attempts > 0) return { standing: 'under-way', why: 'trying-again' };
  if (reason === 'number-in-doubt') return { standing: 'coming', why: 'not-confirmed' };
  return { standing: 'coming', ...(reason === 'quiet-hours' && { why: 'quiet-hours' }) };
}

/**
 * Whether a text is shown to its person. A use that may yet be taken back is held, and one that was is not told: the page
 * must not say what the text was kept from saying. What was texted to a guardian lets them answer, and nobody in their stead.
 */
export const isShown = ({ template, status }: Pick<Text, 'template' | 'status'>): boolean =>
  template !== 'guardian-asked' && (template !== 'blood-used' || (status !== 'due' && status !== 'void'));
