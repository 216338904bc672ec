import { describe, expect, it } from 'vitest';
import { giveAgain, giveAgainTimes } from '../../shared/domain/give-again.ts';
import type { EligibilityFacts, PastDonation } from '../../shared/domain/refusal.ts';
import { packFor } from '../../shared/policy/index.ts';

const PACK = packFor('cn', '2026-11-01');
const whole = (date: string): PastDonation => ({ date, procedure: 'whole-blood', volumeMl: 400 });
const platelets = (date: string): PastDonation => ({ date, procedure: 'platelets', volumeMl: 250, platelets: 1 });
const person = (more: Partial<EligibilityFacts> = {}): EligibilityFacts => ({
  birthDate: '1996-05-01',
  sex: 'male',
  weightKg: 70,
  donations: [],
  repeatDonor: true,
  reactionRecorded: false,
  wantsExtendedAge: false,
  ...more,
});
const BOTH = ['whole-blood', 'platelets'] as const;
const on = (
  facts: Partial<EligibilityFacts>,
  wish: Parameters<typeof giveAgain>[2] = 'any',
  offered: readonly ('whole-blood' | 'platelets')[] = BOTH,
) => giveAgain(PACK, person(facts), wish, offered);

describe('the day from which somebody may give again', () => {
  it('is the first on which the rules allow anything they could give here', () => {
    const donations = [whole('2026-08-01')];
    expect(on({ donations })).toEqual({ date: '2026-11-01', procedures: ['platelets'] });
    expect(on({ donations }, 'any', ['whole-blood'])).toEqual({ date: '2027-02-01', procedures: ['whole-blood'] });
  });

  it('is that of the one thing they wish to give, wherever it is offered', () => {
    const donations = [whole('2026-08-01')];
    expect(on({ donations }, 'whole-blood')).toEqual({ date: '2027-02-01', procedures: ['whole-blood'] });
    expect(on({ donations }, 'platelets', ['whole-blood'])).toEqual({ date: '2026-11-01', procedures: ['platelets'] });
  });

  it('names everything that opens on that day', () => {
    const facts = { donations: [platelets('2026-11-01')], deferredUntil: '2027-01-10' };
    expect(on(facts)).toEqual({ date: '2027-01-10', procedures: ['whole-blood', 'platelets'] });
  });

  it('counts from the last donation, in whatever order they are kept', () => {
    expect(on({ donations: [platelets('2026-11-01'), platelets('2026-10-01')] })?.date).toBe('2026-11-15');
  });

  it('waits for a deferral to end, also of somebody who has never given', () => {
    expect(on({ donations: [], repeatDonor: false, deferredUntil: '2026-12-24' })?.date).toBe('2026-12-24');
    expect(
      on({ donations: [], repeatDonor: false, deferredUntilFor: { platelets: '2026-12-24' } }, 'platelets')?.date,
    ).toBe('2026-12-24');
  });

  it.each<[string, Partial<EligibilityFacts>]>([
    ['nothing has kept from it', { donations: [] }],
    ['may never give', { donations: [whole('2026-08-01')], deferredPermanently: true }],
    ['will be too old by then', { birthDate: '1970-10-01', donations: [whole('2026-08-01')] }],
    ['weighs too little', { weightKg: 40, donations: [whole('2026-08-01')] }],
    [
      'has not said when born, and is deferred',
      { birthDate: undefined as never, donations: [], deferredUntil: '2026-12-24' },
    ],
  ])('is never for somebody who %s', (_, facts) => {
    expect(on(facts)).toBeUndefined();
  });

  it('is nobody’s who does not wish to be told', () => {
    expect(on({ donations: [whole('2026-08-01')] }, 'no')).toBeUndefined();
  });

  it('is none where the rules keep nobody from giving again', () => {
    const free = { ...PACK, intervals: [], caps: [] };
    expect(giveAgain(free, person({ donations: [whole('2026-08-01')] }), 'any', BOTH)).toBeUndefined();
  });

  it('is told that morning at the place, and on no other day', () => {
    expect(giveAgainTimes('2026-12-24', 'Asia/Shanghai')).toEqual({
      dueAt: '2026-12-24T02:00:00.000Z',
      until: '2026-12-24T16:00:00.000Z',
    });
    expect(giveAgainTimes('2026-10-25', 'Europe/Berlin')).toEqual({
      dueAt: '2026-10-25T09:00:00.000Z',
      until: '2026-10-25T23:00:00.000Z',
    });
  });
});
