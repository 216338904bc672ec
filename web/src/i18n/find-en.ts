import type { Texts } from './zh.ts';

/** Finding a time to give, in English. */
export const findEn: Texts['find'] = {
  soonest: 'Soonest',
  soonestNone: 'Everything is full for four weeks.',
  take: 'Take this time',
  district: 'District',
  all: 'All',
  next: '{{procedure}}: {{when}}',
  nextNone: '{{procedure}}: full for four weeks',
  allDates: 'See all dates',
  tooFar: 'Bookings are taken four weeks ahead. Please look again after {{date}}.',
  short: { weekday: 'Not open', holiday: 'Closed', over: 'Over', 'not-yet': 'Not yet', closed: 'Stopped' },
  why: {
    full: '{{day}} is full. When somebody cancels, the place shows here at once.',
    weekday: '{{site}} does not take {{procedure}} on this day of the week.',
    holiday: '{{site}} is closed on {{day}}.',
    over: 'All times on {{day}} have passed.',
    'not-yet': '{{day}} cannot be booked yet: bookings are taken four weeks ahead.',
    closed: '{{site}} has stopped taking bookings for {{day}}.',
  },
  noDay: 'There is no room here for four weeks.',
  elsewhere: 'Soonest at other places',
  share: 'Share this page',
  shared: 'The link is copied: paste it to a friend.',
  shareWechat: 'To send it to a friend, press “···” at the top right.',
  nearest: 'The nearest times that day',
  nearestNone: 'There is no other room that day.',
  otherDays: 'See other dates',
  unsure:
    'We do not know yet whether you are booked. Please stay: it is asked again by itself once you are connected, or press below. You will not be booked twice.',
  sure: 'Check, and book if it was not',
  already: 'You already hold this booking:',
  alreadyChange: 'To move it to the time you chose, open it and press “Change the time”.',
  expired: 'Your session has ended. Sign in again and you come back to this page, with all you chose.',
  noLonger: 'This booking has changed meanwhile, perhaps on another page, and this can no longer be done.',
  see: 'See it as it is now',
};
