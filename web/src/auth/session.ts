import { KEPT } from '../lib/kept.ts';
import { seatHere, sharedStation } from '../lib/station-store.ts';
import { deviceStorage, tabStorage } from '../lib/storage.ts';
import { type Session, sessionStore } from './session-store.ts';

export type { Session };

/** A token with less than this left is as good as expired. */
const MARGIN_MS = 20_000;

/** At a shared station a session is the tab's, before its owner has a seat too; what the browser keeps of it is encrypted for them. */
const place = () => (sharedStation.get() ? tabStorage : deviceStorage);

export const session = sessionStore(place, (next) => {
  if (!next || !seatHere.get()) return;
  // One that could not be kept is kept when the station locks.
  import('../station/keep.ts').then(({ keep }) => keep({ session: next })).catch(() => undefined);
});

/** Follows what another tab does: signs in, or out. */
export function followOtherTabs(): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === KEPT.session || key === null) session.readAgain();
  });
}

let renewing: Promise<void> | undefined;

/** A token that is still good, renewed first if it can be; undefined when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  const before = session.get();
  if (!before) return undefined;
  if (before.expiresAt - Date.now() > MARGIN_MS) return before.accessToken;
  if (before.refreshToken) {
    renewing ??= session
      .renew(async (old) => await (await import('./oidc.ts')).renewed(old))
      .finally(() => {
        renewing = undefined;
      });
    await renewing;
  } else {
    session.set(undefined);
  }
  return session.get()?.accessToken;
}
