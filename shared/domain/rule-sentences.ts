import type { Refusal, RefusalCode } from './refusal.ts';
import type { Language, LocalDate, Localized } from './vocabulary.ts';

/** One sentence a reason that a pack's rules give, in both languages. `{name}` is filled from params. */
const RULE_SENTENCES = {
  'profile-incomplete': {
    zh: '请先在“我的”中补全出生日期、性别和体重。',
    en: 'Please add your birth date, sex and weight to your profile first.',
  },
  'too-young': { zh: '未满{years}周岁，暂不能献血。', en: 'You must be at least {years} to give blood.' },
  'too-old': {
    zh: '已超过献血年龄上限（{years}周岁）。',
    en: 'You are past the upper age for giving blood ({years}).',
  },
  'extended-age-not-open': {
    zh: '{years}周岁以后，仅限既往无献血反应的多次献血者主动要求后继续献血。',
    en: 'After {years}, only repeat donors without a recorded reaction who ask for it may go on giving.',
  },
  'too-light': { zh: '体重须不低于 {least}。', en: 'You must weigh at least {least}.' },
  deferred: { zh: '目前处于暂缓献血期。', en: 'You have been asked to wait before giving blood.' },
  'deferred-permanently': {
    zh: '您不适宜献血，感谢您的爱心。',
    en: 'Giving blood is not open to you; thank you for wanting to.',
  },
  'own-answers': {
    zh: '根据您自己的回答，目前还需等待。',
    en: 'By your own answers you need to wait before giving blood.',
  },
  interval: {
    zh: '距上次献血（{last}）间隔不足（须满{min}）。',
    en: 'Too soon after your donation of {last} (the interval is {min}).',
  },
  'yearly-cap': { zh: '已达到一年内的献血上限。', en: 'You have reached the most that may be given in a year.' },
  'person-inactive': { zh: '该账户已停用。', en: 'This account is not active.' },
} as const satisfies Partial<Record<RefusalCode, Localized>>;
export type RuleCode = keyof typeof RULE_SENTENCES;

/** A sentence with its `{name}`s filled in. */
export const fill = (sentence: string, params: Readonly<Record<string, string | number>> = {}): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));

const SPAN: Record<string, Localized> = {
  day: { zh: '天', en: 'day' },
  week: { zh: '周', en: 'week' },
  month: { zh: '个月', en: 'month' },
  year: { zh: '年', en: 'year' },
};

const DATES = {
  zh: new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
};
/** A local date as people write it: 2026年12月20日, 20 December 2026. */
const dateText = (date: LocalDate, language: Language): string => DATES[language].format(new Date(date));

const IN_POUNDS = (lb: string | number): Localized => ({ zh: `${lb} 磅`, en: `${lb} lb` });

/** A reason that comes of a pack's rules in words, as a page may decide it by itself. */
export const ruleSentence = (refusal: Refusal, language: Language): string =>
  inWords(refusal, language, isOfRules(refusal.code) ? RULE_SENTENCES[refusal.code] : RULE_SENTENCES.deferred);

export const isOfRules = (code: RefusalCode): code is RuleCode => code in RULE_SENTENCES;

/**
 * A reason in the words for it, with when it ends; for an interval, `params` are `last` (a date), `value` and `unit`; a weight
 * comes in the pack's unit.
 */
export function inWords(
  refusal: Refusal,
  language: Language,
  words: Localized,
  also: Readonly<Record<string, string>> = {},
): string {
  const { value, unit, last, ...rest } = refusal.params ?? {};
  const span = SPAN[String(unit)];
  const min = span ? (language === 'zh' ? `${value}${span.zh}` : `${value} ${span.en}${value === 1 ? '' : 's'}`) : '';
  const weight =
    rest['lb'] === undefined ? { zh: `${rest['kg']} 公斤`, en: `${rest['kg']} kg` } : IN_POUNDS(rest['lb']);
  const said = fill(words[language], {
    ...rest,
    min,
    least: weight[language],
    ...(last !== undefined && { last: dateText(String(last), language) }),
    ...also,
  });
  const full = refusal.cause ? `${refusal.cause[language]}${language === 'zh' ? '。' : '.'}` : said;
  if (!refusal.from) return full;
  const from = dateText(refusal.from, language);
  // A cause that has not ended can only be told its earliest end.
  const ongoing = rest['ongoing'] !== undefined;
  return language === 'zh'
    ? `${full.replace(/。$/, '')}，${ongoing ? '最早' : ''}${from}起可以。`
    : `${full.replace(/\.$/, '')}; from ${from}${ongoing ? ' at the earliest' : ''}.`;
}
