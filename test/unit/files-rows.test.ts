import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnMeaning,
  columnsMissing,
  columnsOf,
  FIELDS_OF,
  FILE_FIELDS,
  FILE_KINDS,
  fieldTaken,
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
  it('is known for each field of each kind, in Chinese and in English', () => {
    const headers = {
      ...{ donorNo: ['献血证号', 'Donor ID'], name: ['献血者', 'Full name'], phone: ['手机号码', 'Mobile'] },
      ...{ birthDate: ['出生年月日', 'DOB'], sex: ['性别', 'Gender'], lastFour: ['身份证后四位', 'ID last 4'] },
      ...{
        identity: ['证件号码', 'National ID'],
        documentType: ['证件种类', 'ID type'],
        group: ['ABO血型', 'Blood type'],
      },
      ...{ rhd: ['Rh因子', 'Rhesus factor'], site: ['采血点', 'Collection site'], din: ['献血码', 'Unit number'] },
      ...{
        date: ['采血日期', 'Date used'],
        procedure: ['献血种类', 'Donation type'],
        volume: ['采血量', 'Volume (ml)'],
      },
      ...{ platelets: ['治疗量', 'Therapeutic units'], reaction: ['献血反应', 'Adverse reaction'] },
      ...{ until: ['屏蔽至', 'Deferral until'], component: ['血液成分', 'Product'], bag: ['分袋号', 'Division code'] },
      ...{ hospital: ['用血医院', 'Issued to'], record: ['发血单号', 'Reference'], stage: ['库存状态', 'Status'] },
      ...{ at: ['操作时间', 'Timestamp'], location: ['库位', 'Storage location'], expires: ['失效日期', 'Use by'] },
      ...{
        hbsag: ['乙肝表面抗原', 'HBsAg'],
        'anti-hcv': ['丙肝抗体', 'Anti-HCV'],
        'hiv-ag-ab': ['艾滋病抗体', 'HIV Ag/Ab'],
      },
      ...{ syphilis: ['梅毒', 'Syphilis'], alt: ['转氨酶', 'ALT'], 'hbv-dna': ['乙肝核酸', 'HBV DNA'] },
      ...{
        'hcv-rna': ['丙肝核酸', 'HCV RNA'],
        'hiv-rna': ['艾滋病核酸', 'HIV-RNA'],
        'anti-hbc': ['核心抗体', 'Anti-HBc'],
      },
      ...{
        'anti-htlv': ['抗HTLV', 'HTLV'],
        'hev-rna': ['戊肝核酸', 'HEV RNA'],
        'wnv-rna': ['西尼罗病毒核酸', 'WNV RNA'],
      },
      'anti-t-cruzi': ['克氏锥虫抗体', 'Anti-T. cruzi'],
    } satisfies Record<(typeof FILE_FIELDS)[number], string[]>;
    for (const kind of FILE_KINDS) {
      for (const field of FIELDS_OF[kind]) {
        expect([kind, field, ...headers[field].map((header) => columnMeaning(kind, header))]).toEqual([
          kind,
          field,
          field,
          field,
        ]);
      }
      // Nothing is the name of nothing.
      for (const header of ['', '（）', ' - ', '序号', '备考'])
        expect(columnMeaning(kind, header), header).toBe('none');
    }
    expect(columnMeaning('deferrals', '献血码')).toBe('none');
    expect(columnMeaning('donors', '(姓名)')).toBe('name');
    expect(columnMeaning('donors', '【姓名】')).toBe('name');
    expect(columnMeaning('donors', '姓名[必填]')).toBe('name');
    expect(columnMeaning('donors', 'ID (last four)')).toBe('lastFour');
    expect(columnMeaning('results', '血型（ABO）')).toBe('group');
  });
  it('becomes the field that is taken: of an identity number its last four, but of who the donors are', () => {
    expect(FILE_KINDS.map((kind) => fieldTaken(kind, 'identity'))).toEqual([
      'identity',
      ...Array.from({ length: FILE_KINDS.length - 1 }, () => 'lastFour'),
    ]);
    expect([fieldTaken('donors', 'patient'), fieldTaken('donors', 'none'), fieldTaken('donors', 'name')]).toEqual([
      undefined,
      undefined,
      'name',
    ]);
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
    // The one that says most, the first of those; what speaks of patients says nothing of it, and it stands near the top.
    const two = ['血袋条码', '品种'];
    expect(headerRow('usage', [two, [...two, '用血日期'], two])).toBe(1);
    expect(headerRow('usage', [two, two])).toBe(0);
    expect(headerRow('usage', [['患者', '血袋条码', '血袋号'], two])).toBe(1);
    const below = (titles: number) => headerRow('usage', [...Array.from({ length: titles }, () => ['某医院']), two]);
    expect([below(29), below(30)]).toEqual([29, undefined]);
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
    ['血袋条码', '', '品种'],
    ['备注：见附页', '一', '二', '三'],
  ])
    expect([row, isNoData(row, headers)]).toEqual([row, true]);
  for (const row of [
    ['N7001', '红细胞'],
    ['x', ''],
    ['', '红细胞'],
    ['血袋条码', '红细胞'],
    ['备注栏里有字', '一', '二', '三', '四'],
    ['第1页合计', '2'],
  ])
    expect(isNoData(row, headers)).toBe(false);
});

it('columns that are missing are named: a donor by number, or by name, phone and birth date together', () => {
  expect(columnsMissing('donations', ['din', 'date', 'procedure', 'volume', 'name', 'phone'])).toEqual(['donorNo']);
  expect(columnsMissing('donations', ['din', 'date', 'procedure', 'volume', 'name', 'phone', 'birthDate'])).toEqual([]);
  expect(columnsMissing('usage', ['din', 'component', 'date'])).toEqual(['hospital']);
  expect(columnsMissing('usage', ['din', 'component', 'date'], 'First Hospital')).toEqual([]);
  expect(columnsMissing('usage', ['din', 'component', 'date', 'hospital'])).toEqual([]);
  expect(columnsMissing('deferrals', ['until', 'donorNo'])).toEqual([]);
  expect(columnsMissing('deferrals', ['until', 'name', 'birthDate'])).toEqual(['donorNo']);
  expect(columnsMissing('donors', ['donorNo'])).toEqual(['name', 'phone', 'birthDate', 'sex']);
  // A whole number says when its holder was born, and of which sex.
  expect(columnsMissing('donors', ['name', 'phone', 'identity'])).toEqual([]);
  expect(columnsMissing('donors', ['name', 'phone', 'identity', 'rhd'])).toEqual(['group']);
  expect(columnsMissing('stages', [])).toEqual(['din', 'component', 'stage', 'at']);
  expect(columnsMissing('results', ['din', 'at'])).toEqual(['group']);
  expect(columnsMissing('results', ['din', 'at', 'rhd'])).toEqual(['group']);
  for (const field of ['group', 'hbsag', 'anti-t-cruzi'] as const) {
    expect(columnsMissing('results', ['din', 'at', field])).toEqual([]);
  }
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
  const DIN = { din: '=N70012590000100' };
  const read = (kind: FileRules['kind'], cells: Parameters<typeof readRow>[0], more: Partial<FileRules> = {}) => {
    const row = readRow(cells, { ...rules(kind), ...more });
    return row.ok ? row.record : row.refusals.map(({ field, why }) => `${field ?? 'row'} ${why}`);
  };
  it('of a donor has what it says of them, and nothing that it does not', () => {
    const who = { name: ' 张三 ', phone: '13800009001', birthDate: '1990-05-01', sex: '男' };
    const donor = { name: '张三', phone: '+8613800009001', birthDate: '1990-05-01', sex: 'male' };
    expect(read('donors', who)).toStrictEqual({ kind: 'donors', donor });
    const all = { ...who, donorNo: 'a-1', lastFour: '12', group: 'A', rhd: '+' };
    expect(read('donors', all)).toStrictEqual({
      kind: 'donors',
      donor: { ...donor, donorNo: 'A-1', lastFour: '0012', group: { abo: 'A', rhd: 'positive' } },
    });
    expect(read('donors', {})).toEqual(['name missing', 'phone missing', 'birthDate missing', 'sex missing']);
    expect(read('donors', { ...who, birthDate: '2026-11-28' })).toEqual(['birthDate future-date']);
    expect(read('donors', { ...who, group: 'A' })).toEqual(['rhd missing']);
  });
  it('of a donor with a whole number takes birth date and sex from it, and must not say otherwise', () => {
    const who = { name: '张三', phone: '13800009001', identity: '990101198803010016' };
    expect(read('donors', who)).toMatchObject({
      donor: { birthDate: '1988-03-01', sex: 'male', lastFour: '0016', document: { type: 'resident' } },
    });
    expect(read('donors', { ...who, birthDate: '1988-03-02' })).toEqual(['identity identity-differs']);
    expect(read('donors', { ...who, sex: '女' })).toEqual(['identity identity-differs']);
    // What a damaged number would have said is not missed besides.
    expect(read('donors', { ...who, identity: '990101198803010010' })).toEqual(['identity damaged']);
    expect(read('deferrals', { donorNo: 'A1', until: '永久', identity: who.identity })).toStrictEqual({
      kind: 'deferrals',
      donor: { donorNo: 'A1' },
      until: 'permanent',
    });
  });
  it('of a donation or a deferral says whose it is by their number, or by name, phone and birth date together', () => {
    const who = { name: '张三', phone: '13800009001', birthDate: '1990-05-01' };
    const until = { until: '2027-01-01', procedure: '血小板' };
    expect(read('deferrals', { ...who, ...until })).toMatchObject({ until: '2027-01-01', procedure: 'platelets' });
    for (const field of ['name', 'phone', 'birthDate'] as const) {
      expect(read('deferrals', { ...who, ...until, [field]: '' })).toEqual(['donorNo missing']);
    }
    const donation = { ...DIN, date: '2026-11-27', procedure: '全血', volume: '400', donorNo: 'A1' };
    expect(read('donations', donation)).toStrictEqual({
      ...{ kind: 'donations', donor: { donorNo: 'A1' }, din: 'N700125900001', date: '2026-11-27' },
      ...{ procedure: 'whole-blood', volumeMl: 400, reaction: false },
    });
    expect(read('donations', { ...donation, reaction: '有', platelets: 'x' })).toMatchObject({ reaction: true });
    expect(read('donations', { ...donation, date: '2026-11-28' })).toEqual(['date future-date']);
  });
  it('of a use names the hospital, by its column or of the whole file', () => {
    const use = { ...DIN, component: '红细胞', date: '2026-11-27' };
    const of = { kind: 'usage', din: 'N700125900001', components: ['red-cells'], date: '2026-11-27' };
    expect(read('usage', use)).toEqual(['hospital missing']);
    expect(read('usage', use, { hospital: 'First' })).toStrictEqual({ ...of, hospital: 'First' });
    const more = { hospital: 'Second', bag: 'a0', record: 'r-1' };
    expect(read('usage', { ...use, ...more }, { hospital: 'First' })).toStrictEqual({
      ...{ ...of, hospital: 'Second', bag: 'a0', record: 'R-1' },
    });
    expect(read('usage', { ...use, component: '红细胞、血浆', bag: '2' }, { hospital: 'First' })).toEqual([
      'component malformed',
    ]);
    expect(read('usage', { ...use, component: 'E1' }, { hospital: 'First', products: { e1: 'plasma' } })).toMatchObject(
      {
        components: ['plasma'],
      },
    );
  });
  it('of a bag’s stage is about one bag, at a moment that has been', () => {
    const bag = { ...DIN, component: '红细胞', stage: '退回', at: '2026-11-27 09:30' };
    const of = {
      kind: 'stages',
      din: 'N700125900001',
      component: 'red-cells',
      said: { stage: 'stored', note: '退回' },
    };
    const at = { date: '2026-11-27', time: '09:30:00' };
    expect(read('stages', bag)).toStrictEqual({ ...of, nth: 1, at });
    const more = { bag: '02', hospital: 'First', record: 'r1', location: 'A-1', expires: '2026-12-24' };
    expect(read('stages', { ...bag, ...more })).toStrictEqual({
      ...{ ...of, nth: 2, at, hospital: 'First', record: 'R1', location: 'A-1' },
      expires: { date: '2026-12-24' },
    });
    expect(read('stages', { ...bag, at: '2026-11-28' })).toEqual(['at future-date']);
    expect(read('stages', { ...bag, component: '红细胞、血浆' })).toEqual(['component malformed']);
    expect(read('stages', {})).toEqual(['din missing', 'component missing', 'stage missing', 'at missing']);
  });
  it('of results says what was found by tests that the site has, and something at all', () => {
    const tube = { ...DIN, at: '2026-11-27' };
    const tests = [{ code: 'hbsag' }, { code: 'alt', max: 50 }] as const;
    expect(read('results', { ...tube, group: 'O+', hbsag: '阴性', alt: '21' }, { tests })).toStrictEqual({
      ...{ kind: 'results', din: 'N700125900001', at: { date: '2026-11-27' } },
      found: [
        { kind: 'group', abo: 'O', rhd: 'positive' },
        { kind: 'test', test: 'hbsag', result: 'non-reactive' },
        { kind: 'test', test: 'alt', value: 21 },
      ],
    });
    expect(read('results', tube, { tests })).toEqual(['row no-result']);
    expect(read('results', { ...tube, hbsag: '未检' }, { tests })).toEqual(['row no-result']);
    expect(read('results', { ...tube, syphilis: '阴性' }, { tests })).toEqual(['syphilis test-unknown']);
    expect(read('results', { ...tube, hbsag: '0.1' }, { tests })).toEqual([expect.stringMatching(/^hbsag /)]);
    expect(read('results', { ...tube, group: 'O+', at: '2026-11-28' })).toEqual(['at future-date']);
  });
});
