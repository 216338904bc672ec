import type { LocalDate, Localized, Mark } from '../domain/vocabulary.ts';

/** A public holiday with the days that are free for it, and the weekend days that are worked instead. */
export type Holiday = {
  readonly name: Localized;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly worked: readonly LocalDate[];
};

/** A year's holidays as the State Council announces them each autumn; without them where the notice has not been read. */
export type HolidayYear = {
  readonly year: number;
  readonly source: string;
  readonly mark?: Mark;
  readonly holidays?: readonly Holiday[];
};

/**
 * Mainland China. The days a year has are decided by notice, year by year, and weekends are moved: nothing is worked out here. A year
 * whose notice has not been read is listed without days, so that nobody takes silence for a working day.
 */
export const CN_HOLIDAYS: readonly HolidayYear[] = [
  {
    year: 2026,
    source: '国务院办公厅关于2026年部分节假日安排的通知（2025-11-04），经转载全文读到',
    mark: 'C†',
    holidays: [
      { name: { zh: '元旦', en: 'New Year' }, from: '2026-01-01', to: '2026-01-03', worked: ['2026-01-04'] },
      {
        name: { zh: '春节', en: 'Spring Festival' },
        from: '2026-02-15',
        to: '2026-02-23',
        worked: ['2026-02-14', '2026-02-28'],
      },
      { name: { zh: '清明节', en: 'Qingming' }, from: '2026-04-04', to: '2026-04-06', worked: [] },
      { name: { zh: '劳动节', en: 'Labour Day' }, from: '2026-05-01', to: '2026-05-05', worked: ['2026-05-09'] },
      { name: { zh: '端午节', en: 'Dragon Boat Festival' }, from: '2026-06-19', to: '2026-06-21', worked: [] },
      { name: { zh: '中秋节', en: 'Mid-Autumn Festival' }, from: '2026-09-25', to: '2026-09-27', worked: [] },
      {
        name: { zh: '国庆节', en: 'National Day' },
        from: '2026-10-01',
        to: '2026-10-07',
        worked: ['2026-09-20', '2026-10-10'],
      },
    ],
  },
  { year: 2027, source: '国务院办公厅关于2027年部分节假日安排的通知：尚未读到，不作推算' },
];
