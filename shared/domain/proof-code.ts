/** Characters of a code, by fours as people read them out. */
const LENGTH = 16;
const GROUP = /.{4}(?=.)/g;

/** As it is printed: K3M9-Q0XA-7Z2T-WB5D. */
export const printCode = (code: string): string => code.toUpperCase().replaceAll(GROUP, '$&-');

/** The code that somebody has typed: in any case, with spaces and dashes, with the letters that are taken for digits. */
export function readCode(typed: string): string | undefined {
  const code = typed
    .toLowerCase()
    .replaceAll(/[\s\-–—]/g, '')
    .replaceAll(/[il]/g, '1')
    .replaceAll('o', '0');
  return code.length === LENGTH && /^[0-9a-z]+$/.test(code) ? code : undefined;
}
