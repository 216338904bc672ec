/** What a spreadsheet takes for the beginning of a formula, in either width. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠|%]/u;
const QUOTED = /[",\r\n]/;
/** Without it Excel reads UTF-8 as the machine's own code page, and Chinese as nothing. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What is made of digits and is no number: led by a tab, for a spreadsheet would reckon with fifteen of them and drop the rest. */
export type Digits = { readonly digits: string };
export type Cell = string | number | Digits;

/** A cell that says what it says and is never reckoned: what looks like a formula is led by an apostrophe. */
function cell(value: Cell): string {
  if (typeof value === 'object') return value.digits === '' ? '' : `\t${cell(value.digits)}`;
  const text =
    typeof value === 'number' ? String(value) : FORMULA.test(value) || /^[\t\r]/.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as a file that a spreadsheet opens as it is: RFC 4180 in UTF-8. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
