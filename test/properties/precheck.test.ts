import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSpan } from '../../shared/domain/dates.ts';
import { decideDonation } from '../../shared/domain/eligibility.ts';
import type { PolicyPack } from '../../shared/domain/policy-pack.ts';
import {
  answerFaults,
  assess,
  type DeclaredEvent,
  declaredWaits,
  type PrecheckAnswer,
  questionsFor,
  renewed,
  standingOf,
  withDeclared,
} from '../../shared/domain/precheck.ts';
import type { EligibilityFacts } from '../../shared/domain/refusal.ts';
import { type LocalDate, PROCEDURES, SEXES } from '../../shared/domain/vocabulary.ts';
import { cn } from '../../shared/policy/cn.ts';
import { uk } from '../../shared/policy/uk.ts';
import { us } from '../../shared/policy/us.ts';
import { someone } from '../builders/facts.ts';
import { ELSEWHERE, GERMANY, JAPAN } from '../builders/packs.ts';

const TODAY = '2026-11-25';
const day = (date: LocalDate, n: number): LocalDate => addSpan(date, { value: n, unit: 'day' });
const daysAgo = (most: number) => fc.integer({ min: 0, max: most }).map((n) => day(TODAY, -n));

/** The test packs have no list of their own: they borrow China's, so that their intervals and caps meet answers too. */
const borrowing = (pack: PolicyPack): PolicyPack => ({ ...pack, deferrals: cn.deferrals, questions: cn.questions });
const pack = fc.constantFrom<PolicyPack>(cn, uk, us, borrowing(JAPAN), borrowing(GERMANY), borrowing(ELSEWHERE));

const eventOf = (code: string, when: boolean, still: boolean, answeredOn: LocalDate): fc.Arbitrary<DeclaredEvent> => {
  const ended = fc.integer({ min: 0, max: 1_500 }).map((n) => ({ code, ended: day(answeredOn, -n) }));
  const ongoing = fc.constant({ code });
  return when && still ? fc.oneof(ended, ongoing) : when ? ended : ongoing;
};
const answersTo = (rules: PolicyPack): fc.Arbitrary<readonly PrecheckAnswer[]> =>
  fc
    .tuple(
      ...rules.questions.map((question) =>
        daysAgo(400).chain((answeredOn) =>
          fc
            .subarray([...question.options])
            .map((chosen) => chosen.slice(0, 2))
            .chain((chosen) =>
              fc.tuple(
                ...chosen.map(({ code, when, still }) =>
                  eventOf(code, when !== undefined, still !== undefined, answeredOn),
                ),
              ),
            )
            .map((events): PrecheckAnswer => ({ question: question.id, answeredOn, events })),
        ),
      ),
    )
    .chain((all) => fc.subarray([...all]));

const facts: fc.Arbitrary<EligibilityFacts> = fc
  .record({
    birthDate: daysAgo(24_000),
    sex: fc.constantFrom(...SEXES),
    weightKg: fc.integer({ min: 40, max: 90 }),
    deferredUntil: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
    here: fc.array(daysAgo(500), { maxLength: 6 }),
    there: fc.array(daysAgo(500), { maxLength: 6 }),
  })
  .map(({ deferredUntil, here, there, ...rest }) => {
    const given = (date: LocalDate, n: number) =>
      n % 2 === 0
        ? { date, procedure: 'whole-blood' as const, volumeMl: 400 }
        : { date, procedure: 'platelets' as const, volumeMl: 400, platelets: 2 as const };
    return someone({
      ...rest,
      ...(deferredUntil && { deferredUntil: day(TODAY, deferredUntil) }),
      donations: here.map(given),
      elsewhere: there.map(given),
    });
  });

const asked = pack.chain((rules) => fc.tuple(fc.constant(rules), facts, answersTo(rules)));
const days = fc.integer({ min: 0, max: 1_500 }).map((n) => day(TODAY, n));

describe('for anybody, under any pack', () => {
  test('the verdict is yes on its date, and no on every day before it', () => {
    fc.assert(
      fc.property(asked, ([rules, who, answers]) => {
        for (const { procedure, ok, from } of assess(rules, who, answers, TODAY)) {
          expect(ok).toBe(from === TODAY);
          if (from === undefined) continue;
          const on = (date: LocalDate) => assess(rules, who, answers, date, [procedure])[0]?.ok;
          expect(on(from)).toBe(true);
          for (let date = TODAY; date < from; date = day(date, 61)) expect(on(date)).toBe(false);
          if (from > TODAY) expect(on(day(from, -1))).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('each reason has its rule and source, and lifts on its own date', () => {
    fc.assert(
      fc.property(asked, ([rules, who, answers]) => {
        for (const { procedure, reasons } of assess(rules, who, answers, TODAY)) {
          for (const { rule, source, from } of reasons) {
            expect([rule, source]).not.toContain(undefined);
            if (from === undefined) continue;
            expect(from > TODAY).toBe(true);
            const later = assess(rules, who, answers, from, [procedure])[0]?.reasons ?? [];
            expect(later.filter((it) => it.rule === rule && it.from === from)).toEqual([]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a booking, which knows the dates alone, is decided as the verdict says', () => {
    fc.assert(
      fc.property(asked, days, ([rules, who, answers], date) => {
        const held = withDeclared(who, rules.id, declaredWaits(rules, answers, TODAY));
        for (const { procedure, ok } of assess(rules, who, answers, date)) {
          expect(decideDonation(rules, held, { procedure, date }).ok).toBe(ok);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('saying more never brings the day nearer, for the procedures it touches or the others', () => {
    fc.assert(
      fc.property(asked, fc.nat(), ([rules, who, answers], n) => {
        fc.pre(answers.length > 0);
        const left = answers.filter((_, at) => at !== n % answers.length);
        const more = assess(rules, who, answers, TODAY);
        for (const [at, less] of assess(rules, who, left, TODAY).entries()) {
          const { from } = more[at] ?? {};
          if (less.from === undefined) expect(from).toBeUndefined();
          else if (from !== undefined) expect(from >= less.from).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a thing that ended later never lets anybody give sooner', () => {
    fc.assert(
      fc.property(pack, fc.nat(), daysAgo(900), daysAgo(900), (rules, n, a, b) => {
        const dated = rules.questions.flatMap(({ id, options }) =>
          options.filter(({ when }) => when).map(({ code }) => ({ id, code })),
        );
        fc.pre(dated.length > 0);
        const { id = '', code = '' } = dated[n % dated.length] ?? {};
        const [sooner, later] = [a, b].toSorted();
        const verdict = (ended: LocalDate | undefined) =>
          assess(
            rules,
            someone(),
            [{ question: id, answeredOn: TODAY, events: [{ code, ...(ended && { ended }) }] }],
            TODAY,
          );
        for (const [at, { from }] of verdict(sooner).entries()) {
          expect((verdict(later)[at]?.from ?? '') >= (from ?? '')).toBe(true);
        }
      }),
    );
  });

  test('what is renewed holds today, asks nothing again, and changes no verdict but of what has not ended', () => {
    fc.assert(
      fc.property(asked, ([rules, who, answers]) => {
        const again = renewed(rules, answers, TODAY);
        for (const question of questionsFor(rules, { sex: who.sex })) {
          const before = standingOf(rules, question, answers, TODAY);
          expect(standingOf(rules, question, again, TODAY)).toBe(before === 'missing' ? 'missing' : 'held');
        }
        expect(answerFaults(rules, again, TODAY)).toEqual([]);
        const ended = answers.map((it) => ({ ...it, events: it.events.filter((event) => event.ended !== undefined) }));
        expect(assess(rules, who, renewed(rules, ended, TODAY), TODAY)).toEqual(assess(rules, who, ended, TODAY));
      }),
      { numRuns: 200 },
    );
  });

  test('the order of the answers makes no difference to the dates kept', () => {
    fc.assert(
      fc.property(asked, ([rules, , answers]) => {
        expect(declaredWaits(rules, answers.toReversed(), TODAY)).toEqual(declaredWaits(rules, answers, TODAY));
      }),
    );
  });

  test('where a donation was made makes no difference to when the next may be', () => {
    fc.assert(
      fc.property(pack, facts, days, (rules, who, date) => {
        const { elsewhere = [], ...rest } = who;
        const here = { ...rest, donations: [...who.donations, ...elsewhere] };
        for (const procedure of PROCEDURES) {
          const ask = { procedure, date };
          expect(decideDonation(rules, who, ask)).toEqual(decideDonation(rules, here, ask));
        }
      }),
    );
  });
});
