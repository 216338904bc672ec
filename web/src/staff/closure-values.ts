import { CLOSURE_REASONS } from '../../../shared/domain/vocabulary.ts';
import { dateOf, procedureOf } from '../lib/params.ts';
import { addDays } from '../lib/time.ts';

/** The form of a closure as it is typed, and as it stands in the address. */
export type ClosingValues = {
  readonly from: string;
  readonly to: string;
  readonly part: boolean;
  readonly fromTime: string;
  readonly toTime: string;
  readonly procedure: string;
  readonly cut: boolean;
  readonly places: string;
  readonly reason: string;
};

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const MOST_DAYS = 31;
const MOST_PLACES = 500;

export function valuesIn(search: URLSearchParams): ClosingValues {
  const get = (name: string): string => search.get(name) ?? '';
  const [fromTime, toTime, places] = [get('fromTime'), get('toTime'), get('places')];
  return {
    from: dateOf(get('from')) ?? '',
    to: dateOf(get('to')) ?? '',
    part: fromTime !== '' || toTime !== '',
    fromTime,
    toTime,
    procedure: procedureOf(get('procedure')) ?? '',
    cut: places !== '',
    places,
    reason: CLOSURE_REASONS.find((each) => each === get('reason')) ?? 'staff',
  };
}

/** The other way round; what does not count is left out. */
export function queryOf({ from, to, part, fromTime, toTime, procedure, cut, places, reason }: ClosingValues): string {
  const all = {
    from,
    to,
    ...(part && { fromTime, toTime }),
    procedure,
    ...(cut && { places: places.trim() }),
    reason,
  };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
}

export type ClosingFault = { readonly field: string; readonly why: 'from' | 'to' | 'times' | 'places' };

export function faultsIn(values: ClosingValues, today: string): ClosingFault[] {
  const { from, to, part, fromTime, toTime, cut, places } = values;
  const faults: ClosingFault[] = [];
  if (from === '' || from < today) faults.push({ field: 'from', why: 'from' });
  if (to === '' || to < from || (from !== '' && to >= addDays(from, MOST_DAYS)))
    faults.push({ field: 'to', why: 'to' });
  if (part && !(TIME.test(fromTime) && TIME.test(toTime) && fromTime < toTime))
    faults.push({ field: 'toTime', why: 'times' });
  const count = Number(places.normalize('NFKC'));
  if (cut && !(/^\d+$/.test(places.normalize('NFKC').trim()) && count >= 1 && count <= MOST_PLACES))
    faults.push({ field: 'places', why: 'places' });
  return faults;
}

/** What the service is asked. */
export function closingIn(values: ClosingValues, siteId: string) {
  const { from, to, part, fromTime, toTime, cut, places } = values;
  const procedure = procedureOf(values.procedure);
  return {
    siteId,
    from,
    to,
    ...(part && fromTime && { fromTime }),
    ...(part && toTime && { toTime }),
    ...(procedure && { procedure }),
    places: cut ? Number(places.normalize('NFKC')) : 0,
  };
}
