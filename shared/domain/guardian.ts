import { birthday } from './dates.ts';
import type { EligibilityFacts } from './refusal.ts';
import type { GuardianStatus, Instant, LocalDate, Mark } from './vocabulary.ts';

/** From this age on somebody decides alone whether they volunteer. */
export const OF_AGE_YEARS = 18;
export const OF_AGE: { readonly source: { readonly zh: string; readonly en: string }; readonly mark: Mark } = {
  source: { zh: '《民法典》第十七条：十八周岁以上为成年人', en: 'Civil Code of China, Article 17: of age at 18' },
  mark: 'R',
};

/** Whether somebody is not of age on a local date: they are from their eighteenth birthday on. */
export const isUnderAge = (birthDate: LocalDate, date: LocalDate): boolean => date < birthday(birthDate, OF_AGE_YEARS);

export const GUARDIAN_STEPS = ['ask', 'give', 'refuse', 'withdraw', 'note'] as const;
export type GuardianStep = (typeof GUARDIAN_STEPS)[number];

/**
 * Which states a step may leave, `none` where nobody was asked, and where it leads. The guardian's own word can be changed by
 * them at any time; `note` is the organiser's, who has it on paper. What stands is not asked for again.
 */
export const GUARDIAN_TRANSITIONS = {
  ask: { from: ['none', 'asked', 'refused', 'withdrawn'], to: 'asked' },
  give: { from: ['asked', 'refused', 'withdrawn'], to: 'given' },
  refuse: { from: ['asked'], to: 'refused' },
  withdraw: { from: ['given'], to: 'withdrawn' },
  note: { from: ['none', 'asked', 'refused', 'withdrawn'], to: 'given' },
} as const satisfies Record<
  GuardianStep,
  { readonly from: readonly (GuardianStatus | 'none')[]; readonly to: GuardianStatus }
>;

export const mayStep = (step: GuardianStep, from: GuardianStatus | undefined): boolean =>
  (GUARDIAN_TRANSITIONS[step].from as readonly string[]).includes(from ?? 'none');

/** How often a day guardians may be texted for one person and organisation: a number typed wrongly can be put right, and nobody is pestered. */
export const MOST_ASKED_A_DAY = 3;
/** How many such texts a day go to one number, whoever asks: it may be a guardian of several, or nobody's. */
export const MOST_TO_A_NUMBER_A_DAY = 6;
const DAY_MS = 24 * 60 * 60_000;

/** The times of the last day at which a guardian was texted. */
export const askedLately = (asked: readonly Instant[], now: Instant): readonly Instant[] =>
  asked.filter((at) => Date.parse(at) > Date.parse(now) - DAY_MS);

/** Whether somebody's guardian agrees that they serve with an organisation. */
export const hasConsent = ({ guardianFor = [] }: EligibilityFacts, organisationId: string): boolean =>
  guardianFor.includes(organisationId);

/** What is known of somebody once their guardian agrees to an organisation, or no longer does. */
export function withConsent(facts: EligibilityFacts, organisationId: string, isGiven: boolean): EligibilityFacts {
  if (hasConsent(facts, organisationId) === isGiven) return facts;
  const { guardianFor = [], ...rest } = facts;
  const left = isGiven ? [...guardianFor, organisationId] : guardianFor.filter((it) => it !== organisationId);
  return { ...rest, ...(left.length > 0 && { guardianFor: left }) };
}

/** What a guardian has said of one person twice, as two records were one person's: the later word stands, else what was asked last. */
export const laterWord = <T extends { readonly saidAt?: Instant; readonly asked: readonly Instant[] }>(
  a: T,
  b: T,
): T => (order(a) >= order(b) ? a : b);
const order = ({ saidAt, asked }: { readonly saidAt?: Instant; readonly asked: readonly Instant[] }): string =>
  saidAt === undefined ? `0${asked.at(-1) ?? ''}` : `1${saidAt}`;
