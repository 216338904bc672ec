import { describe, expect, test } from 'vitest';
import { decide, type PersonState } from '../../shared/domain/decide.ts';
import { addMinutes, localDateOf, toInstant } from '../../shared/domain/local-time.ts';
import type { Commitment, EligibilityFacts, SlotFacts } from '../../shared/domain/refusal.ts';
import { refusalSentence } from '../../shared/domain/refusal-sentences.ts';
import { MOST_REST_MINUTES, restWords } from '../../shared/domain/rest.ts';
import { cn } from '../../shared/policy/cn.ts';
import { platelets, someone, wholeBlood } from '../builders/facts.ts';

const NOW = '2026-12-19T04:00:00.000Z';

const donation = (startsAt: string, endsAt: string, zone = 'Asia/Shanghai'): SlotFacts => ({
  slotId: 'centre_any',
  kind: 'donation',
  procedure: 'whole-blood',
  startsAt,
  endsAt,
  date: localDateOf(startsAt, zone),
  zone,
});
const shift = (startsAt: string, endsAt: string, minAge?: number): SlotFacts => {
  const { procedure: _, ...slot } = donation(startsAt, endsAt);
  return { ...slot, kind: 'shift', ...(minAge !== undefined && { minAge }) };
};
const held = (kind: Commitment['kind'], startsAt: string, endsAt: string): Commitment => ({
  bookingId: 'p1_held',
  slotId: 'elsewhere_any',
  kind,
  startsAt,
  endsAt,
});
const person = (more: Partial<PersonState> = {}): PersonState => ({
  status: 'active',
  facts: someone(),
  commitments: [],
  ...more,
});
const codes = (who: PersonState, slot: SlotFacts, now = NOW) => {
  const decision = decide(who, slot, slot.kind === 'donation' ? cn : undefined, now);
  return decision.ok ? [] : decision.reasons.map(({ code }) => code);
};

const NINE = '2026-12-20T01:00:00.000Z';
const TEN = '2026-12-20T02:00:00.000Z';
const ELEVEN = '2026-12-20T03:00:00.000Z';

describe('a place in a slot', () => {
  test('is open to an active person to whom nothing applies', () => {
    expect(decide(person(), donation(NINE, TEN), cn, NOW)).toEqual({ ok: true });
    expect(decide(person(), shift(NINE, TEN), undefined, NOW)).toEqual({ ok: true });
  });

  test('is closed to one whose account is not active', () => {
    expect(codes(person({ status: 'inactive' }), shift(NINE, TEN))).toEqual(['person-inactive']);
  });

  test('is gone at the moment it starts', () => {
    expect(codes(person(), shift(NINE, TEN), '2026-12-20T00:59:59.999Z')).toEqual([]);
    expect(codes(person(), shift(NINE, TEN), NINE)).toEqual(['slot-past']);
  });

  test('is refused with every reason at once', () => {
    const who = person({
      status: 'inactive',
      facts: someone({ donations: [wholeBlood('2026-12-01')], weightKg: 40 }),
      commitments: [held('donation', NINE, ELEVEN)],
    });
    expect(codes(who, donation(TEN, ELEVEN))).toEqual([
      'person-inactive',
      'overlap',
      'live-donation-booking',
      'too-light',
      'interval',
    ]);
  });
});

describe('what a person already holds', () => {
  test.each([
    ['ends as the slot starts', '2026-12-20T00:00:00.000Z', NINE, []],
    ['starts as the slot ends', TEN, ELEVEN, []],
    ['ends a minute into the slot', '2026-12-20T00:00:00.000Z', '2026-12-20T01:01:00.000Z', ['overlap']],
    ['starts a minute before its end', '2026-12-20T01:59:00.000Z', ELEVEN, ['overlap']],
    ['lies within it', '2026-12-20T01:10:00.000Z', '2026-12-20T01:20:00.000Z', ['overlap']],
    ['covers it', '2026-12-20T00:00:00.000Z', ELEVEN, ['overlap']],
    ['is the same', NINE, TEN, ['overlap']],
  ])('and %s', (_, startsAt, endsAt, expected) => {
    const who = person({ commitments: [held('shift', startsAt, endsAt)] });
    expect(codes(who, shift(NINE, TEN))).toEqual(expected);
    expect(codes(who, donation(NINE, TEN))).toEqual(expected);
  });

  test('of donations stands in the way of another donation, whenever it is, but of no shift', () => {
    const who = person({ commitments: [held('donation', '2026-12-28T01:00:00.000Z', '2026-12-28T02:00:00.000Z')] });
    expect(codes(who, donation(NINE, TEN))).toEqual(['live-donation-booking']);
    expect(codes(who, shift(NINE, TEN))).toEqual([]);
  });

  test('no longer counts once it has ended, though nobody completed it', () => {
    const missed = held('donation', '2026-12-19T02:00:00.000Z', NOW);
    expect(codes(person({ commitments: [missed] }), donation(NINE, TEN), NOW)).toEqual([]);
    expect(codes(person({ commitments: [missed] }), donation(NINE, TEN), '2026-12-19T03:59:59.999Z')).toEqual([
      'live-donation-booking',
    ]);
  });
});

describe('a shift whose organiser asks for rest', () => {
  const resting = (minutes: number): SlotFacts => ({ ...shift(TEN, ELEVEN), restMinutes: minutes });
  const other = (startsAt: string, endsAt: string, restMinutes?: number): PersonState =>
    person({ commitments: [{ ...held('shift', startsAt, endsAt), ...(restMinutes && { restMinutes }) }] });

  test.each([
    ['ends just as long before it', '2026-12-20T00:00:00.000Z', NINE, []],
    ['ends a minute later than that', '2026-12-20T00:00:00.000Z', '2026-12-20T01:01:00.000Z', ['rest-needed']],
    ['begins just as long after it', '2026-12-20T04:00:00.000Z', '2026-12-20T05:00:00.000Z', []],
    ['begins a minute sooner', '2026-12-20T03:59:00.000Z', '2026-12-20T05:00:00.000Z', ['rest-needed']],
    ['overlaps it, which is said instead', NINE, ELEVEN, ['overlap']],
  ])('beside another that %s', (_, startsAt, endsAt, expected) => {
    expect(codes(other(startsAt, endsAt), resting(60))).toEqual(expected);
    // Whichever of the two asks, and whichever was taken first.
    expect(codes(other(startsAt, endsAt, 60), shift(TEN, ELEVEN))).toEqual(expected);
  });

  test('is rested for also after one that is over, and beside no donation', () => {
    const over = other('2026-12-20T00:00:00.000Z', '2026-12-20T01:30:00.000Z');
    expect(codes(over, resting(60), '2026-12-20T01:45:00.000Z')).toEqual(['rest-needed']);
    const donor = person({ commitments: [held('donation', '2026-12-20T00:00:00.000Z', '2026-12-20T01:45:00.000Z')] });
    expect(codes(donor, resting(60))).toEqual([]);
    expect(codes(other('2026-12-20T00:00:00.000Z', '2026-12-20T01:45:00.000Z', 60), donation(TEN, ELEVEN))).toEqual([]);
  });

  test('asks for whole hours, for minutes or for both, and for no more than a day', () => {
    expect(restWords(MOST_REST_MINUTES)).toEqual({ zh: '24小时', en: '24 h' });
    expect([480, 45, 61].map((minutes) => restWords(minutes))).toEqual([
      { zh: '8小时', en: '8 h' },
      { zh: '45分钟', en: '45 min' },
      { zh: '1小时1分钟', en: '1 h 1 min' },
    ]);
  });

  test('is refused in words that say how long, and which other shift', () => {
    const decision = decide(other(NINE, '2026-12-20T01:45:00.000Z'), resting(90), undefined, NOW);
    const [refusal] = decision.ok ? [] : decision.reasons;
    expect(refusal && refusalSentence(refusal, 'zh')).toBe(
      '与您报名的另一个班次（12月20日 09:00）之间休息不足1小时30分钟。',
    );
    expect(refusal && refusalSentence(refusal, 'en')).toBe(
      'This leaves less than 1 h 30 min of rest between it and your other shift (20 December at 09:00).',
    );
  });
});

describe('an event that lets one person take so many of its shifts', () => {
  const capped: SlotFacts = { ...shift(TEN, ELEVEN), eventId: 'walk', mostShifts: 2 };
  const of = (eventId: string, day: number): Commitment => ({
    ...held('shift', `2026-12-${day}T01:00:00.000Z`, `2026-12-${day}T02:00:00.000Z`),
    eventId,
  });

  test('counts those of its own, also once they are over, and no other’s', () => {
    expect(codes(person({ commitments: [of('walk', 21), of('other', 22), of('other', 23)] }), capped)).toEqual([]);
    expect(codes(person({ commitments: [of('walk', 21), of('walk', 22)] }), capped)).toEqual(['shift-cap']);
    expect(codes(person({ commitments: [of('walk', 18), of('walk', 22)] }), capped)).toEqual(['shift-cap']);
    const ofNone = [held('shift', NOW, NOW), held('shift', NOW, NOW)];
    expect(codes(person({ commitments: ofNone }), { ...shift(TEN, ELEVEN), mostShifts: 2 })).toEqual([]);
  });
});

describe('a donation', () => {
  test('is decided for the slot’s own local date, not for today', () => {
    const who = person({ facts: someone({ donations: [platelets('2026-11-22')] }) });
    expect(codes(who, donation('2026-12-19T15:30:00.000Z', '2026-12-19T16:30:00.000Z'))).toEqual(['interval']);
    expect(codes(who, donation('2026-12-19T16:00:00.000Z', '2026-12-19T17:00:00.000Z'))).toEqual([]);
  });

  test('at one instant may be too early on one side of the date line and in time on the other', () => {
    const who = person({ facts: someone({ donations: [platelets('2026-11-22')] }) });
    const at = ['2026-12-20T10:30:00.000Z', '2026-12-20T11:30:00.000Z'] as const;
    expect(codes(who, donation(...at, 'Pacific/Kiritimati'))).toEqual([]);
    expect(codes(who, donation(...at, 'Pacific/Pago_Pago'))).toEqual(['interval']);
  });

  test.each(['Europe/London', 'America/New_York'])('keeps its interval over both changes of clocks in %s', (zone) => {
    const evening = (date: string) => {
      const starts = toInstant(`${date}T23:30`, zone);
      if (!starts.ok) throw new Error('an ordinary evening');
      return donation(starts.instant, addMinutes(starts.instant, 20), zone);
    };
    const who = (last: string) => person({ facts: someone({ donations: [platelets(last)] }) });
    expect(codes(who('2027-03-01'), evening('2027-03-28'))).toEqual(['interval']);
    expect(codes(who('2027-03-01'), evening('2027-03-29'))).toEqual([]);
    expect(codes(who('2027-10-12'), evening('2027-11-08'))).toEqual(['interval']);
    expect(codes(who('2027-10-12'), evening('2027-11-09'))).toEqual([]);
  });

  test('cannot be decided without a pack or a procedure', () => {
    expect(() => decide(person(), donation(NINE, TEN), undefined, NOW)).toThrow(TypeError);
    expect(() => decide(person(), donation(NINE, TEN), undefined, NOW)).toThrow(
      'needs its procedure and its policy pack',
    );
    const { procedure: _, ...nothing } = donation(NINE, TEN);
    expect(() => decide(person(), nothing, cn, NOW)).toThrow(TypeError);
  });
});

describe('a shift', () => {
  test('with a least age opens on that birthday, at the shift’s date', () => {
    const who = person({ facts: someone({ birthDate: '2010-12-21' }) });
    expect(decide(who, shift(NINE, TEN, 16), undefined, NOW)).toEqual({
      ok: false,
      reasons: [{ code: 'too-young', rule: 'shift-min-age', from: '2026-12-21', params: { years: 16 } }],
    });
    expect(codes(who, shift('2026-12-21T01:00:00.000Z', '2026-12-21T02:00:00.000Z', 16))).toEqual([]);
  });

  test('with a least age needs a birth date; one without asks for nothing', () => {
    const { birthDate, sex, weightKg, ...unknown } = someone({ donations: [wholeBlood('2026-12-01')] });
    expect(decide(person({ facts: unknown }), shift(NINE, TEN, 16), undefined, NOW)).toEqual({
      ok: false,
      reasons: [{ code: 'profile-incomplete', rule: 'shift-min-age' }],
    });
    expect(codes(person({ facts: unknown }), shift(NINE, TEN))).toEqual([]);
  });
});

describe('a shift of an organisation', () => {
  const slot: SlotFacts = { ...shift(NINE, TEN), organisationId: 'helpers' };
  const refused = (facts: EligibilityFacts, of = slot) => {
    const decision = decide(person({ facts }), of, undefined, NOW);
    return decision.ok ? [] : decision.reasons;
  };

  test('takes nobody who is not of age on its date without their guardian’s word to that organisation', () => {
    const young = someone({ birthDate: '2008-12-21' });
    const needed = { code: 'guardian-needed', rule: 'shift-of-age', mark: 'R' };
    expect(refused(young)).toEqual([needed]);
    expect(refused({ ...young, guardianFor: ['others'] })).toEqual([needed]);
    expect(refused({ ...young, guardianFor: ['others', 'helpers'] })).toEqual([]);
    expect(refused({ ...young, birthDate: '2008-12-20' })).toEqual([]);
    // Whom the shift is not for anyway, nobody's guardian is asked about.
    expect(refused(young, { ...slot, minAge: 30 }).map(({ code }) => code)).toEqual(['too-young']);
  });

  test('asks when somebody was born who has not said, unless they have their place already', () => {
    const { birthDate: _, ...unknown } = someone();
    expect(refused(unknown)).toEqual([{ code: 'profile-incomplete', rule: 'shift-of-age' }]);
    expect(refused(unknown, { ...slot, isHeld: true })).toEqual([]);
    expect(refused({ ...unknown, guardianFor: ['helpers'] })).toEqual([]);
  });
});

describe('a shift that asks for something', () => {
  const asks = (more: Partial<SlotFacts>): SlotFacts => ({ ...shift(NINE, TEN), ...more });
  const with_ = (qualifications: NonNullable<PersonState['facts']['qualifications']>) =>
    person({ facts: { ...someone(), qualifications } });

  test('is for those who have each of it, and says which is lacking', () => {
    const slot = asks({ needs: ['haircutting', 'driving', 'first-aid'] });
    const lacking = decide(with_([{ qualification: 'driving' }]), slot, undefined, NOW);
    expect(lacking).toEqual({
      ok: false,
      reasons: [
        { code: 'skill-missing', params: { zh: '理发', en: 'Haircutting' } },
        { code: 'training-missing', params: { zh: '急救培训', en: 'First-aid training' } },
      ],
    });
    const has = [
      { qualification: 'haircutting' },
      { qualification: 'driving' },
      { qualification: 'first-aid', by: 'o' },
    ];
    expect(codes(with_(has as never), slot)).toEqual([]);
  });

  test('takes a skill on one’s word and a training only from an organiser, until the last day it holds', () => {
    const slot = asks({ needs: ['first-aid'] });
    expect(codes(with_([{ qualification: 'first-aid' }]), slot)).toEqual(['training-missing']);
    const until = (date: string) => with_([{ qualification: 'first-aid', by: 'o', until: date }]);
    expect(codes(until('2026-12-19'), slot)).toEqual(['training-missing']);
    expect(codes(until('2026-12-20'), slot)).toEqual([]);
  });

  test('has a greatest age, which somebody is until the day before the next birthday', () => {
    const slot = asks({ maxAge: 25 });
    const born = (birthDate: string) => person({ facts: { ...someone(), birthDate } });
    expect(decide(born('2000-12-20'), slot, undefined, NOW)).toEqual({
      ok: false,
      reasons: [{ code: 'too-old', rule: 'shift-max-age', params: { years: 25 } }],
    });
    expect(codes(born('2000-12-21'), slot)).toEqual([]);
  });

  test('has places from the instant of opening on, and none from that of closing on', () => {
    const slot = asks({ opensAt: '2026-12-19T04:00:00.000Z', closesAt: '2026-12-19T05:00:00.000Z' });
    expect(codes(person(), slot, '2026-12-19T03:59:59.999Z')).toEqual(['sign-up-not-open']);
    expect(codes(person(), slot, '2026-12-19T04:00:00.000Z')).toEqual([]);
    expect(codes(person(), slot, '2026-12-19T04:59:59.999Z')).toEqual([]);
    expect(codes(person(), slot, '2026-12-19T05:00:00.000Z')).toEqual(['sign-up-closed']);
  });

  test('says so in words, in the reader’s language and by the clocks of the place', () => {
    const said = (slot: SlotFacts, language: 'zh' | 'en') => {
      const decision = decide(person(), slot, undefined, NOW);
      return decision.ok ? [] : decision.reasons.map((reason) => refusalSentence(reason, language));
    };
    const opens = asks({ opensAt: '2026-12-19T12:30:00.000Z' });
    expect(said(opens, 'zh')).toEqual(['报名尚未开始，12月19日 20:30开放。']);
    expect(said(opens, 'en')).toEqual(['Sign-up is not open yet: it opens on 19 December at 20:30.']);
    expect(said(asks({ needs: ['sewing', 'english'] }), 'zh')[0]).toContain('缝补、英语');
    expect(said(asks({ minAge: 60 }), 'en')[0]).not.toContain('blood');
  });
});
