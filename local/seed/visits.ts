import { createHash } from 'node:crypto';
import { addSpan, weekdayOf } from '../../shared/domain/dates.ts';
import { addMinutes, toInstant } from '../../shared/domain/local-time.ts';
import type { Instant, LocalDate, Procedure } from '../../shared/domain/vocabulary.ts';
import type { DraftItem } from '../../shared/store/client.ts';
import { figuresJob } from '../../shared/store/figures/figures.ts';
import type {
  BookingItem,
  DeferralItem,
  DinItem,
  DonationItem,
  JobItem,
  PoolItem,
  SiteItem,
} from '../../shared/store/items/index.ts';
import { bookingId, indexes, keys, slotId } from '../../shared/store/keys.ts';
import { newPersonItems } from '../../shared/store/people.ts';
import { newSlotItems } from '../../shared/store/slots.ts';
import { BUS, CENTRAL, SITES, schedules, ZONE } from './city.ts';
import { chainItems, dinOf, platelets, whole } from './history.ts';
import { DAYS_BACK } from './life.ts';
import { staffOf } from './people.ts';

/** Days before those that are lived through, of which the station's own books are told: enough for figures to say something. */
const DAYS = 4;

type Plan = {
  readonly siteId: string;
  readonly procedure: Procedure;
  readonly times: readonly string[];
  readonly places: number;
};
const PLANS: readonly Plan[] = [
  { siteId: CENTRAL, procedure: 'whole-blood', times: ['0900', '1000', '1100', '1400', '1600'], places: 2 },
  { siteId: CENTRAL, procedure: 'platelets', times: ['1300'], places: 1 },
  { siteId: BUS, procedure: 'whole-blood', times: ['0930', '1330'], places: 2 },
];

/** How a visit ended. Of those at an early or a late hour, more do not come. */
type End = 'gave' | 'absent' | 'cancelled' | { readonly deferred: string; readonly days: number };
const REASONS = [
  { deferred: 'cold-or-gastroenteritis', days: 7 },
  { deferred: 'measures', days: 30 },
  { deferred: 'vaccine-inactivated', days: 2 },
  { deferred: 'dental-care', days: 3 },
] as const;

function endOf(n: number, time: string): End {
  if (n % 9 === 4) return REASONS[Math.floor(n / 9) % REASONS.length] ?? 'gave';
  if (n % 13 === 7) return 'cancelled';
  return n % (time < '1000' || time >= '1600' ? 5 : 14) === 2 ? 'absent' : 'gave';
}

/** The books of the weeks before: slots, visits of people without a phone and what they gave. All of it is marked as history: nobody is told. */
export function lastWeeks(today: LocalDate): DraftItem[] {
  const weeks = schedules(today);
  let n = 0;
  return Array.from({ length: DAYS }, (_, back) =>
    addSpan(today, { value: -DAYS_BACK - 1 - back, unit: 'day' }),
  ).flatMap((date) =>
    PLANS.flatMap(({ siteId, procedure, times, places }) => {
      const site = SITES.find((it) => it.siteId === siteId) as SiteItem;
      const stop = weeks.find((week) => week.siteId === siteId)?.stops.find(({ on }) => on === weekdayOf(date))?.stop;
      // The bus drives where it has a stop.
      if (siteId === BUS && !stop) return [];
      return times.flatMap((time, nth) => {
        const slot = slotOf(site, { date, time, procedure, places, stop });
        const visits = Array.from({ length: places }, () => n++).filter((each) => (each * 7 + nth) % 10 < 6);
        const held = visits.filter((each) => endOf(each, time) !== 'cancelled').length;
        return [...slotWith(slot, held), ...visits.flatMap((each) => visitItems(site, slot, each, time, today))];
      });
    }),
  );
}

/** Where the clock goes on counting: the first of these days. */
export const countedFrom = (today: LocalDate): DraftItem[] =>
  SITES.map(({ siteId }) => {
    const name = figuresJob(siteId);
    const watermark = addSpan(today, { value: -DAYS_BACK - 1 - DAYS, unit: 'day' });
    const item: JobItem = { kind: 'job', name, watermark, version: 1 };
    return put(keys.job(name), item);
  });

type Slot = Parameters<typeof newSlotItems>[0];

function slotOf(
  site: SiteItem,
  it: { date: LocalDate; time: string; procedure: Procedure; places: number; stop: Slot['stop'] },
): Slot {
  const { date, time, procedure, places, stop } = it;
  const start = toInstant(`${date}T${time.slice(0, 2)}:${time.slice(2)}`, ZONE);
  if (!start.ok) throw new Error(`${date} has no ${time}`);
  return {
    slotId: slotId(site.siteId, date, time, procedure),
    slotKind: 'donation',
    containerId: site.siteId,
    place: site.name,
    address: site.address,
    procedure,
    pack: site.pack,
    startsAt: start.instant,
    endsAt: addMinutes(start.instant, procedure === 'platelets' ? 120 : 60),
    date,
    zone: ZONE,
    places,
    cutoffMinutes: site.cutoffMinutes,
    ...(stop && { stop }),
  };
}

/** A slot's items with so many of its places held. */
const slotWith = (slot: Slot, held: number): DraftItem[] =>
  newSlotItems(slot).map((draft) => {
    const item = 'Put' in draft ? (draft.Put.Item as PoolItem | { kind: 'slot' }) : undefined;
    return item?.kind === 'pool' && 'Put' in draft
      ? { Put: { ...draft.Put, Item: { ...draft.Put.Item, free: item.free - held } } }
      : draft;
  });

const FAMILY = '林方石简温池乐叶江纪';
const GIVEN = ['一舟', '见山', '知夏', '明远', '怀瑜', '若谷'] as const;
const FIRST_SEQUENCE = 300_000;
const DAY_MS = 86_400_000;

function visitItems(site: SiteItem, slot: Slot, n: number, time: string, today: LocalDate): DraftItem[] {
  const personId = `visitor-${n}`;
  const { date, startsAt } = slot;
  const procedure = slot.procedure ?? 'whole-blood';
  const end = endOf(n, time);
  const by = staffOf(site.siteId);
  const doneAt = addMinutes(startsAt, 40);
  const drawn = procedure === 'platelets' ? platelets(2) : whole(n % 3 === 0 ? 300 : 400);
  const firstTime = procedure === 'whole-blood' && n % 3 === 1;
  const gave = end === 'gave';
  const until = typeof end === 'object' ? addSpan(date, { value: end.days, unit: 'day' }) : undefined;
  const din = dinOf(date, FIRST_SEQUENCE + n);
  const id = bookingId(personId, createHash('sha256').update(`seed ${personId}`).digest('hex').slice(0, 22));
  const createdAt: Instant = new Date(Date.parse(startsAt) - 2 * DAY_MS).toISOString();
  const { slotKind, containerId, place, address, endsAt, zone, cutoffMinutes } = slot;
  const step = (action: 'complete' | 'defer' | 'no-show', from: BookingItem['status']) =>
    ({ action, from, ...(action !== 'no-show' && { by }), at: doneAt }) as const;
  const booking: BookingItem = {
    kind: 'booking',
    bookingId: id,
    personId,
    slotId: slot.slotId,
    slotKind,
    containerId,
    pool: 0,
    place,
    address: slot.stop ?? address,
    procedure,
    startsAt,
    endsAt,
    date,
    zone,
    cutoffMinutes,
    bookedBy: by,
    firstTime,
    ...(gave && { status: 'fulfilled' as const, din, knownBy: 'document' as const, step: step('complete', 'giving') }),
    ...(end === 'absent' && { status: 'noshow' as const, step: step('no-show', 'booked') }),
    ...(end === 'cancelled' && { status: 'cancelled' as const, cancelCause: 'person' as const }),
    ...(until && {
      status: 'cancelled' as const,
      cancelCause: 'no-longer-eligible' as const,
      knownBy: 'document' as const,
      step: step('defer', 'arrived'),
    }),
    createdAt,
    changedAt: end === 'cancelled' ? addMinutes(createdAt, 60) : doneAt,
    accepted: [],
    version: gave || until ? 3 : 2,
    gsi1pk: indexes.roster(containerId, date),
    gsi1sk: indexes.rosterSort(startsAt, id),
  } as BookingItem;
  return [
    ...newPersonItems({
      personId,
      // Who did not come may be asked again: some have agreed to it.
      ...((end === 'absent' || end === 'cancelled') && {
        phone: `+861380000${3000 + n}`,
        callWish: 'any' as const,
        callSites: [site.siteId],
      }),
      language: 'zh',
      name: `${FAMILY[n % FAMILY.length]}${GIVEN[(n * 5) % GIVEN.length]}`,
      now: createdAt,
      facts: {
        birthDate: addSpan(today, { value: -(20 + ((n * 7) % 33)), unit: 'year' }),
        sex: n % 2 === 0 ? 'female' : 'male',
        weightKg: 55 + ((n * 3) % 25),
        repeatDonor: gave || !firstTime,
        ...(gave && { donations: [{ date, ...drawn }] }),
        ...(until && { deferredUntil: until }),
      },
    }),
    put(keys.booking(id), booking),
    ...(gave ? donationItems(site, { personId, din, date, bookingId: id, collectedAt: doneAt, by, drawn }, today) : []),
    ...(typeof end === 'object' && until
      ? [deferralItem({ personId, bookingId: id, siteId: site.siteId, reason: end.deferred, until, by, at: doneAt })]
      : []),
  ];
}

function donationItems(
  site: SiteItem,
  it: {
    personId: string;
    din: string;
    date: LocalDate;
    bookingId: string;
    collectedAt: Instant;
    by: string;
    drawn: ReturnType<typeof whole>;
  },
  today: LocalDate,
): DraftItem[] {
  const { personId, din, date, collectedAt, by, drawn } = it;
  const { siteId, name: siteName, zone } = site;
  const donation: DonationItem = {
    kind: 'donation',
    din,
    personId,
    siteId,
    siteName,
    date,
    ...drawn,
    reaction: false,
    bookingId: it.bookingId,
    historical: true,
  };
  const origin: DinItem = {
    kind: 'din',
    din,
    personId,
    siteId,
    date,
    zone,
    ...drawn,
    bookingId: it.bookingId,
    collectedAt,
    recordedBy: by,
    historical: true,
    accepted: [],
    gsi1pk: indexes.donated(siteId, date),
    gsi1sk: indexes.donatedSort(collectedAt, din),
  };
  return [put(keys.donation(personId, date, din), donation), put(keys.din(din), origin), ...chainItems(origin, today)];
}

function deferralItem(it: Omit<DeferralItem, 'kind' | 'permanent' | 'recordedBy'> & { by: string }): DraftItem {
  const { by, ...rest } = it;
  const item: DeferralItem = { kind: 'deferral', permanent: false, recordedBy: by, ...rest };
  return {
    Put: { table: 'private', Item: { ...keys.deferral(it.personId, it.at), ...item }, ConditionExpression: ABSENT },
  };
}

const ABSENT = 'attribute_not_exists(pk)';
const put = (key: { pk: string; sk: string }, item: object): DraftItem => ({
  Put: { Item: { ...key, ...item }, ConditionExpression: ABSENT },
});
