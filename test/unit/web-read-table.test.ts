import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { columnsOf, type FileKind } from '../../shared/domain/files/fields.ts';
import { type RowCells, readRow } from '../../shared/domain/files/rows.ts';
import { TableError } from '../../web/src/files/limits.ts';
import { reduce } from '../../web/src/files/reduce.ts';
import { openTable, seeRows, type TableRow } from '../../web/src/files/table.ts';

const example = (name: string): Blob =>
  new Blob([readFileSync(fileURLToPath(new URL(`../../web/public/examples/${name}`, import.meta.url)))]);
const text = (content: string, before: number[] = []): Blob => new Blob([new Uint8Array(before), content]);

async function rowsOf(file: Blob, kind: FileKind = 'usage'): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of (await openTable(file, kind)).rows()) rows.push(row);
  return rows;
}
async function reduced(file: Blob, kind: FileKind) {
  const table = await openTable(file, kind);
  const { header } = await seeRows(table, kind);
  if (!header) throw new Error('no header');
  const columns = columnsOf(kind, header.cells);
  const result = await reduce(table, header, { kind, columns });
  return { ...result, table, columns, content: await result.content.text() };
}
const faultOf = async (file: Blob): Promise<string> => {
  try {
    await rowsOf(file);
    return 'none';
  } catch (error) {
    return error instanceof TableError ? error.why : `threw ${error}`;
  }
};

/** A workbook with this sheet and these texts. */
function workbook(sheet: string, more: { texts?: string; styles?: string; date1904?: boolean } = {}): Blob {
  const rels = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>';
  return new Blob([
    // The sheet stands before the texts it names, as some programs write it.
    zipSync({
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
      'xl/workbook.xml': strToU8(
        `<workbook><workbookPr date1904="${more.date1904 ? 1 : 0}"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(rels),
      'xl/styles.xml': strToU8(more.styles ?? '<styleSheet/>'),
      'xl/sharedStrings.xml': strToU8(`<sst>${more.texts ?? ''}</sst>`),
    }) as Uint8Array<ArrayBuffer>,
  ]);
}

describe('a text file', () => {
  it.each([
    ['UTF-8', text('献血码,日期\nA,B\n')],
    ['UTF-8 with a byte order mark', text('献血码,日期\nA,B\n', [0xef, 0xbb, 0xbf])],
    [
      'GB18030',
      new Blob([
        Uint8Array.from([0xcf, 0xd7, 0xd1, 0xaa, 0xc2, 0xeb, 0x2c, 0xc8, 0xd5, 0xc6, 0xda, 0x0a, 0x41, 0x2c, 0x42]),
      ]),
    ],
    ['UTF-16', new Blob([new Uint8Array([0xff, 0xfe]), Buffer.from('献血码\t日期\nA\tB\n', 'utf16le')])],
    ['tabs', text('献血码\t日期\nA\tB\n')],
    ['semicolons', text('献血码;日期\nA;B\n')],
    ['lines as old Macs end them', text('献血码,日期\rA,B\r')],
  ])('is read in %s', async (_, file) => {
    expect((await rowsOf(file)).slice(0, 2)).toEqual([
      { row: 1, cells: ['献血码', '日期'] },
      { row: 2, cells: ['A', 'B'] },
    ]);
  });

  it('keeps a row’s number over blank lines and cells of several lines', async () => {
    const rows = await rowsOf(text('a,b\n\n"x\ny",2\n3,4'));
    expect(rows.at(-1)).toEqual({ row: 4, cells: ['3', '4'] });
    expect(rows[2]?.cells).toEqual(['x\ny', '2']);
  });

  it('is read piece by piece, characters that a piece cuts in two included', async () => {
    const line = '血,浆\n';
    const rows = await rowsOf(text(line.repeat(60_000)));
    expect(rows).toHaveLength(60_000);
    expect(rows.every(({ cells }) => cells[0] === '血' && cells[1] === '浆')).toBe(true);
  });
});

describe('a workbook', () => {
  it('gives what its cells show: dates as dates, zeros that stand before, texts without their reading', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
      '<numFmt numFmtId="171" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>';
    const sheet =
      '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" s="1"><v>46082</v></c><c r="D3" s="2"><v>42</v></c>' +
      '<c r="E3"><v>13800001111</v></c><c r="F3"><v>123456789012345678</v></c><c r="G3" t="inlineStr"><is><t>x</t></is></c>' +
      '<c r="H3"><f>1+1</f><v>2</v></c></row>';
    const texts = '<si><r><t>血</t></r><r><t>浆</t></r><rPh sb="0" eb="1"><t>けつ</t></rPh></si>';
    expect(await rowsOf(workbook(sheet, { texts, styles }))).toEqual([
      { row: 3, cells: ['血浆', '', '2026-03-01', '0042', '13800001111', '1.23457E+17', 'x', '2'] },
    ]);
  });

  it('counts days from 1904 where it says so', async () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>';
    const sheet = '<row r="1"><c r="A1" s="0"><v>44620</v></c></row>';
    expect((await rowsOf(workbook(sheet, { styles, date1904: true })))[0]?.cells).toEqual(['2026-03-01']);
  });

  it('is refused where it is broken, locked, of an old kind, empty, or would fill the memory', async () => {
    expect(await faultOf(new Blob([]))).toBe('empty');
    expect(await faultOf(new Blob([Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])]))).toBe(
      'old-excel',
    );
    expect(await faultOf(new Blob([Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0])]))).toBe('broken');
    expect(await faultOf(workbook('<row><c></row>'))).toBe('broken');
    expect(await faultOf(workbook('<!DOCTYPE x [<!ENTITY a "b">]><row><c><v>&a;</v></c></row>'))).toBe('broken');
    // Megabytes of one text in a file of some kilobytes.
    expect(await faultOf(workbook('', { texts: `<si><t>${'x'.repeat(4_000_000)}</t></si>` }))).toBe('too-large');
  });
});

describe('what leaves the browser', () => {
  it('is of the messy example in GB18030 the chosen columns and the data, with the last four of each identity', async () => {
    const { table, columns, content, fields, rows, skipped } = await reduced(
      example('donations-gb18030.csv'),
      'donations',
    );
    expect(table.form).toEqual({ kind: 'text', encoding: 'gb18030', delimiter: ',' });
    expect(columns[5]).toBe('identity');
    expect(fields).toContain('lastFour');
    expect([rows, skipped]).toEqual([10, 2]);
    expect(content).not.toMatch(/9901011988|王芳|合计|血型/);
    const outcomes = content
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([row, ...cells]) => {
        const read = readRow(Object.fromEntries(fields.map((field, n) => [field, cells[n]])) as RowCells, {
          kind: 'donations',
          scheme: 'isbt128',
          bareDins: false,
          epoch: 1900,
          today: '2026-11-27',
        });
        return [Number(row), read.ok || read.refusals.map(({ field, why }) => `${field} ${why}`).join()];
      });
    expect(outcomes).toEqual([
      [5, true],
      [6, true],
      [7, true],
      [8, true],
      [9, true],
      [10, true],
      [11, 'phone damaged'],
      [12, 'din check-character'],
      [13, 'lastFour damaged,date no-such-date'],
      [14, true],
    ]);
  });

  it('is of a hospital’s workbook nothing that speaks of a patient', async () => {
    const { table, columns, content, fields, rows } = await reduced(example('hospital-usage.xlsx'), 'usage');
    expect(table.form).toEqual({ kind: 'workbook', sheet: '用血明细' });
    expect(columns).toEqual(['none', 'din', 'component', 'hospital', 'date', 'patient', 'patient', 'patient']);
    expect(fields).toEqual(['din', 'component', 'hospital', 'date']);
    expect(rows).toBe(6);
    expect(content).not.toMatch(/某|8001|科/);
    expect(content.split('\n')[1]).toMatch(
      /^4,N700125900001.,悬浮红细胞2U、新鲜冰冻血浆200ml,云汀市人民医院,2025-03-20$/,
    );
  });
});

it('what another system says of its units goes in the order in which it was, however it was printed', async () => {
  const content = [
    '献血码,血型ABO/Rh,检测时间,ALT,患者姓名',
    'G1,A+,2026/11/23 9:05,20,张三',
    'G2,A+,不详,20,',
    'G3,A+,2026-11-23 08:30,20,',
    'G4,A+,2026-11-22,20,',
  ].join('\n');
  const { content: sent, fields } = await reduced(new File([content], 'a.csv'), 'results');
  expect(fields).toEqual(['din', 'group', 'at', 'alt']);
  expect(sent.split('\n').map((line) => line.split(',').slice(0, 2).join())).toEqual([
    'row,din',
    '5,G4',
    '4,G3',
    '2,G1',
    '3,G2',
  ]);
  expect(sent).not.toContain('张三');
});
