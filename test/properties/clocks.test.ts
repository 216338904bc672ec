import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decide, type PersonState } from '../../shared/domain/decide.ts';
import { decideDonation, earliestDonation } from '../../shared/domain/eligibility.ts';
import { instantNow, toInstant } from '../../shared/domain/local-time.ts';
import type { IntervalRule, PolicyPack } from '../../shared/domain/policy-pack.ts';
import type { Commitment, EligibilityFacts, PastDonation, SlotFacts } from '../../shared/domain/refusal.ts';
import { type LocalDate, type Procedure, SEXES } from '../../shared/domain/vocabulary.ts';
import { type PlannedSlot, slotsOfDay } from '../../shared/domain/weekly-hours.ts';
import { cn } from '../../shared/policy/cn.ts';
import { uk } from '../../shared/policy/uk.ts';
import { us } from '../../shared/policy/us.ts';
import { changeableUntil } from '../../shared/store/bookings.ts';
import { parseSlotId, slotId } from '../../shared/store/keys.ts';
import { platelets, someone, wholeBlood } from '../builders/facts.ts';
import { GERMANY, JAPAN } from '../builders/packs.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Each country's rules where they are used, and at the ends of the world. */
const PLACES: readonly (readonly [PolicyPack, string])[] = [
  [uk, 'Europe/London'],
  [us, 'America/New_York'],
  [us, 'America/Los_Angeles'],
  [JAPAN, 'Asia/Tokyo'],
  [GERMANY, 'Europe/Berlin'],
  [cn, 'Asia/Shanghai'],
  // the two sides of the date line, a day and an hour apart
  [uk, 'Pacific/Kiritimati'],
  [us, 'Pacific/Pago_Pago'],
  // clocks that change by half an hour, and at midnight
  [us, 'Australia/Lord_Howe'],
  [uk, 'America/Havana'],
];
const place = fc.constantFrom(...PLACES);
const zone = fc.constantFrom(...PLACES.map(([, where]) => where));

/** Nights on which one of these zones changes its clocks, leap days, ends of months and of years. */
const SPECIAL = [
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2027-03-14',
  '2027-03-28',
  '2027-10-31',
  '2027-11-07',
  '2026-04-05',
  '2026-10-04',
  '2028-02-29',
  '2028-02-28',
  '2027-02-28',
  '2026-08-31',
  '2026-12-31',
  '2028-12-31',
].map((date) => Date.parse(date) / DAY);

/** Dates by plain arithmetic and local times by the platform's own calendar, so that our library is not its own judge. */
const dateOf = (days: number): LocalDate => instantNow(days * DAY).slice(0, 10);
const daysLater = (date: LocalDate, days: number) => dateOf(Date.parse(date) / DAY + days);
const yearLater = (date: LocalDate) => {
  const later = `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
  return later.endsWith('-02-29') ? `${later.slice(0, 4)}-02-28` : later;
};
const formats = new Map<string, Intl.DateTimeFormat>();
function wall(ms: number, where: string): { date: LocalDate; time: string } {
  let format = formats.get(where);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: where,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    formats.set(where, format);
  }
  const [date = '', time = ''] = format.format(ms).split(' ');
  return { date, time };
}

const nearSpecial = fc
  .tuple(fc.constantFrom(...SPECIAL), fc.integer({ min: -2, max: 2 }))
  .map(([days, off]) => days + off);
const anyDay = fc.integer({ min: Date.UTC(2026, 0) / DAY, max: Date.UTC(2029, 0) / DAY });
const date = fc.oneof(anyDay, nearSpecial).map(dateOf);
const clock = (quarters: number) =>
  `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
const hours = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }), fc.constantFrom(15, 20, 30, 45, 60))
  .map(([start, length, slotMinutes]) => ({
    from: clock(start),
    to: clock(Math.min(96, start + length)),
    slotMinutes,
    places: 1,
  }));

/** Each zone with the dates around each change of its clocks in three years, found by its noon moving. */
const CHANGES = PLACES.flatMap(([, where]) =>
  Array.from({ length: 1_096 }, (_, n) => Date.UTC(2026, 0) / DAY + n)
    .filter((days) => wall((days - 0.5) * DAY, where).time !== wall((days + 0.5) * DAY, where).time)
    .flatMap((days) => [-1, 0, 1].map((off) => ({ where, on: dateOf(days + off) }))),
);
const anywhere = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...CHANGES) },
  { weight: 1, arbitrary: fc.record({ where: zone, on: date }) },
);

const slotsOn = (on: LocalDate, where: string, stretch: { from: string; to: string; slotMinutes: number }) =>
  slotsOfDay(
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ ...stretch, weekday, places: 1, procedure: 'whole-blood' as const })),
    on,
    where,
  );
const factsOf = (
  { startsAt, endsAt }: Pick<PlannedSlot, 'startsAt' | 'endsAt'>,
  on: LocalDate,
  where: string,
  procedure?: Procedure,
): SlotFacts => ({
  slotId: 'anywhere_any',
  kind: procedure ? 'donation' : 'shift',
  ...(procedure && { procedure }),
  startsAt,
  endsAt,
  date: on,
  zone: where,
});
const person = (facts: EligibilityFacts, commitments: readonly Commitment[] = []): PersonState => ({
  status: 'active',
  facts,
  commitments,
});
const LONG_AGO = '2020-01-01T00:00:00.000Z';
const codes = (who: PersonState, slot: SlotFacts, pack?: PolicyPack) => {
  const decision = decide(who, slot, pack, LONG_AGO);
  return decision.ok ? [] : decision.reasons.map(({ code }) => code);
};

/** A donation that a rule of an interval follows, by someone it applies to. */
const heldBy = (rule: IntervalRule, on: LocalDate): { given: PastDonation; sex: 'male' | 'female' } => ({
  given: rule.from === 'platelets' ? platelets(on, 1) : wholeBlood(on, rule.fromVolumeMl ?? 400),
  sex: rule.sex ?? 'male',
});
const DAYS = { day: 1, week: 7 } as const;

describe('an interval, whatever the clocks do meanwhile', () => {
  test('refuses every slot of the local day before it ends, and none of the day itself', () => {
    fc.assert(
      fc.property(place, date, hours, fc.nat(), fc.boolean(), ([pack, where], on, stretch, pick, atTheEnd) => {
        const inDays = pack.intervals.filter(({ min }) => min.unit === 'day' || min.unit === 'week');
        const rule = inDays[pick % inDays.length] as IntervalRule;
        const wait = rule.min.value * DAYS[rule.min.unit as 'day' | 'week'];
        // the special day is that of the donation, or that on which the wait ends
        const gave = atTheEnd ? daysLater(on, -wait) : on;
        const { given, sex } = heldBy(rule, gave);
        const who = person(someone({ sex, birthDate: '1990-01-01', donations: [given], repeatDonor: true }));
        const opens = daysLater(gave, wait);
        for (const [day, expected] of [
          [daysLater(opens, -1), ['interval']],
          [opens, []],
        ] as const) {
          const slots = slotsOn(day, where, stretch);
          for (const slot of [slots[0], slots.at(-1)]) {
            if (slot) expect(codes(who, factsOf(slot, day, where, rule.to), pack)).toEqual(expected);
          }
        }
        expect(earliestDonation(pack, who.facts, rule.to, gave)).toBe(opens);
      }),
      { numRuns: 300 },
    );
  });

  test('of weeks ends on the weekday it began on', () => {
    fc.assert(
      fc.property(date, fc.constantFrom(...SEXES), (gave, sex) => {
        for (const pack of [uk, JAPAN]) {
          const who = someone({ sex, donations: [wholeBlood(gave, 400)], repeatDonor: true });
          const opens = earliestDonation(pack, who, 'whole-blood', gave) as LocalDate;
          expect(new Date(opens).getUTCDay()).toBe(new Date(gave).getUTCDay());
          expect((Date.parse(opens) - Date.parse(gave)) / DAY).toBe(sex === 'male' ? 84 : 112);
        }
      }),
    );
  });

  test('and a year’s cap end on the date they began on, or the last of February', () => {
    fc.assert(
      fc.property(date, fc.constantFrom(...SEXES), (first, sex) => {
        const most = sex === 'male' ? 4 : 3;
        const donations = Array.from({ length: most }, (_, n) => wholeBlood(daysLater(first, n), 470));
        const who = someone({ sex, donations, repeatDonor: true });
        const opens = yearLater(first);
        const asked = (on: LocalDate) => decideDonation(uk, who, { procedure: 'whole-blood', date: on });
        expect(asked(daysLater(opens, -1))).toMatchObject({ reasons: [{ code: 'yearly-cap', from: opens }] });
        expect(asked(opens).ok).toBe(true);
      }),
    );
  });
});

describe('the local date of a donation', () => {
  test('is the one on the wall of its site, and the rules ask about no other', () => {
    const instant = fc
      .tuple(fc.oneof(anyDay, nearSpecial), fc.integer({ min: 0, max: 1_439 }))
      .map(([days, minutes]) => days * DAY + minutes * MINUTE);
    fc.assert(
      fc.property(place, instant, fc.integer({ min: 0, max: 120 }), ([pack, where], at, ago) => {
        const { date: on } = wall(at, where);
        const slot = factsOf({ startsAt: instantNow(at), endsAt: instantNow(at + 30 * MINUTE) }, on, where);
        const birthDate = `${Number(on.slice(0, 4)) - 17}${on.slice(4) === '-02-29' ? '-03-01' : on.slice(4)}`;
        for (const facts of [
          someone({ donations: [wholeBlood(daysLater(on, -ago), 400)], repeatDonor: true }),
          someone({ birthDate }),
          someone({ deferredUntil: on }),
          someone({ deferredUntil: daysLater(on, 1) }),
        ]) {
          const asked = { ...slot, kind: 'donation', procedure: 'whole-blood' } as const;
          const alone = decideDonation(pack, facts, { procedure: 'whole-blood', date: on });
          expect(decide(person(facts), asked, pack, LONG_AGO)).toEqual(alone);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('changes with its clocks where they change, in each zone that has such nights', () => {
    expect(new Set(CHANGES.map(({ where }) => where)).size).toBe(6);
  });

  test('may differ by two at one instant, and so may the answer', () => {
    const at = Date.UTC(2026, 2, 1, 10, 30);
    const [west, east] = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'] as const;
    expect([wall(at, west).date, wall(at, east).date]).toEqual(['2026-02-28', '2026-03-02']);
    const who = person(someone({ donations: [platelets('2026-02-22', 1)] }));
    const there = (where: string) =>
      factsOf(
        { startsAt: instantNow(at), endsAt: instantNow(at + 30 * MINUTE) },
        wall(at, where).date,
        where,
        'platelets',
      );
    expect(codes(who, there(west), us)).toEqual(['interval']);
    expect(codes(who, there(east), us)).toEqual([]);
  });

  test('never shifts between its slot, the slot’s id and the wall', () => {
    fc.assert(
      fc.property(anywhere, hours, ({ where, on }, stretch) => {
        for (const slot of slotsOn(on, where, stretch)) {
          const shown = wall(Date.parse(slot.startsAt), where);
          expect(shown).toEqual({ date: on, time: `${slot.time.slice(0, 2)}:${slot.time.slice(2, 4)}` });
          const id = slotId('central', on, slot.time, 'whole-blood');
          expect(parseSlotId(id)).toMatchObject({ date: on, time: slot.time });
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the slots that weekly hours make', () => {
  test('fill exactly the time a site is open, on 23-, 24- and 25-hour days alike', () => {
    const whole = { from: '00:00', to: '24:00', slotMinutes: 15 };
    fc.assert(
      fc.property(anywhere, ({ where, on }) => {
        const slots = slotsOn(on, where, whole);
        let minutes = 0;
        for (let at = Date.parse(on) - DAY; at < Date.parse(on) + 2 * DAY; at += 15 * MINUTE) {
          if (wall(at, where).date === on) minutes += 15;
        }
        expect(slots.length * 15).toBe(minutes);
        for (const [n, slot] of slots.entries()) {
          const next = slots[n + 1];
          if (next) expect(slot.endsAt).toBe(next.startsAt);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('begin and end with the hours on the wall, the repeated ones twice and the skipped ones never', () => {
    fc.assert(
      fc.property(
        anywhere,
        fc.uniqueArray(
          fc.oneof(
            { weight: 3, arbitrary: fc.constantFrom(0, 2, 4, 6, 8, 12) },
            { weight: 1, arbitrary: fc.integer({ min: 0, max: 96 }) },
          ),
          { minLength: 3, maxLength: 3 },
        ),
        ({ where, on }, quarters) => {
          const [from, middle, to] = quarters.toSorted((a, b) => a - b).map(clock) as [string, string, string];
          const open: number[] = [];
          for (let at = Date.parse(on) - DAY; at < Date.parse(on) + 2 * DAY; at += 15 * MINUTE) {
            const shown = wall(at, where);
            if (shown.date === on && shown.time >= from && shown.time < to) open.push(at);
          }
          const of = (a: string, b: string) => slotsOn(on, where, { from: a, to: b, slotMinutes: 15 });
          const slots = of(from, to);
          expect(slots[0]?.startsAt).toBe(open[0] === undefined ? undefined : instantNow(open[0]));
          expect(slots.at(-1)?.startsAt).toBe(open.length === 0 ? undefined : instantNow(open.at(-1) ?? 0));
          // hours that follow each other leave nothing out; where one ends within a repetition, both are open in it
          const parts = new Set([...of(from, middle), ...of(middle, to)].map(({ startsAt }) => startsAt));
          expect(parts).toEqual(new Set(slots.map(({ startsAt }) => startsAt)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ['Europe/London', '2026-03-29', 23],
    ['Europe/London', '2026-10-25', 25],
    ['America/New_York', '2027-03-14', 23],
    ['America/New_York', '2027-11-07', 25],
    ['America/Los_Angeles', '2026-03-08', 23],
    ['Europe/Berlin', '2027-10-31', 25],
    ['America/Havana', '2026-03-08', 23],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Tokyo', '2026-03-29', 24],
    ['Pacific/Kiritimati', '2028-02-29', 24],
    // the whole day was left out when Samoa crossed the date line
    ['Pacific/Apia', '2011-12-30', 0],
    ['Pacific/Apia', '2011-12-31', 24],
  ])('in %s on %s are %d hours long', (where, on, length) => {
    expect(slotsOn(on, where, { from: '00:00', to: '24:00', slotMinutes: 30 })).toHaveLength(length * 2);
  });

  test('in daytime start at the same time on the wall all year', () => {
    fc.assert(
      fc.property(anywhere, ({ where, on }) => {
        const times = slotsOn(on, where, { from: '08:00', to: '20:00', slotMinutes: 60 }).map(({ time }) => time);
        expect(times).toEqual(Array.from({ length: 12 }, (_, n) => `${String(n + 8).padStart(2, '0')}00`));
      }),
      { numRuns: 150 },
    );
  });
});

describe('places taken on a night when clocks change', () => {
  const night = fc.record({
    at: fc.constantFrom(...CHANGES),
    stretch: fc.constantFrom(
      { from: '00:00', to: '06:00', slotMinutes: 20 },
      { from: '00:00', to: '06:00', slotMinutes: 45 },
      { from: '22:00', to: '24:00', slotMinutes: 60 },
    ),
    pick: fc.nat(),
  });

  test('overlap exactly when some minute lies in both, in one zone or in two', () => {
    fc.assert(
      fc.property(fc.array(night, { minLength: 2, maxLength: 12 }), (nights) => {
        const held: Commitment[] = [];
        // each asks for a place and for the one that follows it
        for (const {
          at: { where, on },
          stretch,
          pick,
          next,
        } of nights.flatMap((it) => [
          { ...it, next: 0 },
          { ...it, next: 1 },
        ])) {
          const slots = slotsOn(on, where, stretch);
          const slot = slots[(pick + next) % slots.length];
          if (!slot) continue;
          const [start, end] = [Date.parse(slot.startsAt), Date.parse(slot.endsAt)];
          const shared = held.some((other) => {
            for (let at = start; at < end; at += 5 * MINUTE) {
              if (at >= Date.parse(other.startsAt) && at < Date.parse(other.endsAt)) return true;
            }
            return false;
          });
          const said = codes(person(someone(), held), factsOf(slot, on, where));
          expect(said).toEqual(shared ? ['overlap'] : []);
          if (!shared) {
            const { startsAt, endsAt } = slot;
            held.push({ bookingId: `p1_${held.length}`, slotId: 'anywhere_any', kind: 'shift', startsAt, endsAt });
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('at the first and the second two o’clock are two places, and both may be held', () => {
    const slots = slotsOn('2026-10-25', 'Europe/Berlin', { from: '02:00', to: '03:00', slotMinutes: 60 });
    expect(slots.map(({ time }) => time)).toEqual(['0200', '0200b']);
    const [first, second] = slots as [PlannedSlot, PlannedSlot];
    const held: Commitment = { bookingId: 'p1_a', slotId: 'anywhere_any', kind: 'shift', ...first };
    expect(codes(person(someone(), [held]), factsOf(second, '2026-10-25', 'Europe/Berlin'))).toEqual([]);
    expect(codes(person(someone(), [held]), factsOf(first, '2026-10-25', 'Europe/Berlin'))).toEqual(['overlap']);
  });

  test('may be changed until so many minutes before they begin, as time passes and not as clocks show', () => {
    fc.assert(
      fc.property(night, fc.integer({ min: 0, max: 2_880 }), ({ at: { where, on }, stretch, pick }, cutoffMinutes) => {
        const slots = slotsOn(on, where, stretch);
        const slot = slots[pick % slots.length];
        if (!slot) return;
        const until = changeableUntil({ startsAt: slot.startsAt, cutoffMinutes });
        expect(Date.parse(slot.startsAt) - Date.parse(until)).toBe(cutoffMinutes * MINUTE);
      }),
    );
    const spring = toInstant('2026-03-29T03:00', 'Europe/London');
    if (!spring.ok) throw new Error('an ordinary time');
    const until = changeableUntil({ startsAt: spring.instant, cutoffMinutes: 120 });
    expect(wall(Date.parse(until), 'Europe/London').time).toBe('00:00');
  });
});

describe('the zone of the machine', () => {
  const own = process.env['TZ'];
  const setZone = (name: string | undefined) => {
    if (name === undefined) delete process.env['TZ'];
    else process.env['TZ'] = name;
  };
  afterAll(() => setZone(own));

  test('makes no difference to any slot, date or decision', () => {
    const answers = () =>
      PLACES.flatMap(([pack, where]) =>
        SPECIAL.map((days) => {
          const on = dateOf(days);
          const slots = slotsOn(on, where, { from: '00:00', to: '24:00', slotMinutes: 60 });
          const who = someone({ donations: [wholeBlood(on, 400), platelets(on, 1)], repeatDonor: true });
          return [slots, earliestDonation(pack, who, 'whole-blood', on), earliestDonation(pack, who, 'platelets', on)];
        }),
      );
    const offsets = new Set<number>();
    const seen = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/London'].map((name) => {
      setZone(name);
      offsets.add(new Date(Date.UTC(2026, 6)).getTimezoneOffset());
      return answers();
    });
    // the machine really was elsewhere each time
    expect(offsets).toEqual(new Set([0, -840, 420, -60]));
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
  });
});
