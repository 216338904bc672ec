import type { HereTexts } from './here-zh.ts';
import { visitEn } from './visit-en.ts';

/** What a volunteer reads on the day: of a code that they have scanned; and what anybody reads of a pass, in English. */
export const hereEn: HereTexts = {
  title: 'Volunteer check-in',
  what: 'Event',
  ready: 'Is this your shift?',
  checkIn: 'I am here: check in',
  checkOut: 'I am leaving: check out',
  came: 'You checked in at {{time}}',
  thanks: 'Scan the code again when you leave. If you forget, the organiser can put it right.',
  left: 'Checked out: {{hours}} h {{minutes}} min count',
  leftText: 'Time within the shift counts, and it is on your record. Thank you!',
  notMine: 'You are not signed up for this shift',
  notMineText: 'If a place is free and you meet the conditions, you can join on the spot.',
  join: 'Join and check in',
  signIn: 'Sign in to check in',
  signInText: 'No hurry: what counts is when you scanned the code. Please finish within ten minutes.',
  over: 'Scan the code that is shown there again',
  overText:
    'It changes every 30 seconds; photos and forwarded codes do not work. Or ask the organiser to check you in.',
  nextShift: {
    insures: 'The organiser insures its volunteers and needs your identity number for it.',
    insuresGo: 'Add it or look',
    time: 'Be there 10 minutes early and check in with the organiser.',
    wear: 'Wear clothes and shoes you can move in, and bring your own cup.',
    cannot: 'If you cannot come, cancel as early as you can so that somebody else can.',
  },
  visit: visitEn,
  pass: {
    checking: 'Checking whether anything has changed…',
    offline:
      'There is no connection. This pass was kept on this device {{when}}; if the time was changed since, the text message counts.',
    none: 'Your pass is not kept on this device. Connect and open it once.',
    nothing: 'You have nothing booked. Once you have, show this when you come to give or to volunteer.',
    also: 'It is also for',
    pictureNote: 'For giving and for volunteering. To give, bring your own identity document',
    qr: 'QR code that says the pass code {{code}}',
    hint: 'One code for the desk where you give and for the organiser where you volunteer. To give, show your identity document too. It only finds what you have booked, and holds neither your name nor your number. Do not send it to others.',
    press: 'Press and hold the picture to save it or send it to yourself.',
    picture: 'Your pass, pass code {{code}}',
    text: 'Show it at the desk. It opens without a connection too.',
  },
  passOfShift: {
    text: 'The organiser scans it when you come and when you go. It opens without a connection too.',
  },
  mine: 'My bookings',
};
