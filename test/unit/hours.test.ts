import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areThresholds,
  type Correction,
  counted,
  countsToAward,
  decideFault,
  handFault,
  hoursOf,
  isThreshold,
  isWithinTerm,
  MOST_STAR_HOURS,
  mayAskForShift,
  meetsLifetime,
  minutesOf,
  oncePerShift,
  type Served,
  starsOf,
  sumOf,
  sumsBy,
} from '../../shared/domain/hours.ts';
import { EXPORT_FIELDS, type ExportRecord, exportRows, usualColumns } from '../../shared/domain/hours-export.ts';
import { CATEGORY_NAMES } from '../../shared/domain/service-categories.ts';
import { SERVICE_CATEGORIES } from '../../shared/domain/vocabulary.ts';
import { GENERAL_STARS, SERVICE_AWARD } from '../../shared/policy/service.ts';

let made = 0;
const served = (more: Partial<Served> = {}): Served => {
  made += 1;
  return { recordId: `r${made}`, date: '2026-11-14', minutes: 150, isTimed: true, category: 'community', ...more };
};
const all = (records: readonly Served[], corrections: readonly Correction[] = []) => counted(records, corrections);

describe('what was timed stands apart from what was added by hand', () => {
  it('a correction upwards is by hand, one downwards keeps what is left of the timed, and the last one holds', () => {
    const [timed, added] = [served({ recordId: 'a' }), served({ recordId: 'b', isTimed: false, minutes: 60 })];
    const of = (...minutes: number[]) => minutes.map((each, n): Correction => ({ of: 'a', n: n + 1, minutes: each }));
    expect(sumOf(all([timed, added]))).toEqual({ timed: 150, byHand: 60 });
    expect(all([timed], of(180))).toMatchObject([{ timed: 150, byHand: 30, corrections: 1 }]);
    expect(all([timed], of(180, 120))).toMatchObject([{ timed: 120, byHand: 0, corrections: 2 }]);
    expect(all([timed], of(120, 180).toReversed())).toMatchObject([{ timed: 150, byHand: 30 }]);
    expect(all([added], [{ of: 'b', n: 1, minutes: 0 }])).toMatchObject([{ timed: 0, byHand: 0 }]);
  });

  it('neither is ever less than nothing, no more is timed than was, and together they are what the last correction says', () => {
    const minutes = fc.integer({ min: 0, max: 1440 });
    fc.assert(
      fc.property(minutes, fc.boolean(), fc.array(minutes, { maxLength: 4 }), (was, isTimed, said) => {
        const record = served({ recordId: 'x', minutes: was, isTimed });
        const corrections = said.map((each, n): Correction => ({ of: 'x', n: n + 1, minutes: each }));
        const [found] = all([record], corrections);
        if (!found) throw new Error('it is gone');
        expect(minutesOf(found)).toBe(said.at(-1) ?? was);
        expect(found.timed).toBeGreaterThanOrEqual(0);
        expect(found.byHand).toBeGreaterThanOrEqual(0);
        expect(found.timed).toBeLessThanOrEqual(isTimed ? was : 0);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});

describe('the standards of the stars', () => {
  it('are met at 100, 300, 600, 1000 and 1500 hours, on the day the minute is served', () => {
    const of = (minutes: number) => starsOf(SERVICE_AWARD, all([served({ minutes })])).stars;
    for (const [n, hours] of [100, 300, 600, 1000, 1500].entries()) {
      expect([of(hours * 60 - 1), of(hours * 60)]).toEqual([n, n + 1]);
    }
    const days = ['2026-01-03', '2026-02-07', '2026-03-07'].map((date) => served({ date, minutes: 60 * 60 }));
    expect(starsOf(SERVICE_AWARD, all(days.toReversed()))).toMatchObject({
      stars: 1,
      met: [{ stars: 1, on: '2026-02-07' }],
      next: { stars: 2, hours: 300, minutesLeft: 120 * 60 },
    });
    const backwards = all(days.slice(0, 2).toReversed());
    expect(starsOf(SERVICE_AWARD, backwards).met).toEqual([{ stars: 1, on: '2026-02-07' }]);
    expect(starsOf(GENERAL_STARS, all([served({ minutes: 2000 * 60 })])).next).toBeUndefined();
  });

  it('only service for blood and stem-cell donation counts to the award', () => {
    expect(SERVICE_CATEGORIES.filter(countsToAward)).toEqual(['blood-donation', 'stem-cell-donation']);
  });

  it('of a lifetime: over 3000 hours, or over 2000 in over ten years', () => {
    const of = (hours: number, first: string, today: string) =>
      meetsLifetime(SERVICE_AWARD.lifetime, all([served({ date: first, minutes: hours * 60 })]), today) !== undefined;
    expect(of(3000, '2026-01-01', '2026-11-27')).toBe(false);
    expect(of(3001, '2026-01-01', '2026-11-27')).toBe(true);
    expect(of(2001, '2016-11-27', '2026-11-27')).toBe(false);
    expect(of(2001, '2016-11-26', '2026-11-27')).toBe(true);
    expect(of(2000, '2010-01-01', '2026-11-27')).toBe(false);
  });

  it('count a record of several stars’ hours to each of them, and nobody’s nothing to none', () => {
    expect(starsOf(SERVICE_AWARD, all([served({ date: '2026-02-07', minutes: 600 * 60 })])).met).toEqual(
      [1, 2, 3].map((stars) => ({ stars, on: '2026-02-07' })),
    );
    expect(starsOf(SERVICE_AWARD, [])).toStrictEqual({
      minutes: 0,
      stars: 0,
      met: [],
      next: { stars: 1, hours: 100, minutesLeft: 6000 },
    });
  });

  it('of a lifetime is counted from the first service that counts, wherever it stands', () => {
    const first = served({ date: '2016-01-01', minutes: 60 });
    const rest = served({ date: '2020-01-01', minutes: 2000 * 60 });
    const of = (...records: Parameters<typeof all>) =>
      meetsLifetime(SERVICE_AWARD.lifetime, all(...records), '2026-11-27');
    for (const records of [
      [first, rest],
      [rest, first],
    ]) {
      expect(of(records)).toEqual({ overHours: 2000, overYears: 10 });
    }
    // Taken back, it is no beginning.
    expect(of([first, { ...rest, minutes: 2001 * 60 }], [{ of: first.recordId, n: 1, minutes: 0 }])).toBeUndefined();
    expect(of([])).toBeUndefined();
  });

  it('can be set otherwise, each above the one before', () => {
    expect(areThresholds([50, 100, 200, 300, 500])).toBe(true);
    expect(areThresholds([50, 100, 100, 300, 500])).toBe(false);
    expect(areThresholds([50, 100, 99])).toBe(false);
    expect(areThresholds([0, 100])).toBe(false);
    expect(areThresholds([50.5])).toBe(false);
    expect(isThreshold([1], 0)).toBe(true);
    expect(isThreshold([1], 1)).toBe(false);
    expect(areThresholds([50, MOST_STAR_HOURS])).toBe(true);
    expect(areThresholds([50, MOST_STAR_HOURS + 1])).toBe(false);
    expect(starsOf({ hours: [50, 100, 200, 300, 500] }, all([served({ minutes: 99 * 60 })])).stars).toBe(1);
  });
});

it('sums are put under what a record is of, in the order of the first, and count what counts for something', () => {
  const records = all(
    [
      served({ category: 'health', recordId: 'a' }),
      served({ category: 'community', isTimed: false, minutes: 30 }),
      served({ category: 'health', recordId: 'b', minutes: 10 }),
      served({ category: 'health', recordId: 'c' }),
    ],
    [
      { of: 'c', n: 1, minutes: 0 },
      { of: 'a', n: 1, minutes: 170 },
    ],
  );
  expect([...sumsBy(records, ({ category }) => category)]).toEqual([
    ['health', { timed: 160, byHand: 20, count: 2 }],
    ['community', { timed: 0, byHand: 30, count: 1 }],
  ]);
});

it('hours by hand are of a day that is not to come and not long past, and of no more than it has', () => {
  const today = '2026-11-27';
  expect(handFault({ date: today, minutes: 60 }, today)).toBeUndefined();
  expect(handFault({ date: '2026-11-28', minutes: 60 }, today)?.why).toBe('too-late');
  expect(handFault({ date: '2024-11-26', minutes: 60 }, today)?.why).toBe('too-early');
  expect(handFault({ date: today, minutes: 1441 }, today)).toEqual({ path: 'minutes', why: 'too-big' });
  expect(handFault({ date: today, minutes: 1440 }, today)).toBeUndefined();
  expect(handFault({ date: '2026-11-28', minutes: 60 }, today)?.path).toBe('date');
  expect(handFault({ date: '2024-11-26', minutes: 60 }, today)?.path).toBe('date');
  expect(handFault({ date: today, minutes: 0 }, today)?.path).toBe('minutes');
  expect(handFault({ date: today, minutes: 60, was: 60 }, today)?.path).toBe('minutes');
  expect(handFault({ date: today, minutes: 0 }, today)?.why).toBe('too-small');
  // Of a record: to nothing, but not to what it is.
  expect(handFault({ date: today, minutes: 0, was: 60 }, today)).toBeUndefined();
  expect(handFault({ date: today, minutes: 60, was: 60 }, today)?.why).toBe('unchanged');
});

it('a shift of which nothing is recorded can be asked for once it is over, for as long as a record can be corrected', () => {
  const at = { now: '2026-11-27T04:00:00.000Z', today: '2026-11-27' };
  const shift = { status: 'noshow', endsAt: '2026-11-27T04:00:00.000Z', date: '2026-11-27' } as const;
  expect(mayAskForShift(shift, at)).toBe(true);
  expect(mayAskForShift({ ...shift, endsAt: '2026-11-27T04:00:00.001Z' }, at)).toBe(false);
  for (const status of ['cancelled', 'arrived'] as const) expect(mayAskForShift({ ...shift, status }, at)).toBe(false);
  for (const [date, may] of [
    ['2024-11-27', true],
    ['2024-11-26', false],
  ] as const) {
    expect(mayAskForShift({ ...shift, date }, at)).toBe(may);
    expect(isWithinTerm(date, at.today)).toBe(may);
    expect(handFault({ date, minutes: 60 }, at.today) === undefined).toBe(may);
  }
});

it('what was added for a whole shift gives way to what is recorded of it, and nothing else does', () => {
  const of = (bookingId: string, isTimed: boolean, isWholeShift = false) => ({ bookingId, isTimed, isWholeShift });
  const [timed, whole, besides, other] = [of('a', true), of('a', false, true), of('a', false), of('b', false, true)];
  expect(oncePerShift([whole, timed, besides, other])).toEqual([timed, besides, other]);
  expect(oncePerShift([whole, besides, other])).toEqual([whole, besides, other]);
});

it('nobody decides what they asked for or what is of themselves, nor what is decided', () => {
  const request = { status: 'asked', askedBy: 'a', personId: 'p' } as const;
  expect(decideFault(request, 'b')).toBeUndefined();
  expect(decideFault(request, 'a')).toBe('own-request');
  expect(decideFault(request, 'p')).toBe('own-request');
  expect(decideFault({ ...request, status: 'approved' }, 'b')).toBe('wrong-state');
});

describe('the file for an official platform', () => {
  const both = (text: string) => ({ zh: text, en: `${text} (en)` });
  const record = (more: Partial<ExportRecord> = {}): ExportRecord => ({
    ...(counted([served({ recordId: 'x', minutes: 100 })], [])[0] as ReturnType<typeof counted>[number]),
    name: '林安',
    phoneLast4: '0031',
    title: both('社区义诊'),
    community: both('榆树里社区'),
    district: both('南塘区'),
    organisation: both('暖流志愿者'),
    start: '09:00',
    end: '10:40',
    ...more,
  });

  it('has the platform’s own column names and kinds, in its order, and hours that never round up', () => {
    const rows = exportRows(
      [
        { header: '志愿者姓名', field: 'name' },
        { header: '证件号码', field: 'empty' },
        { header: '项目编号', field: 'fixed', text: 'P-7' },
        { header: '时长', field: 'hours' },
        { header: '类型', field: 'category' },
        { header: '来源', field: 'source' },
      ],
      [record(), record({ isTimed: false, timed: 0, byHand: 90, category: 'health' })],
      { language: 'zh', categories: { community: '社区建设' } },
    );
    expect(rows).toEqual([
      ['志愿者姓名', '证件号码', '项目编号', '时长', '类型', '来源'],
      ['林安', '', 'P-7', 1.66, '社区建设', '系统计时'],
      ['林安', '', 'P-7', 1.5, '医疗卫生', '人工补录'],
    ]);
    expect(hoursOf(59)).toBe(0.98);
  });

  it('has every column that a platform may ask for, in the file’s language, empty where nothing is known', () => {
    const full = record({ volunteerNumber: 'V-1', role: both('引导'), reason: '忘记签退' });
    const { start, end, ...bare } = record({ isTimed: false, timed: 0, byHand: 100 });
    const columns = EXPORT_FIELDS.map((field) => ({ header: field, field }));
    const cells = (of: ExportRecord, language: 'zh' | 'en') => {
      const row = exportRows(columns, [of], { language })[1];
      return Object.fromEntries(EXPORT_FIELDS.map((field, n) => [field, row?.[n]]));
    };
    expect(cells(full, 'en')).toEqual({
      name: '林安',
      'volunteer-number': 'V-1',
      'phone-last4': '0031',
      date: '2026-11-14',
      start: '09:00',
      end: '10:40',
      hours: 1.66,
      minutes: 100,
      activity: '社区义诊 (en)',
      role: '引导 (en)',
      category: 'Community',
      community: '榆树里社区 (en)',
      district: '南塘区 (en)',
      organisation: '暖流志愿者 (en)',
      source: 'Timed',
      reason: '忘记签退',
      record: 'x',
      fixed: '',
      empty: '',
    });
    const nothing = { 'volunteer-number': '', start: '', end: '', role: '', reason: '' };
    expect(cells(bare, 'zh')).toMatchObject({ ...nothing, activity: '社区义诊', source: '人工补录' });
    expect(cells(record({ corrections: 1 }), 'zh')).toMatchObject({ source: '人工更正' });
    expect(cells(bare, 'en')).toMatchObject({ source: 'Added by hand' });
  });

  it('has its usual columns in either language, and a name in both for each kind of service', () => {
    for (const language of ['zh', 'en'] as const) {
      const headers = usualColumns(language).map(({ header }) => header);
      expect(new Set(headers).size).toBe(11);
      expect(headers).not.toContain('');
      const names = SERVICE_CATEGORIES.map((each) => CATEGORY_NAMES[each][language]);
      expect(new Set(names).size).toBe(SERVICE_CATEGORIES.length);
      for (const name of names) expect(name).toBeTruthy();
    }
    expect(usualColumns('zh')[0]).toEqual({ field: 'name', header: '姓名' });
    expect(usualColumns('en')[0]).toEqual({ field: 'name', header: 'Name' });
    expect(usualColumns('en').map(({ field }) => field)).toEqual([
      ...['name', 'volunteer-number', 'date', 'start', 'end', 'hours', 'activity', 'role', 'category', 'community'],
      'source',
    ]);
  });

  it('leaves out what counts for nothing, and says of a correction that it is one', () => {
    const rows = exportRows(
      usualColumns('en'),
      [record({ timed: 0, corrections: 1 }), record({ byHand: 20, corrections: 1 })],
      { language: 'en' },
    );
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain('Corrected');
    expect(rows[1]).toContain(2);
  });
});
