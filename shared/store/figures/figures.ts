import type { LocalDate } from '../../domain/vocabulary.ts';
import type { Store } from '../client.ts';
import { queryAll } from '../every.ts';
import type { DayFiguresItem, RecountItem, UnitFiguresItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';

const hidden = { table: 'private' } as const;
/** Before and after every date. */
const EVER = { from: '0000-00-00', to: '9999-12-31' } as const;

/** The job that counts a site's days: its watermark is the last date that was counted once it was over. */
export const figuresJob = (siteId: string): string => `figures.${siteId}`;

export function createFigures(store: Store) {
  return {
    /** Days of a site as they were counted; one on which nothing happened is not there. */
    async days(siteId: string, from: LocalDate, to: LocalDate): Promise<DayFiguresItem[]> {
      return await queryAll<DayFiguresItem>(store, { ...partitions.figures(siteId, 'DAY', from, to), ...hidden });
    },

    /** What has become of the units given on these dates; of all there ever were, without any. */
    async units(siteId: string, { from, to }: { from: LocalDate; to: LocalDate } = EVER): Promise<UnitFiguresItem[]> {
      return await queryAll<UnitFiguresItem>(store, { ...partitions.figures(siteId, 'UNITS', from, to), ...hidden });
    },

    async day(siteId: string, date: LocalDate): Promise<DayFiguresItem | undefined> {
      return await store.get<DayFiguresItem>(keys.figures(siteId, 'DAY', date), { ...hidden, consistent: true });
    },

    async unitsOf(siteId: string, date: LocalDate): Promise<UnitFiguresItem | undefined> {
      return await store.get<UnitFiguresItem>(keys.figures(siteId, 'UNITS', date), { ...hidden, consistent: true });
    },

    /** Days that have to be counted again; at most so many. */
    async recounts(limit: number): Promise<RecountItem[]> {
      return (await store.query<RecountItem>({ pk: partitions.recounts(), consistent: true, limit })).items;
    },
  };
}
