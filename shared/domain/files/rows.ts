import type { DinScheme } from '../din.ts';
import type { Component, LocalDate, Procedure, Sex } from '../vocabulary.ts';
import {
  type Cell,
  type CellFault,
  readComponents,
  readDate,
  readDin,
  readLastFour,
  readLine,
  readNumber,
  readPhone,
  readPlatelets,
  readProcedure,
  readSex,
  readUntil,
  readVolume,
  readYesNo,
  tidy,
} from './cells.ts';
import type { FileField, FileKind } from './fields.ts';

/** Why a row is refused that can be read, but does not fit what is known. */
export const RECORD_FAULTS = [
  'future-date',
  'donor-unknown',
  'donor-differs',
  'donor-erased',
  'donor-incomplete',
  'din-taken',
  'same-day',
  'din-unknown',
  'din-other-site',
  'before-donation',
  'no-such-unit',
  'not-issued',
  'other-hospital',
  'several-bags',
  'use-differs',
  'on-hold',
  /** Something in it that no rule foresaw; the row alone is to blame. */
  'unexpected',
] as const;

export const CELL_FAULTS = [
  'missing',
  'malformed',
  'damaged',
  'check-character',
  'no-check-character',
  'facility',
  'length',
  'ambiguous-date',
  'no-such-date',
  'out-of-range',
  'unknown-word',
] as const satisfies readonly CellFault[];

export const ROW_FAULTS = [...CELL_FAULTS, ...RECORD_FAULTS] as const;
export type RowFault = (typeof ROW_FAULTS)[number];

/** Why one row was refused: never what stands in it. */
export type RowRefusal = { readonly field?: FileField; readonly why: RowFault };

/** How a file is to be read. */
export type FileRules = {
  readonly kind: FileKind;
  readonly scheme: DinScheme;
  readonly bareDins: boolean;
  readonly dinLength?: number | undefined;
  readonly epoch: 1900 | 1904;
  /** The hospital of the whole file, where no column names it. */
  readonly hospital?: string | undefined;
  /** What the product codes of the site's labels stand for. */
  readonly products?: Readonly<Record<string, Component>> | undefined;
  /** The local date on which it is read: nothing in it is later. */
  readonly today: LocalDate;
};

/** Who a row is about, by whatever of it the row says. */
export type DonorRow = {
  readonly donorNo?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly birthDate?: LocalDate;
  readonly sex?: Sex;
  readonly lastFour?: string;
};

export type FileRecord =
  | { readonly kind: 'donors'; readonly donor: DonorRow }
  | {
      readonly kind: 'donations';
      readonly donor: DonorRow;
      readonly din: string;
      readonly date: LocalDate;
      readonly procedure: Procedure;
      readonly volumeMl: number;
      readonly platelets?: 1 | 2;
      readonly reaction: boolean;
    }
  | {
      readonly kind: 'deferrals';
      readonly donor: DonorRow;
      readonly until: LocalDate | 'permanent';
      readonly procedure?: Procedure;
    }
  | {
      readonly kind: 'usage';
      readonly din: string;
      readonly components: readonly Component[];
      readonly bag?: string;
      readonly hospital: string;
      readonly date: LocalDate;
      readonly record?: string;
    };

export type RowCells = Readonly<Partial<Record<FileField, string>>>;
export type RowRead =
  | { readonly ok: true; readonly record: FileRecord }
  | { readonly ok: false; readonly refusals: readonly RowRefusal[] };

const NAME_LENGTH = 60;
const LINE_LENGTH = 80;

/** What a row says, or everything that keeps it from being taken. */
export function readRow(cells: RowCells, rules: FileRules): RowRead {
  const refusals: RowRefusal[] = [];
  const need = <T>(field: FileField, cell: Cell<T>): T | undefined => {
    if (cell.ok) return cell.value;
    refusals.push({ field, why: cell.why });
    return undefined;
  };
  const of = (field: FileField): string => cells[field] ?? '';
  const is = (field: FileField): boolean => tidy(of(field)) !== '';
  const maybe = <T>(field: FileField, read: (cell: string) => Cell<T>): T | undefined =>
    is(field) ? need(field, read(of(field))) : undefined;
  const past = (field: FileField): LocalDate | undefined => {
    const date = need(field, readDate(of(field), rules.epoch));
    if (date === undefined || date <= rules.today) return date;
    refusals.push({ field, why: 'future-date' });
    return undefined;
  };
  const din = () =>
    need('din', readDin(of('din'), { scheme: rules.scheme, bare: rules.bareDins, length: rules.dinLength }));

  const record = ((): FileRecord | undefined => {
    switch (rules.kind) {
      case 'donors': {
        const donor = readDonor();
        for (const field of ['name', 'phone', 'birthDate', 'sex'] as const) {
          if (!is(field)) refusals.push({ field, why: 'missing' });
        }
        return { kind: 'donors', donor };
      }
      case 'donations': {
        const donor = readDonor();
        const number = din();
        const date = past('date');
        const procedure = need('procedure', readProcedure(of('procedure')));
        const volumeMl = need('volume', readVolume(of('volume')));
        const platelets = procedure === 'platelets' ? need('platelets', readPlatelets(of('platelets'))) : undefined;
        const reaction = need('reaction', readYesNo(of('reaction')));
        if (!number || !date || !procedure || volumeMl === undefined || reaction === undefined) return undefined;
        const drawn = { date, procedure, volumeMl, ...(platelets && { platelets }), reaction };
        return { kind: 'donations', donor, din: number, ...drawn };
      }
      case 'deferrals': {
        const donor = readDonor();
        const until = need('until', readUntil(of('until'), rules.epoch));
        const procedure = maybe('procedure', readProcedure);
        return until === undefined ? undefined : { kind: 'deferrals', donor, until, ...(procedure && { procedure }) };
      }
      case 'usage': {
        const number = din();
        const components = need('component', readComponents(of('component'), rules.products));
        const bag = maybe('bag', readNumber);
        const hospital =
          is('hospital') || !rules.hospital ? need('hospital', readLine(of('hospital'), LINE_LENGTH)) : rules.hospital;
        const date = past('date');
        const note = maybe('record', readNumber);
        if (bag && components && components.length > 1) refusals.push({ field: 'component', why: 'malformed' });
        if (!number || !components || !hospital || !date) return undefined;
        const more = { ...(bag && { bag: bag.toLowerCase() }), ...(note && { record: note }) };
        return { kind: 'usage', din: number, components, hospital, date, ...more };
      }
    }
  })();
  return record && refusals.length === 0 ? { ok: true, record } : { ok: false, refusals };

  function readDonor(): DonorRow {
    const donorNo = maybe('donorNo', readNumber);
    const name = maybe('name', (cell) => readLine(cell, NAME_LENGTH));
    const phone = maybe('phone', readPhone);
    const birthDate = is('birthDate') ? past('birthDate') : undefined;
    const sex = maybe('sex', readSex);
    const lastFour = maybe('lastFour', readLastFour);
    if (rules.kind !== 'donors' && !is('donorNo') && !(is('name') && is('phone') && is('birthDate'))) {
      refusals.push({ field: 'donorNo', why: 'missing' });
    }
    return {
      ...(donorNo && { donorNo }),
      ...(name && { name }),
      ...(phone && { phone }),
      ...(birthDate && { birthDate }),
      ...(sex && { sex }),
      ...(lastFour && { lastFour }),
    };
  }
}
