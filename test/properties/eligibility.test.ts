import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSpan, daysBetween } from '../../shared/domain/dates.ts';
import { applyDonation, decideDonation, earliestDonation, pruneDonations } from '../../shared/domain/eligibility.ts';
import type { PolicyPack } from '../../shared/domain/policy-pack.ts';
import type { EligibilityFacts, PastDonation } from '../../shared/domain/refusal.ts';
import { type LocalDate, PROCEDURES, SEXES } from '../../shared/domain/vocabulary.ts';
import { cn } from '../../shared/policy/cn.ts';
import { uk } from '../../shared/policy/uk.ts';
import { us } from '../../shared/policy/us.ts';
import { someone } from '../builders/facts.ts';
import { ELSEWHERE, GERMANY, JAPAN } from '../builders/packs.ts';

const TODAY = '2026-11-23';
const day = (date: LocalDate, n: number): LocalDate => addSpan(date, { value: n, unit: 'day' });
const dateFrom = (first: LocalDate, days: number) => fc.integer({ min: 0, max: days }).map((n) => day(first, n));

const procedure = fc.constantFrom(...PROCEDURES);
const pack = fc.constantFrom<PolicyPack>(cn, uk, us, JAPAN, GERMANY, ELSEWHERE);
const donation: fc.Arbitrary<PastDonation> = fc.oneof(
  fc.record({
    date: dateFrom('2024-11-23', 740),
    procedure: fc.constant('whole-blood' as const),
    volumeMl: fc.constantFrom(200, 300, 400),
  }),
  fc.record({
    date: dateFrom('2024-11-23', 740),
    procedure: fc.constant('platelets' as const),
    volumeMl: fc.integer({ min: 125, max: 600 }),
    platelets: fc.constantFrom(1 as const, 2 as const),
  }),
);
const facts: fc.Arbitrary<EligibilityFacts> = fc
  .record({
    birthDate: fc.oneof(dateFrom('1964-01-01', 17_200), fc.constantFrom('1972-02-29', '1968-02-29', '2008-02-29')),
    sex: fc.constantFrom(...SEXES),
    weightKg: fc.integer({ min: 44, max: 90 }),
    donations: fc.array(donation, { maxLength: 40 }),
    repeatDonor: fc.boolean(),
    reactionRecorded: fc.boolean(),
    wantsExtendedAge: fc.boolean(),
    deferredUntil: fc.option(dateFrom(TODAY, 200), { nil: undefined }),
    plateletsUntil: fc.option(dateFrom(TODAY, 20), { nil: undefined }),
  })
  .map(({ deferredUntil, plateletsUntil, ...rest }) => ({
    ...rest,
    ...(deferredUntil && { deferredUntil }),
    ...(plateletsUntil && { deferredUntilFor: { platelets: plateletsUntil } }),
  }));

describe('for any history', () => {
  test('the earliest date is one on which the rules agree, and no day before it is', () => {
    fc.assert(
      fc.property(pack, facts, procedure, (rules, who, wanted) => {
        const earliest = earliestDonation(rules, who, wanted, TODAY);
        if (earliest === undefined) return;
        expect(decideDonation(rules, who, { procedure: wanted, date: earliest }).ok).toBe(true);
        for (let date = TODAY; date < earliest; date = day(date, 1)) {
          expect(decideDonation(rules, who, { procedure: wanted, date }).ok).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('when there is no earliest date, there is none within four years of days', () => {
    fc.assert(
      fc.property(pack, facts, procedure, (rules, who, wanted) => {
        fc.pre(earliestDonation(rules, who, wanted, TODAY) === undefined);
        for (let n = 0; n < 1_461; n += 7) {
          expect(decideDonation(rules, who, { procedure: wanted, date: day(TODAY, n) }).ok).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('each reason lifts on its own date and not the day before', () => {
    fc.assert(
      fc.property(pack, facts, procedure, (rules, who, wanted) => {
        const stands = (date: LocalDate, rule: string | undefined, lifts: LocalDate | undefined) => {
          const decision = decideDonation(rules, who, { procedure: wanted, date });
          return !decision.ok && decision.reasons.some((it) => it.rule === rule && it.from === lifts);
        };
        const decision = decideDonation(rules, who, { procedure: wanted, date: TODAY });
        for (const { rule, from } of decision.ok ? [] : decision.reasons) {
          if (from === undefined) continue;
          expect(from > TODAY).toBe(true);
          expect(stands(day(from, -1), rule, from)).toBe(true);
          expect(stands(from, rule, from)).toBe(false);
        }
      }),
    );
  });

  test('dropping the donations that no longer matter changes no later decision, by this pack or another', () => {
    fc.assert(
      fc.property(pack, pack, facts, procedure, dateFrom(TODAY, 500), (rules, others, who, wanted, date) => {
        const kept = { ...who, donations: pruneDonations(others, who.donations, TODAY) };
        const asked = { procedure: wanted, date };
        expect(decideDonation(rules, kept, asked)).toEqual(decideDonation(rules, who, asked));
      }),
    );
  });

  test('the order of the records makes no difference', () => {
    fc.assert(
      fc.property(pack, facts, procedure, fc.infiniteStream(fc.nat()), (rules, who, wanted, keys) => {
        const shuffled = who.donations
          .map((it) => [keys.next().value ?? 0, it] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, it]) => it);
        const asked = { procedure: wanted, date: TODAY };
        expect(decideDonation(rules, { ...who, donations: shuffled }, asked)).toEqual(
          decideDonation(rules, who, asked),
        );
      }),
    );
  });

  test('one more donation never makes the earliest date earlier', () => {
    fc.assert(
      fc.property(pack, facts, procedure, donation, (rules, who, wanted, more) => {
        const before = earliestDonation(rules, who, wanted, TODAY);
        const after = earliestDonation(rules, { ...who, donations: [...who.donations, more] }, wanted, TODAY);
        if (before === undefined) expect(after).toBeUndefined();
        else if (after !== undefined) expect(after >= before).toBe(true);
      }),
    );
  });
});

/** The month-end rule in plain arithmetic, so that the calendar library is not its own judge. */
const monthsLater = (date: LocalDate, months: number): LocalDate => {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, lastDay))).toISOString().slice(0, 10);
};
const daysLater = (date: LocalDate, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

test('the China intervals are 6 months, 3 months, 28 days and 14 days, from any date', () => {
  const waits = {
    'whole-blood': {
      'whole-blood': (date: LocalDate) => monthsLater(date, 6),
      platelets: (date: LocalDate) => monthsLater(date, 3),
    },
    platelets: {
      'whole-blood': (date: LocalDate) => daysLater(date, 28),
      platelets: (date: LocalDate) => daysLater(date, 14),
    },
  };
  fc.assert(
    fc.property(donation, procedure, (given, wanted) => {
      const who = someone({ donations: [given], repeatDonor: true });
      expect(earliestDonation(cn, who, wanted, given.date)).toBe(waits[given.procedure][wanted](given.date));
    }),
    { numRuns: 500 },
  );
});

test('a donor who always comes on the first day allowed stays within every rule of the China pack', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(procedure, fc.integer({ min: 0, max: 10 }), fc.constantFrom(1 as const, 2 as const)), {
        minLength: 30,
        maxLength: 60,
      }),
      (visits) => {
        let who: EligibilityFacts = someone();
        let today: LocalDate = '2024-02-29';
        const history: PastDonation[] = [];
        for (const [wanted, patience, units] of visits) {
          const date = earliestDonation(cn, who, wanted, day(today, patience));
          if (date === undefined) throw new Error('a healthy donor can always come again');
          const given: PastDonation =
            wanted === 'platelets'
              ? { date, procedure: wanted, volumeMl: units * 250, platelets: units }
              : { date, procedure: wanted, volumeMl: 400 };
          who = applyDonation(cn, who, given, false);
          history.push(given);
          today = date;
        }
        for (const [n, { date, procedure: one }] of history.entries()) {
          const next = history[n + 1];
          if (next) {
            const least = {
              'whole-blood': { 'whole-blood': 181, platelets: 89 },
              platelets: { 'whole-blood': 28, platelets: 14 },
            };
            expect(daysBetween(date, next.date)).toBeGreaterThanOrEqual(least[one][next.procedure]);
          }
          if (one !== 'platelets') continue;
          const year = history.slice(0, n).filter((it) => it.procedure === one && date < monthsLater(it.date, 12));
          expect(year.length).toBeLessThan(24);
          expect(year.reduce((sum, { volumeMl }) => sum + volumeMl, 125)).toBeLessThanOrEqual(10_000);
        }
        expect(who.donations.length).toBeLessThanOrEqual(26);
      },
    ),
    { numRuns: 100 },
  );
});

describe('on the days around a birthday', () => {
  const birthDates = fc.oneof(
    dateFrom('1950-01-01', 22_000),
    fc.constantFrom('1960-02-29', '1972-02-29', '2000-02-29'),
  );
  const regular = { repeatDonor: true, wantsExtendedAge: true };
  const ok = (who: EligibilityFacts, date: LocalDate) => decideDonation(cn, who, { procedure: 'platelets', date }).ok;

  test('the 18th opens, the 55th is the last for all and the 60th for anyone', () => {
    fc.assert(
      fc.property(birthDates, fc.boolean(), fc.boolean(), fc.boolean(), (birthDate, repeat, reaction, wish) => {
        const who = someone({ birthDate, repeatDonor: repeat, reactionRecorded: reaction, wantsExtendedAge: wish });
        const [opens, ordinary, last] = [18, 55, 60].map((years) => monthsLater(birthDate, years * 12)) as [
          LocalDate,
          LocalDate,
          LocalDate,
        ];
        const extended = repeat && !reaction && wish;
        expect([day(opens, -1), opens, day(opens, 1)].map((date) => ok(who, date))).toEqual([false, true, true]);
        expect([day(ordinary, -1), ordinary, day(ordinary, 1)].map((date) => ok(who, date))).toEqual([
          true,
          true,
          extended,
        ]);
        expect([day(last, -1), last, day(last, 1)].map((date) => ok(who, date))).toEqual([extended, extended, false]);
        expect(ok({ ...who, ...regular, reactionRecorded: false }, last)).toBe(true);
      }),
    );
  });
});
