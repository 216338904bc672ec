/**
 * The code that an organiser shows for volunteers to scan: another one every half minute. What it is made from, and how it is
 * checked, is in store/shift-codes.ts; when which one holds is here, since the organiser's page shows them without a line too.
 */

export const CODE_SECONDS = 30;
/** As many are handed out at once as an hour without a line needs. */
export const CODES_AHEAD = 120;
/** Whoever has scanned one has so long to sign in. */
export const SEEN_MINUTES = 10;

/** Number of the stretch that an instant lies in. */
export const codeWindow = (at: number): number => Math.floor(at / (CODE_SECONDS * 1000));

/** Which codes hold at an instant: the one that is shown, and the one before it for whoever was just pointing their phone. */
export const codesHolding = (at: number): readonly number[] => [codeWindow(at), codeWindow(at) - 1];

/** The code of `codes`, of which the first is of stretch `from`, that is to be shown; undefined once they are used up. */
export const codeShown = (codes: readonly string[], from: number, at: number): string | undefined =>
  codes[codeWindow(at) - from];

/** Until the next one, in whole seconds. */
export const secondsLeft = (at: number): number => CODE_SECONDS - (Math.floor(at / 1000) % CODE_SECONDS);
