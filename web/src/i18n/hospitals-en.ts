import type { hospitalsZh } from './hospitals-zh.ts';

/** How hospitals report what they were issued. */
export const hospitalsEn: typeof hospitalsZh = {
  title: 'Hospitals’ reports',
  lead: 'What this station issued to each hospital: how much was reported back, how and after how long, and what has not been reported yet.',
  period: 'Period',
  months: { '1': 'Last month', '3': 'Last 3 months', '6': 'Last 6 months' },
  since: 'Issued since {{from}}',
  empty: 'Nothing was issued in this period, and no hospital is on record.',
  columns: {
    hospital: 'Hospital',
    issued: 'Issued',
    reported: 'Reported',
    way: 'How it was recorded',
    delay: 'Time to report (median)',
    unreported: 'Unreported',
  },
  reported: '{{used}} used, {{returned}} returned, {{discarded}} discarded',
  ways: 'scan {{scan}} · hand {{hand}} · file {{file}}',
  share: '{{percent}}% by scan',
  noWay: 'not on record',
  fromUse: '{{n}} days from use',
  fromIssue: '{{n}} days from issue',
  none: '—',
  oldest: 'oldest issued on {{date}}',
  waiting: 'Not reported yet',
  nothingWaits: 'Everything that was issued has been reported.',
  waits: { din: 'Donation', what: 'Component', hospital: 'Hospital', issued: 'Issued on', days: 'Since' },
  days: '{{n}} days',
  more: '{{n}} more are not listed; the file has all of them.',
  csv: 'Save as CSV',
};
