import type { Person } from '../api/types.ts';

export const EDITABLE = ['name', 'birth-date', 'sex', 'weight', 'extended-age', 'language'] as const;
export type Editable = (typeof EDITABLE)[number];

/** What the rules need to know. */
export const RULES_NEED = ['birth-date', 'sex', 'weight'] as const satisfies readonly Editable[];
type Needed = 'name' | (typeof RULES_NEED)[number];

/** What the rules, or the person at the desk, still need to know, in the order in which it is asked. */
export function whatIsMissing({ name, birthDate, sex, weightKg }: Person): Needed[] {
  const given: Record<Needed, unknown> = { name, 'birth-date': birthDate, sex, weight: weightKg };
  return (['name', ...RULES_NEED] as const).filter((field) => given[field] === undefined || given[field] === '');
}

/** The next of it; undefined when nothing is missing. */
export const firstMissing = (me: Person): Editable | undefined => whatIsMissing(me)[0];
