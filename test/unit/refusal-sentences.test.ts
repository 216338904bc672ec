import { describe, expect, test } from 'vitest';
import { decide, type PersonState } from '../../shared/domain/decide.ts';
import { REFUSAL_CODES, type Refusal, type RefusalCode, type SlotFacts } from '../../shared/domain/refusal.ts';
import { refusalSentence } from '../../shared/domain/refusal-sentences.ts';
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
