import { deviceStorage, tabStorage } from './storage.ts';

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

export const STATION = 'nuanliu.station';
export const SEATS = 'nuanliu.seats';
const HERE = 'nuanliu.seat';

export function parsed<T>(text: string | null): T | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export const sharedStation = {
  get: (): SharedStation | undefined => parsed<SharedStation>(deviceStorage.getItem(STATION)),
  set: (station: SharedStation): void => deviceStorage.setItem(STATION, JSON.stringify(station)),
};

export const seatHere = {
  get: (): SeatHere | undefined => parsed<SeatHere>(tabStorage.getItem(HERE)),
  set: (seat: SeatHere): void => tabStorage.setItem(HERE, JSON.stringify(seat)),
};
