import { parsed, SEATS, type Seat } from '../lib/station-store.ts';
import { deviceStorage } from '../lib/storage.ts';

/** Who has a seat at this station, as its browser keeps it. */
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
