import { passStore } from './pass-store.ts';
import { deviceStorage } from './storage.ts';

export const passes = passStore(deviceStorage, Date.now);
