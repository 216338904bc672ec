import fc from 'fast-check';
import { expect, it } from 'vitest';
import { birthday } from '../../shared/domain/dates.ts';
import {
  askedLately,
  GUARDIAN_STEPS,
  GUARDIAN_TRANSITIONS,
  hasConsent,
  isUnderAge,
  laterWord,
  mayStep,
  OF_AGE,
  withConsent,
} from '../../shared/domain/guardian.ts';
import { GUARDIAN_STATUSES } from '../../shared/domain/vocabulary.ts';

const NOTHING_KNOWN = { donations: [], repeatDonor: false, reactionRecorded: false, wantsExtendedAge: false };
const DAY = 24 * 60 * 60_000;
const NOW = Date.parse('2026-11-28T02:00:00.000Z');
const at = (ms: number) => new Date(ms).toISOString();

it('somebody is not of age until their eighteenth birthday, and is from that day on', () => {
  const eighteenth = birthday('2008-11-28', 18);
  expect(eighteenth).toBe('2026-11-28');
  expect(['2026-11-27', '2026-11-28', '2026-11-29'].map((day) => isUnderAge('2008-11-28', day))).toEqual([
    true,
    false,
    false,
  ]);
});

it('where the age of majority stands is told in both languages, and that it has still to be confirmed', () => {
  expect(OF_AGE.source.zh).toContain('民法典');
  expect(OF_AGE.source.en).toContain('Civil Code');
  expect(OF_AGE.mark).toBe('R');
});

it('what a guardian has said can be said otherwise by them; what stands is neither asked for nor noted again', () => {
  const from = (step: (typeof GUARDIAN_STEPS)[number]) =>
    [undefined, ...GUARDIAN_STATUSES].filter((status) => mayStep(step, status)).map((status) => status ?? 'nobody');
  expect(
    Object.fromEntries(GUARDIAN_STEPS.map((step) => [step, [...from(step), GUARDIAN_TRANSITIONS[step].to]])),
  ).toEqual({
    ask: ['nobody', 'asked', 'refused', 'withdrawn', 'asked'],
    give: ['asked', 'refused', 'withdrawn', 'given'],
    refuse: ['asked', 'refused'],
    withdraw: ['given', 'withdrawn'],
    note: ['nobody', 'asked', 'refused', 'withdrawn', 'given'],
  });
});

it('a text counts for a whole day, and for no longer', () => {
  const times = [at(NOW - DAY), at(NOW - DAY + 1), at(NOW)];
  expect(askedLately(times, at(NOW))).toEqual(times.slice(1));
});

it('a consent is to one organisation: given once however often it is said, gone when it is taken back, the others left as they are', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  const facts = fc.record({ guardianFor: names, birthDate: fc.constant('2009-01-01') });
  fc.assert(
    fc.property(facts, fc.constantFrom('a', 'b'), fc.boolean(), (known, organisation, isGiven) => {
      const before = { ...NOTHING_KNOWN, ...known };
      const after = withConsent(before, organisation, isGiven);
      expect(hasConsent(after, organisation)).toBe(isGiven);
      expect(new Set(after.guardianFor)).toEqual(
        new Set([...known.guardianFor.filter((it) => it !== organisation), ...(isGiven ? [organisation] : [])]),
      );
      expect(after.guardianFor?.length).not.toBe(hasConsent(before, organisation) === isGiven ? -1 : 0);
      expect(after.birthDate).toBe('2009-01-01');
      expect(withConsent(after, organisation, isGiven)).toBe(after);
    }),
  );
});

it('the first consent of somebody, and the last that is taken back, leave nothing else of it', () => {
  const given = withConsent(NOTHING_KNOWN, 'a', true);
  expect(given).toStrictEqual({ ...NOTHING_KNOWN, guardianFor: ['a'] });
  expect(withConsent(given, 'a', false)).toStrictEqual(NOTHING_KNOWN);
});

it('of two words on one person the later stands; whoever has said something, before who has only been asked', () => {
  const said = (saidAt: string | undefined, ...asked: string[]) => ({ ...(saidAt && { saidAt }), asked });
  const [old, late] = [said(at(NOW)), said(at(NOW + 1))];
  const [askedOnly, askedBefore, never] = [said(undefined, at(NOW + 5)), said(undefined, at(NOW + 4)), said(undefined)];
  for (const [winner, loser] of [
    [late, old],
    [old, askedOnly],
    [askedOnly, askedBefore],
    [askedBefore, never],
    [old, never],
  ] as const) {
    expect(laterWord(winner, loser)).toBe(winner);
    expect(laterWord(loser, winner)).toBe(winner);
  }
  const same = said(at(NOW));
  expect(laterWord(old, same)).toBe(old);
});
