import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { DeferralItem, ScreeningItem } from '../../../shared/store/items/index.ts';
import { partitions } from '../../../shared/store/keys.ts';
import type { MeDeps } from './deps.ts';

/** A donor is deferred now and then: so many are all of it. */
const MOST = { table: 'private', consistent: true, newestFirst: true, limit: 50 } as const;

/**
 * What the station told the person at the chair of a wait that still runs, in the words that were written for them. Only of the last
 * deferral, and only where it came of a screening and ends: why somebody may never give, or was deferred otherwise, is told in person
 * and nowhere else.
 */
export async function toldOf(
  { store }: Pick<MeDeps, 'store'>,
  personId: string,
  { zone, today }: { zone: string; today: LocalDate },
): Promise<{ words: string; on: LocalDate; until: LocalDate } | undefined> {
  const { items } = await store.query<DeferralItem>({ pk: partitions.deferrals(personId), ...MOST });
  const last = items.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (!last?.until || !last.bookingId || last.until <= today || items.some(({ permanent }) => permanent))
    return undefined;
  const screenings = await store.query<ScreeningItem>({ pk: partitions.screenings(personId), ...MOST });
  const screening = screenings.items.find(
    ({ bookingId, result }) => bookingId === last.bookingId && result === 'deferred',
  );
  return screening?.words
    ? { words: screening.words, on: localDateOf(screening.at, zone), until: last.until }
    : undefined;
}
