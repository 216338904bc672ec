import { randomKey } from '../api/action-key.ts';
import { queryClient } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import { subjectOf } from '../auth/claims.ts';
import { session } from '../auth/session.ts';
import { KEPT } from '../lib/kept.ts';
import { passes } from '../lib/passes.ts';
import { SEATS, type SharedStation, STATION, seatHere, sharedStation, TURN, turn } from '../lib/station-store.ts';
import { clearTab, deviceStorage } from '../lib/storage.ts';
import { keep } from './keep.ts';
import type { KeptSeat } from './keeper.ts';
import { openSeat } from './seal.ts';
import { seats } from './seats.ts';
import { putBack, takeTyped } from './typed.ts';

/** Where the station waits for whoever is next. */
export const LOCK_PAGE = '/staff/station';
/** Where a seat goes first. */
export const NEXT = 'nuanliu.station-next';
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
 * anew with nothing of them in its memory. `heard`: the service, or another tab, has said that it is not open for whoever this tab
 * shows. Then it may be open for a colleague, and neither is told to lock.
 */
export async function lock({ heard = false }: { readonly heard?: boolean } = {}): Promise<void> {
  const station = sharedStation.get();
  if (!station || leaving) return;
  leaving = true;
  const [typed, place] = [takeTyped(), window.location.pathname + window.location.search];
  document.getElementById('root')?.remove();
  // Heard by other tabs, and by what they show of whoever was there.
  if (!heard) turn.set({ at: Date.now() });
  const [mine, seat] = [session.get(), seatHere.get()];
  const told = heard ? Promise.resolve() : tell(station.stationId, station.key);
  const hasLeft = turn.get()?.left === seat?.personId;
  if (mine && seat && !hasLeft) await keep({ session: mine, place, tab: tabOf(), typed }).catch(() => undefined);
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

/** Nothing of whoever was here stays, and the page begins anew. */
function forgetTab(): void {
  session.drop();
  clearTab();
  passes.forget();
  window.location.replace(LOCK_PAGE);
}

/** What the service tells of a seat that somebody takes or unlocks. */
type Told = {
  readonly personId: string;
  readonly name: string;
  readonly seatKey: string;
  readonly lockMinutes: number;
};

/** Somebody has unlocked it: all of theirs is back, where they left it. Answers with the way there; undefined: nothing was kept of them. */
export async function takeTurn({ lockMinutes, ...seat }: Told): Promise<string | undefined> {
  const station = sharedStation.get();
  const own = seats.all().find(({ personId }) => personId === seat.personId);
  const kept = own ? await openSeat<KeptSeat>(own.sealed, seat.seatKey, own) : undefined;
  if (!own || !kept || !station) return undefined;
  // As their site has it now.
  sharedStation.set({ ...station, lockMinutes });
  // Whoever signed in here and took no seat leaves nothing to be taken up by others.
  clearTab();
  for (const [name, value] of Object.entries(kept.tab ?? {})) window.sessionStorage.setItem(name, value);
  seatHere.set({ ...seat, sub: own.sub });
  turn.set({ at: Date.now(), personId: seat.personId });
  queryClient.clear();
  session.set(kept.session);
  const place = kept.place ?? `/staff/${station.siteId}`;
  if (kept.typed) putBack(kept.typed, place);
  return place;
}

/** Takes the seat that the service has given: from now on what the browser keeps of the session is encrypted for its owner. */
export async function takeSeat({ lockMinutes, ...seat }: Told): Promise<void> {
  const station = sharedStation.get();
  const mine = session.get();
  if (!station || !mine) return;
  sharedStation.set({ ...station, lockMinutes });
  seatHere.set({ ...seat, sub: subjectOf(mine) });
  turn.set({ at: Date.now(), personId: seat.personId });
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

/** The browser becomes a station; the session of whoever made it one lies no longer where whoever comes next could read it. */
export function beginStation(station: SharedStation): void {
  const mine = session.get();
  deviceStorage.removeItem(KEPT.session);
  sharedStation.set(station);
  session.set(mine);
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
  turn.set({ at: Date.now(), left: mine.personId });
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
  for (const name of [SEATS, TURN, STATION]) deviceStorage.removeItem(name);
  ended();
}

/** The browser is like any other again: what this tab has of whoever had a seat goes, also where another tab has ended it. */
export function ended(): void {
  session.drop();
  clearTab();
  passes.forget();
  window.location.replace('/');
}

/** Somebody signed in here, takes no seat and goes away: the station waits for whoever is next. */
export async function abandon(): Promise<void> {
  const idToken = session.get()?.idToken;
  session.set(undefined);
  clearTab();
  passes.forget();
  if (idToken) await awayFromProvider(idToken);
  else window.location.assign(LOCK_PAGE);
}
