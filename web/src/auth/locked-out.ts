const listeners = new Set<() => void>();

/** The service has said that a shared station is not open for whoever calls: told by any call, heard by whatever locks it. */
export const lockedOut = {
  tell(): void {
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
