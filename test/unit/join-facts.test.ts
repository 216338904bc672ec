import { describe, expect, it } from 'vitest';
import { joinFacts } from '../../shared/domain/join-facts.ts';
import type { EligibilityFacts } from '../../shared/domain/refusal.ts';
import { platelets, someone, wholeBlood } from '../builders/facts.ts';

const unknown: EligibilityFacts = {
  donations: [],
  repeatDonor: false,
  reactionRecorded: false,
  wantsExtendedAge: false,
};
const joined = (kept: Partial<EligibilityFacts>, other: Partial<EligibilityFacts>, declared = true) =>
  joinFacts({ ...unknown, ...kept }, { ...unknown, ...other }, { declared });
/** The same, whichever of the two records is kept. */
const either = (a: Partial<EligibilityFacts>, b: Partial<EligibilityFacts>, expected: Partial<EligibilityFacts>) => {
  expect(joined(a, b)).toStrictEqual({ ...unknown, ...expected });
  expect(joined(b, a)).toStrictEqual({ ...unknown, ...expected });
};

describe('two records of one person', () => {
  it('say of them what the kept one says, and what only the other does', () => {
    const other = someone({ birthDate: '1990-01-01', sex: 'female', weightKg: 50, wantsExtendedAge: true });
    expect(joinFacts(someone(), other, { declared: true })).toStrictEqual(someone());
    expect(joinFacts(unknown, other, { declared: true })).toStrictEqual({ ...other, wantsExtendedAge: false });
    either({}, {}, {});
  });

  it('count every donation of both, oldest first, and so is whoever gave a repeat donor', () => {
    const [first, second, third] = [wholeBlood('2026-01-01'), platelets('2026-06-01'), platelets('2026-07-01')];
    either(
      { donations: [first, third] },
      { donations: [second] },
      { donations: [first, second, third], repeatDonor: true },
    );
    either({ repeatDonor: true }, {}, { repeatDonor: true });
    either({ reactionRecorded: true }, {}, { reactionRecorded: true });
    // Those of one day stay in the order in which they were known.
    const twice = [platelets('2026-06-01', 1), platelets('2026-06-01', 2)];
    expect(joined({ donations: twice.slice(0, 1) }, { donations: twice.slice(1) }).donations).toEqual(twice);
  });

  it('know a donation made elsewhere once: of a day there is one, and the station’s own goes first', () => {
    const [may, june, july] = ['2026-05-01', '2026-06-01', '2026-07-01'].map((date) => wholeBlood(date)) as [
      ...ReturnType<typeof wholeBlood>[],
    ];
    if (!may || !june || !july) throw new Error('three dates');
    const others = { elsewhere: [may, june, july], donations: [] };
    const kept = { elsewhere: [{ ...july, volumeMl: 200 }], donations: [june] };
    expect(joined(kept, others)).toStrictEqual({
      ...unknown,
      repeatDonor: true,
      donations: [june],
      elsewhere: [may, { ...july, volumeMl: 200 }],
    });
    either({ elsewhere: [may] }, {}, { elsewhere: [may] });
  });

  it('are held to the longest wait of either, each procedure for itself, and for good where one is', () => {
    either({ deferredUntil: '2026-12-01' }, { deferredUntil: '2026-12-02' }, { deferredUntil: '2026-12-02' });
    either({ deferredUntil: '2026-12-01' }, {}, { deferredUntil: '2026-12-01' });
    either({ deferredPermanently: true }, {}, { deferredPermanently: true });
    either(
      { deferredUntilFor: { platelets: '2026-12-03', 'whole-blood': '2026-12-01' } },
      { deferredUntilFor: { platelets: '2026-12-02' } },
      { deferredUntilFor: { platelets: '2026-12-03', 'whole-blood': '2026-12-01' } },
    );
  });

  it('are held to what they declared of either, while it may be kept', () => {
    const a = {
      declared: { cn: { until: '2026-12-01', untilFor: { platelets: '2026-12-09' } }, uk: { until: 'open' } },
    } as const;
    const b = { declared: { cn: { until: '2026-12-05' }, us: { untilFor: { platelets: 'open' } }, uk: {} } } as const;
    const both = {
      cn: { until: '2026-12-05', untilFor: { platelets: '2026-12-09' } },
      uk: { until: 'open' },
      us: { untilFor: { platelets: 'open' } },
    } as const;
    either(a, b, { declared: both });
    expect(joined(a, b, false)).toStrictEqual(unknown);
  });

  it('have the skills and the guardian’s consents of both, each once', () => {
    const driving = { qualification: 'driving' } as const;
    either({ qualifications: [driving] }, { qualifications: [driving] }, { qualifications: [driving] });
    expect(joined({ guardianFor: ['a', 'b'] }, { guardianFor: ['b', 'c'] }).guardianFor).toEqual(['a', 'b', 'c']);
    expect(joined({}, { guardianFor: ['c'], qualifications: [driving] })).toStrictEqual({
      ...unknown,
      guardianFor: ['c'],
      qualifications: [driving],
    });
  });
});
