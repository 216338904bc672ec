import type { ProblemCode } from '../../shared/contract/problem.ts';
import type { Refusal, RefusalCode } from '../../shared/domain/refusal.ts';
import type { Language, LocalDate, Localized } from '../../shared/domain/vocabulary.ts';
import type { FieldError, FieldFault } from './problem.ts';

/** One sentence a code, in both languages. `{name}` is filled from params. */
const PROBLEM_SENTENCES: Record<ProblemCode, Localized> = {
  'invalid-json': { zh: '请求内容不是有效的 JSON。', en: 'The request is not valid JSON.' },
  'invalid-input': {
    zh: '有些内容填写不正确，请检查后再提交。',
    en: 'Some of the input is not right; please check and send it again.',
  },
  'idempotency-key-missing': {
    zh: '请求缺少 Idempotency-Key。',
    en: 'The request has no Idempotency-Key header (8 to 128 characters).',
  },
  'body-too-large': { zh: '请求内容超过 64 KB。', en: 'The request is larger than 64 KB.' },
  'unsupported-media-type': { zh: '请求内容须为 application/json。', en: 'The request must be application/json.' },
  'not-signed-in': { zh: '请先登录。', en: 'Please sign in first.' },
  'identity-rejected': {
    zh: '登录信息无法验证，请重新登录。',
    en: 'The sign-in could not be verified; please sign in again.',
  },
  'person-unknown': { zh: '请先完成登录。', en: 'Please finish signing in first.' },
  forbidden: { zh: '您没有权限进行此操作。', en: 'You may not do this.' },
  'not-found': { zh: '没有找到。', en: 'There is no such thing here.' },
  refused: { zh: '现在不能预约。', en: 'This place cannot be taken now.' },
  'wrong-state': { zh: '当前状态不能进行此操作。', en: 'This is not possible in its present state.' },
  'changed-meanwhile': {
    zh: '内容刚刚被修改过，请刷新后再试。',
    en: 'It was changed by someone else meanwhile; reload and try again.',
  },
  'din-taken': { zh: '该献血码已经登记过。', en: 'This donation number has already been recorded.' },
  'din-invalid': {
    zh: '献血码不正确，请核对校验位后重新扫描或输入。',
    en: 'This donation number is not right: check its check character and scan or type it again.',
  },
  'volume-not-allowed': {
    zh: '该献血量不符合规定。',
    en: 'This volume is not one the rules allow for this procedure.',
  },
  'hospital-record-missing': {
    zh: '登记临床使用须填写医院和医院用血记录号。',
    en: 'Recording a use needs the hospital and its own record number.',
  },
  'idempotency-key-reused': {
    zh: '同一个 Idempotency-Key 已用于另一项内容不同的请求。',
    en: 'This Idempotency-Key was already used with other input.',
  },
  'range-too-long': {
    zh: '日期范围不正确：最多 31 天，且结束不早于开始。',
    en: 'The range of dates must run forward and be at most 31 days.',
  },
  'event-incomplete': {
    zh: '活动信息还不完整或班次时间不正确。',
    en: 'The event is incomplete, or the times of a shift are not right.',
  },
  busy: {
    zh: '现在人太多，请稍候，系统会自动重试。',
    en: 'It is very busy just now; please wait a moment and try again.',
  },
  internal: { zh: '系统出错了，请稍后再试。', en: 'Something went wrong on our side; please try again later.' },
};

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
  'too-light': { zh: '体重须不低于 {kg} 公斤。', en: 'You must weigh at least {kg} kg.' },
  deferred: { zh: '目前处于暂缓献血期。', en: 'You have been asked to wait before giving blood.' },
  'deferred-permanently': {
    zh: '您不适宜献血，感谢您的爱心。',
    en: 'Giving blood is not open to you; thank you for wanting to.',
  },
  interval: {
    zh: '距上次献血（{last}）间隔不足（须满{min}）。',
    en: 'Too soon after your donation of {last} (the interval is {min}).',
  },
  'yearly-cap': { zh: '已达到一年内的献血上限。', en: 'You have reached the most that may be given in a year.' },
  'person-inactive': { zh: '该账户已停用。', en: 'This account is not active.' },
  overlap: { zh: '与您已有的预约时间重叠。', en: 'You already have a booking at this time.' },
  'live-donation-booking': { zh: '您已有一个献血预约。', en: 'You already have a donation booking.' },
  'slot-full': { zh: '该时段已约满。', en: 'This slot is full.' },
  'slot-closed': { zh: '该时段已不再开放。', en: 'This slot is no longer open.' },
  'slot-past': { zh: '该时段已过。', en: 'This slot is in the past.' },
  'past-cutoff': {
    zh: '已过可更改的时间，请致电站点。',
    en: 'It is too late to change this online; please call the site.',
  },
};

const FIELD_SENTENCES: Record<FieldFault, Localized> = {
  missing: { zh: '必填', en: 'is required' },
  'wrong-type': { zh: '类型不正确', en: 'is of the wrong type' },
  'unknown-key': { zh: '不认识的字段', en: 'is not a known field' },
  'too-short': { zh: '太短', en: 'is too short' },
  'too-long': { zh: '太长', en: 'is too long' },
  'too-small': { zh: '太小', en: 'is too small' },
  'too-big': { zh: '太大', en: 'is too large' },
  'not-allowed': { zh: '不在可选范围内', en: 'is not one of the allowed values' },
  malformed: { zh: '格式不正确', en: 'is not in the right form' },
  repeated: { zh: '与另一项重复', en: 'is the same as another' },
  'too-early': { zh: '时间太早', en: 'is too early' },
  'too-late': { zh: '时间太晚', en: 'is too late' },
  'no-such-time': {
    zh: '当天没有这个时刻（时钟拨快）',
    en: 'does not exist on that day: the clocks go forward over it',
  },
  'too-many-places': {
    zh: '班次和名额太多，请分成几个活动',
    en: 'are too many places for one event; please divide it',
  },
};

const fill = (sentence: string, params: Readonly<Record<string, string | number>> = {}): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));

export const problemSentence = (code: ProblemCode, language: Language): string => PROBLEM_SENTENCES[code][language];

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

/** A shift with a least age asks for the birth date alone. */
const BIRTH_DATE_MISSING: Localized = {
  zh: '请先在“我的”中补全出生日期。',
  en: 'Please add your birth date to your profile first.',
};

/** A reason in words; for an interval, `params` are `last` (a date), `value` and `unit`. */
export function refusalSentence(refusal: Refusal, language: Language): string {
  const { value, unit, last, ...rest } = refusal.params ?? {};
  const span = SPAN[String(unit)];
  const min = span ? (language === 'zh' ? `${value}${span.zh}` : `${value} ${span.en}${value === 1 ? '' : 's'}`) : '';
  const words =
    refusal.rule === 'shift-min-age' && refusal.code === 'profile-incomplete' ? BIRTH_DATE_MISSING : undefined;
  const said = fill((words ?? REFUSAL_SENTENCES[refusal.code])[language], {
    ...rest,
    min,
    ...(last !== undefined && { last: dateText(String(last), language) }),
  });
  if (!refusal.from) return said;
  const from = dateText(refusal.from, language);
  return language === 'zh'
    ? `${said.replace(/。$/, '')}，${from}起可以。`
    : `${said.replace(/\.$/, '')}; from ${from}.`;
}

export const fieldSentence = (field: FieldError, language: Language): string => FIELD_SENTENCES[field.why][language];
