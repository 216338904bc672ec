import { createHash } from 'node:crypto';
import { createChance } from '../history/chance.ts';

/** Chance from what names a request: the same names make the same request, so that a failure is replayed by naming it. */
export function chanceFrom(...names: readonly (string | number)[]) {
  const { below } = createChance(createHash('sha256').update(JSON.stringify(names)).digest().readUInt32LE(0));
  return {
    below,
    /** True once in `n` times. */
    oneIn: (n: number): boolean => below(n) === 0,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
  };
}
export type Chance = ReturnType<typeof chanceFrom>;
