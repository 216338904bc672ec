import type { LifetimeRule, StarRules } from '../domain/hours.ts';

/** Hours from which each star is met, one to five. */
const STAR_HOURS = [100, 300, 600, 1000, 1500] as const;

/** The award for those who serve blood and stem-cell donation; it is the ministry's, so nobody here changes it. */
export const SERVICE_AWARD: StarRules & { readonly lifetime: readonly LifetimeRule[] } = {
  hours: STAR_HOURS,
  lifetime: [{ overHours: 2000, overYears: 10 }, { overHours: 3000 }],
  source: {
    zh: '《全国无偿献血表彰奖励办法》（2022）无偿献血志愿服务奖',
    en: 'Award rules for voluntary blood donation (2022), award for volunteer service',
  },
  mark: 'C',
};

/** Stars of volunteers whatever they serve: so in many places, otherwise in others. */
export const GENERAL_STARS: StarRules = {
  hours: STAR_HOURS,
  source: {
    zh: '星级志愿者的通行标准；各地可以另定',
    en: 'The usual thresholds for volunteers’ stars; other places set others',
  },
  mark: 'C',
};
