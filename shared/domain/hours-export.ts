import { type Counted, hoursOf, minutesOf } from './hours.ts';
import { CATEGORY_NAMES } from './service-categories.ts';
import type { Language, Localized, ServiceCategory } from './vocabulary.ts';

/** What a column of the file for an official platform may hold; `fixed`: the same words in each row, `empty`: nothing. */
export const EXPORT_FIELDS = [
  'name',
  'volunteer-number',
  'phone-last4',
  'date',
  'start',
  'end',
  'hours',
  'minutes',
  'activity',
  'role',
  'category',
  'community',
  'district',
  'organisation',
  'source',
  'reason',
  'record',
  'fixed',
  'empty',
] as const;
export type ExportField = (typeof EXPORT_FIELDS)[number];

/** Days in the longest file, so that a whole leap year is one. */
export const MOST_EXPORT_DAYS = 366;

/** A column as the platform wants it: its name there, and what is put into it. */
export type ExportColumn = { readonly header: string; readonly field: ExportField; readonly text?: string | undefined };

/** A record with the words that a row may need. */
export type ExportRecord = Counted & {
  readonly name: string;
  readonly volunteerNumber?: string | undefined;
  readonly phoneLast4: string;
  /** Times on the wall there, `09:00`; of hours that were timed. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly title: Localized;
  readonly role?: Localized | undefined;
  readonly community: Localized;
  readonly district: Localized;
  readonly organisation: Localized;
  readonly reason?: string | undefined;
};

/** The columns of an organisation that has said nothing else. */
export const usualColumns = (language: Language): readonly ExportColumn[] =>
  (
    [
      ['name', '姓名', 'Name'],
      ['volunteer-number', '志愿者编号', 'Volunteer number'],
      ['date', '服务日期', 'Date'],
      ['start', '开始时间', 'From'],
      ['end', '结束时间', 'To'],
      ['hours', '服务时长（小时）', 'Hours'],
      ['activity', '项目名称', 'Activity'],
      ['role', '岗位', 'Role'],
      ['category', '服务类别', 'Kind of service'],
      ['community', '服务社区', 'Community'],
      ['source', '记录方式', 'How recorded'],
    ] as const
  ).map(([field, zh, en]) => ({ field, header: language === 'zh' ? zh : en }));

const SOURCES: Record<'timed' | 'by-hand' | 'corrected', Localized> = {
  timed: { zh: '系统计时', en: 'Timed' },
  'by-hand': { zh: '人工补录', en: 'Added by hand' },
  corrected: { zh: '人工更正', en: 'Corrected' },
};

/** The rows of the file, its head first. Records that count for nothing are left out. */
export function exportRows(
  columns: readonly ExportColumn[],
  records: readonly ExportRecord[],
  {
    language,
    categories = {},
  }: {
    readonly language: Language;
    /** What the platform calls a kind of service, where it has a name of its own for it. */
    readonly categories?: { readonly [K in ServiceCategory]?: string | undefined };
  },
): (string | number)[][] {
  const cell = (record: ExportRecord, { field, text = '' }: ExportColumn): string | number => {
    switch (field) {
      case 'name':
        return record.name;
      case 'volunteer-number':
        return record.volunteerNumber ?? '';
      case 'phone-last4':
        return record.phoneLast4;
      case 'date':
        return record.date;
      case 'start':
        return record.start ?? '';
      case 'end':
        return record.end ?? '';
      case 'hours':
        return hoursOf(minutesOf(record));
      case 'minutes':
        return minutesOf(record);
      case 'activity':
        return record.title[language];
      case 'role':
        return record.role?.[language] ?? '';
      case 'category':
        return categories[record.category] ?? CATEGORY_NAMES[record.category][language];
      case 'community':
        return record.community[language];
      case 'district':
        return record.district[language];
      case 'organisation':
        return record.organisation[language];
      case 'source':
        return SOURCES[record.corrections > 0 ? 'corrected' : record.isTimed ? 'timed' : 'by-hand'][language];
      case 'reason':
        return record.reason ?? '';
      case 'record':
        return record.recordId;
      case 'fixed':
        return text;
      case 'empty':
        return '';
    }
  };
  const rows = records.filter((record) => minutesOf(record) > 0);
  return [columns.map(({ header }) => header), ...rows.map((record) => columns.map((column) => cell(record, column)))];
}
