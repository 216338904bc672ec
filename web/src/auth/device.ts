import { randomKey } from '../api/action-key.ts';
import { deviceStorage } from '../lib/storage.ts';

const NAME = 'nuanliu.device';

/**
 * The key by which this browser is known: on it somebody has said who they are. A token alone shows nothing, as whoever was given the
 * number after them would have one too.
 */
export const device = {
  get: (): string | undefined => deviceStorage.getItem(NAME) ?? undefined,
  ensure(): void {
    if (!device.get()) deviceStorage.setItem(NAME, randomKey());
  },
  /** Whoever comes next says who they are. */
  forget: (): void => deviceStorage.removeItem(NAME),
};
