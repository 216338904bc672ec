import { CALL_BOUNDS, CALL_DAYS } from '../../../shared/domain/calls.ts';
import {
  ABO_GROUPS,
  type AboGroup,
  type Procedure,
  RHD_TYPES,
  type RhdType,
} from '../../../shared/domain/vocabulary.ts';
import type { CallInput, CallOutput } from '../api/types.ts';
import { dateOf, procedureOf } from '../lib/params.ts';
import { addDays } from '../lib/time.ts';

/** What a call is to fill, as it is typed. */
export type CallValues = {
  readonly procedure: Procedure;
  readonly from: string;
  readonly to: string;
  readonly part: boolean;
  readonly fromTime: string;
  readonly toTime: string;
  readonly abo: string;
  readonly rhd: string;
};

/** From the address, so that Back brings again what was typed. */
export const callValuesIn = (search: URLSearchParams): CallValues => ({
  procedure: procedureOf(search.get('procedure')) ?? 'whole-blood',
  from: search.get('from') ?? '',
  to: search.get('to') ?? '',
  part: search.has('fromTime') || search.has('toTime'),
  fromTime: search.get('fromTime') ?? '',
  toTime: search.get('toTime') ?? '',
  abo: search.get('abo') ?? '',
  rhd: search.get('rhd') ?? '',
});

export const callIn = (values: CallValues, siteId: string): CallInput<'POST /api/calls'>['body'] => ({
  siteId,
  procedure: values.procedure,
  from: values.from,
  to: values.to,
  ...(values.part && values.fromTime && { fromTime: values.fromTime }),
  ...(values.part && values.toTime && { toTime: values.toTime }),
  ...groupIn(values),
});

function groupIn({ abo, rhd }: CallValues): { abo?: AboGroup; rhd?: RhdType } {
  const [group, type] = [ABO_GROUPS.find((each) => each === abo), RHD_TYPES.find((each) => each === rhd)];
  return { ...(group && { abo: group }), ...(type && { rhd: type }) };
}

export function callQueryOf(values: CallValues): string {
  const { siteId: _, ...asked } = callIn(values, '');
  return new URLSearchParams(asked as Record<string, string>).toString();
}

export type CallFault = { readonly field: 'from' | 'to' | 'toTime'; readonly why: 'from' | 'to' | 'times' };

/** What is not right yet. The service decides; this only saves a round trip. */
export function callFaultsIn(values: CallValues, today: string): CallFault[] {
  const from = dateOf(values.from);
  const to = dateOf(values.to);
  return [
    ...(!from || from < today ? [{ field: 'from', why: 'from' } as const] : []),
    ...(!to || (from && (to < from || to > addDays(from, CALL_DAYS - 1))) ? [{ field: 'to', why: 'to' } as const] : []),
    ...(values.part && (values.fromTime || '00:00') >= (values.toTime || '24:00')
      ? [{ field: 'toTime', why: 'times' } as const]
      : []),
  ];
}

export type CallSettings = CallOutput<'GET /api/calls/settings/{siteId}'>;
export const CALL_FIGURES = ['waveSize', 'pauseMinutes', 'restDays'] as const;
export type CallSettingsValues = Readonly<Record<(typeof CALL_FIGURES)[number] | 'price', string>>;

export const settingsTyped = (current: CallSettings): CallSettingsValues => ({
  waveSize: String(current.waveSize),
  pauseMinutes: String(current.pauseMinutes),
  restDays: String(current.restDays),
  price: current.centsPerSegment === undefined ? '' : String(current.centsPerSegment / 100),
});

/** What was typed as the service takes it, or the fields that cannot be read. */
export function settingsFrom(
  values: CallSettingsValues,
): { readonly settings: Omit<CallSettings, 'siteId' | 'version'> } | { readonly faults: (keyof CallSettingsValues)[] } {
  const plain = (text: string): string => text.normalize('NFKC').trim();
  const whole = (name: (typeof CALL_FIGURES)[number]): number | undefined => {
    const value = Number(plain(values[name]));
    const [least, most] = CALL_BOUNDS[name];
    return /^\d+$/.test(plain(values[name])) && value >= least && value <= most ? value : undefined;
  };
  const price = plain(values.price);
  const cents = Math.round(Number(price) * 100);
  const isPrice = price === '' || (/^\d+(\.\d{1,2})?$/.test(price) && cents <= CALL_BOUNDS.centsPerSegment[1]);
  const figures = CALL_FIGURES.map((name) => [name, whole(name)] as const);
  const faults = [
    ...figures.filter(([, value]) => value === undefined).map(([name]) => name),
    ...(isPrice ? [] : (['price'] as const)),
  ];
  if (faults.length > 0) return { faults };
  const [waveSize = 1, pauseMinutes = 1, restDays = 1] = figures.map(([, value]) => value);
  return { settings: { waveSize, pauseMinutes, restDays, ...(price !== '' && { centsPerSegment: cents }) } };
}

/** `12.30`, from hundredths. */
export const moneyOf = (cents: number): string => (cents / 100).toFixed(2);
