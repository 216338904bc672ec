/** Runs a task over a list, so many at a time; the first failure is thrown once those under way have ended. */
export async function inParallel<T>(
  list: readonly T[],
  width: number,
  task: (it: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < list.length && !failed) {
      const it = list[next] as T;
      next += 1;
      try {
        await task(it);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(width, list.length) }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
