import { describe, expect, test } from 'vitest';
import { decide, type PersonState } from '../../shared/domain/decide.ts';
import { REFUSAL_CODES, type Refusal, type RefusalCode, type SlotFacts } from '../../shared/domain/refusal.ts';
import { refusalSentence } from '../../shared/domain/refusal-sentences.ts';
import { fill, isOfRules, ruleSentence } from '../../shared/domain/rule-sentences.ts';
import { LANGUAGES, type Language } from '../../shared/domain/vocabulary.ts';
import { cn } from '../../shared/policy/cn.ts';
import { platelets, someone, wholeBlood } from '../builders/facts.ts';

const NOW = '2026-12-19T04:00:00.000Z';
const SLOT: SlotFacts = {
  slotId: 'centre_any',
  kind: 'donation',
  procedure: 'platelets',
  startsAt: '2026-12-20T01:00:00.000Z',
  endsAt: '2026-12-20T02:00:00.000Z',
  date: '2026-12-20',
  zone: 'Asia/Shanghai',
};
const SHIFT: SlotFacts = { ...SLOT, kind: 'shift' };
const active = (facts: PersonState['facts']): PersonState => ({ status: 'active', facts, commitments: [] });
const { birthDate, ...noBirthDate } = someone();

/** One person for each reason the rules can give. */
const PEOPLE: readonly PersonState[] = [
  active(noBirthDate),
  active(someone({ birthDate: '2008-12-25' })),
  active(someone({ birthDate: '1970-01-01' })),
  active(someone({ birthDate: '1950-01-01' })),
  active(someone({ weightKg: 49 })),
  active(someone({ deferredUntil: '2027-01-01' })),
  active(someone({ deferredPermanently: true })),
  active(someone({ declared: { cn: { until: '2027-01-01' } } })),
  active(someone({ donations: [wholeBlood('2026-12-01')] })),
  active(someone({ donations: Array.from({ length: 24 }, () => platelets('2026-02-01')) })),
  { ...active(someone()), status: 'inactive' },
  {
    ...active(someone()),
    commitments: [{ bookingId: 'p1_x', slotId: 'a', kind: 'donation', startsAt: SLOT.startsAt, endsAt: SLOT.endsAt }],
  },
];
/** What a sentence speaks of, and the rules must therefore give. */
const SPOKEN: Partial<Record<RefusalCode, readonly string[]>> = {
  'too-young': ['years'],
  'too-old': ['years'],
  'extended-age-not-open': ['years'],
  'too-light': ['kg'],
  interval: ['last', 'value'],
  'shift-cap': ['most'],
};
/** Reasons that only the store can know. */
const OF_THE_STORE = [
  'slot-full',
  'slot-closed',
  'past-cutoff',
  'invite-needed',
  'has-room',
  'wait-too-late',
  'offer-over',
  'cover-over',
  'others-wait',
  'others-first',
  'team-full',
  'team-open',
  'team-too-late',
  'team-place-over',
  'volunteers-short',
];

const given: Refusal[] = [
  ...PEOPLE.map((who) => [who, NOW] as const),
  [active(someone()), SLOT.startsAt] as const,
  // A shift that asks for more than one has, before its sign-up opens and after it has closed.
  [active(someone()), NOW, { ...SHIFT, needs: ['sewing', 'first-aid'] }] as const,
  [active(someone()), NOW, { ...SHIFT, opensAt: SLOT.startsAt }] as const,
  [active(someone()), NOW, { ...SHIFT, closesAt: NOW }] as const,
  // Whoever is not of age, without a guardian's word.
  [active(someone({ birthDate: '2010-05-01' })), NOW, { ...SHIFT, organisationId: 'helpers' }] as const,
  // A shift too soon after another, of an event that lets nobody take more.
  [
    {
      ...active(someone()),
      commitments: [
        {
          bookingId: 'p1_x',
          slotId: 'b',
          kind: 'shift',
          startsAt: NOW,
          endsAt: SLOT.startsAt,
          eventId: 'e',
        },
      ],
    },
    NOW,
    { ...SHIFT, eventId: 'e', restMinutes: 60, mostShifts: 1 },
  ] as const,
].flatMap(([who, now, slot = SLOT]) => {
  const decision = decide(who, slot, cn, now);
  return decision.ok ? [] : decision.reasons;
});

test('every reason there is a word for is given by the rules or by the store', () => {
  const codes = new Set([...given.map(({ code }) => code), ...OF_THE_STORE]);
  expect([...codes].toSorted()).toEqual([...REFUSAL_CODES].toSorted());
});

/** A parameter as a sentence says it: a date by its day, month and year. */
function said(value: string | number | undefined, language: Language): string {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value));
  if (!date) return String(value);
  const [, year, month, day] = date.map(Number);
  return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[(month ?? 0) - 1]} ${year}`;
}
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(given.map((refusal) => [refusal.code, refusal] as const))('%s is one whole sentence', (_, refusal) => {
    const sentence = refusalSentence(refusal, language);
    expect(sentence).toMatch(language === 'zh' ? /。$/ : /\.$/);
    expect(sentence).not.toMatch(/[{}]|undefined|NaN/);
    for (const name of SPOKEN[refusal.code] ?? []) expect(sentence).toContain(said(refusal.params?.[name], language));
    if (refusal.from) expect(sentence).toContain(said(refusal.from, language));
  });
});

describe.each(LANGUAGES)('each reason in %s', (language) => {
  const params = {
    ...{ years: 18, kg: 50, most: 2, free: 3, zh: '理发', en: 'haircutting', at: NOW, zone: 'Asia/Shanghai' },
    ...{ last: '2026-12-01', value: 6, unit: 'month' },
  };
  const sentence = (code: RefusalCode, of: 'self' | 'another', rule?: string) =>
    refusalSentence({ code, params, ...(rule && { rule }) }, language, of);

  test('has words of its own, whole and with nothing left to fill in', () => {
    const all = REFUSAL_CODES.map((code) => sentence(code, 'self'));
    for (const each of all) {
      expect(each).toMatch(language === 'zh' ? /\p{Script=Han}.*。$/u : /^[A-Z].*[a-z0-9)]\.$/);
      expect(each).not.toMatch(/[{}]|undefined/);
    }
    expect(new Set(all).size).toBe(REFUSAL_CODES.length);
  });

  test('is told of another in words about them, where it says more than that a place is not to be had', () => {
    const another = REFUSAL_CODES.filter((code) => sentence(code, 'another') !== sentence(code, 'self'));
    expect(another).toEqual([
      ...['profile-incomplete', 'skill-missing', 'guardian-needed', 'overlap', 'rest-needed', 'shift-cap'],
      ...['slot-full', 'slot-closed', 'slot-past'],
    ]);
    for (const code of another) {
      expect(sentence(code, 'another')).toMatch(language === 'zh' ? /\p{Script=Han}.*。$/u : /^[A-Z].*\.$/);
      expect(sentence(code, 'another')).not.toMatch(language === 'zh' ? /您已|[{}]/ : /\bYou\b|\b[Yy]our\b|[{}]/);
    }
  });

  test('of a shift speaks of the role and the birth date alone, and not of giving blood', () => {
    const aboutBlood = language === 'zh' ? /献血|体重/ : /blood|weight/;
    for (const code of ['too-young', 'too-old', 'profile-incomplete'] as const) {
      expect(sentence(code, 'self')).toMatch(aboutBlood);
      expect(sentence(code, 'self', 'shift-min-age')).toMatch(language === 'zh' ? /。$/ : /\.$/);
      expect(sentence(code, 'self', 'shift-min-age')).not.toMatch(aboutBlood);
    }
  });

  test('of the rules is what a page says that decides by itself, and of none else it says to wait', () => {
    for (const code of REFUSAL_CODES) {
      expect(ruleSentence({ code, params }, language)).toBe(sentence(isOfRules(code) ? code : 'deferred', 'self'));
    }
  });
});

test('an interval is told in the unit of its rule, and a weight in the unit of its pack', () => {
  const interval = (value: number, unit: string, language: Language) =>
    refusalSentence({ code: 'interval', params: { last: '2026-12-01', value, unit } }, language);
  const units = ['day', 'week', 'month', 'year'];
  expect(units.map((unit) => /须满(.+)）/.exec(interval(6, unit, 'zh'))?.[1])).toEqual(['6天', '6周', '6个月', '6年']);
  expect(units.map((unit) => / is (.+)\)/.exec(interval(6, unit, 'en'))?.[1])).toEqual(
    units.map((unit) => `6 ${unit}s`),
  );
  expect(interval(1, 'year', 'en')).toContain('(the interval is 1 year)');
  const light = (params: Record<string, number>, language: Language) =>
    refusalSentence({ code: 'too-light', params }, language);
  expect([light({ kg: 50 }, 'zh'), light({ kg: 50 }, 'en')]).toEqual([
    '体重须不低于 50 公斤。',
    'You must weigh at least 50 kg.',
  ]);
  expect([light({ kg: 50, lb: 110 }, 'zh'), light({ kg: 50, lb: 110 }, 'en')]).toEqual([
    '体重须不低于 110 磅。',
    'You must weigh at least 110 lb.',
  ]);
});

test('what somebody answered themselves is told in the rule’s words, with its end, or its earliest end while it goes on', () => {
  const cause = { zh: '服用阿司匹林后须等待', en: 'You have taken aspirin' };
  const refusal: Refusal = { code: 'own-answers', cause, from: '2026-12-25' };
  const ongoing: Refusal = { ...refusal, params: { ongoing: 1 } };
  expect([refusal, ongoing].map((each) => refusalSentence(each, 'zh'))).toEqual([
    '服用阿司匹林后须等待，2026年12月25日起可以。',
    '服用阿司匹林后须等待，最早2026年12月25日起可以。',
  ]);
  expect([refusal, ongoing].map((each) => refusalSentence(each, 'en'))).toEqual([
    'You have taken aspirin; from 25 December 2026.',
    'You have taken aspirin; from 25 December 2026 at the earliest.',
  ]);
  expect(LANGUAGES.map((language) => refusalSentence({ code: 'own-answers', cause }, language))).toEqual([
    '服用阿司匹林后须等待。',
    'You have taken aspirin.',
  ]);
  const { cause: _, ...plain } = refusal;
  expect(refusalSentence(plain, 'zh')).toBe('根据您自己的回答，目前还需等待，2026年12月25日起可以。');
});

test('what a sentence speaks of and nobody knows is left empty', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and ');
  expect(fill('{a}')).toBe('');
});

test('dates are written as people write them, in either language', () => {
  const refusal: Refusal = {
    code: 'interval',
    from: '2026-12-20',
    params: { last: '2026-11-22', value: 4, unit: 'week' },
  };
  expect(refusalSentence(refusal, 'zh')).toBe(
    '距上次献血（2026年11月22日）间隔不足（须满4周），2026年12月20日起可以。',
  );
  expect(refusalSentence(refusal, 'en')).toBe(
    'Too soon after your donation of 22 November 2026 (the interval is 4 weeks); from 20 December 2026.',
  );
});

test('a shift with a least age asks for the birth date alone', () => {
  const refusal: Refusal = { code: 'profile-incomplete', rule: 'shift-min-age' };
  expect(refusalSentence(refusal, 'en')).not.toContain('weight');
});
