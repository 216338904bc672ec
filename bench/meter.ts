import type { Store } from '../shared/store/client.ts';

export type Units = { readonly read: number; readonly write: number };

/** Counts the capacity units of everything a store does, as the engine tells them with `ReturnConsumedCapacity`. */
export function meter(store: Store): { during: <T>(run: () => Promise<T>) => Promise<{ answer: T; units: Units }> } {
  let read = 0;
  let write = 0;
  store.base.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
      const result = await next(args);
      const consumed = (
        result.output as { ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[] }
      ).ConsumedCapacity;
      const units = [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      if (/Write|Put|Update|Delete/.test(String(context['commandName']))) write += units;
      else read += units;
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
  return {
    during: async (run) => {
      [read, write] = [0, 0];
      const answer = await run();
      return { answer, units: { read, write } };
    },
  };
}
