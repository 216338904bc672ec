import type { Session } from '../auth/session-store.ts';
import type { Seat, SeatHere } from '../lib/station-types.ts';
import { sealSeat } from './seal.ts';

/** One field of a page as somebody left it. */
export type Typed = { readonly field: string; readonly value: string; readonly checked?: boolean };

/** What a station keeps of somebody while others use it: who they are to the service, where they were and what they had typed. */
export type KeptSeat = {
  readonly session: Session;
  readonly place?: string;
  readonly tab?: Readonly<Record<string, string>>;
  readonly typed?: readonly Typed[];
};

/**
 * Keeps something of whoever is here, the last that it was told: a session that is renewed while the station locks takes nothing of what
 * is kept beside it. One that could not be written bars none that come after it.
 */
export function seatKeeper(here: () => SeatHere | undefined, put: (seat: Seat) => void) {
  let writing: Promise<void> = Promise.resolve();
  /** What this page was last told of a seat. */
  let last: { readonly seatKey: string; readonly kept: KeptSeat } | undefined;
  return async (told: KeptSeat): Promise<void> => {
    const seat = here();
    if (!seat) return;
    const { personId, name, seatKey, sub } = seat;
    const kept = { ...(last?.seatKey === seatKey && last.kept), ...told };
    last = { seatKey, kept };
    const turn = writing.then(async () => {
      const sealed = await sealSeat(kept, seatKey, { personId, sub });
      if (sealed) put({ personId, name, sub, sealed });
    });
    writing = turn.catch(() => undefined);
    await turn;
  };
}
