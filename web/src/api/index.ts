import { device } from '../auth/device.ts';
import { factor } from '../auth/factor.ts';
import { lockedOut } from '../auth/locked-out.ts';
import { accessToken } from '../auth/session.ts';
import { takeAnswer } from '../first-view/handed-over.ts';
import { currentLanguage } from '../i18n/index.ts';
import { sharedStation } from '../lib/station-store.ts';
import { tabStorage } from '../lib/storage.ts';
import { actionKeys, memoryStorage, randomKey } from './action-key.ts';
import { caller } from './call.ts';

export const keys = actionKeys(tabStorage, randomKey);
/** For what must not be written down anywhere, not even for the tab. */
export const unwrittenKeys = actionKeys(memoryStorage(), randomKey);

/** The client with a token of the caller's choice. */
export const callWith = (token: () => Promise<string | undefined>) =>
  caller({
    fetch: (input, init) => takeAnswer(input, init) ?? fetch(input, init),
    language: currentLanguage,
    token,
    device: device.get,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      }),
    random: Math.random,
    onFactorNeeded: () => factor.set(true),
    // Once the browser is nobody's to share, it is opened as any other is.
    onLocked: () => (sharedStation.get() ? lockedOut.tell() : factor.set(true)),
    now: Date.now,
  });

export const call = callWith(accessToken);
