import { seatHere } from '../lib/station-store.ts';
import { seatKeeper } from './keeper.ts';
import { seats } from './seats.ts';

export const keep = seatKeeper(seatHere.get, seats.put);
