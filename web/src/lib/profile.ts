import type { Person } from '../api/types.ts';

export const EDITABLE = ['name', 'birth-date', 'sex', 'weight', 'extended-age', 'language'] as const;
export type Editable = (typeof EDITABLE)[number];

/** The next thing the rules, or the person at the desk, need to know; undefined when nothing is missing. */
export function firstMissing(me: Person): Editable | undefined {
  if (!me.name) return 'name';
  if (!me.birthDate) return 'birth-date';
  if (!me.sex) return 'sex';
  if (me.weightKg === undefined) return 'weight';
  return undefined;
}
