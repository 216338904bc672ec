import type { Refusal, RefusalCode } from './refusal.ts';
import type { Instant, Language, LocalDate, Localized } from './vocabulary.ts';

/** One sentence a reason, in both languages. `{name}` is filled from params. */
const REFUSAL_SENTENCES: Record<RefusalCode, Localized> = {
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
  'skill-missing': {
    zh: '这个岗位需要会{zh}。如果您会，请先在“我的技能”中填写。',
    en: 'This role needs: {en}. If you have it, add it under “My skills” first.',
  },
  'training-missing': {
    zh: '这个岗位须参加过“{zh}”并经组织者确认，且在服务当天仍有效。',
    en: 'This role needs the training “{en}”, confirmed by an organiser and still valid on the day.',
  },
  overlap: { zh: '与您已有的预约时间重叠。', en: 'You already have a booking at this time.' },
  'live-donation-booking': { zh: '您已有一个献血预约。', en: 'You already have a donation booking.' },
  'invite-needed': {
    zh: '这个时段的名额是为单位预留的，请用单位发的邀请码预约；过了截止时间，余下的名额会向所有人开放。',
    en: 'These places are kept for a work unit: book with the code it sent. What is left after its time is open to everybody.',
  },
  'slot-full': { zh: '该时段已约满。', en: 'This slot is full.' },
  'slot-closed': { zh: '该时段已不再开放。', en: 'This slot is no longer open.' },
  'slot-past': { zh: '该时段已过。', en: 'This slot is in the past.' },
  'sign-up-not-open': { zh: '报名尚未开始，{opens}开放。', en: 'Sign-up is not open yet: it opens on {opens}.' },
  'sign-up-closed': { zh: '报名已经截止。', en: 'Sign-up has closed.' },
  'past-cutoff': {
    zh: '已过可更改的时间，请致电站点。',
    en: 'It is too late to change this online; please call the site.',
  },
  'has-room': { zh: '还有空位，可以直接预约。', en: 'There is a free place: you can book it now.' },
  'wait-too-late': {
    zh: '该时段即将开始，已来不及排队等候。',
    en: 'It begins too soon to wait for a place.',
  },
  'offer-over': {
    zh: '确认时间已过，空位已让给下一位。',
    en: 'The time to take this place is over, and it has passed on.',
  },
};

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

/** A shift with a least age asks for the birth date alone. */
const BIRTH_DATE_MISSING: Localized = {
  zh: '请先在“我的”中补全出生日期。',
  en: 'Please add your birth date to your profile first.',
};

/** A shift's ages have nothing to do with giving blood. */
const SHIFT_AGES: Readonly<Record<string, Localized>> = {
  'too-young': { zh: '这个岗位须年满{years}周岁。', en: 'This role is for people of {years} or older.' },
  'too-old': { zh: '这个岗位的年龄上限为{years}周岁。', en: 'This role is for people up to the age of {years}.' },
};

const INSTANT: Intl.DateTimeFormatOptions = {
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};
/** An instant as the clocks of a place show it: 12月5日 20:00, 5 December at 20:00. */
const instantText = (at: Instant, zone: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { ...INSTANT, timeZone: zone }).format(new Date(at));

/** A reason in words; for an interval, `params` are `last` (a date), `value` and `unit`; a weight comes in the pack's unit. */
export function refusalSentence(refusal: Refusal, language: Language): string {
  const { value, unit, last, at, zone, ...rest } = refusal.params ?? {};
  const span = SPAN[String(unit)];
  const min = span ? (language === 'zh' ? `${value}${span.zh}` : `${value} ${span.en}${value === 1 ? '' : 's'}`) : '';
  const words = refusal.rule?.startsWith('shift-')
    ? refusal.code === 'profile-incomplete'
      ? BIRTH_DATE_MISSING
      : SHIFT_AGES[refusal.code]
    : undefined;
  const weight =
    rest['lb'] === undefined ? { zh: `${rest['kg']} 公斤`, en: `${rest['kg']} kg` } : IN_POUNDS(rest['lb']);
  const said = fill((words ?? REFUSAL_SENTENCES[refusal.code])[language], {
    ...rest,
    min,
    least: weight[language],
    ...(last !== undefined && { last: dateText(String(last), language) }),
    ...(at !== undefined && { opens: instantText(String(at), String(zone), language) }),
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
