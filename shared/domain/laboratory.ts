import type { DonationTest } from './policy-pack.ts';
import { asScanned } from './scan.ts';
import {
  ABO_GROUPS,
  type AboGroup,
  type DonationTestCode,
  type GroupState,
  type Instant,
  type LaboratoryVerdict,
  type RhdType,
  type TestConclusion,
  type TestResult,
  type TestRun,
} from './vocabulary.ts';

export type BloodGroup = { readonly abo: AboGroup; readonly rhd: RhdType };

export const isSameGroup = (a: BloodGroup, b: BloodGroup): boolean => a.abo === b.abo && a.rhd === b.rhd;
/** `A+`, as people write it. */
export const groupText = ({ abo, rhd }: BloodGroup): string => `${abo}${rhd === 'positive' ? '+' : '−'}`;

/** What somebody found in a tube: its group, or one run of one test. */
export type Found =
  | ({ readonly kind: 'group' } & BloodGroup)
  | {
      readonly kind: 'test';
      readonly test: DonationTestCode;
      readonly result?: TestResult | undefined;
      /** Of a test that is measured. */
      readonly value?: number | undefined;
    };
/** One entry of a donation's results. Entries are only ever added: one that was wrong is taken back by another. */
export type LabEntry = {
  readonly n: number;
  readonly at: Instant;
  readonly by: string;
  /** The system that reported it, where another is master of the units. */
  readonly source?: string;
  /** Which row of which file has said it, and when that says that it was found. */
  readonly reportedIn?: string;
  readonly testedAt?: Instant;
} & ((Found & { readonly run?: TestRun }) | { readonly kind: 'void'; readonly voids: number; readonly reason: string });
type Standing = Exclude<LabEntry, { kind: 'void' }>;

/** Those that nobody has taken back. */
export function standing(entries: readonly LabEntry[]): Standing[] {
  const gone = new Set(entries.flatMap((entry) => (entry.kind === 'void' ? [entry.voids] : [])));
  return entries.flatMap((entry) => (entry.kind === 'void' || gone.has(entry.n) ? [] : [entry]));
}

/** As they were found, which is not as they were entered where a file came late. */
const inOrder = (entries: readonly Standing[]): Standing[] =>
  entries.toSorted((a, b) => Date.parse(a.testedAt ?? a.at) - Date.parse(b.testedAt ?? b.at) || a.n - b.n);

/** What one run says; of a measured test, by its figure. Undefined for a run that says nothing. */
function says(test: DonationTest, { result, value }: { result?: TestResult; value?: number }): boolean | undefined {
  if (test.max !== undefined) return value === undefined ? undefined : value > test.max;
  return result === undefined || result === 'invalid' ? undefined : result === 'reactive';
}

/**
 * Where a test stands. One reactive run calls for repeats, as many as the pack says, all of them without reaction; a second reactive
 * one is final. Runs that were invalid count for nothing.
 */
export function concludeTest(test: DonationTest, entries: readonly LabEntry[]): TestConclusion {
  const runs = inOrder(standing(entries)).flatMap((entry) => {
    if (entry.kind !== 'test' || entry.test !== test.code) return [];
    const reactive = says(test, entry as { result?: TestResult; value?: number });
    return reactive === undefined ? [] : [reactive];
  });
  const first = runs.indexOf(true);
  if (runs.length === 0) return 'missing';
  if (first < 0) return 'clear';
  const after = runs.slice(first + 1);
  if (after.includes(true) || test.repeats === undefined) return 'not-clear';
  return after.length >= test.repeats ? 'clear' : 'to-repeat';
}

/** Whether the next run of a test is a repeat of one that reacted. */
export const nextRun = (test: DonationTest, entries: readonly LabEntry[]): TestRun => {
  const conclusion = concludeTest(test, entries);
  return conclusion === 'to-repeat' || conclusion === 'not-clear' ? 'repeat' : 'initial';
};

/** The one group that a donation's own entries agree on; undefined for none, or for two. */
export function ownGroup(entries: readonly LabEntry[]): BloodGroup | undefined {
  const groups = standing(entries).flatMap((entry) => (entry.kind === 'group' ? [entry] : []));
  const [first, ...others] = groups;
  if (!first || others.some((other) => !isSameGroup(first, other))) return undefined;
  return { abo: first.abo, rhd: first.rhd };
}

/** A group on record of the same person. `said`: a list of donors has it, and no laboratory's result of a donation. */
export type OtherGroup = BloodGroup & { readonly said?: boolean };

/**
 * Where a donation's group stands: determined once (`first`), confirmed by a second determination or by the groups of the same
 * person's other donations, or at odds with any of them. What is only said contradicts, and confirms nothing. What is at odds is
 * nobody's to choose but the staff's.
 */
export function groupState(entries: readonly LabEntry[], others: readonly OtherGroup[]): GroupState {
  const count = standing(entries).filter(({ kind }) => kind === 'group').length;
  if (count === 0) return 'missing';
  const own = ownGroup(entries);
  if (!own || others.some((other) => !isSameGroup(own, other))) return 'differs';
  return count > 1 || others.some(({ said }) => !said) ? 'confirmed' : 'first';
}

export type Judged = {
  readonly tests: readonly { readonly test: DonationTest; readonly conclusion: TestConclusion }[];
  readonly group: GroupState;
  readonly verdict: LaboratoryVerdict;
  /** Nothing of it may stay where it could go on to a patient. */
  readonly aside: boolean;
};

/** What a donation's results say of it: whether it may be released, is not all there yet, or has to be put aside. */
export function judge(
  tests: readonly DonationTest[],
  entries: readonly LabEntry[],
  others: readonly OtherGroup[],
): Judged {
  const judged = tests.map((test) => ({ test, conclusion: concludeTest(test, entries) }));
  const group = groupState(entries, others);
  const has = (conclusion: TestConclusion): boolean => judged.some((each) => each.conclusion === conclusion);
  const notClear = has('not-clear') || group === 'differs';
  const verdict = notClear
    ? 'not-clear'
    : has('missing') || has('to-repeat') || group !== 'confirmed'
      ? 'incomplete'
      : 'clear';
  return { tests: judged, group, verdict, aside: notClear || has('to-repeat') };
}

/** The pack's tests, then those that the site has added; a site leaves none out. */
export const testsOf = (pack: readonly DonationTest[], added: readonly DonationTestCode[] = []): DonationTest[] => [
  ...pack,
  ...added
    .filter((code) => pack.every((test) => test.code !== code))
    .map((code) => ({ code, rule: `site.test.${code}`, source: '', mark: 'R' as const, repeats: 2 })),
];

/** ISBT 128 data structure 002, `=%ggre`: the ABO and RhD that gg stands for (ST-001, table RT005). */
const ON_LABELS: Readonly<Record<string, BloodGroup>> = {
  '95': { abo: 'O', rhd: 'negative' },
  '51': { abo: 'O', rhd: 'positive' },
  '06': { abo: 'A', rhd: 'negative' },
  '62': { abo: 'A', rhd: 'positive' },
  '17': { abo: 'B', rhd: 'negative' },
  '73': { abo: 'B', rhd: 'positive' },
  '28': { abo: 'AB', rhd: 'negative' },
  '84': { abo: 'AB', rhd: 'positive' },
};
const GROUP = /^(AB|[ABO])型?(?:RH\(?D?\)?)?(\+|-|阳性?|阴性?|POS(?:ITIVE)?|NEG(?:ATIVE)?)$/;

/** A group as scanned from a label or typed: `=%5100`, `O+`, `ab-`, `A型RhD阳性`. Undefined for what is none: nothing is guessed. */
export function readGroup(text: string): BloodGroup | undefined {
  const said = asScanned(text).replaceAll(/\s/g, '').replaceAll('−', '-').toUpperCase();
  if (said.startsWith('=%')) return /^=%\d{2}[A-Z0-9]{2}$/.test(said) ? ON_LABELS[said.slice(2, 4)] : undefined;
  const [, letters, sign] = GROUP.exec(said) ?? [];
  const abo = ABO_GROUPS.find((each) => each === letters);
  if (!abo || !sign) return undefined;
  return { abo, rhd: /^(\+|阳|POS)/.test(sign) ? 'positive' : 'negative' };
}

const RESULTS: Readonly<Record<string, TestResult>> = {
  '-': 'non-reactive',
  N: 'non-reactive',
  阴: 'non-reactive',
  阴性: 'non-reactive',
  '+': 'reactive',
  R: 'reactive',
  阳: 'reactive',
  阳性: 'reactive',
  '?': 'invalid',
};

/** What is typed after a tube for the test that a plate is about: `+`, `-`, `?`, or a figure. Undefined for anything else. */
export function readResult(
  test: { readonly max?: number | undefined },
  text: string,
): { readonly result: TestResult } | { readonly value: number } | undefined {
  const said = asScanned(text).replaceAll('−', '-').toUpperCase();
  if (test.max !== undefined) {
    return /^\d{1,4}(\.\d{1,2})?$/.test(said) ? { value: Number(said) } : undefined;
  }
  const result = RESULTS[said];
  return result && { result };
}
