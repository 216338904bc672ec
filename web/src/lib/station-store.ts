import type { Seat, SeatHere, SharedStation, Turn } from './station-types.ts';
import { deviceStorage, tabStorage } from './storage.ts';

export type { Seat, SeatHere, SharedStation };

export const STATION = 'nuanliu.station';
export const SEATS = 'nuanliu.seats';
export const TURN = 'nuanliu.station-turn';
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

export const turn = {
  get: (): Turn | undefined => parsed<Turn>(deviceStorage.getItem(TURN)),
  set: (next: Turn): void => deviceStorage.setItem(TURN, JSON.stringify(next)),
};
