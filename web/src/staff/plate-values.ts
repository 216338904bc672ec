import { type BloodGroup, groupText, readGroup, readResult } from '../../../shared/domain/laboratory.ts';
import type { DonationTestCode, TestResult } from '../../../shared/domain/vocabulary.ts';
import type { CallInput, CallOutput } from '../api/types.ts';

export type LabTest = CallOutput<'GET /api/laboratory/tests/{siteId}'>['items'][number];
export type TubeAnswer = CallOutput<'GET /api/laboratory/tube'>;
export type Tube = Extract<TubeAnswer, { kind: 'tube' }>['tube'];
type Sent = CallInput<'POST /api/laboratory/results'>['body']['lines'][number];
type Applied = CallOutput<'POST /api/laboratory/results'>['lines'];

/** What a plate is about: a test, or the group. */
export type What = DonationTestCode | 'group';
export type Noted = BloodGroup | { readonly result: TestResult } | { readonly value: number };

export type PlateLine = {
  readonly tube: Tube;
  readonly noted?: Noted;
  readonly outcome?:
    | { readonly done: true; readonly verdict: NonNullable<Applied[number]['verdict']> }
    | { readonly done: false; readonly code: string; readonly sentence: string };
};
/** Tubes in the order they were scanned, as they stand on the plate. */
export type Plate = { readonly what: What; readonly lines: readonly PlateLine[] };
export const EMPTY_PLATE: Plate = { what: 'group', lines: [] };

const isOpen = ({ outcome }: PlateLine): boolean => outcome?.done !== true;

/** Why a tube does not belong on this plate. */
export function misfit({ what, lines }: Plate, tube: Tube): 'doubled' | 'already' | 'differs' | undefined {
  if (lines.some((line) => line.tube.din === tube.din && isOpen(line))) return 'doubled';
  if (what === 'group') {
    if (tube.group === 'differs') return 'differs';
    return tube.group === 'confirmed' ? 'already' : undefined;
  }
  return tube.missing.includes(what) || tube.toRepeat.includes(what) ? undefined : 'already';
}

export const withTube = (plate: Plate, tube: Tube): Plate => ({
  ...plate,
  lines: [...plate.lines.filter((line) => line.tube.din !== tube.din), { tube }],
});
export const withoutTube = (plate: Plate, din: string): Plate => ({
  ...plate,
  lines: plate.lines.filter((line) => line.tube.din !== din),
});

/** What the text says of a tube, where it is a result of what the plate is about. */
export const readNoted = (what: What, test: LabTest | undefined, text: string): Noted | undefined =>
  what === 'group' ? readGroup(text) : test && readResult(test, text);

/** The plate with what was noted of the tube scanned last; undefined where there is none that waits. */
export function withNoted(plate: Plate, noted: Noted): Plate | undefined {
  const last = plate.lines.at(-1);
  if (!last || last.outcome) return undefined;
  return { ...plate, lines: [...plate.lines.slice(0, -1), { ...last, noted }] };
}

export const unfilled = ({ lines }: Plate): PlateLine[] => lines.filter((line) => !line.outcome && !line.noted);
export const filled = ({ lines }: Plate): PlateLine[] => lines.filter((line) => !line.outcome && line.noted);

/** Everything that nothing was noted of, without reaction: said by a press of its own, never assumed. */
export const withRest = (plate: Plate): Plate => ({
  ...plate,
  lines: plate.lines.map((line) =>
    line.outcome || line.noted ? line : { ...line, noted: { result: 'non-reactive' as const } },
  ),
});

export function sentOf(what: What, { tube, noted }: PlateLine, asItIs = false): Sent | undefined {
  if (!noted) return undefined;
  if ('abo' in noted) return { din: tube.din, found: [{ kind: 'group', ...noted }], ...(asItIs && { asItIs }) };
  return what === 'group' ? undefined : { din: tube.din, found: [{ kind: 'test', test: what, ...noted }] };
}

/** The plate once some of it was answered; what was not stays to be done. */
export const afterRecord = (plate: Plate, applied: Applied): Plate => ({
  ...plate,
  lines: plate.lines.map((line) => {
    const answer = applied.find(({ din }) => din === line.tube.din);
    if (!answer || line.outcome?.done) return line;
    return {
      ...line,
      outcome: answer.done
        ? { done: true, verdict: answer.verdict ?? 'incomplete' }
        : { done: false, code: answer.code ?? '', sentence: answer.sentence ?? '' },
    };
  }),
});

/** As a person reads it: `A+`, `无反应性`, `32`. */
export const notedText = (noted: Noted, said: (result: TestResult) => string): string =>
  'abo' in noted ? groupText(noted) : 'value' in noted ? String(noted.value) : said(noted.result);
