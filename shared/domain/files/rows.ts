import type { DinScheme } from '../din.ts';
import { differsFrom, type IdentityDocument } from '../identity-document.ts';
import type { BloodGroup, Found } from '../laboratory.ts';
import {
  type Component,
  DONATION_TESTS,
  type DonationTestCode,
  type LocalDate,
  type Procedure,
  type Sex,
} from '../vocabulary.ts';
import {
  type Cell,
  type CellFault,
  type Moment,
  readBloodGroup,
  readComponents,
  readDate,
  readDin,
  readIdentity,
  readLastFour,
  readLine,
  readMoment,
  readNth,
  readNumber,
  readPhone,
  readPlatelets,
  readProcedure,
  readResultCell,
  readSex,
  readStage,
  readUntil,
  readVolume,
  readYesNo,
  type StageSaid,
  tidy,
} from './cells.ts';
import { FIELDS_OF, type FileField, type FileKind, takesWholeNumbers } from './fields.ts';

/** Why a row is refused that can be read, but does not fit what is known. */
export const RECORD_FAULTS = [
  'future-date',
  /** A site that whoever uploaded it does not work at. */
  'site-not-covered',
  'donor-unknown',
  'donor-differs',
  /** Another group is on record of the donor: which of them is right, the laboratory says. */
  'group-differs',
  /** Of one row, the identity number says another birth date or sex than the columns beside it. */
  'identity-differs',
  /** The document is another donor's, or this donor has shown another of its kind. */
  'document-taken',
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
  /** Nuanliu is master of the site's units, and mirrors nobody. */
  'own-master',
  /** Something later is on record of the bag: where it was before changes nothing any more. */
  'superseded',
  /** A test that the site has not among its own. */
  'test-unknown',
  /** Nothing was found, by any of its columns. */
  'no-result',
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
  /** What the site tests each donation for; the most that is right, of one that is measured. */
  readonly tests?: readonly { readonly code: DonationTestCode; readonly max?: number | undefined }[] | undefined;
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
  /** What is kept sealed, and never shown whole. */
  readonly document?: IdentityDocument;
  readonly group?: BloodGroup;
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
    }
  | {
      readonly kind: 'results';
      readonly din: string;
      /** In the site's local time. */
      readonly at: Moment;
      readonly found: readonly Found[];
    }
  | {
      readonly kind: 'stages';
      readonly din: string;
      readonly component: Component;
      /** Which of several bags alike, from 1. */
      readonly nth: number;
      readonly said: StageSaid;
      /** In the site's local time. */
      readonly at: Moment;
      readonly hospital?: string;
      readonly record?: string;
      readonly location?: string;
      readonly expires?: Moment;
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
        // What a damaged number would have said is not missed besides.
        const saidByNumber = refusals.some(({ field }) => field === 'identity') ? ['birthDate', 'sex'] : [];
        for (const field of ['name', 'phone', 'birthDate', 'sex'] as const) {
          if (!is(field) && !donor[field] && !saidByNumber.includes(field)) refusals.push({ field, why: 'missing' });
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
      case 'results': {
        const number = din();
        const at = pastMoment();
        const group = readGroup();
        const found: Found[] = group ? [{ kind: 'group', ...group }] : [];
        for (const code of DONATION_TESTS) {
          if (!is(code)) continue;
          const test = rules.tests?.find((each) => each.code === code);
          const said = need(code, readResultCell({ max: test?.max }, of(code)));
          if (said && !test) refusals.push({ field: code, why: 'test-unknown' });
          else if (said) found.push({ kind: 'test', test: code, ...said });
        }
        if (found.length === 0 && refusals.length === 0) refusals.push({ why: 'no-result' });
        return number && at ? { kind: 'results', din: number, at, found } : undefined;
      }
      case 'stages': {
        const number = din();
        const components = need('component', readComponents(of('component'), rules.products));
        const nth = maybe('bag', readNth) ?? 1;
        const said = need('stage', readStage(of('stage')));
        const at = pastMoment();
        const hospital = maybe('hospital', (cell) => readLine(cell, LINE_LENGTH));
        const note = maybe('record', readNumber);
        const location = maybe('location', (cell) => readLine(cell, LINE_LENGTH));
        const expires = maybe('expires', (cell) => readMoment(cell, rules.epoch));
        // Where each of several components is, one word does not say.
        if (components && components.length > 1) refusals.push({ field: 'component', why: 'malformed' });
        const [component] = components ?? [];
        if (!number || !component || !said || !at) return undefined;
        const more = {
          ...(hospital && { hospital }),
          ...(note && { record: note }),
          ...(location && { location }),
          ...(expires && { expires }),
        };
        return { kind: 'stages', din: number, component, nth, said, at, ...more };
      }
    }
  })();
  return record && refusals.length === 0 ? { ok: true, record } : { ok: false, refusals };

  function pastMoment(): Moment | undefined {
    const at = need('at', readMoment(of('at'), rules.epoch));
    if (at && at.date > rules.today) refusals.push({ field: 'at', why: 'future-date' });
    return at;
  }

  function readGroup(): BloodGroup | undefined {
    if (!FIELDS_OF[rules.kind].includes('group')) return undefined;
    const group = readBloodGroup(of('group'), of('rhd'));
    if (group.ok) return group.value;
    refusals.push({ field: group.field, why: group.why });
    return undefined;
  }

  function readDonor(): DonorRow {
    const donorNo = maybe('donorNo', readNumber);
    const name = maybe('name', (cell) => readLine(cell, NAME_LENGTH));
    const phone = maybe('phone', readPhone);
    const birthDate = is('birthDate') ? past('birthDate') : undefined;
    const sex = maybe('sex', readSex);
    const identity =
      takesWholeNumbers(rules.kind) && is('identity')
        ? need('identity', readIdentity(of('identity'), of('documentType'), rules.today))
        : undefined;
    const document = identity?.document;
    if (document && differsFrom(document, { birthDate, sex }).length > 0) {
      refusals.push({ field: 'identity', why: 'identity-differs' });
    }
    const lastFour = identity?.lastFour ?? maybe('lastFour', readLastFour);
    if (rules.kind !== 'donors' && !is('donorNo') && !(is('name') && is('phone') && is('birthDate'))) {
      refusals.push({ field: 'donorNo', why: 'missing' });
    }
    const group = readGroup();
    const born = birthDate ?? document?.birthDate;
    const sexSaid = sex ?? document?.sex;
    return {
      ...(donorNo && { donorNo }),
      ...(name && { name }),
      ...(phone && { phone }),
      ...(born && { birthDate: born }),
      ...(sexSaid && { sex: sexSaid }),
      ...(lastFour && { lastFour }),
      ...(document && { document }),
      ...(group && { group }),
    };
  }
}
