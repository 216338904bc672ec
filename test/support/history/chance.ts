/** Chance from a seed (mulberry32): the same choices for the same seed. */
export function createChance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (n: number): number => Math.floor(next() * n),
    of: <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)],
    weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
      const names = Object.keys(weights) as T[];
      let at = next() * names.reduce((sum, name) => sum + weights[name], 0);
      for (const name of names) {
        at -= weights[name];
        if (at < 0) return name;
      }
      return names[0] as T;
    },
  };
}
export type Chance = ReturnType<typeof createChance>;
