import type { movesZh } from './moves-zh.ts';

/** A donation whose time or place was closed, as the donor sees it. In English. */
export const movesEn: typeof movesZh = {
  title: 'Your time was closed',
  lead: 'The time you had booked had to be closed. We are sorry.',
  empty: 'None of your bookings was moved.',
  was: 'Was',
  now: 'Kept for you',
  ask: 'Does this suit you? Please answer by {{when}}; if you do not, the new place stays yours.',
  kept: 'The new place is yours; you can still accept or change it.',
  accept: 'Yes, that suits me',
  other: 'Choose another time',
  cancel: 'Cancel the booking',
  accepted: 'You accepted it. See you then.',
  call: 'Or call {{phone}} and say code {{code}}.',
  otherDone: 'You chose another time.',
  cancelled: 'You cancelled this booking.',
  came: 'You were here. Thank you!',
  'moved-again': 'It has changed once more: see the latest.',
  returned: 'The closure was taken back: your old time holds.',
  released: 'Nothing near would do, so this booking has ended. Please choose another time.',
  rebooked: 'You have booked again. Thank you!',
  choose: 'Choose a time',
  toBooking: 'See the booking',
  note: 'Moved here from {{when}}, which was closed',
  see: 'Accept or change',
};
