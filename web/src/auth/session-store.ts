import type { KeyValue } from '../api/action-key.ts';
import { KEPT } from '../lib/kept.ts';
import { subjectOf } from './claims.ts';

/** Who is signed in here, as far as the pages must know without loading the OpenID client. */
export type Session = {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly idToken: string;
  readonly refreshToken?: string;
};

function whoseIs(it: Session | undefined): string | undefined {
  try {
    return it && subjectOf(it);
  } catch {
    return undefined;
  }
}

/** A session in the browser's storage, or in the tab's (`place`), heard of by whoever shows it. `changed`: told of each that is set. */
export function sessionStore(place: () => KeyValue, changed: (next: Session | undefined) => void) {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const read = (): Session | undefined => {
    try {
      const kept = JSON.parse(place().getItem(KEPT.session) ?? 'null') as Session | null;
      return kept && typeof kept.accessToken === 'string' ? kept : undefined;
    } catch {
      return undefined;
    }
  };
  let current = read();
  const store = {
    get: (): Session | undefined => current,
    set(next: Session | undefined): void {
      current = next;
      if (next) place().setItem(KEPT.session, JSON.stringify(next));
      else place().removeItem(KEPT.session);
      changed(next);
      tell();
    },
    /** Whoever was here leaves with the page: nothing comes of them after that, and nothing on it is drawn anew. */
    drop(): void {
      current = undefined;
      place().removeItem(KEPT.session);
    },
    /** As it is kept by now: another tab has changed it. */
    readAgain(): void {
      current = read();
      tell();
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Tells when somebody else is here than was before, as when they signed in in another tab. */
    onAnother(listener: () => void): () => void {
      let was = whoseIs(current);
      return store.subscribe(() => {
        const is = whoseIs(current);
        if (is === undefined || is === was) return;
        const isAnother = was !== undefined;
        was = is;
        if (isAnother) listener();
      });
    },
    /**
     * Renews the session of whoever is here. Whoever has signed out, locked the station or given way to another meanwhile is not brought
     * back by an answer of their provider that comes late, and nobody else is signed out by one.
     */
    async renew(renewed: (before: Session) => Promise<Session>): Promise<void> {
      const before = current;
      if (!before) return;
      try {
        const next = await renewed(before);
        if (current && whoseIs(current) === whoseIs(before)) store.set(next);
      } catch (error) {
        // The provider no longer knows this session: the next page asks to sign in again and comes back. One that could not be
        // reached has said nothing of the kind, and without a connection nobody is signed out.
        if (current === before && error instanceof Error && error.name === 'ErrorResponse') store.set(undefined);
      }
    },
  };
  return store;
}
