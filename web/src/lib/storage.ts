import { type KeyValue, memoryStorage } from '../api/action-key.ts';

/** The browser's storage, or one that lasts as long as the page where the browser refuses its own. */
function open(get: () => Storage): KeyValue {
  try {
    const storage = get();
    storage.setItem('nuanliu.probe', '1');
    storage.removeItem('nuanliu.probe');
    return storage;
  } catch {
    return memoryStorage();
  }
}

/** Nothing of whoever was here stays in the tab. */
export function clearTab(): void {
  try {
    window.sessionStorage.clear();
  } catch {
    // A browser that refuses its storage has kept nothing.
  }
}

export const tabStorage = open(() => window.sessionStorage);
export const deviceStorage = open(() => window.localStorage);
