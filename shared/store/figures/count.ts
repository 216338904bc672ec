import { addSpan, daysBetween } from '../../domain/dates.ts';
import {
  type CountedBooking,
  type CountedSlot,
  countDay,
  countReasons,
  countUnits,
  type ReasonCount,
} from '../../domain/figures.ts';
import { groupText } from '../../domain/laboratory.ts';
import { localDateOf, localTimeCode } from '../../domain/local-time.ts';
import type { Instant, LocalDate } from '../../domain/vocabulary.ts';
import { asRead } from '../as-read.ts';
import { isConditionFailure, type Store } from '../client.ts';
import { createDonations } from '../donations.ts';
import { everyItem } from '../every.ts';
import type {
  BookingItem,
  DayFiguresItem,
  DeferralItem,
  DinItem,
  DonationUnitsItem,
  RecountItem,
  SiteItem,
  SiteScheduleItem,
  UnitFiguresItem,
} from '../items/index.ts';
import { createJobs } from '../jobs.ts';
import { keys, partitions } from '../keys.ts';
import { createLaboratory } from '../laboratory.ts';
import { inParallel } from '../parallel.ts';
import { createSlots } from '../slots.ts';
import { createFigures, figuresJob } from './figures.ts';

const PAGE = 200;
const AT_ONCE = 8;
const hidden = { table: 'private', consistent: true } as const;

/** What the visits of a day come to as it is now: its slots, its roster, its donations, and of who was deferred the reason. */
export async function visitsOf(
  store: Store,
  { siteId, zone }: Pick<SiteItem, 'siteId' | 'zone'>,
  date: LocalDate,
): Promise<Pick<DayFiguresItem, 'cells' | 'reasons' | 'loaded'>> {
  const donations = createDonations(store);
  const [slots, roster, taken] = await Promise.all([
    createSlots(store).dayNow(siteId, date),
    everyItem<BookingItem>((start) => donations.roster(siteId, date, { limit: PAGE, ...start })),
    everyItem<DinItem>((start) => donations.takenOn(siteId, date, { limit: PAGE, ...start })),
  ]);
  const visits = roster.filter(({ slotKind }) => slotKind === 'donation');
  const withdrawn = new Set(taken.filter((it) => it.withdrawn).map(({ din }) => din));
  const hour = (at: Instant): number => Number(localTimeCode(at, zone).slice(0, 2));
  return {
    cells: countDay(
      slots.flatMap(({ slot }): CountedSlot[] =>
        slot.procedure
          ? [
              {
                slotId: slot.slotId,
                procedure: slot.procedure,
                hour: hour(slot.startsAt),
                ...(slot.stop && { stop: slot.stop }),
                status: slot.status,
                places: slot.places,
              },
            ]
          : [],
      ),
      visits.map(
        (it): CountedBooking => ({
          slotId: it.slotId,
          procedure: it.procedure ?? 'whole-blood',
          hour: hour(it.startsAt),
          status: it.status,
          deferred: isDeferred(it),
          gaveUp: it.cancelCause === 'person',
          walkIn: it.walkIn === true,
          firstTime: it.firstTime,
          withdrawn: it.din !== undefined && withdrawn.has(it.din),
        }),
      ),
    ),
    reasons: await reasonsOf(store, visits.filter(isDeferred)),
    loaded: taken.filter(({ bookingId, withdrawn: gone }) => bookingId === undefined && !gone).length,
  };
}

const isDeferred = ({ status, step }: BookingItem): boolean => status === 'cancelled' && step?.action === 'defer';

/** Why each was deferred: the code alone, of which no person is told apart. */
async function reasonsOf(store: Store, deferred: readonly BookingItem[]): Promise<ReasonCount[]> {
  const found: { procedure: ReasonCount['procedure']; code: string }[] = [];
  await inParallel(deferred, AT_ONCE, async ({ personId, bookingId, procedure = 'whole-blood', step }) => {
    const own = await store.get<DeferralItem>(keys.deferral(personId, step?.at ?? ''), hidden);
    const record =
      own ??
      // Of a day on paper, or of two records that were joined, it stands elsewhere.
      (await store.query<DeferralItem>({ pk: partitions.deferrals(personId), ...hidden })).items.find(
        (it) => it.bookingId === bookingId,
      );
    if (record) found.push({ procedure, code: record.reason });
  });
  return countReasons(found);
}

/** The groups of donations, by their number; one whose group is not known is absent. */
export type GroupsOf = (dins: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** As the laboratory's results of each agree. */
export const groupTexts =
  (store: Store): GroupsOf =>
  async (dins) =>
    new Map([...(await createLaboratory(store).groupsOf(dins))].map(([din, group]) => [din, groupText(group)]));

export type CountDeps = { readonly store: Store; readonly groupsOf: GroupsOf };

const asItem = (
  key: ReturnType<typeof keys.figures>,
  item: DayFiguresItem | UnitFiguresItem,
  before: { version: number } | undefined,
) => ({ table: 'private', Item: { ...key, ...item }, ...asRead(before) }) as const;

/** Writes what was counted, provided nobody has counted the same since `before` was read. */
async function keep(store: Store, write: Parameters<Store['put']>[0]): Promise<boolean> {
  try {
    await store.put(write);
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** Counts a day of a site and keeps what it comes to. False where another count of it came between. */
export async function countVisits(
  { store }: CountDeps,
  site: SiteItem,
  date: LocalDate,
  now: Instant,
): Promise<boolean> {
  const { siteId } = site;
  const before = await createFigures(store).day(siteId, date);
  const counted = await visitsOf(store, site, date);
  const isEmpty = counted.cells.length === 0 && counted.loaded === 0;
  if (isEmpty && !before) return true;
  const item: DayFiguresItem = {
    kind: 'day-figures',
    siteId,
    date,
    ...counted,
    countedAt: now,
    version: (before?.version ?? 0) + 1,
  };
  return await keep(store, asItem(keys.figures(siteId, 'DAY', date), item, before));
}

/** Counts what has become of the units that were given on a day. */
export async function countGiven(
  { store, groupsOf }: CountDeps,
  { siteId }: SiteItem,
  date: LocalDate,
  now: Instant,
): Promise<boolean> {
  const before = await createFigures(store).unitsOf(siteId, date);
  const rows = await everyItem<DonationUnitsItem>((start) =>
    store.query<DonationUnitsItem>({ pk: partitions.unitsTaken(siteId, date), consistent: true, ...start }),
  );
  const groups = await groupsOf(rows.map(({ din }) => din));
  const counted = countUnits(
    rows.map(({ din, procedure, kept, units }) => ({ procedure, group: groups.get(din), kept: kept ?? false, units })),
    (usedOn) => daysBetween(date, usedOn),
  );
  const item: UnitFiguresItem = {
    kind: 'unit-figures',
    siteId,
    date,
    ...counted,
    countedAt: now,
    version: (before?.version ?? 0) + 1,
  };
  return await keep(store, asItem(keys.figures(siteId, 'UNITS', date), item, before));
}

/** Counts what a mark names and takes the mark away, unless something has changed since it was read: then it is counted once more. */
export async function recount(
  deps: CountDeps,
  site: SiteItem | undefined,
  mark: RecountItem,
  now: Instant,
): Promise<void> {
  const { siteId, date, what, version } = mark;
  if (site) {
    const counted = await (what === 'day' ? countVisits : countGiven)(deps, site, date, now);
    if (!counted) return;
  }
  await deps.store.transact([
    {
      Delete: {
        Key: keys.recount(siteId, date, what),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      },
    },
  ]);
}

/** A site's first count looks no further back. */
const MOST_BACK = 400;

const daysFrom = (date: LocalDate, value: number): LocalDate => addSpan(date, { value, unit: 'day' });

/** The day before the first that is counted: that on which the site's first week begins, or else yesterday. */
async function before(store: Store, { siteId }: SiteItem, today: LocalDate): Promise<LocalDate> {
  const { items } = await store.query<SiteScheduleItem>({ pk: partitions.siteSchedules(siteId), limit: 1 });
  const [first, oldest, yesterday] = [
    items[0]?.effectiveFrom ?? today,
    daysFrom(today, -MOST_BACK),
    daysFrom(today, -1),
  ];
  const from = first < oldest ? oldest : first > yesterday ? yesterday : first;
  return daysFrom(from, -1);
}

/**
 * Counts the next day of a site that is over and was not counted yet, and notes that it was. False where there is none, or another
 * run has counted it. What changes in a day afterwards is counted again by its mark.
 */
export async function countNext(deps: CountDeps, site: SiteItem, now: Instant): Promise<boolean> {
  const jobs = createJobs(deps.store);
  const job = await jobs.get(figuresJob(site.siteId));
  const today = localDateOf(now, site.zone);
  const date = daysFrom(job?.watermark ?? (await before(deps.store, site, today)), 1);
  if (date >= today) return false;
  await countVisits(deps, site, date, now);
  return await jobs.move(figuresJob(site.siteId), job, date);
}
