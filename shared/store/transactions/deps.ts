import type { PolicyPack } from '../../domain/policy-pack.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import type { Store } from '../client.ts';
import type { SlotItem } from '../items/index.ts';
import type { Clock, Random } from '../retry.ts';

/** What every booking transaction runs on. */
export type EngineDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** The pack that decides a donation slot, by its site and local date; undefined for a shift. */
  readonly packOf: (slot: Pick<SlotItem, 'pack' | 'date'>) => PolicyPack | undefined;
};

export const nowOf = ({ clock }: Pick<EngineDeps, 'clock'>): Instant => new Date(clock.now()).toISOString();
