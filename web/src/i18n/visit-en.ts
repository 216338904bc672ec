import type { visitZh } from './visit-zh.ts';

/** A booking's pass, its place in a calendar, and what the visit is like, in English. */
export const visitEn: typeof visitZh = {
  bring: 'What to bring',
  before: 'Before you come',
  day: 'How long it takes',
  dayText: 'Registration, examination, about {{giving}} minutes of giving, rest: about {{total}} in all.',
  minutes: '{{n}} minutes',
  hours: '{{n}} hours',
  amount: 'How much',
  amountMl: '{{list}} ml, as you and the physician agree on the day.',
  amountUnits: '{{list}} therapeutic units, as the physician agrees with you after the tests on the day.',
  or: ' or ',
  comma: ', ',
  after: 'Afterwards',
  whom: 'Whom to call',
  whomText: 'Before or after, call the site:',
  source: 'Source: {{source}}',
  calendar: 'Add to my calendar',
  calendarRemove: 'Take it out of my calendar',
  calendarAgain: 'After a change, add it again: it is brought up to date, not doubled.',
  calendarWechat:
    'WeChat cannot open a calendar file. Copy the link, paste it into your phone’s browser, and it goes into your calendar.',
  copy: 'Copy the calendar link',
  copied: 'Copied. Now paste it into your phone’s browser.',
  copyByHand: 'Press and hold the link to copy it:',
  pass: 'Your pass',
  passShow: 'Open the pass (QR code)',
  passCode: 'Pass code',
  passKeep: 'Keep as a picture',
  passDownload: 'Download the picture',
};
