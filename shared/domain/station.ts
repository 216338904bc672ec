import type { Instant } from './vocabulary.ts';

/** Minutes after which a station locks when nobody touches it, where a site has not said otherwise. */
export const LOCK_MINUTES = 3;
/** Shorter, nobody could read a page; longer, whoever walks by could. */
export const LOCK_BOUNDS = [1, 15] as const;

/** Between two words of a browser that somebody is still there. */
export const HERE_SECONDS = 30;

/** Until when a station is unlocked by a word of its browser that is not followed by another: its own clock locks first. */
export const openUntil = (now: Instant, lockMinutes: number): Instant =>
  new Date(Date.parse(now) + lockMinutes * 60_000 + 2 * HERE_SECONDS * 1000).toISOString();

/** Of whoever has shown their second factor in a station's browser, until when they may take a seat there without showing it again. */
export const joinUntil = (now: Instant): Instant => new Date(Date.parse(now) + JOIN_MINUTES * 60_000).toISOString();
/** Long enough to think of a PIN; whoever went away instead has left nothing that holds. */
const JOIN_MINUTES = 10;

/** How a session stands at a shared station: until when that is unlocked for its owner, who may yet have to take a seat there. */
export type AtStation = { readonly stationId: string; readonly openUntil: Instant; readonly joinUntil?: Instant };

/**
 * Why a session is refused: the station it is of is locked for its owner, or the time to take a seat is over. `beforeSeat`: of a route
 * by which one is taken.
 */
export function stationFault(
  at: AtStation | undefined,
  now: Instant,
  beforeSeat: boolean,
): 'station-locked' | 'second-factor-needed' | undefined {
  if (!at || at.openUntil > now) return undefined;
  if (!beforeSeat || at.joinUntil === undefined) return 'station-locked';
  return at.joinUntil > now ? undefined : 'second-factor-needed';
}

/** How often somebody may mistype their PIN before they sign in with both factors again. */
export const MOST_WRONG_PINS = 5;

/** Whether a PIN is one that others try first: one digit six times, or six that follow each other. */
export function isEasyPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, n) => Number(digit) - Number(pin[n]));
  // Of six digits, no others are as far from one to the next all the way.
  return steps.every((step) => step === steps[0]);
}
