import type { People } from '../../shared/store/people.ts';

/**
 * The names of those of the station who did something, read all at once. Whoever is forgotten has none, and neither has a rule,
 * a job or another system.
 */
export async function colleagues(
  people: Pick<People, 'profiles'>,
  ids: readonly (string | undefined)[],
): Promise<(id: string | undefined) => string | undefined> {
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  const profiles = await people.profiles(known);
  const names = new Map(known.map((id, n) => [id, profiles[n]?.name]));
  return (id) => (id === undefined ? undefined : names.get(id));
}
