import type { Session } from '../auth/session.ts';
import { seatHere } from '../lib/station-store.ts';
import { sealSeat } from './seal.ts';
import { seats } from './seats.ts';
import type { Typed } from './typed.ts';

/** What a station keeps of somebody while others use it: who they are to the service, where they were and what they had typed. */
export type KeptSeat = {
  readonly session: Session;
  readonly place?: string;
  readonly tab?: Readonly<Record<string, string>>;
  readonly typed?: readonly Typed[];
};

let writing: Promise<void> = Promise.resolve();

/** Keeps something of whoever is here, the last that it was told. */
export async function keep(kept: KeptSeat): Promise<void> {
  const here = seatHere.get();
  if (!here) return;
  const { personId, name, seatKey, sub } = here;
  writing = writing.then(async () => {
    const sealed = await sealSeat(kept, seatKey, { personId, sub });
    if (sealed) seats.put({ personId, name, sub, sealed });
  });
  await writing;
}

export const keepSession = async (session: Session): Promise<void> => await keep({ session });
