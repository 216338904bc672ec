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
export type Seat = { readonly personId: string; readonly name: string; readonly sealed?: string };

/** Whose turn it is: for as long as this tab is theirs, and nowhere but in it. */
export type SeatHere = { readonly personId: string; readonly name: string; readonly seatKey: string };

const STATION = 'nuanliu.station';
const SEATS = 'nuanliu.seats';
const HERE = 'nuanliu.seat';

function parsed<T>(text: string | null): T | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export const sharedStation = {
  get: (): SharedStation | undefined => parsed<SharedStation>(deviceStorage.getItem(STATION)),
  set: (station: SharedStation): void => deviceStorage.setItem(STATION, JSON.stringify(station)),
  /** A browser like any other again: whoever had a seat has none. */
  forget(): void {
    deviceStorage.removeItem(STATION);
    deviceStorage.removeItem(SEATS);
  },
};

export const seats = {
  all: (): readonly Seat[] => parsed<Seat[]>(deviceStorage.getItem(SEATS)) ?? [],
  put: (seat: Seat): void => {
    const others = seats.all().filter(({ personId }) => personId !== seat.personId);
    const all = [...others, seat].sort((a, b) => a.name.localeCompare(b.name));
    deviceStorage.setItem(SEATS, JSON.stringify(all));
  },
  drop: (personId: string): void =>
    deviceStorage.setItem(SEATS, JSON.stringify(seats.all().filter((it) => it.personId !== personId))),
};

export const seatHere = {
  get: (): SeatHere | undefined => parsed<SeatHere>(tabStorage.getItem(HERE)),
  set: (seat: SeatHere): void => tabStorage.setItem(HERE, JSON.stringify(seat)),
  forget: (): void => tabStorage.removeItem(HERE),
};
