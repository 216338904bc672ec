import type { BloodGroup } from '../../../shared/domain/laboratory.ts';
import type { Component } from '../../../shared/domain/vocabulary.ts';
import type { CallInput, CallOutput } from '../api/types.ts';

export type ScanAnswer = CallOutput<'GET /api/units/scan'>;
export type ScannedUnit = Extract<ScanAnswer, { kind: 'unit' }>['unit'];
export type BatchAction = CallInput<'GET /api/units/scan'>['query']['action'];

/** What is done to many bags at once, in the order of a bag's way. */
export const BATCH_ACTIONS = [
  'test',
  'process',
  'quarantine',
  'release',
  'store',
  'relocate',
  'set-expiry',
  'issue',
  'return',
  'use',
  'discard',
] as const satisfies readonly BatchAction[];

export const asBatchAction = (text: string | undefined): (typeof BATCH_ACTIONS)[number] | undefined =>
  BATCH_ACTIONS.find((each) => each === text);

/** What an act asks once for the whole batch. */
export const asks = (action: BatchAction) => ({
  hospital: action === 'issue' || action === 'use' || action === 'return',
  made: action === 'process',
  record: action === 'use',
  location: action === 'store' || action === 'relocate' || action === 'return' || action === 'quarantine',
  note: action === 'discard' || action === 'quarantine' || action === 'return',
  /** A date scanned after a bag is its expiry. */
  expiry: action === 'set-expiry' || action === 'test' || action === 'release' || action === 'store',
});

/** A bag of the batch: to be done, done, or refused when it was applied. */
export type Line = {
  readonly unit: ScannedUnit;
  readonly expiry?: string;
  /** As scanned from its label. */
  readonly group?: BloodGroup;
  readonly outcome?: { readonly done: true } | { readonly done: false; readonly sentence: string };
};

export type Batch = {
  readonly hospital: string;
  readonly record: string;
  readonly location: string;
  readonly note: string;
  readonly component: Component | '';
  /** What each becomes, one of MADE. */
  readonly made: string;
  readonly lines: readonly Line[];
};
export const EMPTY_BATCH: Batch = {
  hospital: '',
  record: '',
  location: '',
  note: '',
  component: '',
  made: '0',
  lines: [],
};

/** What a bag is usually made into; anything else is one bag's own page. */
export const MADE: readonly (readonly Component[])[] = [
  ['red-cells', 'plasma'],
  ['red-cells', 'plasma', 'platelets'],
  ['red-cells', 'plasma', 'cryoprecipitate'],
  ['platelets', 'platelets'],
  ['platelets', 'plasma'],
  ['plasma', 'cryoprecipitate'],
];

const isOf =
  ({ din, unitId }: { din: string; unitId: string }) =>
  ({ unit }: Line): boolean =>
    unit.din === din && unit.unitId === unitId;

/** Whether a bag is in the batch already. One that was refused, or is done, may be scanned again: it stands elsewhere now. */
export const isDoubled = ({ lines }: Batch, unit: ScannedUnit): boolean =>
  lines.some((line) => isOf(unit)(line) && !line.outcome);

/** The newest first: what was scanned last is what somebody looks for. */
export const withUnit = (batch: Batch, unit: ScannedUnit): Batch => ({
  ...batch,
  lines: [{ unit }, ...batch.lines.filter((line) => !isOf(unit)(line))],
});

export const withoutUnit = (batch: Batch, unit: ScannedUnit): Batch => ({
  ...batch,
  lines: batch.lines.filter((line) => !isOf(unit)(line)),
});

/** The expiry of the bag that was scanned last; undefined where there is none that waits. */
export function withExpiry(batch: Batch, expiry: string): Batch | undefined {
  const [last, ...rest] = batch.lines;
  return last && !last.outcome ? { ...batch, lines: [{ ...last, expiry }, ...rest] } : undefined;
}

/** The group on the label of the bag that was scanned last; undefined where there is none that waits. */
export function withGroup(batch: Batch, group: BloodGroup): Batch | undefined {
  const [last, ...rest] = batch.lines;
  return last && !last.outcome ? { ...batch, lines: [{ ...last, group }, ...rest] } : undefined;
}

export const pendingOf = ({ lines }: Batch): Line[] => lines.filter(({ outcome }) => !outcome);

type Applied = CallOutput<'POST /api/units/steps'>['lines'];

/** The batch once some of it was answered; what was not stays to be done. */
export const afterApply = (batch: Batch, applied: Applied): Batch => ({
  ...batch,
  lines: batch.lines.map((line) => {
    const answer = applied.find(isSameUnit(line));
    if (!answer || line.outcome) return line;
    return { ...line, outcome: answer.done ? { done: true } : { done: false, sentence: answer.sentence ?? '' } };
  }),
});
const isSameUnit =
  ({ unit }: Line) =>
  ({ din, unitId }: Applied[number]): boolean =>
    unit.din === din && unit.unitId === unitId;
