import { describe, expect, test } from 'vitest';
import { addSpan } from '../../shared/domain/dates.ts';
import {
  applyDeferral,
  applyDonation,
  correctDonation,
  decideDonation,
  deferralUntil,
  earliestDonation,
  pruneDonations,
  volumeAllowed,
} from '../../shared/domain/eligibility.ts';
import type { PolicyPack } from '../../shared/domain/policy-pack.ts';
import type { EligibilityFacts, Refusal } from '../../shared/domain/refusal.ts';
import type { LocalDate, Procedure } from '../../shared/domain/vocabulary.ts';
import { cn } from '../../shared/policy/cn.ts';
import { uk } from '../../shared/policy/uk.ts';
import { platelets, someone, wholeBlood } from '../builders/facts.ts';
import { ELSEWHERE } from '../builders/packs.ts';

const reasons = (
  facts: EligibilityFacts,
  procedure: Procedure,
  date: LocalDate,
  pack = cn,
): Pick<Refusal, 'code' | 'from'>[] => {
  const decision = decideDonation(pack, facts, { procedure, date });
  return decision.ok ? [] : decision.reasons.map(({ code, from }) => ({ code, ...(from && { from }) }));
};
const codes = (facts: EligibilityFacts, procedure: Procedure, date: LocalDate, pack = cn) =>
  reasons(facts, procedure, date, pack).map(({ code }) => code);

describe('intervals of the China pack', () => {
  test.each([
    ['whole blood', wholeBlood('2026-01-31'), 'whole-blood', '2026-07-31'],
    ['whole blood', wholeBlood('2026-08-31'), 'whole-blood', '2027-02-28'],
    ['whole blood', wholeBlood('2026-11-30'), 'platelets', '2027-02-28'],
    ['platelets', platelets('2026-02-14'), 'whole-blood', '2026-03-14'],
    ['platelets', platelets('2028-02-16'), 'platelets', '2028-03-01'],
  ] as const)('%s (%o) lets %s be given again from %s, and not the day before', (_, donation, procedure, from) => {
    const facts = someone({ donations: [donation], repeatDonor: true });
    const dayBefore = addSpan(from, { value: -1, unit: 'day' });
    expect(reasons(facts, procedure, dayBefore)).toEqual([{ code: 'interval', from }]);
    expect(reasons(facts, procedure, from)).toEqual([]);
  });

  test('refuse on the day of the donation itself, and on a local date before it', () => {
    const facts = someone({ donations: [platelets('2026-03-02')] });
    expect(codes(facts, 'platelets', '2026-03-02')).toEqual(['interval']);
    expect(codes(facts, 'platelets', '2026-03-01')).toEqual(['interval']);
  });

  test('say which donation, which interval, and where the rule stands', () => {
    const facts = someone({ donations: [platelets('2026-11-01'), platelets('2026-11-22')] });
    expect(decideDonation(cn, facts, { procedure: 'whole-blood', date: '2026-11-25' })).toEqual({
      ok: false,
      reasons: [
        {
          code: 'interval',
          rule: 'cn.interval.platelets-whole',
          source: 'GB 18467-2011 献血者健康检查要求',
          mark: 'C†',
          from: '2026-12-20',
          params: { last: '2026-11-22', value: 4, unit: 'week' },
        },
      ],
    });
  });

  test('are judged by the latest donation whatever order the records are in', () => {
    const facts = someone({ donations: [platelets('2026-11-22'), platelets('2026-11-08')] });
    expect(reasons(facts, 'platelets', '2026-11-23')).toEqual([{ code: 'interval', from: '2026-12-06' }]);
    const closer = someone({ donations: [platelets('2026-11-22'), platelets('2026-11-20')] });
    expect(reasons(closer, 'platelets', '2026-11-23')).toEqual([{ code: 'interval', from: '2026-12-06' }]);
  });

  test('of both kinds of past donation are all told', () => {
    const facts = someone({ donations: [wholeBlood('2026-09-01'), platelets('2026-12-02')] });
    expect(reasons(facts, 'platelets', '2026-12-03')).toEqual([{ code: 'interval', from: '2026-12-16' }]);
    expect(reasons(facts, 'whole-blood', '2026-12-03')).toEqual([
      { code: 'interval', from: '2027-03-01' },
      { code: 'interval', from: '2026-12-30' },
    ]);
  });

  test('are never shortened by the one-week exception, which needs a physician', () => {
    const facts = someone({ donations: [platelets('2026-11-01')] });
    expect(codes(facts, 'platelets', '2026-11-08')).toEqual(['interval']);
    expect(cn.intervals.flatMap(({ override }) => (override ? [[override.min, override.approver]] : []))).toEqual([
      [{ value: 1, unit: 'week' }, 'physician, for a specially matched patient'],
    ]);
  });
});

describe('yearly caps of the China pack', () => {
  /** Donations every 15 days, newest last, ending on a date. */
  const everyFifteenDays = (n: number, last: LocalDate, units: 1 | 2 = 1) =>
    Array.from({ length: n }, (_, k) => platelets(addSpan(last, { value: -15 * (n - 1 - k), unit: 'day' }), units));

  test('refuse the 25th platelet donation within a rolling year, until the first is a year old', () => {
    const donations = everyFifteenDays(24, '2026-12-01');
    const first = donations[0]?.date ?? '';
    expect(first).toBe('2025-12-21');
    expect(reasons(someone({ donations }), 'platelets', '2026-12-20')).toEqual([
      { code: 'yearly-cap', from: '2026-12-21' },
    ]);
    expect(reasons(someone({ donations }), 'platelets', '2026-12-21')).toEqual([]);
    expect(reasons(someone({ donations: donations.slice(1) }), 'platelets', '2026-12-20')).toEqual([]);
  });

  test('do not count whole blood', () => {
    const donations = [wholeBlood('2026-02-01'), ...everyFifteenDays(23, '2026-12-01')];
    expect(reasons(someone({ donations }), 'platelets', '2026-12-20')).toEqual([]);
    expect(codes(someone({ donations: everyFifteenDays(24, '2026-12-01') }), 'whole-blood', '2026-12-30')).toEqual([]);
  });

  test('refuse when less of the 10 litres is left than the least that is drawn', () => {
    const drawn = (volumeMl: number, date: LocalDate) => ({ ...platelets(date), volumeMl });
    const donations = everyFifteenDays(20, '2026-11-01').map(({ date }) => drawn(493, date));
    const sum = (more: number) => [...donations.slice(1), drawn(493 + more, donations[0]?.date ?? '')];
    expect(reasons(someone({ donations: sum(15) }), 'platelets', '2026-11-20')).toEqual([]);
    const [first] = donations;
    expect(reasons(someone({ donations: sum(16) }), 'platelets', '2026-11-20')).toEqual([
      { code: 'yearly-cap', from: addSpan(first?.date ?? '', { value: 1, unit: 'year' }) },
    ]);
  });

  test('say how much may be given, and where the rule stands', () => {
    const decision = decideDonation(cn, someone({ donations: everyFifteenDays(24, '2026-12-01') }), {
      procedure: 'platelets',
      date: '2026-12-20',
    });
    expect(decision).toEqual({
      ok: false,
      reasons: [
        {
          code: 'yearly-cap',
          rule: 'cn.cap.platelets',
          source: cn.source,
          mark: 'C†',
          from: '2026-12-21',
          params: { max: 24, unit: 'count' },
        },
      ],
    });
  });

  test('count what the procedure itself draws at the least', () => {
    const [, capped] = cn.caps;
    if (!capped) throw new Error('the China pack caps millilitres');
    const whole: PolicyPack = { ...cn, intervals: [], caps: [{ ...capped, group: ['whole-blood'], max: 400 }] };
    expect(codes(someone({ donations: [wholeBlood('2026-11-01', 200)] }), 'whole-blood', '2026-12-20', whole)).toEqual(
      [],
    );
    expect(codes(someone({ donations: [wholeBlood('2026-11-01', 250)] }), 'whole-blood', '2026-12-20', whole)).toEqual([
      'yearly-cap',
    ]);
  });

  test('smaller than the smallest bag close for good, and say so', () => {
    const [, capped] = cn.caps;
    if (!capped) throw new Error('the China pack caps millilitres');
    const none: PolicyPack = { ...cn, caps: [{ ...capped, max: 100 }] };
    expect(decideDonation(none, someone(), { procedure: 'platelets', date: '2026-12-20' })).toEqual({
      ok: false,
      reasons: [
        { code: 'yearly-cap', rule: capped.rule, source: cn.source, mark: 'C†', params: { max: 100, unit: 'ml' } },
      ],
    });
    expect(earliestDonation(none, someone(), 'platelets', '2026-12-20')).toBeUndefined();
  });

  test('let as many donations lapse as it takes', () => {
    const donations = [
      { ...platelets('2026-01-01'), volumeMl: 100 },
      { ...platelets('2026-02-01'), volumeMl: 100 },
      { ...platelets('2026-03-01'), volumeMl: 9_900 },
    ];
    expect(reasons(someone({ donations }), 'platelets', '2026-04-01')).toEqual([
      { code: 'yearly-cap', from: '2027-03-01' },
    ]);
  });
});

describe('age', () => {
  test('opens on the 18th birthday', () => {
    const facts = someone({ birthDate: '2008-12-20' });
    expect(reasons(facts, 'whole-blood', '2026-12-19')).toEqual([{ code: 'too-young', from: '2026-12-20' }]);
    expect(reasons(facts, 'whole-blood', '2026-12-20')).toEqual([]);
  });

  test('of someone born on 29 February opens on 28 February 2026', () => {
    const facts = someone({ birthDate: '2008-02-29' });
    expect(reasons(facts, 'whole-blood', '2026-02-27')).toEqual([{ code: 'too-young', from: '2026-02-28' }]);
    expect(reasons(facts, 'whole-blood', '2026-02-28')).toEqual([]);
  });

  const regular = { repeatDonor: true, wantsExtendedAge: true };

  test.each([
    ['1971-12-20', '2026-12-20', '2026-12-21'],
    ['1972-02-29', '2027-02-28', '2027-03-01'],
  ])(
    'of someone born on %s is open to all to the 55th birthday, %s, and only to some from %s',
    (birthDate, last, next) => {
      expect(codes(someone({ birthDate }), 'whole-blood', last)).toEqual([]);
      expect(codes(someone({ birthDate }), 'whole-blood', next)).toEqual(['extended-age-not-open']);
      expect(codes(someone({ birthDate, ...regular }), 'whole-blood', next)).toEqual([]);
    },
  );

  test.each([
    ['has never given', { ...regular, repeatDonor: false }],
    ['has had a reaction', { ...regular, reactionRecorded: true }],
    ['has not asked for it', { ...regular, wantsExtendedAge: false }],
  ])('past 55 is closed to one who %s, and waiting does not help', (_, more) => {
    const facts = someone({ birthDate: '1970-05-01', ...more });
    expect(reasons(facts, 'platelets', '2026-12-20')).toEqual([{ code: 'extended-age-not-open' }]);
    expect(earliestDonation(cn, facts, 'platelets', '2026-12-20')).toBeUndefined();
  });

  test.each([
    ['1966-12-20', '2026-12-20', '2026-12-21'],
    ['1968-02-29', '2028-02-29', '2028-03-01'],
    ['1964-02-29', '2024-02-29', '2024-03-01'],
  ])('of someone born on %s ends for everyone with the 60th birthday, %s', (birthDate, last, next) => {
    expect(codes(someone({ birthDate, ...regular }), 'whole-blood', last)).toEqual([]);
    expect(codes(someone({ birthDate, ...regular }), 'whole-blood', next)).toEqual(['too-old']);
    expect(codes(someone({ birthDate }), 'whole-blood', last)).toEqual(['extended-age-not-open']);
    expect(codes(someone({ birthDate }), 'whole-blood', next)).toEqual(['too-old']);
  });

  test('sentences are given the years they speak of', () => {
    const asked = (birthDate: LocalDate) =>
      decideDonation(cn, someone({ birthDate }), { procedure: 'whole-blood', date: '2026-12-20' });
    expect(asked('2015-01-01')).toMatchObject({ reasons: [{ params: { years: 18 } }] });
    expect(asked('1970-01-01')).toMatchObject({ reasons: [{ params: { years: 55 } }] });
    expect(asked('1950-01-01')).toMatchObject({ reasons: [{ params: { years: 60 } }] });
  });
});

describe('weight', () => {
  test.each([
    ['male', 50, 49.9],
    ['female', 45, 44.9],
  ] as const)('of a %s donor is at least %i kg', (sex, enough, light) => {
    expect(codes(someone({ sex, weightKg: enough }), 'whole-blood', '2026-12-20')).toEqual([]);
    const decision = decideDonation(cn, someone({ sex, weightKg: light }), {
      procedure: 'whole-blood',
      date: '2026-12-20',
    });
    expect(decision).toMatchObject({ ok: false, reasons: [{ code: 'too-light', params: { kg: enough } }] });
    expect(earliestDonation(cn, someone({ sex, weightKg: light }), 'whole-blood', '2026-12-20')).toBeUndefined();
  });
});

describe('a profile', () => {
  test.each(['birthDate', 'sex', 'weightKg'] as const)('without %s is incomplete', (field) => {
    const { [field]: _, ...facts } = someone();
    expect(codes(facts, 'whole-blood', '2026-12-20')).toEqual(['profile-incomplete']);
    expect(earliestDonation(cn, facts, 'whole-blood', '2026-12-20')).toBeUndefined();
  });

  test('that is incomplete is asked for by name', () => {
    const { sex, ...facts } = someone();
    expect(decideDonation(cn, facts, { procedure: 'whole-blood', date: '2026-12-20' })).toEqual({
      ok: false,
      reasons: [{ code: 'profile-incomplete', rule: 'profile', source: cn.source }],
    });
  });

  test('that is empty is refused once, with what is known otherwise', () => {
    const { birthDate, sex, weightKg, ...facts } = someone({ donations: [wholeBlood('2026-12-01')] });
    expect(codes(facts, 'whole-blood', '2026-12-20')).toEqual(['profile-incomplete', 'interval']);
  });
});

describe('a deferral', () => {
  test('holds until its date and says nothing of its cause', () => {
    const facts = someone({ deferredUntil: '2027-01-10' });
    const decision = decideDonation(cn, facts, { procedure: 'whole-blood', date: '2027-01-09' });
    expect(decision).toEqual({
      ok: false,
      reasons: [{ code: 'deferred', rule: 'deferral', source: cn.source, from: '2027-01-10' }],
    });
    expect(codes(facts, 'whole-blood', '2027-01-10')).toEqual([]);
  });

  test('for one procedure leaves the other open', () => {
    const aspirin = cn.deferrals.find(({ code }) => code === 'aspirin');
    const until = aspirin && deferralUntil(aspirin, '2026-12-20');
    expect(until).toBe('2026-12-25');
    const facts = applyDeferral(someone(), { until: until ?? '', procedure: 'platelets' });
    expect(codes(facts, 'whole-blood', '2026-12-21')).toEqual([]);
    expect(reasons(facts, 'platelets', '2026-12-24')).toEqual([{ code: 'deferred', from: '2026-12-25' }]);
    expect(codes(facts, 'platelets', '2026-12-25')).toEqual([]);
  });

  test('never cuts a longer one short', () => {
    const long = applyDeferral(someone(), { until: '2027-06-01' });
    expect(applyDeferral(long, { until: '2027-01-01' }).deferredUntil).toBe('2027-06-01');
    expect(applyDeferral(long, { until: '2027-07-01' }).deferredUntil).toBe('2027-07-01');
    const one = applyDeferral(someone(), { until: '2027-06-01', procedure: 'platelets' });
    expect(applyDeferral(one, { until: '2027-01-01', procedure: 'platelets' }).deferredUntilFor).toEqual({
      platelets: '2027-06-01',
    });
  });

  test('for good has no end', () => {
    const facts = applyDeferral(someone({ deferredUntil: '2027-01-10' }), { permanent: true });
    expect(decideDonation(cn, facts, { procedure: 'platelets', date: '2026-12-20' })).toEqual({
      ok: false,
      reasons: [{ code: 'deferred-permanently', rule: 'deferral', source: cn.source }],
    });
    expect(earliestDonation(cn, facts, 'platelets', '2026-12-20')).toBeUndefined();
  });

  test('whose cause has yet to end has no date', () => {
    const pregnancy = cn.deferrals.find(({ code }) => code === 'pregnancy');
    expect(pregnancy && deferralUntil(pregnancy, '2026-12-20')).toBeUndefined();
  });
});

describe('the earliest date', () => {
  test('is today when nothing stands in the way', () => {
    expect(earliestDonation(cn, someone(), 'whole-blood', '2026-12-20')).toBe('2026-12-20');
  });

  test('waits for the last of several reasons', () => {
    const facts = someone({
      birthDate: '2008-12-20',
      donations: [wholeBlood('2026-09-30')],
      deferredUntil: '2027-01-15',
    });
    expect(earliestDonation(cn, facts, 'platelets', '2026-11-23')).toBe('2027-01-15');
    expect(earliestDonation(cn, facts, 'whole-blood', '2026-11-23')).toBe('2027-03-30');
  });

  test('waits for the last, in whatever order the reasons are told', () => {
    const facts = someone({ donations: [wholeBlood('2026-09-01'), platelets('2026-12-02')] });
    expect(earliestDonation(cn, facts, 'whole-blood', '2026-12-03')).toBe('2027-03-01');
  });

  test('is none when waiting helps with one reason and not with another', () => {
    const facts = someone({ weightKg: 40, deferredUntil: '2027-01-15' });
    expect(earliestDonation(cn, facts, 'whole-blood', '2026-12-03')).toBeUndefined();
  });

  test('is none when the upper age comes before the wait is over', () => {
    const facts = someone({ birthDate: '1971-12-20', donations: [wholeBlood('2026-07-01')], repeatDonor: true });
    expect(earliestDonation(cn, facts, 'whole-blood', '2026-11-23')).toBeUndefined();
    expect(earliestDonation(cn, { ...facts, wantsExtendedAge: true }, 'whole-blood', '2026-11-23')).toBe('2027-01-01');
    expect(earliestDonation(cn, facts, 'platelets', '2026-11-23')).toBe('2026-11-23');
  });
});

describe('the donations kept for deciding', () => {
  test('are those of the last year, oldest first, since another site’s pack or the next edition may count them', () => {
    const given = [platelets('2026-11-20'), wholeBlood('2025-11-23'), wholeBlood('2025-11-22')];
    expect(pruneDonations(cn, given, '2026-11-22')).toEqual([wholeBlood('2025-11-23'), platelets('2026-11-20')]);
    const atLondon = pruneDonations(cn, [wholeBlood('2026-01-10'), wholeBlood('2026-05-10')], '2026-11-22');
    const third = applyDonation(cn, someone({ sex: 'female', donations: atLondon }), wholeBlood('2026-11-22'), false);
    expect(reasons(third, 'whole-blood', '2027-01-09', uk)).toContainEqual({ code: 'yearly-cap', from: '2027-01-10' });
  });

  test('are those, too, that a longer interval or cap can still reach', () => {
    const [interval, cap] = [cn.intervals[0], cn.caps[0]];
    if (!interval || !cap) throw new Error('the China pack has both');
    const slow: PolicyPack = {
      ...cn,
      intervals: [{ ...interval, min: { value: 24, unit: 'month' } }, ...cn.intervals.slice(1)],
      caps: [{ ...cap, window: 'rolling', span: { value: 18, unit: 'month' } }, ...cn.caps.slice(1)],
    };
    const given = [
      wholeBlood('2024-11-22'),
      wholeBlood('2024-11-23'),
      platelets('2025-05-22'),
      platelets('2025-05-23'),
    ];
    expect(pruneDonations(slow, given, '2026-11-22')).toEqual([wholeBlood('2024-11-23'), platelets('2025-05-23')]);
  });

  test('include the one just recorded, which makes a repeat donor', () => {
    const facts = someone({ donations: [platelets('2025-01-01')] });
    expect(applyDonation(cn, facts, platelets('2026-11-23'), false)).toEqual({
      ...facts,
      donations: [platelets('2026-11-23')],
      repeatDonor: true,
    });
  });

  test('remember a reaction for good', () => {
    const once = applyDonation(cn, someone(), wholeBlood('2026-01-01'), true);
    expect(applyDonation(cn, once, wholeBlood('2026-11-23'), false).reactionRecorded).toBe(true);
  });
});

describe('a donation of which something else proves true', () => {
  const was = platelets('2026-11-20', 2);
  // Each is another donation in one thing alone.
  const others = [
    platelets('2026-11-19', 2),
    { ...was, procedure: 'whole-blood' as const },
    { ...was, volumeMl: 300 },
    { ...was, platelets: 1 as const },
  ];
  const facts = someone({ donations: [...others, was], repeatDonor: true });

  test('counts as what it was, in its place among the others', () => {
    const now = wholeBlood('2026-11-18');
    expect(correctDonation(cn, facts, { was, now, isFirst: false })).toEqual({ ...facts, donations: [now, ...others] });
    const first = someone({ donations: [was], repeatDonor: true });
    expect(correctDonation(cn, first, { was, now, isFirst: true })).toEqual({ ...first, donations: [now] });
  });

  test('counts no more where nothing was given, and leaves whoever gave no other time a first-time donor', () => {
    const withdrawn = (isFirst: boolean) => correctDonation(cn, facts, { was, isFirst });
    expect(withdrawn(false)).toEqual({ ...facts, donations: others });
    expect(withdrawn(true)).toEqual({ ...facts, donations: others, repeatDonor: false });
  });

  test('that is too old to count still does not', () => {
    const old = wholeBlood('2020-01-01');
    expect(correctDonation(cn, facts, { was: old, now: wholeBlood('2020-01-02'), isFirst: false })).toEqual(facts);
    expect(correctDonation(cn, facts, { was: old, isFirst: false })).toEqual(facts);
  });
});

describe('volumes', () => {
  test.each([200, 300, 400])('%i ml of whole blood may be drawn', (volumeMl) => {
    expect(volumeAllowed(cn, { procedure: 'whole-blood', volumeMl })).toBe(true);
  });

  test.each([
    { procedure: 'whole-blood', volumeMl: 250 },
    { procedure: 'whole-blood', volumeMl: 500 },
    { procedure: 'whole-blood', volumeMl: 400, platelets: 1 },
    { procedure: 'platelets', volumeMl: 400 },
    { procedure: 'platelets', volumeMl: 900, platelets: 2 },
    { procedure: 'platelets', volumeMl: 100, platelets: 1 },
  ] as const)('%o may not', (drawn) => {
    expect(volumeAllowed(cn, drawn)).toBe(false);
  });

  test('of one or two units of platelets may be drawn, the one with plasma', () => {
    expect(volumeAllowed(cn, { procedure: 'platelets', volumeMl: 250, platelets: 1 })).toBe(true);
    expect(volumeAllowed(cn, { procedure: 'platelets', volumeMl: 450, platelets: 1 })).toBe(true);
    expect(volumeAllowed(cn, { procedure: 'platelets', volumeMl: 500, platelets: 2 })).toBe(true);
  });
});

describe('a pack of another country, as data', () => {
  const woman = { sex: 'female', weightKg: 60 } as const;

  test('has intervals by sex', () => {
    const donations = [wholeBlood('2026-01-01', 200)];
    expect(reasons(someone({ donations }), 'whole-blood', '2026-01-02', ELSEWHERE)).toEqual([
      { code: 'interval', from: '2026-03-26' },
    ]);
    expect(reasons(someone({ ...woman, donations }), 'whole-blood', '2026-01-02', ELSEWHERE)).toEqual([
      { code: 'interval', from: '2026-04-23' },
    ]);
  });

  test('has intervals by volume', () => {
    const drew = (volumeMl: number) => someone({ donations: [wholeBlood('2026-01-01', volumeMl)] });
    expect(reasons(drew(200), 'platelets', '2026-01-02', ELSEWHERE)).toEqual([
      { code: 'interval', from: '2026-01-29' },
    ]);
    expect(reasons(drew(400), 'platelets', '2026-01-02', ELSEWHERE)).toEqual([
      { code: 'interval', from: '2026-02-26' },
    ]);
  });

  test('has caps in millilitres for one sex, over 52 weeks', () => {
    const donations = [wholeBlood('2025-07-01'), wholeBlood('2026-01-05')];
    expect(reasons(someone({ ...woman, donations }), 'whole-blood', '2026-06-01', ELSEWHERE)).toEqual([
      { code: 'yearly-cap', from: '2026-06-30' },
    ]);
    expect(reasons(someone({ donations }), 'whole-blood', '2026-06-01', ELSEWHERE)).toEqual([]);
  });

  test('has caps by calendar year over several procedures', () => {
    const donations = [platelets('2026-01-05', 1), platelets('2026-05-05', 1), platelets('2026-08-05', 1)];
    expect(reasons(someone({ donations }), 'whole-blood', '2026-12-31', ELSEWHERE)).toEqual([
      { code: 'yearly-cap', from: '2027-01-01' },
    ]);
    expect(reasons(someone({ donations }), 'whole-blood', '2027-01-01', ELSEWHERE)).toEqual([]);
  });

  test('has ages by procedure, some without an end and some through the whole year', () => {
    const sixteen = someone({ birthDate: '2010-06-01' });
    expect(codes(sixteen, 'whole-blood', '2026-12-20', ELSEWHERE)).toEqual([]);
    expect(reasons(sixteen, 'platelets', '2026-12-20', ELSEWHERE)).toEqual([{ code: 'too-young', from: '2027-06-01' }]);
    const old = someone({ birthDate: '1956-12-21' });
    expect(codes(old, 'platelets', '2026-12-20', ELSEWHERE)).toEqual([]);
    expect(codes(old, 'platelets', '2026-12-21', ELSEWHERE)).toEqual(['too-old']);
    expect(codes(old, 'whole-blood', '2046-12-21', ELSEWHERE)).toEqual([]);
  });

  test('has weights for all, told even before the sex is known', () => {
    const { sex, ...unknown } = someone({ weightKg: 48 });
    expect(codes(unknown, 'whole-blood', '2026-12-20', ELSEWHERE)).toEqual(['profile-incomplete', 'too-light']);
  });

  test('has weights by procedure', () => {
    expect(codes(someone({ weightKg: 52 }), 'whole-blood', '2026-12-20', ELSEWHERE)).toEqual([]);
    expect(codes(someone({ weightKg: 52 }), 'platelets', '2026-12-20', ELSEWHERE)).toEqual(['too-light']);
    expect(codes(someone({ weightKg: 48 }), 'platelets', '2026-12-20', ELSEWHERE)).toEqual(['too-light', 'too-light']);
  });
});
