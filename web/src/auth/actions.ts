import { queryClient } from '../api/hooks.ts';
import { currentLanguage } from '../i18n/index.ts';
import { passes } from '../lib/passes.ts';
import { seatHere } from '../lib/station-store.ts';
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

let leaving = false;

/** To the provider's page and back to `returnTo`. Asked for by several at once, it goes once. */
export async function signIn(returnTo: string = here()): Promise<void> {
  if (leaving) return;
  leaving = true;
  try {
    session.set(undefined);
    const { leaveToSignIn } = await import('./oidc.ts');
    const go = await leaveToSignIn(returnTo, currentLanguage());
    wayBack.mark(returnTo);
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
