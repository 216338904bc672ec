import type { Turn } from '../lib/station-types.ts';

/**
 * What a tab does of itself, each time it looks: goes on, locks the station because nobody has touched it in any tab, or gives way to
 * whoever has it in another by now, whom it does not lock out.
 */
export function afterLook({
  here,
  touched,
  turn,
  now,
  lockMs,
}: {
  /** Whom this tab shows, and when it was last touched. */
  readonly here: string;
  readonly touched: number;
  readonly turn: Turn | undefined;
  readonly now: number;
  readonly lockMs: number;
}): 'go-on' | 'lock' | 'give-way' {
  if (turn && turn.personId !== here) return 'give-way';
  // A clock that was put back has nobody stay for as long.
  const elsewhere = turn && turn.at <= now ? turn.at : 0;
  return now - Math.max(Math.min(touched, now), elsewhere) >= lockMs ? 'lock' : 'go-on';
}
