function emitter() {
  const listeners = new Set<() => void>();
  return {
    tell(): void {
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The service has said that a shared station is not open for whoever calls: told by any call, heard by what locks it. */
export const lockedOut = emitter();

/** Whoever is at a shared station signs out: their seat is given up. */
export const seatGivenUp = emitter();
