import { describe, expect, test } from 'vitest';
import { decideDonation, earliestDonation } from '../../shared/domain/eligibility.ts';
import type { Question } from '../../shared/domain/policy-pack.ts';
import {
  answerFaults,
  assess,
  declaredWaits,
  type PrecheckAnswer,
  questionsFor,
  renewed,
  standingOf,
  stepsOf,
  withDeclared,
} from '../../shared/domain/precheck.ts';
import { refusalSentence } from '../../shared/domain/refusal-sentences.ts';
import { cn } from '../../shared/policy/cn.ts';
import { uk } from '../../shared/policy/uk.ts';
import { us } from '../../shared/policy/us.ts';
import { platelets, someone, wholeBlood } from '../builders/facts.ts';

const TODAY = '2026-11-25';
const said = (question: string, events: PrecheckAnswer['events'] = [], answeredOn = TODAY): PrecheckAnswer => ({
  question,
  answeredOn,
  events,
});
const tattoo = (ended: string) => said('tattoo', [{ code: 'tattoo-or-sharps', ended }]);
const question = (id: string): Question => {
  const found = cn.questions.find((it) => it.id === id);
  if (!found) throw new Error(id);
  return found;
};
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id);

describe('what is asked', () => {
  test('of a woman is more than of a man, in the pack’s order', () => {
    expect(ids(questionsFor(cn, { sex: 'female' }))).toEqual(ids(cn.questions));
    expect(ids(questionsFor(cn, { sex: 'male' }))).toEqual([
      'illness',
      'skin',
      'surgery',
      'tattoo',
      'medicines',
      'vaccines',
      'infections',
      'travel',
    ]);
    expect(ids(questionsFor(cn, {}))).toEqual(ids(questionsFor(cn, { sex: 'male' })));
  });

  test('where only whole blood is given leaves out what matters for platelets alone', () => {
    const asked = ids(questionsFor(cn, { sex: 'male', procedures: ['whole-blood'] }));
    expect(asked).not.toContain('medicines');
    expect(asked).toContain('tattoo');
    expect(ids(questionsFor(cn, { sex: 'male', procedures: ['platelets'] }))).toContain('medicines');
  });

  test('asks nothing that leads to no rule', () => {
    const stray = { ...cn, questions: [{ ...question('tattoo'), options: [{ code: 'none', label: cn.name }] }] };
    expect(questionsFor(stray, { sex: 'male' })).toEqual([]);
  });

  test('asks the day of each thing that applies, right after its question', () => {
    const asked = questionsFor(cn, { sex: 'female' });
    const answers = [
      said('surgery', [{ code: 'major-surgery' }, { code: 'dental-care' }]),
      said('pregnancy', [{ code: 'pregnancy' }]),
    ];
    const pages = stepsOf(asked, answers).map((step) =>
      step.kind === 'question' ? step.question.id : `${step.question.id}: ${step.option.code}`,
    );
    expect(pages.slice(0, 6)).toEqual([
      'illness',
      'skin',
      'surgery',
      'surgery: dental-care',
      'surgery: major-surgery',
      'tattoo',
    ]);
    expect(pages).toContain('pregnancy');
    expect(pages).not.toContain('pregnancy: pregnancy');
  });
});

describe('the verdict', () => {
  test('for who has nothing against it is yes, today, for each procedure', () => {
    expect(assess(cn, someone(), [said('tattoo')], TODAY)).toEqual([
      { procedure: 'whole-blood', ok: true, from: TODAY, reasons: [] },
      { procedure: 'platelets', ok: true, from: TODAY, reasons: [] },
    ]);
    expect(assess(cn, someone(), [], TODAY, ['platelets']).map(({ procedure }) => procedure)).toEqual(['platelets']);
  });

  test('names the tattoo, its rule, its source and the day it no longer matters', () => {
    const [whole] = assess(cn, someone(), [tattoo('2026-10-01')], TODAY);
    const rule = cn.deferrals.find(({ code }) => code === 'tattoo-or-sharps');
    expect(whole).toEqual({
      procedure: 'whole-blood',
      ok: false,
      from: '2027-10-01',
      reasons: [
        {
          code: 'own-answers',
          rule: 'cn.deferral.tattoo-or-sharps',
          source: rule?.source,
          mark: 'C†',
          cause: rule?.label,
          from: '2027-10-01',
        },
      ],
    });
    const reason = whole?.reasons[0];
    expect(reason && refusalSentence(reason, 'en')).toBe(
      'Tattoo, or an injury with contaminated sharps: 1 year; from 1 October 2027.',
    );
    expect(reason && refusalSentence(reason, 'zh')).toBe('纹身或被污染的尖锐物品刺伤后 1 年，2027年10月1日起可以。');
  });

  test('holds until the very day', () => {
    expect(assess(cn, someone(), [tattoo('2026-10-01')], '2027-09-30')[0]?.ok).toBe(false);
    expect(assess(cn, someone(), [tattoo('2026-10-01')], '2027-10-01')[0]).toMatchObject({ ok: true, reasons: [] });
  });

  test('keeps aspirin to platelets', () => {
    const answers = [said('medicines', [{ code: 'aspirin', ended: '2026-11-24' }])];
    expect(assess(cn, someone(), answers, TODAY).map(({ procedure, ok, from }) => [procedure, ok, from])).toEqual([
      ['whole-blood', true, TODAY],
      ['platelets', false, '2026-11-29'],
    ]);
  });

  test('of who is still ill is the earliest day it could be, and says so', () => {
    const [whole] = assess(cn, someone(), [said('illness', [{ code: 'cold-or-gastroenteritis' }])], TODAY);
    expect(whole).toMatchObject({ ok: false, from: '2026-12-02' });
    const reason = whole?.reasons[0];
    expect(reason?.params).toEqual({ ongoing: 1 });
    expect(reason && refusalSentence(reason, 'en')).toMatch(/; from 2 December 2026 at the earliest\.$/);
    expect(reason && refusalSentence(reason, 'zh')).toMatch(/，最早2026年12月2日起可以。$/);
  });

  test('of who is pregnant has no day, whatever else has one', () => {
    const answers = [said('pregnancy', [{ code: 'pregnancy' }]), tattoo('2026-11-01')];
    const [whole] = assess(cn, someone({ sex: 'female' }), answers, TODAY);
    expect(whole?.from).toBeUndefined();
    expect(whole?.reasons.map(({ rule, from }) => [rule, from])).toEqual([
      ['cn.deferral.pregnancy', undefined],
      ['cn.deferral.tattoo-or-sharps', '2027-11-01'],
    ]);
    const reason = whole?.reasons[0];
    expect(reason && refusalSentence(reason, 'en')).toBe('Pregnancy, while it lasts.');
  });

  test('puts the rules’ own reasons first and waits for the last of all', () => {
    const who = someone({ donations: [wholeBlood('2026-11-01')], repeatDonor: true });
    const [whole, plt] = assess(cn, who, [tattoo('2026-10-01')], TODAY);
    expect(whole?.reasons.map(({ code }) => code)).toEqual(['interval', 'own-answers']);
    expect([whole?.from, plt?.from]).toEqual(['2027-10-01', '2027-10-01']);
  });

  test('does not tell the same twice when the answers are kept', () => {
    const kept = withDeclared(someone(), 'cn', { until: '2027-10-01' });
    expect(assess(cn, kept, [tattoo('2026-10-01')], TODAY)[0]?.reasons).toHaveLength(1);
    expect(assess(cn, kept, [], TODAY)[0]).toMatchObject({ ok: true });
  });

  test('skips what the pack has no rule for', () => {
    expect(assess(cn, someone(), [said('tattoo', [{ code: 'no-such' }])], TODAY)[0]?.ok).toBe(true);
  });

  test('of one pack says nothing of another', () => {
    expect(assess(uk, withDeclared(someone(), 'cn', { until: '2027-10-01' }), [], TODAY)[0]?.ok).toBe(true);
  });

  test('speaks of pounds where people weigh in pounds', () => {
    const [light] = assess(us, someone({ weightKg: 49 }), [], TODAY);
    const reason = light?.reasons[0];
    expect(reason?.params).toEqual({ kg: 49.89, lb: 110 });
    expect(reason && refusalSentence(reason, 'en')).toBe('You must weigh at least 110 lb.');
    expect(reason && refusalSentence(reason, 'zh')).toBe('体重须不低于 110 磅。');
    const [thin] = assess(cn, someone({ weightKg: 49 }), [], TODAY);
    expect(thin?.reasons[0] && refusalSentence(thin.reasons[0], 'en')).toBe('You must weigh at least 50 kg.');
    expect(thin?.reasons[0] && refusalSentence(thin.reasons[0], 'zh')).toBe('体重须不低于 50 公斤。');
  });
});

describe('the dates that a booking is decided on', () => {
  test('are the latest of the answers, per procedure', () => {
    const answers = [
      tattoo('2026-10-01'),
      said('medicines', [{ code: 'aspirin', ended: '2026-11-24' }]),
      said('surgery', [
        { code: 'dental-care', ended: '2026-11-24' },
        { code: 'major-surgery', ended: '2026-11-24' },
      ]),
    ];
    expect(declaredWaits(cn, answers, TODAY)).toEqual({ until: '2027-10-01', untilFor: { platelets: '2026-11-29' } });
    expect(declaredWaits(cn, answers.toReversed(), TODAY)).toEqual(declaredWaits(cn, answers, TODAY));
  });

  test('are only those still to come', () => {
    expect(declaredWaits(cn, [said('tattoo'), tattoo('2025-11-25')], TODAY)).toBeUndefined();
    expect(declaredWaits(cn, [tattoo('2025-11-26')], TODAY)).toEqual({ until: '2026-11-26' });
    expect(declaredWaits(cn, [said('medicines', [{ code: 'aspirin' }])], TODAY)).toEqual({
      untilFor: { platelets: '2026-11-30' },
    });
  });

  test('are open while nobody can say, and that outlasts any date', () => {
    const both = [said('pregnancy', [{ code: 'pregnancy' }]), tattoo('2026-11-25')];
    for (const answers of [both, both.toReversed()]) {
      expect(declaredWaits(cn, answers, TODAY)).toEqual({ until: 'open' });
    }
    const facts = withDeclared(someone(), 'cn', { until: 'open' });
    expect(decideDonation(cn, facts, { procedure: 'whole-blood', date: '2030-01-01' })).toEqual({
      ok: false,
      reasons: [{ code: 'own-answers', rule: 'own-answers', source: cn.source }],
    });
    expect(earliestDonation(cn, facts, 'whole-blood', TODAY)).toBeUndefined();
  });

  test('say nothing of what they follow from', () => {
    const facts = withDeclared(someone(), 'cn', { until: '2027-10-01', untilFor: { platelets: '2027-11-01' } });
    const reasons = (date: string) => {
      const decision = decideDonation(cn, facts, { procedure: 'platelets', date });
      return decision.ok ? [] : decision.reasons;
    };
    const reason = { code: 'own-answers', rule: 'own-answers', source: cn.source };
    expect(reasons('2027-09-30')).toEqual([
      { ...reason, from: '2027-10-01' },
      { ...reason, from: '2027-11-01' },
    ]);
    expect(reasons('2027-10-01')).toEqual([{ ...reason, from: '2027-11-01' }]);
    expect(reasons('2027-11-01')).toEqual([]);
    expect(decideDonation(cn, facts, { procedure: 'whole-blood', date: '2027-10-01' }).ok).toBe(true);
  });

  test('are kept apart from what staff recorded, and of one pack from another', () => {
    const facts = someone({ deferredUntil: '2027-01-01', declared: { uk: { until: '2027-02-01' } } });
    const both = withDeclared(facts, 'cn', { until: '2027-03-01' });
    expect(both).toEqual({ ...facts, declared: { uk: { until: '2027-02-01' }, cn: { until: '2027-03-01' } } });
    expect(withDeclared(both, 'cn', undefined)).toEqual(facts);
    expect(withDeclared(withDeclared(both, 'cn', undefined), 'uk', undefined)).toEqual(
      someone({ deferredUntil: '2027-01-01' }),
    );
  });
});

describe('an answer', () => {
  const none = (answeredOn: string) => [said('tattoo', [], answeredOn)];

  test('is asked once, and again only when it may have changed', () => {
    expect(standingOf(cn, question('tattoo'), [], TODAY)).toBe('missing');
    expect(standingOf(cn, question('tattoo'), none(TODAY), TODAY)).toBe('held');
    expect(standingOf(cn, question('tattoo'), none('2026-08-26'), TODAY)).toBe('held');
    expect(standingOf(cn, question('tattoo'), none('2026-08-25'), TODAY)).toBe('expired');
    expect(standingOf(cn, question('travel'), none(TODAY), TODAY)).toBe('missing');
  });

  test('about what has not ended is asked again on the first day it could be over', () => {
    const ill = [said('illness', [{ code: 'cold-or-gastroenteritis' }], '2026-11-18')];
    expect(standingOf(cn, question('illness'), ill, '2026-11-24')).toBe('held');
    expect(standingOf(cn, question('illness'), ill, '2026-11-25')).toBe('expired');
    const well = [said('illness', [{ code: 'cold-or-gastroenteritis', ended: '2026-11-18' }], '2026-11-18')];
    expect(standingOf(cn, question('illness'), well, '2026-11-25')).toBe('held');
    const pregnant = [said('pregnancy', [{ code: 'pregnancy' }], '2026-11-18')];
    expect(standingOf(cn, question('pregnancy'), pregnant, '2026-11-25')).toBe('held');
  });

  test('that is still true is renewed, without what no longer matters', () => {
    const before = [
      said(
        'surgery',
        [
          { code: 'dental-care', ended: '2026-11-01' },
          { code: 'major-surgery', ended: '2026-11-01' },
        ],
        '2026-11-02',
      ),
      said('illness', [{ code: 'pneumonia' }], '2026-11-02'),
      said('tattoo', [{ code: 'gone' }], '2026-11-02'),
      said('pregnancy', [{ code: 'pregnancy' }], '2026-11-02'),
    ];
    expect(renewed(cn, before, TODAY)).toEqual([
      said('surgery', [{ code: 'major-surgery', ended: '2026-11-01' }]),
      said('illness', [{ code: 'pneumonia' }]),
      said('tattoo'),
      said('pregnancy', [{ code: 'pregnancy' }]),
    ]);
    expect(renewed(cn, [tattoo('2025-11-25')], TODAY)).toEqual([said('tattoo')]);
  });
});

describe('answers to be kept', () => {
  const faults = (...answers: PrecheckAnswer[]) =>
    answerFaults(cn, answers, TODAY).map(({ path, why }) => `${path.join('.')} ${why}`);

  test('are fine when they are answers to the pack’s questions', () => {
    expect(
      faults(
        tattoo(TODAY),
        said('illness', [{ code: 'pneumonia' }, { code: 'covid-mild', ended: '2026-11-20' }]),
        said('pregnancy', [{ code: 'pregnancy' }]),
        said('travel', [{ code: 'malaria-area', ended: '1906-11-25' }]),
      ),
    ).toEqual([]);
  });

  test.each<[string, PrecheckAnswer[], string[]]>([
    ['a question that is not asked', [said('shoe-size')], ['0.question not-allowed']],
    ['a question twice', [said('tattoo'), said('tattoo')], ['1.question repeated']],
    ['an answer from tomorrow', [said('tattoo', [], '2026-11-26')], ['0.answeredOn too-late']],
    ['what is no answer to it', [said('tattoo', [{ code: 'aspirin', ended: TODAY }])], ['0.events.0.code not-allowed']],
    ['the same twice', [said('illness', [{ code: 'pneumonia' }, { code: 'pneumonia' }])], ['0.events.1.code repeated']],
    ['no day where one is needed', [said('tattoo', [{ code: 'tattoo-or-sharps' }])], ['0.events.0.ended missing']],
    [
      'a day where there can be none',
      [said('pregnancy', [{ code: 'pregnancy', ended: TODAY }])],
      ['0.events.0.ended not-allowed'],
    ],
    [
      'a day after the answer',
      [said('tattoo', [{ code: 'tattoo-or-sharps', ended: '2026-11-24' }], '2026-11-23')],
      ['0.events.0.ended too-late'],
    ],
    ['a day before anyone’s birth', [tattoo('1906-11-24')], ['0.events.0.ended too-early']],
  ])('%s is pointed out', (_, answers, expected) => {
    expect(faults(...answers)).toEqual(expected);
  });
});

describe('donations made elsewhere', () => {
  const elsewhere = [wholeBlood('2026-10-01')];

  test('count for intervals as those made here do', () => {
    const here = someone({ donations: elsewhere, repeatDonor: true });
    const there = someone({ elsewhere });
    for (const procedure of ['whole-blood', 'platelets'] as const) {
      const ask = { procedure, date: TODAY };
      expect(decideDonation(cn, there, ask)).toEqual(decideDonation(cn, here, ask));
    }
  });

  test('count for caps together with those made here', () => {
    const given = Array.from({ length: 24 }, (_, n) => platelets(`2026-${n < 12 ? '02' : '03'}-${10 + (n % 12)}`));
    const who = (here: number) => someone({ donations: given.slice(0, here), elsewhere: given.slice(here) });
    for (const here of [0, 11, 24]) {
      expect(assess(cn, who(here), [], TODAY, ['platelets'])[0]?.reasons).toMatchObject([{ code: 'yearly-cap' }]);
    }
    const short = { ...who(11), elsewhere: given.slice(12) };
    expect(assess(cn, short, [], TODAY, ['platelets'])[0]?.ok).toBe(true);
  });
});
