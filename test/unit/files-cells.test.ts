import { mod37_2 } from 'cdigit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DAMAGED_IDENTITY,
  isDamaged,
  lastFourOf,
  numberAsText,
  readBloodGroup,
  readComponents,
  readDate,
  readDin,
  readIdentity,
  readLastFour,
  readLine,
  readMoment,
  readNth,
  readNumber,
  readPhone,
  readPlatelets,
  readProcedure,
  readResultCell,
  readSex,
  readStage,
  readUntil,
  readVolume,
  readYesNo,
  serialDate,
  serialMoment,
  tidy,
} from '../../shared/domain/files/cells.ts';

const ISBT = { scheme: 'isbt128', bare: false } as const;
const full = (din: string): string => din + mod37_2.compute(din);
const wide = (text: string): string =>
  text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const dins = fc
  .tuple(fc.constantFrom('N7001', 'G1234', '1A234'), fc.nat(99), fc.nat(999_999))
  .map(([facility, year, n]) => `${facility}${String(year).padStart(2, '0')}${String(n).padStart(6, '0')}`);
const days = fc.date({ min: new Date('1901-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const iso = (date: Date): string => date.toISOString().slice(0, 10);

describe('a cell', () => {
  it('is the same however a table has dressed it', () => {
    for (const cell of ['00123', '００１２３', ' 00123 ', "'00123", '="00123"', '\uFEFF00123\u200B'])
      expect(tidy(cell)).toBe('00123');
  });
  it('is never worked out', () => {
    expect(tidy('=1+1')).toBe('=1+1');
    expect(tidy('=HYPERLINK("x")')).toBe('=HYPERLINK("x")');
  });
});

describe('a blood group', () => {
  const A = { abo: 'A', rhd: 'positive' };
  it('is read whole or in its halves, as stations write them', () => {
    for (const [cell, rhd] of [
      ['A+', ''],
      ['Ａ型', '阳性'],
      ['a型 RhD阳性', ''],
      ['A,Rh(D)(+)', ''],
      ['A', 'RhD(+)'],
      ['A型', 'Rh+'],
      ['ABO: A', 'positive'],
      ['A RH阳', '未知'],
    ] as const) {
      expect([cell, readBloodGroup(cell, rhd)]).toEqual([cell, { ok: true, value: A }]);
    }
    expect(readBloodGroup('AB型', '−')).toEqual({ ok: true, value: { abo: 'AB', rhd: 'negative' } });
  });
  it('that the table says is not known is none, and half a group, or a word that nobody knows, is refused', () => {
    for (const cell of ['', '未知', '-', '不详', 'N/A']) {
      expect(readBloodGroup(cell, '')).toEqual({ ok: true, value: undefined });
      expect(readBloodGroup(cell, '阳性')).toEqual({ ok: false, why: 'missing', field: 'group' });
    }
    expect(readBloodGroup('A型', '')).toEqual({ ok: false, why: 'missing', field: 'rhd' });
    expect(readBloodGroup('A', '弱D')).toEqual({ ok: false, why: 'unknown-word', field: 'rhd' });
    expect(readBloodGroup('A+', '阴性')).toEqual({ ok: false, why: 'malformed', field: 'rhd' });
    for (const cell of ['C', '0+', 'A2', '1']) {
      expect(readBloodGroup(cell, '阳性')).toEqual({ ok: false, why: 'unknown-word', field: 'group' });
    }
  });
});

describe('a test’s result', () => {
  it('is read as laboratories write it, or its figure; what was not done is none', () => {
    for (const cell of ['阴性', '阴', '(-)', '－', 'NR', 'Negative', '无反应性', '合格'])
      expect([cell, readResultCell({}, cell)]).toEqual([cell, { ok: true, value: { result: 'non-reactive' } }]);
    for (const cell of ['阳性（+）', '＋', 'R', 'reactive', '有反应性', '不合格'])
      expect([cell, readResultCell({}, cell)]).toEqual([cell, { ok: true, value: { result: 'reactive' } }]);
    expect(readResultCell({}, '灰区')).toEqual({ ok: true, value: { result: 'invalid' } });
    expect(readResultCell({ max: 50 }, '21.5 U/L')).toEqual({ ok: true, value: { value: 21.5 } });
    for (const cell of ['', '未检', 'N/A']) {
      expect(readResultCell({}, cell)).toEqual({ ok: true, value: undefined });
      expect(readResultCell({ max: 50 }, cell)).toEqual({ ok: true, value: undefined });
    }
  });
  it('that is a figure of a test that is not measured, a bound, or a word of nobody’s is refused', () => {
    for (const cell of ['0.12', '弱阳', '复检', '++']) expect(readResultCell({}, cell)).toMatchObject({ ok: false });
    for (const cell of ['<5', '阴性', '-3']) expect(readResultCell({ max: 50 }, cell)).toMatchObject({ ok: false });
  });
});

describe('a donation number', () => {
  it('is read in full width, in groups, scanned and with a mark before it, and is the same number', () => {
    fc.assert(
      fc.property(dins, (din) => {
        const label = full(din);
        const ways = [
          label,
          wide(label),
          label.toLowerCase(),
          `'${label}`,
          `${label.slice(0, 5)} ${label.slice(5, 7)} ${label.slice(7, 13)} ${label[13]}`,
          `=${din}00`,
        ];
        for (const way of ways) expect(readDin(way, ISBT)).toEqual({ ok: true, value: din });
      }),
    );
  });
  it('with any one character changed or lost is refused and never becomes another', () => {
    fc.assert(
      fc.property(dins, fc.nat(13), fc.constantFrom(...'0123456789ABCDEFGH'), (din, at, other) => {
        const label = full(din);
        fc.pre(label[at] !== other);
        expect(readDin(label.slice(0, at) + other + label.slice(at + 1), ISBT).ok).toBe(false);
        const lost = readDin(label.slice(0, at) + label.slice(at + 1), ISBT);
        // The check character itself may be the one that is lost: then the number is bare, and refused for that.
        if (lost.ok) expect(lost.value).toBe(din);
        expect(lost.ok).toBe(false);
      }),
    );
  });
  it.each(['1.23457E+12', '7.00126e+12', '7E+12', '1.2E12'])('that Excel has damaged (%s) is refused', (cell) => {
    expect(readDin(cell, ISBT)).toEqual({ ok: false, why: 'damaged' });
    expect(readDin(cell, { scheme: 'opaque', bare: false })).toEqual({ ok: false, why: 'damaged' });
  });
  it('without its check character is taken only where the file is said to have none', () => {
    expect(readDin('N700125900001', ISBT)).toEqual({ ok: false, why: 'no-check-character' });
    expect(readDin('N700125900001', { ...ISBT, bare: true })).toEqual({ ok: true, value: 'N700125900001' });
    expect(readDin('N70012590000', { ...ISBT, bare: true }).ok).toBe(false);
  });
  it('of a site’s own that is shorter than they are has lost a zero, and is refused', () => {
    const own = { scheme: 'opaque', bare: false, length: 10 } as const;
    expect(readDin('0123456789', own)).toEqual({ ok: true, value: '0123456789' });
    expect(readDin('123456789', own)).toEqual({ ok: false, why: 'length' });
    expect(readDin('1234567890.0', own)).toEqual({ ok: true, value: '1234567890' });
  });
});

describe('a date', () => {
  it('is the same day in every way that tables write it', () => {
    fc.assert(
      fc.property(days, (date) => {
        const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        const two = (n: number) => String(n).padStart(2, '0');
        const ways = [
          `${y}-${m}-${d}`,
          `${y}/${two(m)}/${two(d)}`,
          `${y}.${m}.${d}`,
          `${y}${two(m)}${two(d)}`,
          `${y}年${m}月${d}日`,
          wide(`${y}-${m}-${d}`),
          `${y}-${two(m)}-${two(d)} 08:30:00`,
          `${y}-${two(m)}-${two(d)}T08:30:00`,
          `${y}年${m}月${d}日 8时30分`,
        ];
        for (const way of ways) expect([way, readDate(way, 1900)]).toEqual([way, { ok: true, value: iso(date) }]);
      }),
    );
  });
  it('is the same day as a serial number, from 1900 and from 1904', () => {
    fc.assert(
      fc.property(days, (date) => {
        fc.pre(date.getUTCFullYear() >= 1905);
        const days1900 = Math.round((Date.parse(iso(date)) - Date.UTC(1899, 11, 30)) / 86_400_000);
        expect(serialDate(days1900, 1900)).toEqual({ ok: true, value: iso(date) });
        expect(serialDate(days1900 - 1462, 1904)).toEqual({ ok: true, value: iso(date) });
        expect(readDate(`${days1900}.354`, 1900)).toEqual({ ok: true, value: iso(date) });
      }),
    );
  });
  it.each([
    ['二〇二六年三月十一日', '2026-03-11'],
    ['二○二六年十二月二十日', '2026-12-20'],
    ['31/12/2025', '2025-12-31'],
    ['12/31/2025', '2025-12-31'],
    ['5/5/2025', '2025-05-05'],
  ])('%s is %s', (cell, date) => expect(readDate(cell, 1900)).toEqual({ ok: true, value: date }));
  it.each([
    ['03/04/2025', 'ambiguous-date'],
    ['2025-02-29', 'no-such-date'],
    ['2025年13月1日', 'no-such-date'],
    ['########', 'damaged'],
    ['三月', 'malformed'],
    ['59', 'malformed'],
    ['', 'missing'],
  ])('%s is refused: %s', (cell, why) => expect(readDate(cell, 1900)).toEqual({ ok: false, why }));
});

describe('a number that is a text', () => {
  it('of a phone is the same with its country and without, dressed as tables dress it', () => {
    for (const cell of ['13800009001', '138 0000 9001', '+86 138-0000-9001', '13800009001.0', wide('13800009001')])
      expect(readPhone(cell)).toEqual({ ok: true, value: '+8613800009001' });
    expect(readPhone('1.38E+10')).toEqual({ ok: false, why: 'damaged' });
    expect(readPhone('1380000900')).toEqual({ ok: false, why: 'malformed' });
  });
  it('of the last four has its zeros again: there are always four', () => {
    expect(readLastFour('12')).toEqual({ ok: true, value: '0012' });
    expect(readLastFour('001x')).toEqual({ ok: true, value: '001X' });
    expect(readLastFour(DAMAGED_IDENTITY)).toEqual({ ok: false, why: 'damaged' });
  });
  it('of a spreadsheet is whole up to fifteen digits, and damaged beyond', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 19n }), (n) => {
        const text = numberAsText(Number(n));
        if (String(n).length <= 15) expect(text).toBe(String(n));
        else expect(isDamaged(text)).toBe(true);
      }),
    );
  });
});

describe('an identity number', () => {
  it('leaves its last four behind, and nothing where it cannot be right', () => {
    expect(lastFourOf('990101198803010016')).toBe('0016');
    expect(lastFourOf('990101198803010010')).toBe(DAMAGED_IDENTITY);
    expect(lastFourOf('9.90101E+17')).toBe(DAMAGED_IDENTITY);
    expect(lastFourOf('990101206606150000')).toBe(DAMAGED_IDENTITY);
    expect(lastFourOf('E12345678')).toBe('5678');
    expect(lastFourOf('  ')).toBe('');
  });
});

describe('a document', () => {
  const TODAY = '2026-11-27';
  const resident = '990101198803010016';
  it('is known by the word beside it, and without one only as a resident’s', () => {
    for (const word of ['', '身份证', '居民身份证', '二代身份证', 'Resident', 'ID card', 'identity_card']) {
      expect(readIdentity(resident, word, TODAY), word).toMatchObject({
        ok: true,
        value: { lastFour: '0016', document: { type: 'resident', birthDate: '1988-03-01', sex: 'male' } },
      });
    }
    for (const [word, type] of [
      ['护照', 'passport'],
      ['港澳居民来往内地通行证', 'hk-macao'],
      ['台胞证', 'taiwan'],
      ['外国人永久居留身份证', 'foreigner'],
      ['军官证', 'military'],
    ] as const) {
      expect(readIdentity('E12345678', word, TODAY)).toEqual({
        ok: true,
        value: { lastFour: '5678', document: { type, number: 'E12345678' } },
      });
    }
    expect(readIdentity('E12345678', '', TODAY)).toEqual({ ok: true, value: { lastFour: '5678' } });
  });
  it('that is damaged, of a kind that nobody knows or not of its kind is refused', () => {
    const why = (number: string, word = '') => {
      const read = readIdentity(number, word, TODAY);
      return read.ok ? 'taken' : read.why;
    };
    expect([why(''), why('990101198803010010'), why(resident, '会员卡')]).toEqual([
      'missing',
      'damaged',
      'unknown-word',
    ]);
    expect(why('E12345678', '身份证')).not.toBe('taken');
  });
});

describe('plain words and numbers', () => {
  it('are kept as they stand, within their length', () => {
    expect(readLine('  张 三  ', 3)).toEqual({ ok: true, value: '张 三' });
    expect(readLine('张 三', 2)).toEqual({ ok: false, why: 'out-of-range' });
    expect(readLine(' ', 2)).toEqual({ ok: false, why: 'missing' });
    expect(readNumber(' ab 12-3 ')).toEqual({ ok: true, value: 'AB12-3' });
    expect(readNumber('12.0')).toEqual({ ok: true, value: '12' });
    expect(readNumber('1'.repeat(32)).ok).toBe(true);
    for (const [cell, why] of [
      ['', 'missing'],
      ['1E+12', 'damaged'],
      ['12.5', 'malformed'],
      ['1'.repeat(33), 'malformed'],
    ] as const) {
      expect(readNumber(cell)).toEqual({ ok: false, why });
    }
  });
  it('of sex, and of yes and no, are those that stations write', () => {
    const sexes = (cells: string[]) =>
      cells.map((cell) => readSex(cell)).map((read) => (read.ok ? read.value : read.why));
    expect(new Set(sexes(['女', '女性', 'F', 'female', '2']))).toEqual(new Set(['female']));
    expect(new Set(sexes(['男', '男性', 'M', 'Male', '1']))).toEqual(new Set(['male']));
    expect(sexes(['', '男女', 'x', '12'])).toEqual(['missing', 'unknown-word', 'unknown-word', 'unknown-word']);
    const words = (cells: string[]) =>
      cells.map((cell) => readYesNo(cell)).map((read) => (read.ok ? read.value : read.why));
    expect(new Set(words(['', '无', '否', '正常', 'No', '0', 'none']))).toEqual(new Set([false]));
    expect(new Set(words(['有', '是', '轻度', 'Yes', '1', '重']))).toEqual(new Set([true]));
    expect(words(['无反应', '也许', '有无', '10'])).toEqual(Array.from({ length: 4 }, () => 'unknown-word'));
  });
});

describe('words', () => {
  it.each([
    ['悬浮红细胞2U、新鲜冰冻血浆200ml', ['red-cells', 'plasma']],
    ['去白细胞悬浮红细胞', ['red-cells']],
    ['去冷沉淀血浆', ['plasma']],
    ['冷沉淀凝血因子', ['cryoprecipitate']],
    ['机采血小板，冰冻血浆', ['platelets', 'plasma']],
    ['Red cells + FFP', ['red-cells', 'plasma']],
    ['whole blood', ['whole-blood']],
  ])('%s names %j', (cell, value) => expect(readComponents(cell)).toEqual({ ok: true, value }));
  it('of components may be the codes of the site’s labels', () => {
    expect(readComponents('e0226v00 + 血浆', { E0226V00: 'red-cells' })).toEqual({
      ok: true,
      value: ['red-cells', 'plasma'],
    });
  });
  it('of components that are not known, or are two alike, are refused', () => {
    expect(readComponents('白蛋白')).toEqual({ ok: false, why: 'unknown-word' });
    expect(readComponents('红细胞、红细胞')).toEqual({ ok: false, why: 'malformed' });
  });
  it('of volumes and procedures are taken as stations write them', () => {
    for (const cell of ['400', '400ml', '４００ 毫升', '400.0'])
      expect(readVolume(cell)).toEqual({ ok: true, value: 400 });
    expect(readVolume('2U')).toEqual({ ok: false, why: 'malformed' });
    expect(readVolume('4000')).toEqual({ ok: false, why: 'out-of-range' });
    expect(readProcedure('单采血小板')).toEqual({ ok: true, value: 'platelets' });
    expect(readProcedure('全血')).toEqual({ ok: true, value: 'whole-blood' });
    for (const cell of ['1', '1个治疗量', '一', '单']) expect(readPlatelets(cell)).toEqual({ ok: true, value: 1 });
    for (const cell of ['2.0', '双', '两个治疗量']) expect(readPlatelets(cell)).toEqual({ ok: true, value: 2 });
    expect(readUntil('永久屏蔽', 1900)).toEqual({ ok: true, value: 'permanent' });
  });
});

describe('a moment', () => {
  it.each([
    ['2026-11-20', { date: '2026-11-20' }],
    ['2026/11/20 9:05', { date: '2026-11-20', time: '09:05:00' }],
    ['2026-11-20T14:30:05', { date: '2026-11-20', time: '14:30:05' }],
    ['2026年11月20日 下午2时30分5秒', { date: '2026-11-20', time: '14:30:05' }],
    ['2026年11月20日14:30', { date: '2026-11-20', time: '14:30:00' }],
    ['2026-11-20 2:30:05 PM', { date: '2026-11-20', time: '14:30:05' }],
    ['2026-11-20 12:00 AM', { date: '2026-11-20', time: '00:00:00' }],
    ['20261120143005', { date: '2026-11-20', time: '14:30:05' }],
    ['46346.60422454', { date: '2026-11-20', time: '14:30:05' }],
    ['46346.999999999', { date: '2026-11-20', time: '23:59:59' }],
  ])('%s is read with its time', (cell, value) => {
    expect(readMoment(cell, 1900)).toEqual({ ok: true, value });
  });
  it.each([
    ['2026-11-20 24:30', 'out-of-range'],
    ['2026-11-20 9:75', 'out-of-range'],
    ['2026-11-20T14:30:05Z', 'malformed'],
    ['2026-11-20 morning', 'malformed'],
    ['2026-02-30 9:00', 'no-such-date'],
    ['2.02611E+13', 'damaged'],
  ])('%s is refused: %s', (cell, why) => {
    expect(readMoment(cell, 1900)).toEqual({ ok: false, why });
  });
  it('of a workbook is the second that it was, on either count of days', () => {
    const seconds = fc.integer({ min: 0, max: 86_399 });
    fc.assert(
      fc.property(days, seconds, (day, second) => {
        const serial = day.getTime() / 86_400_000 + 25_569;
        fc.pre(Math.floor(serial) >= 61);
        const read = serialMoment(Math.floor(serial) + second / 86_400, 1900);
        const time = new Date(second * 1_000).toISOString().slice(11, 19);
        expect(read).toEqual({ ok: true, value: { date: iso(day), ...(second > 0 && { time }) } });
      }),
    );
  });
});

describe('a stage', () => {
  it.each([
    ['检验合格', { stage: 'tested' }],
    ['合格放行', { stage: 'released' }],
    ['待检', { stage: 'quarantined' }],
    ['已入库', { stage: 'stored' }],
    ['出库', { stage: 'issued' }],
    ['In Stock', { stage: 'stored' }],
    ['临床使用', { stage: 'used' }],
    ['退回', { stage: 'stored', note: '退回' }],
    ['过期报废', { stage: 'discarded', note: '过期报废' }],
  ])('%s is known', (cell, value) => {
    expect(readStage(cell)).toEqual({ ok: true, value });
  });
  it('that is none of them is not guessed', () => {
    for (const cell of ['检验不合格', '未放行', '出库退回待定', 'unused', '合格率'])
      expect(readStage(cell)).toEqual({ ok: false, why: 'unknown-word' });
  });
});

it('a bag among several is its number or its letter', () => {
  const read = ['00', '1', '02', '2.0', 'A0', 'B', '０３'].map((cell) => readNth(cell));
  expect(read.map((it) => it.ok && it.value)).toEqual([1, 1, 2, 2, 1, 2, 3]);
  for (const cell of ['Aa', '100', 'x-1']) expect(readNth(cell).ok).toBe(false);
});
