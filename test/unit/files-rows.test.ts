import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnMeaning,
  columnsMissing,
  columnsOf,
  FIELDS_OF,
  FILE_FIELDS,
  FILE_KINDS,
  headerKey,
  headerRow,
  isNoData,
} from '../../shared/domain/files/fields.ts';
import { type FileRules, ROW_FAULTS, readRow } from '../../shared/domain/files/rows.ts';

const rules = (kind: FileRules['kind']): FileRules => ({
  kind,
  scheme: 'isbt128',
  bareDins: false,
  epoch: 1900,
  today: '2026-11-27',
});

describe('a header', () => {
  it('is known whatever its width, case, spaces and brackets', () => {
    for (const header of [
      '血袋条码',
      ' 血袋 条码 ',
      '血袋条码（必填）',
      'Donation Number',
      'donation_number',
      'ＤＩＮ',
    ])
      expect(columnMeaning('usage', header)).toBe('din');
    expect(columnMeaning('donations', '采血量(ml)')).toBe('volume');
    expect(columnMeaning('donors', '身份证号（后四位）')).toBe('lastFour');
    expect(columnMeaning('donors', '身份证号')).toBe('identity');
    expect(columnsOf('donors', ['血型', 'Rh(D)'])).toEqual(['group', 'rhd']);
    expect(columnsOf('donations', ['血型（ABO）', '血型（RhD）'])).toEqual(['group', 'rhd']);
    expect(columnsOf('donors', ['ABO/RhD', 'Blood group'])).toEqual(['group', 'none']);
    // ABO alone is half a group: its rows would all be refused.
    expect(columnsOf('donors', ['姓名', '血型'], {}, [['张三', 'A型']])).toEqual(['name', 'none']);
    expect(columnsOf('donors', ['姓名', '血型'], {}, [['张三', 'A+']])).toEqual(['name', 'group']);
    expect(columnsOf('donors', ['姓名', '血型'], { 血型: 'group' })).toEqual(['name', 'group']);
  });
  it.each([
    '患者姓名',
    '病案号',
    '住院号',
    '受血者血型',
    '床号',
    '科室',
    '临床诊断',
    'Patient',
    'MRN',
    '姓名',
    '性别',
    '年龄',
    '身份证号',
    '联系电话',
    '血型',
  ])(
    'of a hospital’s report that speaks of a patient (%s) means nothing else, whatever was chosen for it before',
    (header) => {
      expect(columnMeaning('usage', header)).toBe('patient');
      expect(columnsOf('usage', [header], { [headerKey(header)]: 'din' })).toEqual(['patient']);
    },
  );
  it('means what it was taken for the last time, and each field is taken once', () => {
    expect(columnsOf('usage', ['编码', '血袋号'], { 编码: 'din' })).toEqual(['din', 'none']);
    expect(columnsOf('donors', ['证件后四位', '身份证号'])).toEqual(['lastFour', 'none']);
  });
  it('row is found below its titles', () => {
    const rows = [['某医院用血明细'], [], ['序号', '血袋条码', '品种', '用血日期'], ['1', 'x', '红细胞', '2026-03-01']];
    expect(headerRow('usage', rows)).toBe(2);
    expect(
      headerRow('usage', [
        ['a', 'b'],
        ['1', '2'],
      ]),
    ).toBeUndefined();
  });
});

it('totals, signatures, blank lines and headers printed once more are no data; a row is', () => {
  const headers = ['血袋条码', '品种'];
  for (const row of [
    ['', ' '],
    ['合计', '12'],
    [' 总 计 ', ''],
    ['Total', '3'],
    ['制表人：王', ''],
    ['血袋 条码', '品种'],
  ])
    expect([row, isNoData(row, headers)]).toEqual([row, true]);
  for (const row of [
    ['N7001', '红细胞'],
    ['x', ''],
    ['', '红细胞'],
  ])
    expect(isNoData(row, headers)).toBe(false);
});

it('columns that are missing are named: a donor by number, or by name, phone and birth date together', () => {
  expect(columnsMissing('donations', ['din', 'date', 'procedure', 'volume', 'name', 'phone'])).toEqual(['donorNo']);
  expect(columnsMissing('donations', ['din', 'date', 'procedure', 'volume', 'name', 'phone', 'birthDate'])).toEqual([]);
  expect(columnsMissing('usage', ['din', 'component', 'date'])).toEqual(['hospital']);
  expect(columnsMissing('usage', ['din', 'component', 'date'], 'First Hospital')).toEqual([]);
});

describe('a row', () => {
  it('is read or refused with a reason we have words for, whatever stands in it, and never throws', () => {
    const character = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));
    const cell = fc.oneof(
      fc.string({ unit: character, maxLength: 24 }),
      fc.constantFrom('', '1E+12', '2026-03-01', '男', '全血', '13800009001', '红细胞', '400'),
    );
    for (const kind of FILE_KINDS) {
      fc.assert(
        fc.property(fc.record(Object.fromEntries(FILE_FIELDS.map((field) => [field, cell]))), (cells) => {
          const read = readRow(cells, rules(kind));
          if (read.ok) return expect(read.record.kind).toBe(kind);
          expect(read.refusals.length).toBeGreaterThan(0);
          for (const { field, why } of read.refusals) {
            expect(ROW_FAULTS).toContain(why);
            if (field) expect(FIELDS_OF[kind]).toContain(field);
          }
        }),
        { numRuns: 25 },
      );
    }
  });
  it('says everything that is wrong with it at once', () => {
    const read = readRow(
      { donorNo: 'A1', din: '1E+12', date: '2027-01-01', procedure: '血浆', volume: '' },
      rules('donations'),
    );
    expect(read).toEqual({
      ok: false,
      refusals: [
        { field: 'din', why: 'damaged' },
        { field: 'date', why: 'future-date' },
        { field: 'procedure', why: 'unknown-word' },
        { field: 'volume', why: 'missing' },
      ],
    });
  });
  it('of platelets says how many units, and of a use one bag at a time', () => {
    const platelets = {
      donorNo: 'A1',
      din: '=N70012590000100',
      date: '2025-01-01',
      procedure: '机采血小板',
      volume: '250',
    };
    expect(readRow(platelets, rules('donations'))).toMatchObject({ ok: false, refusals: [{ field: 'platelets' }] });
    expect(readRow({ ...platelets, platelets: '2' }, rules('donations'))).toMatchObject({
      ok: true,
      record: { platelets: 2 },
    });
    const use = { din: '=N70012590000100', component: '红细胞、血浆', bag: '2', hospital: 'H', date: '2025-01-01' };
    expect(readRow(use, rules('usage')).ok).toBe(false);
    expect(readRow({ ...use, component: '红细胞' }, rules('usage')).ok).toBe(true);
  });
});
