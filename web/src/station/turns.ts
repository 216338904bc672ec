import { randomKey } from '../api/action-key.ts';
import { queryClient } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import { session } from '../auth/session.ts';
import { KEPT } from '../lib/kept.ts';
import { passes } from '../lib/passes.ts';
import { SEATS, STATION, seatHere, sharedStation } from '../lib/station-store.ts';
import { deviceStorage } from '../lib/storage.ts';
import { keep, openSeat } from './keep.ts';
import { seats } from './seats.ts';
import { putBack, takeTyped } from './typed.ts';

/** Where the station waits for whoever is next. */
export const LOCK_PAGE = '/staff/station';
/** Where a seat goes first. */
export const NEXT = 'nuanliu.station-next';
/** Changes when the station locks, for what other tabs show of whoever was there. */
export const LOCKED = 'nuanliu.station-locked';
/** Longer than this the service is not waited for: it locks by its own clock. */
const PATIENCE_MS = 1_500;

const OURS = 'nuanliu.';
/** What of the tab goes with whoever leaves it: drafts, keys of what they were doing. */
function tabOf(): Record<string, string> {
  const found: Record<string, string> = {};
  for (let n = 0; n < window.sessionStorage.length; n += 1) {
    const name = window.sessionStorage.key(n);
    const value = name && window.sessionStorage.getItem(name);
    if (name?.startsWith(OURS) && value && name !== KEPT.session && name !== 'nuanliu.seat') found[name] = value;
  }
  return found;
}

let leaving = false;

/**
 * Locks: what is on the page goes at once, what was typed is kept for whoever typed it, the service is told, and the page begins
 * anew with nothing of them in its memory.
 */
export async function lock(): Promise<void> {
  const station = sharedStation.get();
  if (!station || leaving) return;
  leaving = true;
  const [typed, place] = [takeTyped(), window.location.pathname + window.location.search];
  document.getElementById('root')?.remove();
  deviceStorage.setItem(LOCKED, randomKey());
  const mine = session.get();
  const told = tell(station.stationId, station.key);
  if (mine && seatHere.get()) await keep({ session: mine, place, tab: tabOf(), typed }).catch(() => undefined);
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  forgetTab();
}

async function tell(stationId: string, key: string): Promise<void> {
  await call(
    'POST /api/stations/{stationId}/lock',
    { params: { stationId }, body: { key } },
    { idempotencyKey: randomKey() },
  ).catch(() => undefined);
}

/** Nothing of whoever was here stays in the tab. */
function forgetTab(): void {
  try {
    window.sessionStorage.clear();
  } catch {
    // A browser that refuses its storage has kept nothing.
  }
  passes.forget();
  window.location.replace(LOCK_PAGE);
}

/** Somebody has unlocked it: all of theirs is back, where they left it. Answers with the way there; undefined: nothing was kept of them. */
export async function takeTurn(seat: { personId: string; name: string; seatKey: string }): Promise<string | undefined> {
  const station = sharedStation.get();
  const sealed = seats.all().find(({ personId }) => personId === seat.personId)?.sealed;
  const kept = sealed ? await openSeat(sealed, seat.seatKey, seat.personId) : undefined;
  if (!kept || !station) return undefined;
  for (const [name, value] of Object.entries(kept.tab ?? {})) window.sessionStorage.setItem(name, value);
  seatHere.set(seat);
  queryClient.clear();
  session.set(kept.session);
  if (kept.typed) putBack(kept.typed);
  return kept.place ?? `/staff/${station.siteId}`;
}

/** Takes the seat that the service has given: from now on the session is this tab's, and encrypted for its owner. */
export async function takeSeat(seat: { personId: string; name: string; seatKey: string }): Promise<void> {
  const station = sharedStation.get();
  const mine = session.get();
  if (!station || !mine) return;
  // First what is left where others could read it.
  deviceStorage.removeItem(KEPT.session);
  seatHere.set(seat);
  session.set(mine);
  await keep({ session: mine });
  window.sessionStorage.setItem(NEXT, `/staff/${station.siteId}`);
  await awayFromProvider(mine.idToken);
}

/** The provider forgets them, so that the next to sign in here is asked for a number. */
export async function awayFromProvider(idToken: string): Promise<void> {
  const { signOutAddress } = await import('../auth/oidc.ts');
  window.location.assign(await signOutAddress(idToken));
}

/** Somebody goes for the day: their seat is nobody's, and nothing of them stays. */
export async function leave(): Promise<void> {
  const station = sharedStation.get();
  const mine = seatHere.get();
  if (!station || !mine || leaving) return;
  leaving = true;
  document.getElementById('root')?.remove();
  const { stationId, key } = station;
  const input = { params: { stationId }, body: { key } };
  await call('POST /api/stations/{stationId}/leave', input, { idempotencyKey: randomKey() }).catch(() => undefined);
  seats.drop(mine.personId);
  forgetTab();
}

/** A browser like any other again: nobody who had a seat has one, and whoever ended it signs in anew. */
export async function endStation(): Promise<void> {
  const station = sharedStation.get();
  if (!station || leaving) return;
  leaving = true;
  const { stationId, key } = station;
  const input = { params: { stationId }, body: { key } };
  await call('POST /api/stations/{stationId}/end', input, { idempotencyKey: randomKey() }).catch(() => undefined);
  deviceStorage.removeItem(STATION);
  deviceStorage.removeItem(SEATS);
  deviceStorage.removeItem(KEPT.session);
  window.sessionStorage.clear();
  passes.forget();
  window.location.replace('/');
}

/** Somebody signed in here, took no seat and went away. */
export async function abandon(): Promise<void> {
  const idToken = session.get()?.idToken;
  session.set(undefined);
  if (idToken) await awayFromProvider(idToken);
}
