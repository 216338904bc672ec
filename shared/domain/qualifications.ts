import { type LocalDate, type Localized, type Qualification, SKILLS, TRAININGS, type Training } from './vocabulary.ts';

/**
 * A skill or training that somebody has. Without `by` it is their own word; with it, the organisation whose organiser has
 * confirmed it, until a date where it runs out.
 */
export type HeldQualification = {
  readonly qualification: Qualification;
  readonly by?: string;
  /** The last local date on which it holds. */
  readonly until?: LocalDate;
};

export const QUALIFICATION_NAMES: Readonly<Record<Qualification, Localized>> = {
  haircutting: { zh: '理发', en: 'Haircutting' },
  sewing: { zh: '缝补', en: 'Sewing and mending' },
  repairs: { zh: '小家电维修', en: 'Small repairs' },
  computing: { zh: '电脑和手机使用', en: 'Computers and phones' },
  photography: { zh: '摄影', en: 'Photography' },
  'sign-language': { zh: '手语', en: 'Sign language' },
  english: { zh: '英语', en: 'English' },
  driving: { zh: '驾驶', en: 'Driving' },
  nursing: { zh: '护理', en: 'Nursing' },
  teaching: { zh: '辅导功课', en: 'Tutoring' },
  induction: { zh: '志愿者岗前培训', en: 'Volunteer induction' },
  'blood-service': { zh: '无偿献血志愿服务培训', en: 'Blood-donation service training' },
  'first-aid': { zh: '急救培训', en: 'First-aid training' },
  'elder-care': { zh: '为老服务培训', en: 'Training in helping the elderly' },
  'child-protection': { zh: '未成年人保护培训', en: 'Child protection training' },
  'food-safety': { zh: '食品安全培训', en: 'Food-safety training' },
};

/** Their names one after another, as each language writes them. */
export const namesOf = (qualifications: readonly Qualification[]): Localized => ({
  zh: qualifications.map((each) => QUALIFICATION_NAMES[each].zh).join('、'),
  en: qualifications.map((each) => QUALIFICATION_NAMES[each].en).join(', '),
});

export const isTraining = (qualification: Qualification): qualification is Training =>
  TRAININGS.some((each) => each === qualification);
export const isSkill = (qualification: Qualification): boolean => SKILLS.some((each) => each === qualification);

/** Whether it counts on a date: a skill on one's own word, a training only when confirmed; neither past its end. */
const counts = ({ qualification, by, until }: HeldQualification, date: LocalDate): boolean =>
  (by !== undefined || !isTraining(qualification)) && (until === undefined || date <= until);

/** Which of what is needed somebody does not have on a date. */
export const missingOf = (
  needs: readonly Qualification[],
  held: readonly HeldQualification[],
  date: LocalDate,
): readonly Qualification[] =>
  needs.filter((need) => !held.some((each) => each.qualification === need && counts(each, date)));

/** After somebody has said anew which skills they have: what was confirmed stays, also where they no longer say it. */
export const declared = (
  held: readonly HeldQualification[],
  skills: readonly Qualification[],
): readonly HeldQualification[] => [
  ...held.filter(({ by }) => by !== undefined),
  ...skills
    .filter((skill) => isSkill(skill) && !held.some((each) => each.qualification === skill && each.by !== undefined))
    .map((qualification) => ({ qualification })),
];

/** After somebody has said of some skills that they have them: of others nothing was said. */
export const alsoDeclared = (
  held: readonly HeldQualification[],
  skills: readonly Qualification[],
): readonly HeldQualification[] => {
  // What was confirmed stays anyway.
  const said = held.map(({ qualification }) => qualification);
  return declared(held, [...new Set([...said, ...skills])]);
};

/** After an organiser has confirmed one, in place of what was known of it; or, without a `confirmed`, taken that back. */
export const confirmed = (
  held: readonly HeldQualification[],
  qualification: Qualification,
  confirmation: { readonly by: string; readonly until?: LocalDate } | undefined,
): readonly HeldQualification[] => {
  const others = held.filter((each) => each.qualification !== qualification);
  if (confirmation) return [...others, { qualification, ...confirmation }];
  // Their own word stands again; a training has none.
  return isTraining(qualification) ? others : [...others, { qualification }];
};

/** What two records of one person know: what was confirmed before what was said, and the longest of each. */
export function joinQualifications(
  kept: readonly HeldQualification[],
  other: readonly HeldQualification[],
): readonly HeldQualification[] {
  const best = new Map<Qualification, HeldQualification>();
  for (const each of [...kept, ...other]) {
    const known = best.get(each.qualification);
    if (!known || weight(each) > weight(known)) best.set(each.qualification, each);
  }
  return [...best.values()];
}

const FOR_EVER = '9999-12-31';
const weight = ({ by, until }: HeldQualification): string => (by === undefined ? '' : (until ?? FOR_EVER));
