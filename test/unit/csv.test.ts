import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../shared/domain/csv.ts';

test('opens in Excel as it is: its mark, its line ends, its quotes', () => {
  expect(
    csvText([
      ['时间', '姓名'],
      ['09:00', '林"晓", 先生'],
      [1, '两\n行'],
    ]),
  ).toBe('\uFEFF时间,姓名\r\n09:00,"林""晓"", 先生"\r\n1,"两\n行"\r\n');
});

test.each([
  '=1+1',
  '+86 139',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  ' =HYPERLINK("x")',
  '＝1',
  '＠x',
  '|cmd',
  '%0A',
  '\tx',
  '\rx',
])('never reckons %j', (text) => {
  expect(
    csvText([[text]])
      .replaceAll('"', '')
      .slice(1),
  ).toMatch(/^'/);
});

test.each(['a=1', 'a\tb', '3-2', -2])('leaves %j as it is', (value) => {
  expect(csvText([[value]]).slice(1)).toBe(`${value}\r\n`);
});

test('whatever a name holds comes back as it was, but for the apostrophe before what looks like a formula', () => {
  const character = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));
  const name = fc.string({ unit: character });
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { minLength: 1 }), (rows) => {
      const read = parse(csvText(rows).slice(1));
      expect(read.map((row) => row.map((text) => text.replace(/^'/, '')))).toEqual(
        rows.map((row) => row.map((text) => text.replace(/^'/, ''))),
      );
    }),
  );
});

/** RFC 4180, read back. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    let value = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += text[at] === '"' ? 2 : 1) value += text[at];
      at += 1;
    } else for (; text[at] !== ',' && text.slice(at, at + 2) !== '\r\n'; at += 1) value += text[at];
    row.push(value);
    if (text[at] === ',') at += 1;
    else {
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test('keeps every digit of what is no number: a spreadsheet would round it', () => {
  const long = { digits: '110101199605010016' };
  expect(csvText([['a', long, { digits: '' }]]).slice(1)).toBe('a,\t110101199605010016,\r\n');
  expect(csvText([[{ digits: '=1' }]]).slice(1)).toBe("\t'=1\r\n");
});
