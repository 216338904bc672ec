import { useSyncExternalStore } from 'react';
import { KEPT } from './kept.ts';
import { deviceStorage } from './storage.ts';

const listeners = new Set<() => void>();

/** Everything is sized by the root's type, so that one size makes all of a page larger. */
const mark = (): void => void document.documentElement.toggleAttribute('data-large', largeType.get());

/** Large type, as it was chosen on this browser, or on another by the person who is signed in. */
export const largeType = {
  get: (): boolean => deviceStorage.getItem(KEPT.largeType) === 'yes',
  start: mark,
  set(large: boolean): void {
    if (large === largeType.get()) return;
    deviceStorage.setItem(KEPT.largeType, large ? 'yes' : 'no');
    mark();
    for (const tell of listeners) tell();
  },
  subscribe(tell: () => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
};

export const useLargeType = (): boolean => useSyncExternalStore(largeType.subscribe, largeType.get, () => false);
