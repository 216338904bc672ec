const CJK = /\p{Script=Han}/u;
const MOST_MASKED = 2;

/**
 * As much of a name as lets somebody who knows the person recognise it, and nobody else find them: 林＊＊, N. Q. Nothing of a
 * single character but the mask.
 */
export function maskName(name: string | undefined): string {
  const said = name?.trim() ?? '';
  const characters = [...said].filter((character) => character.trim() !== '');
  const [first] = characters;
  if (!first || characters.length === 1) return '＊';
  if (CJK.test(first)) return first + '＊'.repeat(Math.min(MOST_MASKED, characters.length - 1));
  const initials = said.split(/\s+/).map((part) => `${[...part][0]?.toUpperCase()}.`);
  return initials.length > 1 ? `${initials[0]} ${initials.at(-1)}` : `${initials[0]} ＊`;
}
