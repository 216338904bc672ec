import type { Refusal, RefusalCode } from './refusal.ts';
import { inWords, isOfRules, type RuleCode, ruleSentence } from './rule-sentences.ts';
import type { Instant, Language, Localized } from './vocabulary.ts';

/** One sentence for each further reason why a booking cannot be. A page that asks the rules alone loads none of these. */
const BOOKING_SENTENCES: Record<Exclude<RefusalCode, RuleCode>, Localized> = {
  'skill-missing': {
    zh: '这个岗位需要会{zh}。如果您会，请先在“我的技能”中填写。',
    en: 'This role needs: {en}. If you have it, add it under “My skills” first.',
  },
  'training-missing': {
    zh: '这个岗位须参加过“{zh}”并经组织者确认，且在服务当天仍有效。',
    en: 'This role needs the training “{en}”, confirmed by an organiser and still valid on the day.',
  },
  'guardian-needed': {
    zh: '服务当天未满18周岁，报名前需要监护人同意一次，以后报这个组织的活动就不用再问。',
    en: 'You are under 18 on that day: your guardian has to agree once before you sign up. After that you can sign up with this organisation freely.',
  },
  overlap: { zh: '与您已有的预约时间重叠。', en: 'You already have a booking at this time.' },
  'rest-needed': {
    zh: '与您报名的另一个班次（{other}）之间休息不足{zh}。',
    en: 'This leaves less than {en} of rest between it and your other shift ({other}).',
  },
  'shift-cap': {
    zh: '这个活动每人最多报{most}个班次，您已报满。',
    en: 'One person may take up to {most} shifts of this event, and you have as many.',
  },
  'live-donation-booking': { zh: '您已有一个献血预约。', en: 'You already have a donation booking.' },
  'invite-needed': {
    zh: '这个时段的名额是为单位预留的，请用单位发的邀请码预约；过了截止时间，余下的名额会向所有人开放。',
    en: 'These places are kept for a work unit: book with the code it sent. What is left after its time is open to everybody.',
  },
  'volunteers-short': {
    zh: '这个时段的献血活动还差 {count} 名志愿者，人够以前暂不开放预约。可以先选其他时间，或报名做志愿者。',
    en: 'The blood drive at this time still needs {count} more volunteer(s), and takes no new bookings until then. Please choose another time, or volunteer.',
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
  'cover-over': {
    zh: '已经有人顶班，或对方不再需要顶班了。',
    en: 'Somebody has taken over already, or cover is no longer asked for.',
  },
  'others-wait': {
    zh: '有人在排队等这个班次：请直接取消报名，名额会按顺序给他们。',
    en: 'People are waiting for this shift: cancel your sign-up, and your place goes to the first of them.',
  },
  'others-first': {
    zh: '有人在排队等这个班次，名额先问他们；您也可以排队。',
    en: 'People are waiting for this shift, and are asked first. You can wait for a place too.',
  },
  'team-full': {
    zh: '这个班次只剩 {free} 个名额，不够整个团队。',
    en: 'Only {free} places are left in this shift: not enough for the whole team.',
  },
  'team-open': {
    zh: '您在这个活动里还有一个团队没有凑齐；凑齐或结束后，才能再报一个。',
    en: 'You have a team in this event that is not complete yet. Complete or end it before you begin another.',
  },
  'team-too-late': {
    zh: '离开始（或报名截止）太近，来不及等成员确认；请各自报名。',
    en: 'It is too late for a team: its members could no longer answer. Each can still sign up on their own.',
  },
  'team-place-over': {
    zh: '这个名额已经有人确认、被收回，或过了确认时间。',
    en: 'This place has been taken, was taken back, or its time is over.',
  },
  'offer-over': {
    zh: '确认时间已过，空位已让给下一位。',
    en: 'The time to take this place is over, and it has passed on.',
  },
};

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

/** What is told to somebody who asks for another, who has them on the phone and no right to know more. */
const OF_ANOTHER: Partial<Record<RefusalCode, Localized>> = {
  'skill-missing': {
    zh: '这个岗位需要会{zh}，对方的记录中没有。',
    en: 'This role needs: {en}. That is not on their record.',
  },
  // Only of a shift.
  'slot-full': { zh: '这个班次已报满。', en: 'This shift is full.' },
  'slot-closed': { zh: '这个班次已不再接受报名。', en: 'Nobody can sign up for this shift any more.' },
  'slot-past': { zh: '这个班次已经开始。', en: 'This shift has begun.' },
  overlap: { zh: '对方在这个时间已有其他预约。', en: 'They already have a booking at this time.' },
  'rest-needed': {
    zh: '与对方报名的另一个班次之间休息不足{zh}。',
    en: 'This leaves less than {en} of rest between it and another shift of theirs.',
  },
  'shift-cap': {
    zh: '这个活动每人最多报{most}个班次，对方已报满。',
    en: 'One person may take up to {most} shifts of this event, and they have as many.',
  },
  'profile-incomplete': {
    zh: '对方的记录中没有出生日期；未满18周岁须监护人同意，所以要先登记。',
    en: 'Their birth date is not on record. Whoever is under 18 needs a guardian’s consent, so it is asked first.',
  },
  'guardian-needed': {
    zh: '对方服务当天未满18周岁，须监护人同意一次：对方可以自己请监护人确认，也可以由您登记纸质同意书。',
    en: 'They are under 18 on that day, and a guardian has to agree once: they can ask theirs, or you note a consent on paper.',
  },
};

/** A reason in words, whatever it comes of. */
export function refusalSentence(refusal: Refusal, language: Language, of: 'self' | 'another' = 'self'): string {
  const { at, zone } = refusal.params ?? {};
  const said = at === undefined ? '' : instantText(String(at), String(zone), language);
  const also = { opens: said, other: said };
  const ofShift = refusal.rule?.startsWith('shift-')
    ? refusal.code === 'profile-incomplete'
      ? BIRTH_DATE_MISSING
      : SHIFT_AGES[refusal.code]
    : undefined;
  const ofAnother = of === 'another' ? OF_ANOTHER[refusal.code] : undefined;
  if (ofAnother) return inWords(refusal, language, ofAnother, also);
  if (ofShift) return inWords(refusal, language, ofShift, also);
  return isOfRules(refusal.code)
    ? ruleSentence(refusal, language)
    : inWords(refusal, language, BOOKING_SENTENCES[refusal.code], also);
}
