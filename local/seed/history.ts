import { addSpan } from '../../shared/domain/dates.ts';
import type { PastDonation } from '../../shared/domain/refusal.ts';
import { expiresAt } from '../../shared/domain/unit-expiry.ts';
import { INITIAL_STAGE, UNIT_TRANSITIONS } from '../../shared/domain/unit-stages.ts';
import type { Component, Instant, LocalDate, UnitAction } from '../../shared/domain/vocabulary.ts';
import type { DraftItem } from '../../shared/store/client.ts';
import type { DinItem, DonationItem, SiteItem, UnitItem } from '../../shared/store/items/index.ts';
import { indexes, keys } from '../../shared/store/keys.ts';
import { stepItem } from '../../shared/store/units.ts';
import { FACILITY } from './city.ts';

/** A donation from before opening. */
export type Past = PastDonation;

const daysAfter = (date: LocalDate, days: number): LocalDate => addSpan(date, { value: days, unit: 'day' });

type Given = Omit<PastDonation, 'date'>;
export const whole = (volumeMl: 200 | 300 | 400): Given => ({ procedure: 'whole-blood', volumeMl });
export const platelets = (units: 1 | 2): Given => ({
  procedure: 'platelets',
  volumeMl: units === 2 ? 420 : 230,
  platelets: units,
});

/** Days to wait between two donations: the interval in force with some to spare, more or less, as people come. */
function gap(before: Given, after: Given, n: number): number {
  const apart = {
    'whole-blood': { 'whole-blood': 186, platelets: 93 },
    platelets: { 'whole-blood': 29, platelets: 15 },
  };
  const spare = before.procedure === 'platelets' && after.procedure === 'platelets' ? 12 : 14;
  return apart[before.procedure][after.procedure] + ((n * 7) % spare);
}

/** Donations in order, of which the last was on a date; each waited for the one before it. */
export function series(given: readonly Given[], last: LocalDate): Past[] {
  const past: Past[] = [];
  let date = last;
  for (let n = given.length - 1; n >= 0; n -= 1) {
    const it = given[n] as Given;
    past.unshift({ ...it, date });
    const before = given[n - 1];
    if (before) date = daysAfter(date, -gap(before, it, n));
  }
  return past;
}

/**
 * The city's best-known donor: 18 donations of whole blood, the first of 200 ml and the others of 400, and 82 of platelets,
 * the first of one unit and the others of two. Nine times whole blood, then ten rounds of platelets with whole blood between.
 */
export function hundred(last: LocalDate): Past[] {
  const rounds = Array.from({ length: 10 }, (_, round) =>
    Array.from({ length: round < 2 ? 9 : 8 }, () => platelets(2)),
  );
  (rounds[0] as Given[])[0] = platelets(1);
  const given = [
    ...Array.from({ length: 9 }, (_, n) => whole(n === 0 ? 200 : 400)),
    ...rounds.flatMap((round, n) => (n === 0 ? round : [whole(400), ...round])),
  ];
  return series(given, last);
}

const TWO_DIGITS = 100;
/** A donation number of the city’s station: the year it was given in and a number in that year. */
export const dinOf = (date: LocalDate, sequence: number): string =>
  `${FACILITY}${String(Number(date.slice(0, 4)) % TWO_DIGITS).padStart(2, '0')}${String(sequence).padStart(6, '0')}`;

const HOSPITALS = ['云汀市人民医院', '云汀市儿童医院', '桐湾中心医院'] as const;
const BY = 'import';

/** What became of a donation, in steps by day after it: the components made and their way to a patient. */
type Step = { readonly action: UnitAction; readonly day: number };
const TESTED: readonly Step[] = [{ action: 'test', day: 1 }];
const toPatient = (day: number): readonly Step[] => [
  { action: 'release', day: 1 },
  { action: 'store', day: 1 },
  { action: 'issue', day: day - 1 },
  { action: 'use', day },
];
/** Days after which each is used: sooner or later, as hospitals need it; none later than the last figure. */
const USED_AFTER = { platelets: [2, 4], 'red-cells': [9, 24], plasma: [25, 55] } as const;
const LAST_USE = USED_AFTER.plasma[1];
function usedAfter(din: string, component: keyof typeof USED_AFTER): number {
  const [soonest, latest] = USED_AFTER[component];
  return soonest + ((Number(din.slice(-3)) * 7) % (latest - soonest + 1));
}
/** The station's own figures, as its settings would have them. */
const KEPT_DAYS = { platelets: 5, 'red-cells': 35, plasma: 365 } as const;

/** The records of a donation from before opening, all marked so: none of them is ever announced. */
export function pastItems(input: {
  personId: string;
  site: SiteItem;
  donation: Past;
  din: string;
  /** With the chain of its units, where all of it was over by this date. */
  chainBy: LocalDate | undefined;
}): DraftItem[] {
  const { personId, site, din } = input;
  const { date, ...drawn } = input.donation;
  const chained = input.chainBy !== undefined && daysAfter(date, LAST_USE) < input.chainBy;
  const collectedAt = at(date, 0);
  const record: DonationItem = {
    kind: 'donation',
    din,
    personId,
    siteId: site.siteId,
    siteName: site.name,
    date,
    ...drawn,
    reaction: false,
    ...(chained && {
      usedOn: daysAfter(date, usedAfter(din, drawn.procedure === 'platelets' ? 'platelets' : 'red-cells')),
    }),
    historical: true,
  };
  const origin: DinItem = {
    kind: 'din',
    din,
    personId,
    siteId: site.siteId,
    date,
    zone: site.zone,
    ...drawn,
    collectedAt,
    recordedBy: BY,
    historical: true,
    accepted: [],
    gsi1pk: indexes.donated(site.siteId, date),
    gsi1sk: indexes.donatedSort(collectedAt, din),
  };
  return [
    put(keys.donation(personId, date, din), record),
    put(keys.din(din), origin),
    ...(chained ? chainItems(origin) : []),
  ];
}

/** What became of a donation's units until a day: to their use, or as far as they have come by then. */
export function chainItems(origin: DinItem, until?: LocalDate): DraftItem[] {
  const { din, date } = origin;
  const hospital = HOSPITALS[Number(din.slice(-2)) % HOSPITALS.length] as string;
  const soFar = (steps: readonly Step[]): Step[] =>
    steps.filter(({ day }) => until === undefined || daysAfter(date, day) < until);
  const onward = (unitId: string, component: keyof typeof USED_AFTER, parentId?: string): DraftItem[] => {
    const steps = [...(parentId ? [] : TESTED), ...toPatient(usedAfter(din, component))];
    const own = { unitId, component, ...(parentId && { parentId }) };
    return walk(origin, own, soFar(steps), hospital, daysAfter(date, KEPT_DAYS[component]));
  };
  if (origin.procedure === 'platelets') return onward('plt', 'platelets');
  const made = soFar([...TESTED, { action: 'process', day: 1 }]);
  const whole = walk(origin, { unitId: 'wb', component: 'whole-blood' }, made, hospital);
  if (made.length < 2) return whole;
  return [...whole, ...onward('wb-rc', 'red-cells', 'wb'), ...onward('wb-pl', 'plasma', 'wb')];
}

/** A unit that has made these steps, and the steps. */
function walk(
  origin: DinItem,
  own: { unitId: string; component: Component; parentId?: string },
  steps: readonly Step[],
  hospital: string,
  expiresOn?: LocalDate,
): DraftItem[] {
  const made = own.parentId !== undefined;
  let unit: UnitItem = {
    kind: 'unit',
    din: origin.din,
    ...own,
    personId: origin.personId,
    siteId: origin.siteId,
    stage: made ? INITIAL_STAGE.component : INITIAL_STAGE.collected,
    ...(expiresOn && {
      expiresOn,
      expiresAt: expiresAt({ on: expiresOn }, origin.zone),
      expiryFrom: 'setting' as const,
    }),
    changedAt: at(origin.date, made ? 1 : 0),
    historical: true,
    accepted: [],
    version: 1,
  };
  const items = [stepItem(unit, { action: made ? 'process' : 'collect', by: BY })];
  for (const { action, day } of steps) {
    const from = unit.stage;
    unit = {
      ...unit,
      ...(action === 'issue' && { hospital }),
      stage: UNIT_TRANSITIONS[action].to,
      changedAt: at(origin.date, day, unit.version),
      version: unit.version + 1,
    };
    items.push(
      stepItem(unit, {
        action,
        from,
        by: BY,
        ...((action === 'issue' || action === 'use') && { hospital }),
        ...(action === 'use' && { hospitalRecord: `YX-${origin.din.slice(-6)}` }),
      }),
    );
  }
  return [put(keys.unit(unit.din, unit.unitId), unit), ...items];
}

/** Noon in the city, a day after a donation, later by the hour for each step. */
const at = (date: LocalDate, day: number, hour = 0): Instant =>
  new Date(Date.parse(`${daysAfter(date, day)}T04:00:00.000Z`) + hour * 3_600_000).toISOString();

const put = (key: { pk: string; sk: string }, item: object): DraftItem => ({
  Put: { Item: { ...key, ...item }, ConditionExpression: 'attribute_not_exists(pk)' },
});
