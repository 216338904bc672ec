import { deviceStorage } from '../lib/storage.ts';
import { dayStore } from './day-store.ts';

export const days = dayStore(deviceStorage, Date.now);
