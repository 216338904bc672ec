import { queryClient } from '../api/hooks.ts';
import { currentLanguage } from '../i18n/index.ts';
import { passes } from '../lib/passes.ts';
import { seatHere, sharedStation } from '../lib/station-store.ts';
import { clearTab } from '../lib/storage.ts';
import { wayBack } from '../lib/way-back.ts';
import { device } from './device.ts';
import { seatGivenUp } from './locked-out.ts';
import { session } from './session.ts';

export const here = (): string => window.location.pathname + window.location.search;

/** A page the browser had kept whole comes back as it was before the sign-in: look again at who is here. */
export function lookAgainOnReturn(): void {
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
}

/** Where somebody takes a seat at a shared station. */
export const JOIN_PAGE = '/staff/station/join';

let leaving = false;

/** To the provider's page and back to `returnTo`. Asked for by several at once, it goes once. */
export async function signIn(returnTo: string = here()): Promise<void> {
  if (leaving) return;
  leaving = true;
  try {
    // At a shared station it may be a colleague who signs in: the seat is not theirs, they take one of their own.
    const isSeated = seatHere.get() !== undefined;
    if (isSeated) clearTab();
    session.set(undefined);
    const to = isSeated ? JOIN_PAGE : returnTo;
    const { leaveToSignIn } = await import('./oidc.ts');
    const go = await leaveToSignIn(to, currentLanguage(), sharedStation.get() !== undefined);
    wayBack.mark(to);
    go();
  } finally {
    leaving = false;
  }
}

/** Forgets who was here, on this browser too, then ends the provider's session as well. */
export async function signOut(): Promise<void> {
  if (seatHere.get()) return seatGivenUp.tell();
  const idToken = session.get()?.idToken;
  session.set(undefined);
  device.forget();
  passes.forget();
  queryClient.clear();
  const { signOutAddress } = await import('./oidc.ts');
  window.location.assign(idToken ? await signOutAddress(idToken) : '/');
}
