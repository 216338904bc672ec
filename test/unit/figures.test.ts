import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COUNTED,
  type CountedBooking,
  type CountedSlot,
  type CountedUnits,
  countDay,
  countReasons,
  countUnits,
  expirySpan,
  spreadOf,
  stockOf,
  stopsOf,
  sumUp,
  usedBetween,
} from '../../shared/domain/figures.ts';
import { BOOKING_STATUSES, PROCEDURES, SLOT_STATUSES, UNIT_STAGES } from '../../shared/domain/vocabulary.ts';

const slot = (more: Partial<CountedSlot> = {}): CountedSlot => ({
  slotId: 'nine',
  procedure: 'whole-blood',
  hour: 9,
  status: 'open',
  places: 10,
  ...more,
});
const booking = (more: Partial<CountedBooking> = {}): CountedBooking => ({
  slotId: 'nine',
  procedure: 'whole-blood',
  hour: 9,
  status: 'fulfilled',
  deferred: false,
  gaveUp: false,
  walkIn: false,
  firstTime: false,
  withdrawn: false,
  ...more,
});

describe('a day', () => {
  it('is counted against its places: who held one, who came, who gave and who did not come', () => {
    const [nine] = countDay(
      [slot()],
      [
        booking({ firstTime: true }),
        booking(),
        booking({ walkIn: true }),
        booking({ status: 'noshow' }),
        booking({ status: 'cancelled', deferred: true }),
        booking({ status: 'cancelled', gaveUp: true }),
        booking({ status: 'cancelled' }),
      ],
    );
    expect(nine).toMatchObject({
      places: 10,
      booked: 5,
      came: 4,
      given: 3,
      noShows: 1,
      deferred: 1,
      walkIns: 1,
      first: 1,
      gaveUp: 1,
    });
  });

  it('says of everybody who is at the station, or was, that they came', () => {
    const came = BOOKING_STATUSES.filter((status) => countDay([slot()], [booking({ status })])[0]?.came === 1);
    expect(came).toEqual(['arrived', 'screened', 'giving', 'fulfilled']);
  });

  it('counts nobody who came without a booking and had none in the end, and nobody as giving up who did not', () => {
    const of = (more: Partial<CountedBooking>) => countDay([slot()], [booking(more)])[0];
    expect(of({ status: 'cancelled', walkIn: true })).toMatchObject({ booked: 0, walkIns: 0 });
    expect(of({ status: 'cancelled', walkIn: true, deferred: true })).toMatchObject({ booked: 1, walkIns: 1 });
    expect(of({ status: 'booked', gaveUp: true })).toMatchObject({ booked: 1, gaveUp: 0 });
  });

  it('says of a donation that was withdrawn that its donor came and nothing was given', () => {
    const [nine] = countDay([slot()], [booking({ withdrawn: true, firstTime: true })]);
    expect(nine).toMatchObject({ came: 1, given: 0, first: 0 });
  });

  it('has no places where it was closed and everybody left, and those that were kept where some stayed', () => {
    expect(countDay([slot({ status: 'closed' })], [])).toEqual([]);
    expect(countDay([slot({ status: 'closed' })], [booking()])[0]).toMatchObject({ places: 1, booked: 1 });
  });

  it('tells a bus’s stops and what is given apart', () => {
    const [gate, park] = [
      { zh: '北门', en: 'Gate' },
      { zh: '公园', en: 'Park' },
    ];
    const cells = countDay(
      [
        slot({ stop: gate }),
        slot({ slotId: 'ten', hour: 10, stop: park }),
        slot({ slotId: 'p', procedure: 'platelets' }),
      ],
      [booking(), booking({ slotId: 'ten' }), booking({ slotId: 'ten', status: 'noshow' })],
    );
    const days = [{ date: '2026-11-20', cells }];
    expect(sumUp(days, { stop: '公园' }).total).toMatchObject({ places: 10, booked: 2, given: 1, noShows: 1 });
    expect(sumUp(days, { procedure: 'platelets' }).total).toMatchObject({ places: 10, booked: 0 });
    expect(sumUp(days, {}).hours.map(({ hour, booked }) => [hour, booked])).toEqual([
      [9, 1],
      [10, 2],
    ]);
  });

  it('is told hour by hour, and the same in whatever order it is read', () => {
    const [gate, park] = [
      { zh: '北门', en: 'Gate' },
      { zh: '公园', en: 'Park' },
    ];
    const slots = [
      slot({ slotId: 'late', hour: 14 }),
      slot({ slotId: 'gate', stop: gate }),
      slot({ slotId: 'park', stop: park }),
      slot({ slotId: 'again', stop: park }),
      slot({ slotId: 'p', procedure: 'platelets', places: 2 }),
    ];
    const cells = countDay(slots, []);
    expect(cells.map(({ hour, procedure, stop, places }) => [hour, procedure, stop?.en, places])).toEqual([
      [9, 'platelets', undefined, 2],
      [9, 'whole-blood', 'Park', 20],
      [9, 'whole-blood', 'Gate', 10],
      [14, 'whole-blood', undefined, 10],
    ]);
    expect(countDay(slots.toReversed(), [])).toEqual(cells);
    const days = [{ date: '2026-11-20', cells: cells.toReversed() }];
    expect(sumUp(days, {}).hours.map(({ hour, places }) => [hour, places])).toEqual([
      [9, 32],
      [14, 10],
    ]);
    for (const each of [cells, cells.toReversed()]) {
      const { procedures } = sumUp([{ date: '2026-11-20', cells: each }], {});
      expect(procedures.map(({ procedure, places }) => [procedure, places])).toEqual([
        ['whole-blood', 40],
        ['platelets', 2],
      ]);
    }
    // Each stop once, in order of name, whichever day it was on.
    expect(stopsOf([...days, ...days])).toEqual([park, gate]);
    expect(stopsOf([{ date: '2026-11-20', cells }])).toEqual([park, gate]);
  });

  it('is never fuller than full, and adds up the same by day, by hour and by what is given', () => {
    const slots = fc.uniqueArray(
      fc.record({
        slotId: fc.constantFrom('a', 'b', 'c', 'd'),
        procedure: fc.constantFrom(...PROCEDURES),
        hour: fc.integer({ min: 0, max: 23 }),
        status: fc.constantFrom(...SLOT_STATUSES),
        places: fc.nat(6),
      }),
      { selector: ({ slotId }) => slotId },
    );
    const bookings = fc.array(
      fc
        .record({
          slotId: fc.constantFrom('a', 'b', 'c', 'd', 'gone'),
          procedure: fc.constantFrom(...PROCEDURES),
          hour: fc.integer({ min: 0, max: 23 }),
          status: fc.constantFrom(...BOOKING_STATUSES),
          deferred: fc.boolean(),
          gaveUp: fc.boolean(),
          walkIn: fc.boolean(),
          firstTime: fc.boolean(),
          withdrawn: fc.boolean(),
        })
        .map((it) => ({ ...it, deferred: it.deferred && it.status === 'cancelled' })),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(slots, bookings, (there, held) => {
        const known = held.filter(({ slotId }) => there.some((each) => each.slotId === slotId));
        const { total, days, hours, procedures } = sumUp([{ date: '2026-11-20', cells: countDay(there, known) }], {});
        expect(total.booked).toBeLessThanOrEqual(total.places);
        expect(total.given).toBeLessThanOrEqual(total.came);
        expect(total.came + total.noShows).toBeLessThanOrEqual(total.booked);
        for (const part of [days, hours, procedures]) {
          for (const name of COUNTED) expect(part.reduce((sum, it) => sum + it[name], 0)).toBe(total[name]);
        }
      }),
    );
  });
});

it('reasons are added up, the most frequent first, and those as frequent always in one order', () => {
  const of = (code: string) => ({ procedure: 'whole-blood', code }) as const;
  const platelets = { procedure: 'platelets', code: 'tattoo' } as const;
  const found = [
    of('tattoo'),
    platelets,
    { ...of('medication'), n: 2 },
    of('cold-or-gastroenteritis'),
    of('medication'),
  ];
  for (const each of [found, found.toReversed()]) {
    expect(countReasons(each)).toEqual([
      { ...of('medication'), n: 3 },
      { ...of('cold-or-gastroenteritis'), n: 1 },
      { ...platelets, n: 1 },
      { ...of('tattoo'), n: 1 },
    ]);
  }
});

describe('the days from a donation to its use', () => {
  it('have a median and quarters that occur, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }), (days) => {
        const counts = days.map((each) => ({ days: each, n: 1 }));
        const sorted = days.toSorted((a, b) => a - b);
        const spread = spreadOf(counts);
        expect(spread).toMatchObject({ n: days.length, least: sorted[0], most: sorted.at(-1) });
        const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1];
        expect([spread?.quarter, spread?.median, spread?.threeQuarters]).toEqual([at(1 / 4), at(1 / 2), at(3 / 4)]);
        // Counted together it is the same.
        const whole = [...new Set(days)].map((each) => ({ days: each, n: days.filter((d) => d === each).length }));
        expect(spreadOf(whole)).toEqual(spread);
      }),
    );
    expect(spreadOf([])).toBeUndefined();
    expect(spreadOf([{ days: 1, n: 0 }])).toBeUndefined();
    expect(
      spreadOf([
        { days: 1, n: 0 },
        { days: 3, n: 2 },
        { days: 9, n: 0 },
      ]),
    ).toMatchObject({ n: 2, least: 3, most: 3 });
  });

  it('are those of what was used in a range, whenever it was given', () => {
    const add = (date: string, n: number) => new Date(Date.parse(date) + n * 86_400_000).toISOString().slice(0, 10);
    const cell = { procedure: 'whole-blood', component: 'red-cells' } as const;
    const given = [
      { date: '2026-10-01', used: [{ ...cell, days: 20, n: 2 }] },
      {
        date: '2026-11-10',
        used: [
          { ...cell, days: 5, n: 1 },
          { ...cell, days: 25, n: 9 },
        ],
      },
    ];
    const used = (from: string, to: string) => usedBetween(given, { from, to }, add).map(({ spread }) => spread.n);
    expect(used('2026-11-01', '2026-11-30')).toEqual([1]);
    expect(used('2026-10-21', '2026-10-21')).toEqual([2]);
    expect(used('2026-12-05', '2026-12-05')).toEqual([9]);
    // Of one procedure and of all, a component at a time, by how many days it took.
    const range = { from: '2026-10-01', to: '2026-12-31' } as const;
    const both = [
      ...given,
      { date: '2026-11-10', used: [{ procedure: 'platelets', component: 'platelets', days: 3, n: 4 }] } as const,
    ];
    expect(usedBetween(both.toReversed(), { ...range, procedure: 'whole-blood' }, add)).toMatchObject([
      {
        component: 'red-cells',
        spread: { n: 12 },
        days: [
          { days: 5, n: 1 },
          { days: 20, n: 2 },
          { days: 25, n: 9 },
        ],
      },
    ]);
    expect(usedBetween(both, range, add).map(({ component }) => component)).toEqual(['red-cells', 'platelets']);
  });
});

describe('the stock', () => {
  const unit = { component: 'red-cells', expiresOn: '2026-12-01' } as const;
  it('counts what is at the station, ready or not, and what of it is kept back', () => {
    const { stock, used } = countUnits(
      [
        {
          procedure: 'whole-blood',
          kept: false,
          group: 'A+',
          units: [
            { ...unit, stage: 'stored' },
            { ...unit, stage: 'tested' },
            { ...unit, stage: 'quarantined' },
            { ...unit, stage: 'issued' },
            { ...unit, stage: 'processed' },
            { ...unit, stage: 'used', usedOn: '2026-11-20' },
          ],
        },
        { procedure: 'whole-blood', kept: true, units: [{ ...unit, stage: 'stored' }] },
      ],
      () => 4,
    );
    expect(used).toEqual([{ procedure: 'whole-blood', component: 'red-cells', days: 4, n: 1 }]);
    const [known, unknown] = stockOf(stock, () => 2);
    expect(known).toMatchObject({ group: 'A+', ready: 1, notReady: 1, aside: 1 });
    expect(unknown).toMatchObject({ ready: 0, aside: 1 });
    expect(unknown).not.toHaveProperty('group');
  });

  it('is what has not left, been made into something else or been thrown away; ready is what may go out', () => {
    const of = (stage: (typeof UNIT_STAGES)[number], kept = false) =>
      countUnits([{ procedure: 'whole-blood', kept, units: [{ component: 'plasma', stage }] }], () => 0).stock[0];
    expect(UNIT_STAGES.filter((stage) => of(stage))).toEqual([
      'collected',
      'tested',
      'quarantined',
      'released',
      'stored',
    ]);
    expect(UNIT_STAGES.filter((stage) => of(stage)?.ready)).toEqual(['released', 'stored']);
    expect(UNIT_STAGES.filter((stage) => of(stage)?.aside)).toEqual(['quarantined']);
    expect(of('stored', true)).toStrictEqual({ component: 'plasma', ready: false, aside: true, n: 1 });
  });

  it('and use are counted together where nothing tells two units apart', () => {
    const units = (...each: CountedUnits['units']): CountedUnits => ({
      procedure: 'whole-blood',
      group: 'A+',
      kept: false,
      units: each,
    });
    const [stored, later] = [
      { ...unit, stage: 'stored' },
      { ...unit, stage: 'stored', expiresOn: '2026-12-02' },
    ] as const;
    const used = (usedOn?: string) => ({ component: 'platelets', stage: 'used', ...(usedOn && { usedOn }) }) as const;
    const counted = countUnits(
      [units(stored, later, used('2026-11-22'), used()), units(stored, used('2026-11-22'))],
      () => -1,
    );
    expect(counted.stock.map(({ expiresOn, n }) => [expiresOn, n])).toEqual([
      ['2026-12-01', 2],
      ['2026-12-02', 1],
    ]);
    // A clock that was wrong makes no use come before its donation, and a use without a day is in no such figure.
    expect(counted.used).toEqual([{ procedure: 'whole-blood', component: 'platelets', days: 0, n: 2 }]);
    // What came back is there again.
    expect(countUnits([units({ ...stored, usedOn: '2026-11-22' })], () => 1).used).toEqual([]);
  });

  it('has a row for each component and group, with what is ready by how near its end is', () => {
    const of = (n: number, group: string | undefined, expiresOn?: string) => ({
      ...({ component: 'red-cells', ready: true, aside: false, n } as const),
      ...(group && { group }),
      ...(expiresOn && { expiresOn }),
    });
    const rows = stockOf([of(1, 'A+', 'x'), of(2, 'A+', 'x'), of(4, 'O-'), of(8, undefined), of(16, 'A+')], () => 5);
    const none = { expired: 0, 'in-3': 0, 'in-7': 0, 'in-30': 0, later: 0, none: 0 };
    const row = (ready: number, expiry: object) => ({
      ...{ component: 'red-cells', ready, notReady: 0, aside: 0 },
      expiry: { ...none, ...expiry },
    });
    expect(rows).toStrictEqual([
      { ...row(19, { 'in-7': 3, none: 16 }), group: 'A+' },
      { ...row(4, { none: 4 }), group: 'O-' },
      row(8, { none: 8 }),
    ]);
  });

  it('has nothing ready that has expired, and says how near the end of the rest is', () => {
    const daysTo = (date: string) => (Date.parse(date) - Date.parse('2026-11-24')) / 86_400_000;
    expect(
      [
        '2026-11-23',
        '2026-11-24',
        '2026-11-27',
        '2026-11-28',
        '2026-12-01',
        '2026-12-02',
        '2026-12-24',
        '2026-12-25',
      ].map((on) => expirySpan(on, daysTo)),
    ).toEqual(['expired', 'in-3', 'in-3', 'in-7', 'in-7', 'in-30', 'in-30', 'later']);
    expect(expirySpan(undefined, daysTo)).toBe('none');
    const left = { component: 'platelets', ready: true, aside: false, expiresOn: '2026-11-23', n: 3 } as const;
    expect(stockOf([left], daysTo)[0]).toMatchObject({ ready: 0, expiry: { expired: 3 } });
  });
});
