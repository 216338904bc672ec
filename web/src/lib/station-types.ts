/** That this browser is shared by several people of a site, who use it in turn. */
export type SharedStation = {
  readonly stationId: string;
  /** By which the service knows this browser while nobody is at it. */
  readonly key: string;
  readonly siteId: string;
  readonly siteName: { readonly zh: string; readonly en: string };
  readonly lockMinutes: number;
};

/** Somebody who has a seat here. What is theirs is encrypted, under a key that the service tells whoever has their PIN. */
export type Seat = { readonly personId: string; readonly name: string; readonly sub: string; readonly sealed: string };

/** Whose turn it is: for as long as this tab is theirs, and nowhere but in it. */
export type SeatHere = {
  readonly personId: string;
  readonly name: string;
  readonly seatKey: string;
  /** The subject of their tokens: a colleague's that come into this tab are not kept as theirs. */
  readonly sub: string;
};

/**
 * Whose turn it is at the browser, and when they last touched it in any of its tabs. Without a person it is nobody's: it was locked;
 * `left`: by whoever gave up their seat.
 */
export type Turn = { readonly at: number; readonly personId?: string; readonly left?: string };
