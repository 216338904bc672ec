import { useSyncExternalStore } from 'react';

let needed = false;
const listeners = new Set<() => void>();

/** Whether the service has asked for the second factor: told by any call, heard by whatever frames the pages of those with a role. */
export const factor = {
  isNeeded: (): boolean => needed,
  set(next: boolean): void {
    if (needed === next) return;
    needed = next;
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const useFactorNeeded = (): boolean => useSyncExternalStore(factor.subscribe, factor.isNeeded, () => false);
