import type { drivesZh } from './drives-zh.ts';

/** Blood drives: events on whose volunteers a site's times to give rest. In English. */
export const drivesEn: typeof drivesZh = {
  title: 'Blood drives',
  lead: 'Days to give that are held with a volunteer event. While a shift is short of its minimum, the times beside it are offered to nobody, and are again once it is not. What is booked stands, and staff may book by hand.',
  empty: 'There are no blood drives yet.',
  emptyText: 'An event’s organiser asks for one; it begins once the site agrees.',
  status: { asked: 'No answer yet', agreed: 'Agreed', declined: 'Declined' },
  filledAny: '{{taken}} of {{places}} signed up',
  filled: '{{taken}} of {{places}} signed up, at least {{minimum}}',
  short: '{{count}} short: the times beside those shifts are offered to nobody yet.',
  enough: 'There are enough volunteers; times are offered as usual.',
  cancelled:
    'The event was called off and has no volunteers, so its times are offered to nobody. If the site can go on alone, end the drive and they are offered again; if not, close them under “Closures”.',
  agree: 'Agree',
  decline: 'Decline',
  end: 'End the drive',
  ask: {
    title: 'Blood drive',
    lead: 'Tie this event to a donation site: donors see the event where they book, volunteers see the times to give.',
    noMinimum:
      'No shift has a minimum, so however few volunteers there are, no time is held back. Change the event first if one should be.',
    notYet: 'You can ask once the event is published.',
    site: 'Which donation site',
    siteHint: 'Its staff answer. Every day of the event is meant.',
    pick: 'Choose one',
    error: 'Choose the donation site',
    go: 'Ask the site',
    waits: 'You have asked. Until the site answers, its times are offered as usual.',
    declined: '{{site}} has declined. Call them and ask again, or ask another site.',
    short: 'Shifts short of their minimum: {{count}}. The times beside them are offered to nobody yet.',
    enough: 'There are enough volunteers; times are offered as usual.',
    changes:
      'An event that moves to another day is a drive no longer and has to ask again; another time of the same day is fine. If it is called off, the site decides about those days.',
    takeBack: 'Take it back',
    back: 'Back to the event',
  },
};
