import type { RosterEntry } from '../api/types.ts';

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Whether a roster's line is what was typed: a part of the name, or the end of the number. */
export function isMeant({ name, phoneLast4 }: Pick<RosterEntry, 'name' | 'phoneLast4'>, typed: string): boolean {
  const wanted = plain(typed);
  return plain(name).includes(wanted) || (/^\d{1,4}$/.test(wanted) && phoneLast4.endsWith(wanted));
}
