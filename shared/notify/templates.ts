import type { CancelCause, Language, Localized, MessageTemplate } from '../domain/vocabulary.ts';
import { countSegments } from './segments.ts';

export type MessageParams = Readonly<Record<string, string | Localized>>;

/**
 * A text's fixed words. `{place}` gives way when the whole is too long for one segment: what matters comes first, and the
 * link, which only opens a page, is left out before anything else is cut.
 */
type Wording = {
  readonly text: string;
  readonly link?: true;
  /** Says the same in fewer words, each less than the one before; the first that fits is taken, its place cut if need be. */
  readonly shorter?: readonly string[];
};
type Worded = Readonly<Record<Language, Wording>>;

/** Whoever asked to be unknown is told nothing more. */
type ToldCause = Exclude<CancelCause, 'erased'>;

const cancelled = (what: Localized): Readonly<Record<ToldCause, Worded>> => ({
  person: {
    zh: { text: `您已取消{when}{place}的${what.zh}。` },
    en: { text: `You cancelled your ${what.en} of {when} at {place}.` },
  },
  staff: {
    zh: { text: `您{when}{place}的${what.zh}已由工作人员取消，敬请谅解。`, link: true },
    en: { text: `Sorry, staff had to cancel your ${what.en} of {when} at {place}.`, link: true },
  },
  'event-cancelled': {
    zh: { text: `抱歉，{when}“{place}”活动已取消，您的报名随之取消。感谢您的热心。` },
    en: { text: `Sorry, {place} on {when} is cancelled, and your sign-up with it. Thank you for offering your time.` },
  },
  covered: {
    zh: { text: `已有人顶您{when}“{place}”的班，您不用来了，谢谢您提前安排。`, link: true },
    en: { text: 'Somebody has taken over your shift of {when}: {place}. Thank you for arranging it.', link: true },
  },
  'event-changed': {
    zh: {
      text: `抱歉，“{place}”有变动，您{when}的报名已取消，请另选时段。`,
      link: true,
    },
    en: {
      text: `Sorry, {place} has changed and your sign-up for {when} no longer fits. Please choose another shift.`,
      link: true,
    },
  },
  'site-closed': {
    zh: {
      text: `抱歉，{when}{place}停采，附近暂无空位，${what.zh}已取消，请另选 {link}`,
      shorter: [
        `{when}{place}停采，预约已取消，请另选 {link}`,
        `抱歉，{when}{place}停采，附近暂无空位，您的${what.zh}已取消，请另选时间。`,
      ],
    },
    en: {
      text: `Sorry, {place} is closed on {when} and nothing near is free. Your ${what.en} is off; please choose another time: {link}`,
      shorter: [
        `Sorry, {place} is closed on {when}. Please choose another time: {link}`,
        `Sorry, {place} is closed on {when}, so your ${what.en} is off. Please choose another time.`,
      ],
    },
  },
  // Says nothing of why: whoever else reads the phone learns nothing of the person's health.
  'no-longer-eligible': {
    zh: { text: `您{when}{place}的${what.zh}已取消，请登录查看何时可再预约。`, link: true },
    en: {
      text: `Your ${what.en} of {when} at {place} is cancelled. Sign in to see when you can book again.`,
      link: true,
    },
  },
});

const DONATION = cancelled({ zh: '献血预约', en: 'blood donation' });
const SHIFT = cancelled({ zh: '志愿服务报名', en: 'volunteer shift' });

/** An offer at a site says how to take it, on the page and by phone; where both do not fit, on the page. */
const OFFERED: Worded = {
  zh: {
    text: '您等的{when}{place}有空位，{until}前点 {link} 确认，或致电{phone}报{code}。',
    shorter: [
      '{when}{place}有空位，{until}前点 {link} 或电{phone}报{code}',
      '{when}{place}有位，{until}前点{link} 或电{phone}报{code}',
      '您等的{when}{place}有空位，请在{until}前确认 {link}',
      '您等的{when}{place}有空位，请在{until}前致电{phone}报{code}。',
      '{when}{place}有位，{until}前电{phone}报{code}',
    ],
  },
  en: {
    text: 'A place you wait for is free: {when}, {place}. Take it by {until}: {link} or call {phone}, code {code}.',
    shorter: [
      'A place is free: {when}, {place}. Take it by {until}: {link} or call {phone}, code {code}.',
      'A place you wait for is free: {when}, {place}. Take it by {until}: {link}',
      'A place you wait for is free: {when}, {place}. To take it, call {phone} by {until}, code {code}.',
    ],
  },
};

/** A closed door and the place kept instead: who is silent keeps it, so that what matters most is when and where. */
const MOVED: Worded = {
  zh: {
    text: '抱歉，{was}停采，已为您改留{when}{place}。{until}前点 {link} 确认或另选，或致电{phone}报{code}。',
    shorter: [
      '抱歉，{was}停采，改留{when}{place}，{until}前点 {link} 或电{phone}报{code}',
      '停采改期：为您留{when}{place}，{until}前点{link} 或电{phone}报{code}',
      '{was}停采，为您改留{when}{place}，请点 {link} 确认、另选或取消',
      '停采改期：为您留{when}{place}，点 {link} 确认、另选或取消',
      '停采改期：为您留{when}{place}，{until}前电{phone}报{code}可改或取消。',
      '停采改期：为您留{when}{place}，电{phone}报{code}',
    ],
  },
  en: {
    text: 'Sorry, we are closed at your time of {was}. We keep {when}, {place} for you. Accept or change by {until}: {link} or call {phone}, code {code}.',
    shorter: [
      'Sorry, closed {was}. We keep {when}, {place} for you. Reply by {until}: {link} or call {phone}, code {code}.',
      'Sorry, closed on {was}. We keep {when}, {place} for you. Accept, change or cancel: {link}',
      'Sorry, closed then. We keep {when}, {place} for you. To accept or change, call {phone}, code {code}.',
    ],
  },
};

const TEMPLATES: Record<MessageTemplate, Worded | Readonly<Record<ToldCause, Worded>>> = {
  'donation-booked': {
    zh: { text: '您已预约{when}在{place}献血，请带身份证。', link: true },
    en: { text: 'You are booked to give blood on {when} at {place}. Please bring your ID card.', link: true },
  },
  'donation-changed': {
    zh: { text: '您的献血预约已改为{when}，{place}，请带身份证。', link: true },
    en: { text: 'Your blood donation is now on {when} at {place}. Please bring your ID card.', link: true },
  },
  'donation-cancelled': DONATION,
  'shift-booked': {
    zh: { text: '您已报名{when}“{place}”（{role}），期待与您同行。', link: true },
    en: { text: 'You are signed up for {when}, {role}: {place}. Thank you.', link: true },
  },
  // To somebody whom an organiser signed up, perhaps with a telephone that opens no link.
  'shift-booked-for': {
    zh: {
      text: '已为您报名{when}“{place}”（{role}），不能来请致电{phone}。',
      shorter: ['已为您报名{when}“{place}”，不能来请致电{phone}。'],
    },
    en: {
      text: 'You are signed up for {when}, {role}: {place}. If you cannot come, call {phone}.',
      shorter: ['You are signed up for {when}: {place}. If you cannot come, call {phone}.'],
    },
  },
  'shift-changed': {
    zh: { text: '您的志愿服务已改为{when}“{place}”（{role}）。', link: true },
    en: { text: 'Your volunteer shift is now {when}, {role}: {place}.', link: true },
  },
  'shift-cancelled': SHIFT,
  'donation-thanked': {
    zh: { text: '感谢您{day}献血！血液用于临床后，我们会第一时间告诉您。', link: true },
    en: { text: 'Thank you for giving blood on {day}! We will text you when it has been used.', link: true },
  },
  'blood-used': {
    zh: { text: '您的血液已用于临床。{day}的这份心意，此刻温暖着另一个人，谢谢您！', link: true },
    en: {
      text: 'Your blood has been used clinically. What you gave on {day} is helping someone now. Thank you!',
      link: true,
    },
  },
  'blood-used-correction': {
    zh: { text: '抱歉，医院更正了记录：您{day}献的血目前尚未使用，此前的通知有误。感谢您的爱心与体谅。' },
    en: {
      text: 'Sorry: the hospital corrected its record. Your blood of {day} has not been used yet. Thank you for your kindness.',
    },
  },
  'donation-day-before': {
    zh: { text: '提醒：您预约了{when}在{place}献血，请吃好睡好、带身份证。', link: true },
    en: {
      text: 'Reminder: you are booked to give blood on {when} at {place}. Please eat well and bring your ID card.',
      link: true,
    },
  },
  // Says no "today": on a morning when nobody is woken for it, it comes the evening before.
  'donation-soon': {
    zh: { text: '期待与您相见：{when}，{place}献血。请多喝水、带身份证。', link: true },
    en: {
      text: 'See you soon: blood donation on {when} at {place}. Please drink plenty and bring your ID card.',
      link: true,
    },
  },
  'shift-day-before': {
    zh: { text: '提醒：您已报名{when}“{place}”（{role}），谢谢您。', link: true },
    en: { text: 'Reminder: you are signed up for {when}, {role}: {place}. Thank you.', link: true },
  },
  'shift-soon': {
    zh: { text: '期待与您相见：{when}“{place}”（{role}）。', link: true },
    en: { text: 'See you soon: {when}, {role}: {place}. Thank you for helping.', link: true },
  },
  'may-give-again': {
    zh: { text: '好消息：从{day}起，您又可以献{what}了。方便时欢迎再来，谢谢您！', link: true },
    en: { text: 'Good news: from {day} you may give {what} again. Come when it suits you. Thank you!', link: true },
  },
  'donation-moved': MOVED,
  'donation-offered': OFFERED,
  'shift-offered': {
    zh: {
      text: '您等的{when}{place}有空位，请在{until}前确认 {link}',
      shorter: ['您等的{when}{place}有空位，请在{until}前登录确认。'],
    },
    en: {
      text: 'A place you wait for is free: {when}, {place}. Take it by {until}: {link}',
      shorter: ['A place you wait for is free: {when}, {place}. Sign in to take it by {until}.'],
    },
  },
  // To a number that may be somebody else's by now, and may still be another donor's: it names nobody and says nothing of blood.
  'phone-moved': {
    zh: { text: '有人已将接收暖流通知的手机号由本号码改为其他号码。如非您本人要求，请致电{phone}。' },
    en: {
      text: "One person's messages to this number now go to another. If you did not ask for this, call {phone}.",
    },
  },
  'second-fact-reset': {
    zh: { text: '工作人员已为您重新登记用于确认身份的出生日期和证件号后四位。如非您本人要求，请致电{phone}。' },
    en: {
      text: 'Staff have set anew how you show who you are on a new device. If you did not ask for this, call {phone}.',
    },
  },
  'second-factor-reset': {
    zh: { text: '您的身份验证器已由两名管理员重置，下次登录时请重新设置。如非您本人要求，请致电{phone}。' },
    en: {
      text: 'Two admins have reset your authenticator: set up another. If you did not ask for this, call {phone}.',
    },
  },
  // To a number that somebody who is not of age has given: should it be the wrong one, it tells nobody who they are.
  'guardian-asked': {
    zh: {
      text: '{who}想参加{place}的志愿服务，填您为监护人。同意与否请点 {link}',
      shorter: [
        '{who}想参加{place}志愿服务，请监护人确认 {link}',
        '请监护人确认{who}的志愿服务 {link}',
        '{who}想参加{place}志愿服务，同意与否请监护人致电{phone}。',
      ],
    },
    en: {
      text: '{who} would like to volunteer with {place} and named you as guardian. Please say whether you agree: {link}',
      shorter: [
        '{who} would like to volunteer with {place}. As guardian, do you agree? {link}',
        'May {who} volunteer? Please answer: {link}',
        '{who} would like to volunteer with {place}. As guardian, please call {phone} to say whether you agree.',
      ],
    },
  },
  'guardian-agreed': {
    zh: { text: '您的监护人已同意您参加{place}的志愿服务，现在可以报名了。', link: true },
    en: { text: 'Your guardian agreed that you volunteer with {place}. You can sign up now.', link: true },
  },
  // Of who is short and of what, never of whose: a blood group in a text would be told to whoever reads the phone.
  'donation-called': {
    zh: {
      text: '近期{what}紧缺，您{day}可以献，{place}还有空位。愿意来请点 {link}',
      shorter: [
        '{what}紧缺，您{day}可以献，{place}有空位，愿意请点 {link}',
        '{what}紧缺，{day}{place}有空位，请点 {link}',
        '近期{what}紧缺，您{day}可以献，{place}还有空位。愿意来请登录预约，谢谢您。',
      ],
    },
    en: {
      text: '{place} is short of {what}. You may give on {day} and there are places free. If you can come: {link}',
      shorter: [
        '{place} is short of {what}. You may give on {day}: {link}',
        '{place} is short of {what}. You may give on {day} and there are places free. If you can come, sign in to book.',
      ],
    },
  },
  'donation-wait-closed': {
    zh: { text: '您等的{when}{place}献血不再开放，排队已结束，敬请谅解。', link: true },
    en: {
      text: 'Sorry, {place} takes no donations on {when} any more, so your wait for a place has ended.',
      link: true,
    },
  },
  'shift-note': {
    zh: { text: '{when}“{place}”通知：{note}' },
    en: { text: 'About {when}, {place}: {note}' },
  },
  // To the volunteer who asked for it. What was said to a no is on the page.
  'hours-approved': {
    zh: { text: '您申请的{day}“{place}”服务时长已审核通过，记为{hours}。', link: true },
    en: { text: 'The hours you asked about are agreed: {hours} on {day}, {place}.', link: true },
  },
  'hours-rejected': {
    zh: { text: '您申请的{day}“{place}”服务时长未通过审核，原因请登录查看。', link: true },
    en: { text: 'Your request about hours on {day}, {place}, was not agreed to. Sign in to read why.', link: true },
  },
  'shift-wait-closed': {
    zh: { text: '您等的{when}“{place}”不再招募，排队已结束，敬请谅解。', link: true },
    en: { text: 'Sorry, {place} on {when} takes no more volunteers, so your wait for a place has ended.', link: true },
  },
};

const say = (value: string | Localized | undefined, language: Language): string =>
  value === undefined ? '' : typeof value === 'string' ? value : value[language];

/** What a sender puts before every text, and how many segments the whole may take with it. */
export type RenderOptions = { readonly signature?: string; readonly maxSegments?: number };

const SHORTEST_PLACE = 4;

/**
 * The text of a message, in one segment: too long, it loses its link, then the end of its names. The signature is the
 * sender's to add; it is only counted here. With a Chinese signature an English text is UCS-2 too, and is given two.
 */
export function render(
  template: MessageTemplate,
  language: Language,
  params: MessageParams,
  { signature = '', maxSegments = segmentLimit(language, signature) }: RenderOptions = {},
): string {
  const { text, link, shorter = [] } = wordingOf(template, language, params);
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) values[name] = plain(name, say(value, language), language);
  const fits = (candidate: string): boolean => countSegments(signature + candidate).segments <= maxSegments;

  const linked = link && values['link'] ? `${fill(text, values)} ${values['link']}` : undefined;
  if (linked && fits(linked)) return linked;
  for (const wording of [text, ...shorter]) {
    const said = fitted(wording, values, language, fits);
    if (said !== undefined) return said;
  }
  return fill(shorter.at(-1) ?? text, values);
}

/** The words with their names cut until the whole fits; undefined where it never does. */
function fitted(
  text: string,
  names: Readonly<Record<string, string>>,
  language: Language,
  fits: (candidate: string) => boolean,
): string | undefined {
  const values = { ...names };
  if (fits(fill(text, values))) return fill(text, values);
  for (const name of ['place', 'role']) {
    const characters = [...(values[name] ?? '')];
    for (let keep = characters.length - 1; keep >= SHORTEST_PLACE; keep -= 1) {
      values[name] = characters.slice(0, keep).join('').trimEnd() + (language === 'zh' ? '…' : '..');
      const shortened = fill(text, values);
      if (fits(shortened)) return shortened;
    }
  }
  return undefined;
}

/** Texts longer than one segment, on purpose: an English one behind a Chinese signature. */
export const segmentLimit = (language: Language, signature: string): number =>
  language === 'en' && signature !== '' && countSegments(signature).encoding === 'ucs-2' ? 2 : 1;

function wordingOf(template: MessageTemplate, language: Language, params: MessageParams): Wording {
  const worded = TEMPLATES[template];
  if ('zh' in worded) return worded[language];
  const cause = params['cause'] as ToldCause;
  return (worded[cause] ?? worded.staff)[language];
}

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

const TYPOGRAPHY: Record<string, string> = { '‘': "'", '’': "'", '“': '"', '”': '"', '–': '-', '—': '-', '…': '...' };
/** What an English text says where a name has no letters that it can carry. */
const NAMELESS: Record<string, string> = { place: 'the place you chose', role: 'helper', who: 'A young person' };

/**
 * A value on one line. In English one character outside GSM-7, be it a typographic quote in a name, would make the whole
 * text UCS-2 and cut it at 70: accents are taken off, and what is left over is left out.
 */
function plain(name: string, value: string, language: Language): string {
  const line = value.replaceAll(/\s+/g, ' ').trim();
  if (language === 'zh' || countSegments(line).encoding === 'gsm-7') return line;
  const letters = [...line]
    .map((c) => TYPOGRAPHY[c] ?? c)
    .flatMap((c) => (isGsm(c) ? [c] : [...c.normalize('NFKD')].filter(isGsm)))
    .join('')
    .trim();
  return /[a-z]/i.test(letters) ? letters : (NAMELESS[name] ?? '');
}

const isGsm = (c: string): boolean => countSegments(c).encoding === 'gsm-7';
