import type { EligibilityFacts, PastDonation } from '../../shared/domain/refusal.ts';
import type { LocalDate } from '../../shared/domain/vocabulary.ts';

/** What the rules know of a man of thirty who has never given and may give anything. */
export const someone = (more: Partial<EligibilityFacts> = {}): EligibilityFacts => ({
  birthDate: '1996-05-01',
  sex: 'male',
  weightKg: 70,
  donations: [],
  repeatDonor: false,
  reactionRecorded: false,
  wantsExtendedAge: false,
  ...more,
});

export const wholeBlood = (date: LocalDate, volumeMl = 400): PastDonation => ({
  date,
  procedure: 'whole-blood',
  volumeMl,
});
export const platelets = (date: LocalDate, units: 1 | 2 = 2): PastDonation => ({
  date,
  procedure: 'platelets',
  volumeMl: units * 200,
  platelets: units,
});
