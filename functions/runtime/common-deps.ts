import { packFor } from '../../shared/policy/index.ts';
import type { Store } from '../../shared/store/client.ts';
import { createPeople } from '../../shared/store/people.ts';
import type { Clock, Random } from '../../shared/store/retry.ts';
import type { EngineDeps } from '../../shared/store/transactions/deps.ts';
import type { CommonDeps } from './area-handler.ts';
import type { Log } from './log.ts';

/** Time, chance, ids and the log: everything a handler would otherwise take from the world. */
export type World = { readonly clock: Clock; readonly random: Random; readonly newId: () => string; readonly log: Log };

export function commonDeps(store: Store, world: World) {
  const people = createPeople(store);
  return { store, people, ...world } satisfies CommonDeps & Record<string, unknown>;
}

/** What booking transactions run on: the pack in force at the slot's site on its local date decides. */
export const engineDeps = (store: Store, { clock, random }: Pick<World, 'clock' | 'random'>): EngineDeps => ({
  store,
  clock,
  random,
  packOf: ({ pack, date }) => (pack === undefined ? undefined : packFor(pack, date)),
});
