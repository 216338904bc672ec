import { KEPT } from '../lib/kept.ts';
import { seatHere, sharedStation } from '../lib/station-store.ts';
import { deviceStorage, tabStorage } from '../lib/storage.ts';

/** Who is signed in here, as far as the pages must know without loading the OpenID client. */
export type Session = {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly idToken: string;
  readonly refreshToken?: string;
};

/** A token with less than this left is as good as expired. */
const MARGIN_MS = 20_000;

/** At a shared station a session is the tab's, before its owner has a seat too; what the browser keeps of it is encrypted for them. */
const place = () => (sharedStation.get() ? tabStorage : deviceStorage);

function read(): Session | undefined {
  try {
    const kept = JSON.parse(place().getItem(KEPT.session) ?? 'null') as Session | null;
    return kept && typeof kept.accessToken === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}

let current = read();
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

export const session = {
  /** Follows what another tab does: signs in, or out. */
  start(): void {
    window.addEventListener('storage', ({ key }) => {
      if (key !== KEPT.session && key !== null) return;
      current = read();
      tell();
    });
  },
  get: (): Session | undefined => current,
  set(next: Session | undefined): void {
    current = next;
    if (next) place().setItem(KEPT.session, JSON.stringify(next));
    else place().removeItem(KEPT.session);
    if (next && seatHere.get()) void import('../station/keep.ts').then(({ keepSession }) => keepSession(next));
    tell();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

let renewing: Promise<void> | undefined;

/** A token that is still good, renewed first if it can be; undefined when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (!current) return undefined;
  if (current.expiresAt - Date.now() > MARGIN_MS) return current.accessToken;
  if (current.refreshToken) {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    await renewing;
  } else {
    session.set(undefined);
  }
  return current?.accessToken;
}

async function renew(): Promise<void> {
  const before = current;
  try {
    const { renewed } = await import('./oidc.ts');
    if (before) session.set(await renewed(before));
  } catch (error) {
    // The provider no longer knows this session: the next page asks to sign in again and comes back. One that could not be
    // reached has said nothing of the kind, and without a connection nobody is signed out.
    if (error instanceof Error && error.name === 'ErrorResponse') session.set(undefined);
  }
}
