import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COUNTED,
  type CountedBooking,
  type CountedSlot,
  countDay,
  countReasons,
  countUnits,
  expirySpan,
  spreadOf,
  stockOf,
  sumUp,
  usedBetween,
} from '../../shared/domain/figures.ts';
import { BOOKING_STATUSES, PROCEDURES, SLOT_STATUSES } from '../../shared/domain/vocabulary.ts';

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

it('reasons are added up, the most frequent first', () => {
  const one = { procedure: 'whole-blood', code: 'tattoo' } as const;
  const other = { procedure: 'whole-blood', code: 'cold-or-gastroenteritis' } as const;
  expect(countReasons([one, other, other])).toEqual([
    { ...other, n: 2 },
    { ...one, n: 1 },
  ]);
});

describe('the days from a donation to its use', () => {
  it('have a median and quarters that occur, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }), (days) => {
        const counts = days.map((each) => ({ days: each, n: 1 }));
        const sorted = days.toSorted((a, b) => a - b);
        const spread = spreadOf(counts);
        expect(spread).toMatchObject({ n: days.length, least: sorted[0], most: sorted.at(-1) });
        expect(spread?.median).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
        expect(days).toContain(spread?.quarter);
        expect(days).toContain(spread?.threeQuarters);
        // Counted together it is the same.
        const whole = [...new Set(days)].map((each) => ({ days: each, n: days.filter((d) => d === each).length }));
        expect(spreadOf(whole)).toEqual(spread);
      }),
    );
    expect(spreadOf([])).toBeUndefined();
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

  it('has nothing ready that has expired, and says how near the end of the rest is', () => {
    const daysTo = (date: string) => (Date.parse(date) - Date.parse('2026-11-24')) / 86_400_000;
    expect(
      ['2026-11-23', '2026-11-24', '2026-11-27', '2026-11-28', '2026-12-24', '2027-01-01', undefined].map((on) =>
        expirySpan(on, daysTo),
      ),
    ).toEqual(['expired', 'in-3', 'in-3', 'in-7', 'in-30', 'later', 'none']);
    const left = { component: 'platelets', ready: true, aside: false, expiresOn: '2026-11-23', n: 3 } as const;
    expect(stockOf([left], daysTo)[0]).toMatchObject({ ready: 0, expiry: { expired: 3 } });
  });
});
