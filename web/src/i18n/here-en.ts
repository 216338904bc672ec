import type { HereTexts } from './here-zh.ts';

/** What a volunteer reads on the day: of their pass, and of a code that they have scanned, in English. */
export const hereEn: HereTexts = {
  title: 'Volunteer check-in',
  what: 'Event',
  ready: 'Is this your shift?',
  checkIn: 'I am here: check in',
  checkOut: 'I am leaving: check out',
  came: 'You are checked in since {{time}}',
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
  passText: 'The organiser scans it when you come and when you go. It opens without a connection too.',
  passHint: 'Show this page when you come and when you go. Code and picture hold neither your name nor your number.',
  passEnded: 'This sign-up is over or no longer holds.',
  mine: 'My bookings',
};
