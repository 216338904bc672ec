import type { settingsZh } from './settings-zh.ts';

/** A site's settings, in English. */
export const settingsEn: typeof settingsZh = {
  title: 'Settings',
  lead: 'These settings are of this site alone; who changed what is on record.',
  changed: 'Last changed: {{when}}',
  reminders: 'Reminders of a booking',
  dayBefore: 'Send one the day before',
  dayBeforeAt: 'At what time that day (local)',
  soon: 'Send one on the day',
  minutesBefore: 'How long before',
  remindersHint:
    'New bookings follow at once. For those who have booked already, reminders that are not sent yet follow within minutes; what was sent is not sent again.',
  quiet: 'Nobody is disturbed from {{from}} to {{to}}: a reminder that would come then comes before or after.',
  preview: 'Set like this, for bookings on {{day}}:',
  previewLine: 'at {{start}}, reminded {{times}}',
  previewNone: 'at {{start}}, not reminded',
  joint: ' and ',
  cutoff: 'Changing and cancelling',
  cutoffMinutes: 'Until when donors may do it themselves',
  cutoffHint:
    'For bookings to come: within minutes every slot is booked under the new setting. Who has booked already keeps the time they were told.',
  untilStart: 'Until it begins',
  before: '{{length}} before it begins',
  contact: 'Telephone',
  phone: 'The number donors call',
  phoneHint:
    'On the pages of the site, of bookings and of the waiting list, and in texts to who waits. Pages follow within minutes; texts that are written stay as they are.',
  hold: 'The text “Your blood has been used”',
  usedHold: 'How long it waits after a use is recorded',
  holdHint:
    'If the use is corrected while it waits, it is never sent. Holds from the next use recorded; texts that wait already keep their time.',
  stations: 'Shared stations',
  lock: 'Lock when nobody touches one for',
  lockHint: 'From the next time somebody signs in or unlocks.',
  holdDefault: '{{length}} (as at other sites)',
  seconds: '{{n}} seconds',
  minutes: '{{n}} minutes',
  hours: '{{n}} hours',
  days: '{{n}} days',
  save: 'Save settings',
  saved: 'The settings are saved',
  stale:
    'A colleague changed the settings meanwhile, so this was not saved. What you entered is still here, and where the settings now differ from it is marked below. Saving again puts yours in their place.',
  now: 'As it is now: {{value}}',
  off: 'not sent',
  error: {
    phone: 'Enter a number that can be called, such as 0571-88001234 or 400-000-0101',
    time: 'Enter the time at which the reminder of the day before is sent',
  },
};
