/** What somebody can do about a shift now: nothing, for a reason, or one thing or two. */
export type WayIn = 'over' | 'opens' | 'closed' | 'full' | 'sign-up' | 'cover' | 'wait';

/**
 * A place that somebody looks to give over can be had past the close of sign-up, to the shift's beginning; while sign-up is open
 * one may wait as well, because whoever waits is asked first.
 */
export function waysIn(
  { startsAt, free, covers }: { readonly startsAt: string; readonly free: number; readonly covers: number },
  { opensAt, closesAt }: { readonly opensAt?: string | undefined; readonly closesAt?: string | undefined },
  now: string,
  /** Whether this page lets one wait, or take over. */
  waits: boolean,
): readonly WayIn[] {
  if (startsAt <= now) return ['over'];
  if (opensAt !== undefined && now < opensAt) return ['opens'];
  const isClosed = closesAt !== undefined && now >= closesAt;
  if (!isClosed && free > 0) return ['sign-up'];
  const cover: readonly WayIn[] = waits && covers > 0 ? ['cover'] : [];
  if (isClosed) return cover.length > 0 ? cover : ['closed'];
  return waits ? [...cover, 'wait'] : ['full'];
}
